"""Moving and cancelling a day: what it means comes first, and everyone is told once."""

import pytest

from jobsearch.cohorts.models import Cohort, CohortDay
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.rates.service import load_shipped_rates

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def base(world):
    cohort = world.a.cohort_ids[0]
    return f"/cohorts/{cohort}/days/{world.a.day_ids[cohort][8]}"


def _messages():
    with unit_of_work(whole_installation("test")):
        return db.session.query(Message).filter(Message.kind.like("cohorts.%")).all()


def _day(world, number=8):
    with unit_of_work(whole_installation("test")):
        return db.session.get(CohortDay, world.a.day_ids[world.a.cohort_ids[0]][number])


def test_what_a_move_means_is_shown_before_anything_moves(sign_in, world, base) -> None:
    page = sign_in(world.aino).get(f"{base}/move?to=4.12.2026").text.replace("\xa0", " ")
    assert "48.0 h, as before" in page
    assert "Friday 4 December 2026" in page.replace("\xa0", " ")
    assert "old and the new time" in page
    assert _day(world).on.isoformat() == "2026-11-30"
    assert _messages() == []


def test_a_coach_who_would_be_in_two_places_is_named_with_her_other_group(
    sign_in, world, base
) -> None:
    client, url = sign_in(world.aino), f"{base}/move?to=4.12.2026"
    warned = "The coach also has Group 8 on that day."
    assert warned not in client.get(url).text
    other = world.a.cohort_ids[1]
    day = f"/cohorts/{other}/days/{world.a.day_ids[other][8]}"
    assert client.send(f"{day}/move", to="4.12.2026").status_code == 303
    assert warned in client.get(url).text


def test_a_move_over_the_end_of_a_month_says_what_each_month_is_worth(sign_in, world, base) -> None:
    with unit_of_work(whole_installation("test")):
        load_shipped_rates()
    page = sign_in(world.aino).get(f"{base}/move?to=4.12.2026").text.replace("\xa0", " ")
    assert "Wage for the work of November 2026" in page
    assert "does not count as a month of employment" in page


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "Enter the new day"),
        ("31.2.2026", "Enter the day like this"),
        ("23.11.2026", "in the past"),
        ("6.12.2026", "Saturday or a Sunday"),
        ("24.12.2026", "Nobody works on the new day: Christmas Eve"),
        ("1.12.2026", "another day then"),
    ],
)
def test_a_day_that_cannot_move_there_is_told_at_the_question_and_at_the_deed(
    sign_in, world, base, to, words
) -> None:
    client = sign_in(world.aino)
    for answer in (client.get(f"{base}/move?to={to}"), client.send(f"{base}/move", to=to)):
        assert answer.status_code == 422
        assert words in answer.text
    assert _messages() == []


def test_everyone_of_the_group_is_told_once_with_the_old_and_the_new_time(
    sign_in, world, base
) -> None:
    client = sign_in(world.aino)
    assert client.send(f"{base}/move", to="4.12.2026").status_code == 303
    messages = _messages()
    assert len(messages) == 2  # Pia and her coach Stig
    for message in messages:
        text = message.body.replace("\xa0", " ")
        assert "Group 7" in text
        assert ("30.11.2026" in text) or ("30 November 2026" in text)
        assert ("4.12.2026" in text) or ("4 December 2026" in text)
    assert client.send(f"{base}/move", to="4.12.2026").status_code == 422
    assert len(_messages()) == 2


def test_what_cancelling_means_is_shown_and_done_once(sign_in, world, base) -> None:
    client = sign_in(world.aino)
    page = client.get(f"{base}/cancel").text.replace("\xa0", " ")
    assert "48.0 h →" in page
    assert "43.5 h" in page
    assert _day(world).cancelled_at is None
    assert client.send(f"{base}/cancel").status_code == 303
    assert _day(world).cancelled_at is not None
    assert {message.kind for message in _messages()} == {"cohorts.day_cancelled"}
    assert client.get(f"{base}/cancel").status_code == 303
    assert client.send(f"{base}/cancel").status_code == 422
    assert len(_messages()) == 2


def test_a_coach_asks_for_no_change_and_a_stranger_finds_nothing(sign_in, world, base) -> None:
    for path in (f"{base}/move?to=4.12.2026", f"{base}/cancel"):
        assert sign_in(world.stig).get(path).status_code == 403
        assert sign_in(world.sam).get(path).status_code == 404


def test_a_new_group_and_a_moved_day_go_around_closed_days(sign_in, world, base) -> None:
    client = sign_in(world.aino)
    form = {"name": "Inventory", "first": "4.12.2026", "last": "8.12.2026"}
    assert client.send("/closures", **form).status_code == 303
    assert "Inventory" in client.get("/closures").text
    answer = client.get(f"{base}/move?to=4.12.2026")
    assert (answer.status_code, "Inventory" in answer.text) == (422, True)
    query = f"programme_id={world.a.programme_id}&starts_on=7.12.2026"
    page = client.get(f"/cohorts/new?{query}").text
    assert "Inventory" in page
    made = client.send(
        "/cohorts",
        programme_id=world.a.programme_id,
        starts_on="7.12.2026",
        name="Next",
        seats="6",
        coach_id="",
    )
    assert made.status_code == 303
    with unit_of_work(whole_installation("test")):
        next_group = db.session.query(Cohort).filter_by(name="Next").one()
        days = db.session.query(CohortDay.on).filter_by(cohort_id=next_group.id)
        first = sorted(day.on.isoformat() for day in days)[:3]
    assert first == ["2026-12-09", "2026-12-10", "2026-12-11"]


def test_a_closed_day_is_opened_again_and_bad_days_are_refused(sign_in, world) -> None:
    client = sign_in(world.aino)
    client.send("/closures", name="Break", first="4.12.2026", last="")
    page = client.get("/closures").text
    address = page.split('action="/closures/')[1].split('"')[0]
    assert client.send(f"/closures/{address}").status_code == 303
    assert "Break" not in client.get("/closures").text
    for first, last in (("1.1.2020", ""), ("8.12.2026", "7.12.2026"), ("5.12.2026", "6.12.2026")):
        answer = client.send("/closures", name="Break", first=first, last=last)
        assert (answer.status_code, 'value="Break"' in answer.text) == (422, True)
