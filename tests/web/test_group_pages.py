"""Pages of programmes, groups, timetables and days."""

from datetime import date, timedelta

import pytest

from jobsearch.accounts.models import Membership
from jobsearch.cohorts import queries
from jobsearch.cohorts import service as cohort_service
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.organisations.service import found_provider
from jobsearch.programmes.models import PayTerms, Programme
from tests.world import make_person

PROGRAMME = {
    "name": "Spring",
    "code": "spring-2027",
    "valid_from": "1.1.2027",
    "hourly_wage": "11,80",
    "allowance": "20",
    "outcome_bonus": "150",
    "agreement": "Collective agreement",
    "follow_up_months": "3",
}


def _cohort(world):
    return world.a.cohort_ids[0]


def _day(world, number=8):
    return world.a.day_ids[_cohort(world)][number]


def _pages(world):
    key = _cohort(world)
    return [
        "/programmes",
        f"/programmes/{world.a.programme_id}",
        f"/templates/{world.a.template_id}",
        "/cohorts",
        f"/cohorts/{key}",
        f"/cohorts/{key}/timetable",
        f"/cohorts/{key}/days/{_day(world)}",
    ]


@pytest.mark.parametrize("who", ["aino", "stig"])
def test_manager_and_coach_open_every_page(sign_in, world, who) -> None:
    client = sign_in(getattr(world, who))
    for page in _pages(world):
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize(("who", "status"), [("sam", 404), ("paula", 403), ("pia", 403)])
def test_a_stranger_finds_nothing_and_the_wrong_role_may_not(sign_in, world, who, status) -> None:
    client = sign_in(getattr(world, who))
    for page in _pages(world):
        own_list = page in ("/programmes", "/cohorts") and status == 404
        assert client.get(page).status_code == (200 if own_list else status), page


def test_a_list_shows_the_own_providers_groups_alone(sign_in, world) -> None:
    assert "Group 7" in sign_in(world.aino).get("/cohorts").text
    assert "Group 7" not in sign_in(world.sam).get("/cohorts").text


@pytest.mark.parametrize(
    "path",
    [
        "/programmes",
        "/cohorts",
        "/cohorts/{key}/people",
        "/cohorts/{key}/days/{day}/move",
        "/cohorts/{key}/days/{day}/cancel",
    ],
)
def test_a_coach_reads_and_does_not_change_groups(sign_in, world, path) -> None:
    url = path.format(key=_cohort(world), day=_day(world))
    assert sign_in(world.stig).send(url).status_code == 403


def test_a_programme_is_made_with_the_pilots_template_and_its_pay(sign_in, world, as_, context):
    client = sign_in(world.aino)
    assert client.get("/programmes/new").status_code == 200
    answer = client.send("/programmes", template_id=world.a.template_id, **PROGRAMME)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "11.80" in page and "spring-2027" in page


def test_a_provider_without_templates_is_offered_the_pilots(sign_in, world, as_, context) -> None:
    with as_(world.sam):
        founded = found_provider("Provider C").id
        membership = db.session.get(Membership, world.sam.actor.membership_id)
        membership.organisation_id = founded
    client = sign_in(world.sam)
    assert "The pilot&#39;s template" in client.get("/programmes/new").text
    made = client.send("/programmes", template_id="", **PROGRAMME)
    assert made.status_code == 303
    assert "Pilotti 48 h" in client.get("/programmes").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("hourly_wage", "eleven", "Enter an amount in euros"),
        ("hourly_wage", "0", "above zero"),
        ("code", "Not a code!", "small letters"),
        ("code", "autumn-2026", "in use"),
        ("valid_from", "31.2.2027", "Enter the day"),
        ("agreement", "", "rests on"),
        ("follow_up_months", "99", "months"),
    ],
)
def test_a_bad_programme_is_said_in_words_and_keeps_what_was_typed(
    sign_in, world, field, value, words
) -> None:
    typed = {**PROGRAMME, "template_id": world.a.template_id, field: value}
    answer = sign_in(world.aino).send("/programmes", **typed)
    assert answer.status_code == 422
    assert words in answer.text and "Spring" in answer.text


def test_pay_terms_are_added_and_refused_on_the_page(sign_in, world) -> None:
    client, url = sign_in(world.aino), f"/programmes/{world.a.programme_id}"
    terms = {name: PROGRAMME[name] for name in PROGRAMME if name not in ("name", "code")}
    assert client.send(f"{url}/pay-terms", **terms).status_code == 303
    assert "1 January 2027" in client.get(url).text.replace("\xa0", " ")
    again = client.send(f"{url}/pay-terms", **terms)
    assert again.status_code == 422 and "begin after" in again.text


def test_the_days_are_seen_before_the_group_is_made(sign_in, world) -> None:
    client = sign_in(world.aino)
    assert client.get("/cohorts/new").status_code == 200
    query = f"programme_id={world.a.programme_id}&starts_on=7.12.2026"
    page = client.get(f"/cohorts/new?{query}").text
    assert "Christmas Eve" in page and "Make the group" in page and "48.0" in page
    clash = client.get(f"/cohorts/new?{query.replace('7.12.2026', '30.11.2026')}").text
    assert "cannot be in two places" in clash


@pytest.mark.parametrize(
    ("day", "words"),
    [("tomorrow", "Enter the day"), ("", "Enter the first day"), ("1.1.2021", "in the past")],
)
def test_a_first_day_that_cannot_be_is_said_in_words(sign_in, world, day, words) -> None:
    query = f"programme_id={world.a.programme_id}&starts_on={day}"
    answer = sign_in(world.aino).get(f"/cohorts/new?{query}")
    assert answer.status_code == 422 and words in answer.text


def test_another_providers_programme_cannot_be_chosen(sign_in, world) -> None:
    query = f"programme_id={world.b.programme_id}&starts_on=7.12.2026"
    assert sign_in(world.aino).get(f"/cohorts/new?{query}").status_code == 422
    group = {"programme_id": world.b.programme_id, "starts_on": "7.12.2026", "name": "X"}
    answer = sign_in(world.aino).send("/cohorts", seats="6", coach_id="", **group)
    assert answer.status_code == 404


def _make(client, world, **change):
    values = {
        "programme_id": world.a.programme_id,
        "starts_on": "7.12.2026",
        "name": "Group 9",
        "coach_id": world.stig.account_id,
        "seats": "6",
        "place": "Pori",
        "meeting_url": "https://meet.example.org/9",
        "meeting_phone": "010 123 4567",
    }
    return client.send("/cohorts", **{**values, **change})


def test_a_group_is_made_and_its_timetable_adds_up(sign_in, world) -> None:
    client = sign_in(world.aino)
    answer = _make(client, world)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Group 9" in page and "Adds up" in page and "Christmas Eve" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter the group"),
        ({"name": "Group 7"}, "of this name"),
        ({"seats": "7"}, "seats"),
        ({"coach_id": "x"}, "choice"),
        ({"meeting_url": "javascript:alert(1)"}, "https://"),
        ({"starts_on": "1.1.2021"}, "past"),
        ({"starts_on": ""}, "first day"),
    ],
)
def test_a_bad_group_is_said_in_words(sign_in, world, change, words) -> None:
    answer = _make(sign_in(world.aino), world, **change)
    assert answer.status_code == 422 and words in answer.text


def test_a_group_sent_twice_is_made_once(sign_in, world, as_, context) -> None:
    client = sign_in(world.aino)
    first, second = (_make(client, world, _once="k" * 20) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with as_(world.aino):
        assert queries.count_cohorts() == 3


def test_a_seat_is_given_and_taken_back_on_the_groups_page(sign_in, world, as_, context) -> None:
    with as_(world.aino):
        person = make_person(world.a.organisation_id, "New", "Person", "+358400000399").id
    client, url = sign_in(world.aino), f"/cohorts/{_cohort(world)}"
    assert client.send(f"{url}/people", person_id=person).status_code == 303
    assert "New Person" in client.get(url).text
    again = client.send(f"{url}/people", person_id=person)
    assert again.status_code == 422
    empty = client.send(f"{url}/people", person_id="")
    assert empty.status_code == 422 and "Choose a person" in empty.text
    with as_(world.aino):
        enrolment = queries.find_enrolment(_cohort(world), person).id
    assert client.send(f"{url}/people/{enrolment}/leave").status_code == 303
    assert client.send(f"{url}/people/{enrolment}/leave").status_code == 422


def test_a_day_moves_and_is_cancelled_with_words(sign_in, world) -> None:
    client, url = sign_in(world.aino), f"/cohorts/{_cohort(world)}/days/{_day(world)}"
    bad = client.send(f"{url}/move", to="5.12.2026")
    assert bad.status_code == 422 and "Saturday" in bad.text
    assert client.send(f"{url}/move", to="").status_code == 422
    moved = client.send(f"{url}/move", to="4.12.2026")
    assert moved.status_code == 303
    assert "The hours stay" in client.get(moved.location).text
    gone = client.send(f"{url}/cancel")
    assert "fewer paid hours" in client.get(gone.location).text
    assert client.send(f"{url}/cancel").status_code == 422
    begun = f"/cohorts/{_cohort(world)}/days/{_day(world, 5)}"
    assert "has begun" in client.send(f"{begun}/move", to="4.12.2026").text


def test_a_day_of_another_group_is_not_under_this_address(sign_in, world) -> None:
    other = world.a.day_ids[world.a.cohort_ids[1]][8]
    url = f"/cohorts/{_cohort(world)}/days/{other}"
    client = sign_in(world.aino)
    assert client.get(url).status_code == 404
    assert client.send(f"{url}/cancel").status_code == 404
    assert client.send(f"{url}/move", to="4.12.2026").status_code == 404


def _many(world, as_) -> None:
    """Thirty groups of thirty programmes."""
    own = {"organisation_id": world.a.organisation_id}
    with as_(world.aino):
        for number in range(30):
            programme = Programme(
                code=f"p{number}", name=f"P {number}", template_id=world.a.template_id, **own
            )
            programme.pay_terms = [
                PayTerms(
                    valid_from=date(2026, 1, 1),
                    hourly_wage=Money.of("12"),
                    allowance=Money.of("12"),
                    outcome_bonus=Money.of("12"),
                    agreement="x",
                    **own,
                )
            ]
            db.session.add(programme)
            db.session.flush()
            cohort_service.make_cohort(
                world.aino.actor, programme.id, "G", date(2026, 12, 7) + timedelta(days=number)
            )


@pytest.mark.parametrize("page", ["/programmes", "/cohorts", "/cohorts/new"])
def test_a_list_asks_as_often_for_thirty_as_for_one(
    sign_in, world, as_, context, statements, page
) -> None:
    client = sign_in(world.aino)
    client.get(page)
    statements.clear()
    client.get(page)
    few = len(statements)
    _many(world, as_)
    statements.clear()
    client.get(page)
    assert len(statements) == few <= 8


def test_a_full_groups_page_asks_as_often_as_one_of_one(
    sign_in, world, as_, context, statements
) -> None:
    client, url = sign_in(world.aino), f"/cohorts/{_cohort(world)}"
    client.get(url)
    statements.clear()
    client.get(url)
    few = len(statements)
    with as_(world.aino):
        for number in range(5):
            person = make_person(world.a.organisation_id, f"N{number}", "F", f"+3584000003{number}")
            cohort_service.enrol(world.aino.actor, _cohort(world), person.id)
    statements.clear()
    client.get(url)
    assert len(statements) == few <= 8
