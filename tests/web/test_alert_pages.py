"""Pages of alerts: who may need help, who sees to it, the rules, and whether it was worth it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule, Verdict
from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.queries import get_cohort_with_days
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import digest
from jobsearch.feedback.pulses.models import ConfidenceItem, ConfidencePulse
from jobsearch.tracker.helping.models import HelpCall
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.models import Employer
from tests.contracted import sign_seats
from tests.stuck import make_alert
from tests.world import NOW, TODAY, enrol, make_person

pytestmark = pytest.mark.usefixtures("context")


def _one():
    with unit_of_work(whole_installation("test")):
        return db.session.scalars(sa.select(Alert)).one()


@pytest.fixture
def alert(world, as_):
    """An open alert about Pia."""
    with as_(world.stig):
        return make_alert(world)


@pytest.fixture
def kaisa(world):
    """Another coach of provider A, whose group is Group 8."""
    with unit_of_work(whole_installation("test")):
        account = Account(email="kaisa@example.org", name="Kaisa Kallio", language="en")
        db.session.add(account)
        db.session.flush()
        row = Membership(
            account_id=account.id, organisation_id=world.a.organisation_id, role=Role.COACH
        )
        db.session.add(row)
        db.session.flush()
        db.session.add(
            SignIn(
                secret_digest=digest("secret-of-kaisa"),
                membership_id=row.id,
                device="Test",
                started_at=NOW - timedelta(minutes=1),
                last_seen_at=NOW - timedelta(minutes=1),
                proven_at=NOW - timedelta(minutes=1),
                way=Way.CODE,
            )
        )
        second = sa.update(Cohort).where(Cohort.id == world.a.cohort_ids[1])
        db.session.execute(second.values(coach_id=account.id))
        actor = replace(world.stig.actor, account_id=account.id, membership_id=row.id)
        return replace(world.stig, actor=actor, secret="secret-of-kaisa")


def test_an_alert_says_who_why_what_could_be_done_and_that_nobody_has_taken_it(
    sign_in, world, alert
):
    page = sign_in(world.stig).get("/alerts").text
    assert "Pia has logged nothing since Tue" in page
    assert "No action logged since the last two days at work." in page
    assert "House rule: of twelve days" in page
    assert "Nobody has taken it yet." in page
    assert f"/conversations/{alert.enrolment_id}" in page
    assert "Write a message" in page and "See the results" in page


def test_a_coach_takes_it_gives_it_back_and_says_how_it_was(sign_in, world, alert):
    client = sign_in(world.stig)
    assert client.send(f"/alerts/{alert.id}/take", version=1).status_code == 303
    assert "Taken by Stig Strand, " in client.get("/alerts").text
    assert client.send(f"/alerts/{alert.id}/give-back", version=2).status_code == 303
    assert "Nobody has taken it yet." in client.get("/alerts").text
    done = client.send(f"/alerts/{alert.id}/end", version=3, verdict="helpful")
    assert done.status_code == 303
    assert "No rule holds of anybody now" in client.get("/alerts").text
    page = client.get("/alerts/all?what=helpful").text
    assert "Ended by Stig Strand" in page and "It was good to ask" in page
    assert client.send(f"/alerts/{alert.id}/reopen", version=4).status_code == 303
    assert "Pia has logged nothing" in client.get("/alerts").text


def test_who_comes_second_reads_who_was_first(sign_in, world, alert, kaisa):
    sign_in(world.stig).send(f"/alerts/{alert.id}/take", version=1)
    answer = sign_in(kaisa).send(f"/alerts/{alert.id}/take", version=1, group="all")
    assert answer.status_code == 409
    assert "Stig Strand has taken this already." in answer.text
    assert "Taken by Stig Strand" in answer.text
    assert _one().taken_by_id == world.stig.account_id


def test_who_saw_an_older_state_is_told_so(sign_in, world, alert):
    client = sign_in(world.stig)
    client.send(f"/alerts/{alert.id}/end", version=1, verdict="needless")
    answer = client.send(f"/alerts/{alert.id}/end", version=1, verdict="helpful")
    assert (answer.status_code, "Somebody else has just changed" in answer.text) == (409, True)
    assert _one().verdict is Verdict.NEEDLESS


def test_what_is_no_verdict_ends_nothing(sign_in, world, alert):
    answer = sign_in(world.stig).send(f"/alerts/{alert.id}/end", version=1, verdict="x")
    assert (answer.status_code, _one().ended_at) == (409, None)


def test_a_coach_sees_her_own_groups_first_and_all_by_a_filter(sign_in, world, alert, kaisa):
    client = sign_in(kaisa)
    assert "Pia Pihlaja" not in client.get("/alerts").text
    page = client.get("/alerts?group=all").text
    assert "Pia Pihlaja" in page
    assert f"/conversations/{alert.enrolment_id}" not in page  # her own coach's
    assert "Pia Pihlaja" not in client.get(f"/alerts?group={world.a.cohort_ids[1]}").text
    assert "Pia Pihlaja" in client.get(f"/alerts?group={world.a.cohort_ids[0]}").text


def test_a_manager_reads_and_decides_nothing(sign_in, world, alert):
    client = sign_in(world.aino)
    page = client.get("/alerts").text
    assert "Pia Pihlaja" in page and "I take it" not in page
    assert client.send(f"/alerts/{alert.id}/take", version=1).status_code == 403


@pytest.mark.parametrize("who", ["paula", "pia", "mia", "olga"])
def test_nobody_else_opens_them(sign_in, world, alert, who):
    client = sign_in(getattr(world, who))
    for path in ("/alerts", "/alerts/all", "/alerts/precision"):
        assert client.get(path).status_code == 403


def test_another_providers_staff_see_none_of_it(sign_in, world, alert):
    assert "Pia" not in sign_in(world.cora).get("/alerts?group=all").text
    assert "Pia" not in sign_in(world.sam).get("/alerts/all").text
    path = f"/alerts/{alert.id}/take"
    assert sign_in(world.cora).send(path, version=1).status_code == 404


def test_everyone_may_read_the_rules_with_their_sources(sign_in, world):
    for member in (world.pia, world.stig, world.aino, world.paula):
        page = sign_in(member).get("/alerts/rules").text
        assert "Vinokur" in page and "nothing about health is kept" in page


def test_a_call_for_help_stands_there_at_once_with_its_words(sign_in, world, as_):
    with as_(world.pia):
        db.session.add(
            HelpCall(
                enrolment_id=world.a.enrolment_ids["pia"],
                person_id=world.pia.person_id,
                cohort_id=world.a.cohort_ids[0],
                words="Does my letter sound right?",
                asked_at=NOW,
            )
        )
    page = sign_in(world.stig).get("/alerts").text
    assert "Pia asked for help on Tue" in page
    assert "Does my letter sound right?" in page


def _judged(world, count, verdict, rule=AlertRule.NO_ACTION, days=1):
    at = NOW - timedelta(days=days)
    for _number in range(count):
        make_alert(
            world,
            rule,
            raised_on=TODAY - timedelta(days=days),
            raised_at=at,
            ended_at=at,
            ended_by_id=world.stig.account_id,
            verdict=verdict,
            judged_at=at,
        )


def test_precision_counts_by_rule_and_each_number_opens_its_alerts(sign_in, world, as_):
    with as_(world.stig):
        _judged(world, 4, Verdict.HELPFUL)
        _judged(world, 1, Verdict.NEEDLESS)
        _judged(world, 2, Verdict.HELPFUL, AlertRule.NO_REPLY, days=100)
        make_alert(world, ended_at=NOW)
    client = sign_in(world.aino)
    page = client.get("/alerts/precision").text
    assert "80 of 100: 4 of 5 (range 38–96)" in page
    assert "2 of 2, too few for a share" in page
    assert "0 of 0, too few for a share" in page
    link = "/alerts/all?group=&amp;period=&amp;what=helpful&amp;rule=no_action"
    assert link in page
    listed = client.get(link.replace("&amp;", "&")).text
    assert "Showing 4 of 4" in listed
    recent = client.get("/alerts/precision?period=30").text
    assert "2 of 2" not in recent
    assert "Showing 1 of 1" in client.get("/alerts/all?what=by_itself").text


def test_the_archive_is_cut_into_pages(sign_in, world, as_):
    with as_(world.stig):
        _judged(world, 30, Verdict.HELPFUL)
    client = sign_in(world.stig)
    assert "Page 1 of 2" in client.get("/alerts/all").text
    assert "Showing 5 of 30" in client.get("/alerts/all?page=2").text
    assert "Nothing matches" in client.get("/alerts/all?what=needless").text


def test_what_is_no_filter_narrows_nothing(sign_in, world, alert):
    client = sign_in(world.stig)
    assert "Pia" in client.get("/alerts/all?what=x&rule=x&period=x&group=x&page=x").text


@pytest.mark.parametrize("path", ["/alerts", "/alerts/all", "/alerts/precision"])
def test_a_page_asks_as_little_of_thirty_as_of_one(sign_in, world, as_, statements, path, alert):
    client = sign_in(world.stig)
    client.get(path)
    statements.clear()
    client.get(path)
    one = len(statements)
    with as_(world.stig):
        group = get_cohort_with_days(world.a.cohort_ids[0])
        for number in range(30):
            phone = f"+3584000008{number:02}"
            person = make_person(world.a.organisation_id, f"P{number}", "Q", phone)
            seat = enrol(group, person.id, TODAY)
            make_alert(world, person_id=person.id, enrolment_id=seat.id)
    statements.clear()
    client.get(path)
    assert len(statements) == one


def _confident(world, as_, scores):
    with as_(world.pia):
        db.session.add_all(
            ConfidencePulse(
                enrolment_id=world.a.enrolment_ids["pia"],
                day_number=day,
                item=ConfidenceItem.BELIEF,
                score=score,
                answered_on=TODAY,
            )
            for day, score in scores.items()
        )


def test_who_answers_lower_than_before_decides_whether_her_coach_hears_of_it(sign_in, world, as_):
    _confident(world, as_, {1: 5, 6: 2})
    client = sign_in(world.pia)
    assert "/my-pulse/coach" in client.get("/my-pulse").text
    assert "Let my coach know" in client.get("/my-pulse/coach").text
    assert "Pia" not in sign_in(world.stig).get("/alerts").text
    assert sign_in(world.pia).send("/my-pulse/coach").status_code == 303
    page = sign_in(world.stig).get("/alerts").text
    assert "Pia wants you to know that it has become harder" in page
    assert "answered" not in page.split("Why is Pia here?")[0].split("Pia wants")[1]
    client = sign_in(world.pia)
    assert "Your coach knows that it has become harder." in client.get("/my-pulse/coach").text
    client.send("/my-pulse/coach/take-back")
    assert "Pia wants you" not in sign_in(world.stig).get("/alerts").text


def test_where_answers_are_not_lower_she_is_shown_no_such_way(sign_in, world, as_):
    _confident(world, as_, {1: 3, 6: 3})
    client = sign_in(world.pia)
    assert "/my-pulse/coach" not in client.get("/my-pulse").text
    assert "nothing to pass on" in client.get("/my-pulse/coach").text
    assert client.send("/my-pulse/coach").status_code == 422


def test_the_day_page_says_who_asks_for_help_and_has_an_interview(sign_in, world, as_, statements):
    with as_(world.paula):
        sign_seats(world.a, world.paula, ["pia", "otto"])
    client = sign_in(world.stig)
    client.get("/today")
    statements.clear()
    client.get("/today")
    before = len(statements)
    seat = {
        "enrolment_id": world.a.enrolment_ids["pia"],
        "person_id": world.pia.person_id,
        "cohort_id": world.a.cohort_ids[0],
    }
    with as_(world.pia):
        employer = Employer(person_id=world.pia.person_id, name="Leipomo")
        db.session.add_all([employer, HelpCall(**seat, words="CV", asked_at=NOW)])
        db.session.flush()
        more = {"employer_id": employer.id, "way": InterviewWay.PHONE, "changed_at": NOW}
        db.session.add(Interview(**seat, starts_at=NOW + timedelta(days=1, hours=3), **more))
        cancelled = {"starts_at": NOW + timedelta(hours=1), "cancelled_at": NOW}
        db.session.add(Interview(**seat, **cancelled, **more))
    statements.clear()
    page = client.get("/today").text
    assert len(statements) == before
    assert "Pia asked for help on Tue" in page
    assert "There is an interview on Wed" in page and "at 13:00." in page
    assert "/alerts" in page
    manager = sign_in(world.aino).get("/today").text
    assert "asked for help" not in manager and "There is an interview" not in manager
