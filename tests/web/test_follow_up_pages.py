"""Pages of the follow-up: the link, the coach's list, a participant's own, corrections."""

import io
import re

import pytest

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.outcomes.following.jobs import send_questions
from jobsearch.outcomes.following.mail import WORK_ASKED
from jobsearch.outcomes.following.models import FollowUpPlan
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.rules import Answer, OutcomeKind
from jobsearch.outcomes.told.models import ToldOutcome
from tests.documented import a_pdf
from tests.followed import end_group
from tests.world import enrol, make_person

pytestmark = pytest.mark.usefixtures("context")


def _all(model):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).all()


@pytest.fixture
def key(world) -> str:
    end_group(world)
    return world.a.enrolment_ids["pia"]


@pytest.fixture
def link(key) -> str:
    """The path of the link in Pia's message."""
    send_questions()
    (message,) = [one for one in _all(Message) if one.kind == WORK_ASKED.key]
    return re.search(r"http://[^/]+(/answer/\S+)", message.body)[1]


def test_opening_the_link_answers_nothing_and_names_nobody(link, sign_in) -> None:
    guest = sign_in(None)
    for _scanner in range(3):
        page = guest.get(link)
        assert page.status_code == 200
    guest.head(link)
    assert _all(FollowUp) == []
    for word in ("Pia", "Pihlaja", "Group 7", "Stig"):
        assert word not in page.text


def test_one_tap_answers_and_the_link_tells_nothing_of_it_after(link, sign_in, world) -> None:
    guest = sign_in(None)
    tapped = guest.send(link, answer="in_work")
    assert tapped.status_code == 303
    assert [one.answer for one in _all(FollowUp)] == [Answer.IN_WORK]
    thanks = guest.get(tapped.location)
    assert "Thank you!" in thanks.text
    assert "What kind of work?" in thanks.text
    again = sign_in(None).get(link)
    assert "This question has been answered" in again.text
    assert "in work" not in again.text.lower()
    assert sign_in(None).send(link, answer="not_in_work").status_code == 422
    said = guest.send(tapped.location, step="kind", passed="", kind="fixed_term_part_time")
    assert said.status_code == 303
    assert "Since when" in guest.get(said.location).text
    wrong = guest.send(tapped.location, step="began_on", passed="kind", began_on="x")
    assert wrong.status_code == 422
    (told,) = _all(ToldOutcome)
    with_coach = sign_in(world.stig).get(f"/outcomes/told/{told.id}").text
    assert 'value="24.11.2026"' not in with_coach  # asked, not guessed
    for step, value in (("began_on", "20.11.2026"), ("weekly_minutes", "20"), ("fit", "5")):
        said = guest.send(tapped.location, step=step, passed="kind", **{step: value})
        assert said.status_code == 303
    (told,) = _all(ToldOutcome)
    assert (told.kind, told.weekly_minutes, told.fit) == (
        OutcomeKind.FIXED_TERM_PART_TIME,
        20 * 60,
        5,
    )


def test_a_link_that_nobody_made_and_a_stop(link, sign_in) -> None:
    assert sign_in(None).send(link, answer="unknown").status_code == 422
    assert sign_in(None).send(f"{link}/stop").status_code == 303
    assert "We do not ask you any more" in sign_in(None).get(link).text
    assert sign_in(None).get("/answer/nothing").status_code == 404


def test_the_coach_sees_who_is_due_and_logs_a_call(key, sign_in, world) -> None:
    stig = sign_in(world.stig)
    assert "Pia Pihlaja" in stig.get("/outcomes/follow-up").text
    person = f"/outcomes/person/{key}"
    assert stig.send(f"{person}/call").status_code == 422
    assert stig.send(f"{person}/call", call="not_reached").status_code == 303
    assert stig.send(f"{person}/call", call="studies").status_code == 303
    page = stig.get(person).text
    assert "Stig Strand: Not reached" in page
    assert "on the phone" in page
    assert stig.send(f"{person}/do-not-ask").status_code == 303
    assert "No message goes" in stig.get(person).text
    assert stig.send(f"{person}/ask-again").status_code == 303
    assert sign_in(world.cora).send(f"{person}/call", call="studies").status_code == 404
    assert sign_in(world.pia).get("/outcomes/follow-up").status_code == 403
    assert sign_in(world.paula).get("/outcomes/follow-up").status_code == 403


def test_a_participant_tells_and_the_coach_notes_it_with_a_document(key, sign_in, world) -> None:
    pia, stig = sign_in(world.pia), sign_in(world.stig)
    assert "Gigs or freelance work" in pia.get("/my-outcomes/tell").text
    assert "Hours in a usual week" not in pia.get("/my-outcomes/tell?kind=studies").text
    refused = pia.send("/my-outcomes/tell", kind="studies", began_on="")
    assert refused.status_code == 422
    told = pia.send(
        "/my-outcomes/tell",
        kind="permanent_part_time",
        began_on="20.11.2026",
        weekly_minutes="20",
        fit="4",
        file=(io.BytesIO(a_pdf()), "contract.pdf", "application/pdf"),
    )
    assert told.status_code == 303
    assert "Your coach looks at it" in pia.get("/my-outcomes").text
    (row,) = _all(ToldOutcome)
    page = f"/outcomes/told/{row.id}"
    assert "Pia Pihlaja" in stig.get("/outcomes/told").text
    assert stig.get(f"{page}/file").data == a_pdf()
    form = {
        "version": str(row.version),
        "kind": "permanent_part_time",
        "began_on": "20.11.2026",
        "weekly_minutes": "20",
        "found_through": "advertised",
        "evidence": "document",
    }
    refused = stig.send(page, **form)
    assert refused.status_code == 422, _all(Outcome)[0].seen
    assert stig.send(page, **form, seen="contract").status_code == 303
    assert stig.get(f"{page}/file").status_code == 404
    (outcome,) = _all(Outcome)
    assert "No copy is kept" in stig.get(f"/outcomes/person/{key}").text
    ended = pia.send(f"/my-outcomes/{outcome.id}/ended", ended_on="23.11.2026")
    assert ended.status_code == 303
    assert pia.send(f"/my-outcomes/{outcome.id}/ended", ended_on="").status_code == 422


def test_a_correction_and_its_history_by_pages(key, sign_in, world) -> None:
    stig = sign_in(world.stig)
    form = {"kind": "freelance", "began_on": "23.11.2026", "found_through": "advertised"}
    form["evidence"] = "own_word"
    assert stig.send(f"/outcomes/person/{key}", **form).status_code == 303
    (one,) = _all(Outcome)
    page = f"/outcomes/correct/{one.id}"
    assert "23.11.2026" in stig.get(page).text
    wrong = stig.send(page, **form | {"fit": "9"}, version=str(one.version))
    assert wrong.status_code == 422
    right = form | {"kind": "self_employment", "version": str(one.version)}
    assert stig.send(page, **right).status_code == 303
    assert stig.send(page, **right).status_code == 409
    assert "Freelance work → Self-employment" in stig.get(f"/outcomes/person/{key}").text
    version = str(_all(Outcome)[0].version)
    assert stig.send(f"/outcomes/strike/{one.id}", version=version).status_code == 303
    assert _all(Outcome) == []


def test_a_manager_says_when_a_programme_asks(world, sign_in) -> None:
    page = f"/outcomes/follow-up/plan/{world.a.programme_id}"
    aino = sign_in(world.aino)
    assert aino.get(page).status_code == 200
    assert aino.send(page, version="0", scheme="usual").status_code == 422
    sent = aino.send(page, version="0", points=["0", "3"], scheme="esf_plus")
    assert sent.status_code == 303
    assert [one.points for one in _all(FollowUpPlan)] == ["0,3,6"]
    assert sign_in(world.stig).get(page).status_code == 403


def test_she_says_herself_whether_she_may_be_asked(world, sign_in) -> None:
    pia = sign_in(world.pia)
    assert pia.send("/my-outcomes/do-not-ask").status_code == 303
    assert "You said no" in pia.get("/my-outcomes").text
    assert pia.send("/my-outcomes/ask-me").status_code == 303
    assert "You said no" not in pia.get("/my-outcomes").text


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_asks_as_much_of_many_as_of_one(key, sign_in, world, statements, people) -> None:
    with unit_of_work(whole_installation("test")):
        group = db.session.get_one(Cohort, world.a.cohort_ids[0])
        db.session.refresh(group, ["days"])
        for number in range(people - 1):
            phone = f"+3584000{number:05}"
            person = make_person(world.a.organisation_id, f"Anna{number}", "Aho", phone)
            enrol(group, person.id, group.starts_on)
    stig = sign_in(world.stig)
    stig.get("/outcomes/follow-up")
    statements.clear()
    assert f">{people}<" in stig.get("/outcomes/follow-up").text
    asked = [one for one in statements if one.lstrip().startswith("SELECT")]
    assert len(asked) <= 8


HUGE = "9" * 30


@pytest.mark.parametrize(
    "path", ["/outcomes/told", "/outcomes/follow-up", "/outcomes/{id}", "/surveys/{id}"]
)
def test_a_page_that_cannot_be_is_no_failure(path, key, sign_in, world) -> None:
    address = path.format(id=world.a.programme_id)
    assert sign_in(world.aino).get(f"{address}?page={HUGE}").status_code == 200


@pytest.mark.parametrize("point", ["abc", HUGE, "-1", "²"])
def test_a_time_that_cannot_be_is_refused_on_its_field(point, sign_in, world) -> None:
    client = sign_in(world.aino)
    address = next(
        rule.rule
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint == "outcomes.save_plan"
    ).replace("<key:programme_id>", world.a.programme_id)
    answer = client.send(address, points=point, scheme="usual", version="0")
    assert answer.status_code == 422
    assert _all(FollowUpPlan) == []


@pytest.mark.parametrize("things", [1, 6])
def test_the_page_of_a_person_takes_eight_statements_at_most(
    link, key, sign_in, world, statements, things
) -> None:
    sign_in(None).send(link, answer="in_work")
    client, page = sign_in(world.stig), f"/outcomes/person/{key}"
    form = {"kind": "freelance", "found_through": "advertised", "evidence": "own_word"}
    for day in range(1, things + 1):
        client.send(page, **form, began_on=f"{day}.11.2026")
    for one in _all(Outcome):
        corrected = form | {"kind": "self_employment", "began_on": f"{one.began_on:%d.%m.%Y}"}
        path = f"/outcomes/correct/{one.id}"
        assert client.send(path, **corrected, version=str(one.version)).status_code == 303
    client.get(page)
    statements.clear()
    shown = client.get(page).text
    assert shown.count("Freelance work → Self-employment") == things
    assert shown.count('data-l="Began"') == things
    asked = [one for one in statements if one.lstrip().startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(asked) <= 8
    tables = [re.search(r"FROM (\w+)", one)[1] for one in asked if one.startswith("SELECT")]
    followed = [one for one in tables if one.startswith("follow_up")]
    assert len(followed) == len(set(followed)), tables


def test_the_page_of_a_person_says_once_what_came_back_and_what_went_out(
    link, key, sign_in, world
) -> None:
    client, page = sign_in(world.stig), f"/outcomes/person/{key}"
    form = {"kind": "freelance", "found_through": "advertised", "evidence": "own_word"}
    for day in ("2.11.2026", "1.11.2026"):
        client.send(page, **form, began_on=day)
    for _call in range(2):
        assert client.send(f"{page}/call", call="not_reached").status_code == 303
    sign_in(None).send(link, answer="in_work")
    shown = client.get(page).text
    began = re.findall(r'data-l="Began">([^<]+)<', shown)
    assert began == ["1\N{NO-BREAK SPACE}November 2026", "2\N{NO-BREAK SPACE}November 2026"]
    assert shown.count("Not reached</li>") == 2
    assert shown.count("by the link") == 1
