"""Pages of surveys: prepared and sent by the manager, answered by a link, read from five on."""

from datetime import timedelta

import pytest

from jobsearch.accounts.models import SignIn
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.feedback.models import Survey, SurveyBox
from jobsearch.feedback.surveys.jobs import close_surveys
from jobsearch.web.once import Submission
from tests.surveyed import questions, secrets_sent, send
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")


def _box() -> SurveyBox:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(SurveyBox).one()


def test_a_manager_prepares_and_sends_a_survey(sign_in, world) -> None:
    client = sign_in(world.aino)
    form = {"name": "Spring", "audience": "employers", "closed_on": "8.12.2026"}
    bad = client.send(f"/surveys/{world.a.programme_id}/new", **{**form, "closed_on": "1.1.2026"})
    assert bad.status_code == 422
    assert "Spring" in bad.get_data(as_text=True)
    made = client.send(
        f"/surveys/{world.a.programme_id}/new",
        **{**form, "standard": ["overall"], "asks_for_words": "y"},
    )
    assert made.status_code == 303
    page = made.location
    added = client.send(f"{page}/questions", kind="scale", en="Was there <b>time</b>?")
    assert added.status_code == 303
    shown = client.get(page).get_data(as_text=True)
    assert "Was there &lt;b&gt;time&lt;/b&gt;?" in shown
    wrong = client.send(f"{page}/send", version="1", addresses="ann")
    assert wrong.status_code == 422
    sent = client.send(f"{page}/send", version="1", addresses="a@example.com, b@example.com")
    assert sent.status_code == 303
    assert set(secrets_sent()) == {"a@example.com", "b@example.com"}
    assert _box().invited == 2
    assert client.get(f"/surveys/{world.a.programme_id}").status_code == 200


def test_a_coach_reads_surveys_and_sends_none(sign_in, world) -> None:
    send(world, 2)
    client = sign_in(world.stig)
    with unit_of_work(whole_installation("test"), read_only=True):
        survey_id = db.session.query(Survey).one().id
    page = client.get(f"/surveys/one/{survey_id}")
    assert page.status_code == 200
    assert client.get(f"/surveys/{world.a.programme_id}/new").status_code == 403
    assert client.send(f"/surveys/one/{survey_id}/drop").status_code == 403


def test_a_link_answers_once_and_opening_it_answers_nothing(sign_in, world) -> None:
    survey_id = send(world, 6)
    secret = next(iter(secrets_sent().values()))
    asked, client = questions(survey_id), sign_in(None)
    for _each in range(2):
        page = client.get(f"/survey/{secret}")
        assert page.status_code == 200
    assert _box().replies == 0
    empty = client.send(f"/survey/{secret}", words="")
    assert empty.status_code == 422
    bad = client.send(f"/survey/{secret}", **{f"q-{asked[0]}": "4", "words": "lääkäri ja masennus"})
    text = bad.get_data(as_text=True)
    assert bad.status_code == 422
    assert "masennus" in text
    assert 'value="4" checked' in text
    shown = client.get(f"/survey/{secret}").get_data(as_text=True)
    assert 'name="_once"' not in shown  # its key would be noted with the time and the link
    done = client.post(
        f"/survey/{secret}",
        data={"csrf_token": client.token()[0][1], f"q-{asked[0]}": "4", "words": "Good"},
    )
    assert done.status_code == 303
    assert _box().replies == 1
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.query(Submission).all() == []
    again = client.send(f"/survey/{secret}", **{f"q-{asked[0]}": "1"})
    assert again.status_code == 422
    assert _box().replies == 1
    assert f"q-{asked[0]}" not in client.get(f"/survey/{secret}").get_data(as_text=True)


def test_a_double_click_is_one_reply(sign_in, world) -> None:
    survey_id = send(world, 6)
    secret = next(iter(secrets_sent().values()))
    given = {f"q-{questions(survey_id)[0]}": "4", "_once": "k" * 20}
    client = sign_in(None)
    for _each in range(2):
        assert client.send(f"/survey/{secret}", **given).status_code == 303
    assert _box().replies == 1


def test_answers_are_read_from_five_on_after_the_last_day(sign_in, world, clock) -> None:
    survey_id = send(world, 6)
    asked, link = questions(survey_id), sign_in(None)
    for secret in secrets_sent().values():
        link.send(f"/survey/{secret}", **{f"q-{asked[3]}": "4", "words": "<i>Rhythm</i>"})
    path = f"/feedback/{world.a.programme_id}?audience=employers"
    before = sign_in(world.aino).get(path).get_data(as_text=True)
    assert "4.00" not in before
    assert "Rhythm" not in before
    clock.move_to(NOW + timedelta(days=15))
    close_surveys()
    with unit_of_work(whole_installation("test")):
        db.session.query(SignIn).update({"started_at": now(), "last_seen_at": now()})
    after = sign_in(world.aino).get(path).get_data(as_text=True)
    assert "Rhythm" in after
    assert "<i>Rhythm</i>" not in after
    assert "6" in after


def test_the_pages_of_surveys_take_as_many_statements_with_one_as_with_many(
    sign_in, world, statements
) -> None:
    client = sign_in(world.aino)

    def asked(path: str) -> int:
        statements.clear()
        assert client.get(path).status_code == 200
        return sum(one.lstrip().upper().startswith("SELECT") for one in statements)

    paths = [f"/surveys/{world.a.programme_id}", f"/feedback/{world.a.programme_id}"]
    survey_id = send(world, 2)
    few = [asked(path) for path in [*paths, f"/surveys/one/{survey_id}"]]
    for number in range(8):
        send(world, 5, name=f"More {number}")
    assert [asked(path) for path in [*paths, f"/surveys/one/{survey_id}"]] == few
    assert max(few) <= 8


def test_a_link_of_an_ended_survey_opens_a_kind_page_and_tells_nothing(sign_in, world) -> None:
    survey_id = send(world, 3)
    used, unused = list(secrets_sent().values())[:2]
    guest = sign_in(None)
    field = f"q-{questions(survey_id)[0]}"
    assert guest.send(f"/survey/{used}", **{field: "4"}).status_code == 303
    coach = sign_in(world.stig)
    assert "End the survey" not in coach.get(f"/surveys/one/{survey_id}").text
    assert coach.send(f"/surveys/one/{survey_id}/end").status_code == 422
    manager = sign_in(world.aino)
    assert "End the survey" in manager.get(f"/surveys/one/{survey_id}").text
    assert manager.send(f"/surveys/one/{survey_id}/end").status_code == 303
    assert "Ended early" in manager.get(f"/surveys/one/{survey_id}").text
    assert "End the survey" not in manager.get(f"/surveys/one/{survey_id}").text
    pages = [sign_in(None).get(f"/survey/{secret}") for secret in (used, unused)]
    assert {page.status_code for page in pages} == {200}
    bare = [page.text.replace(used, "").replace(unused, "") for page in pages]
    assert "it has ended" in bare[0]
    assert bare[0] == bare[1]
    late = guest.send(f"/survey/{unused}", **{field: "2"})
    assert late.status_code == 422
    assert "What you sent now was not kept" in late.text
    assert _box().replies == 1


def test_a_manager_chooses_what_goes_at_the_end_and_sees_when(sign_in, world, statements) -> None:
    page = f"/surveys/{world.a.programme_id}/at-end"
    assert sign_in(world.stig).get(page).status_code == 403
    client = sign_in(world.aino)
    assert "Nothing is sent by itself" in client.get(page).text
    form = {"version": "0", "sends": "y", "standard": ["overall"]}
    for days in ("", "2", "x", "9" * 30):
        wrong = client.send(page, **form, open_days=days)
        assert wrong.status_code == 422, days
        assert f'value="{days}"' in wrong.text
    assert client.send(page, **form, open_days="14").status_code == 303
    assert client.send(page, **form, open_days="14").status_code == 409
    statements.clear()
    shown = client.get(page).text
    assert sum(one.lstrip().upper().startswith("SELECT") for one in statements) <= 8
    assert "Will be sent on" in shown
    assert "Group 7" in shown
