"""Alerts as they are kept: raised and ended, taken by one coach, judged, and of whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account, Membership
from jobsearch.coaching.alerts import service
from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule, Verdict
from jobsearch.coaching.alerts.searchers import list_searchers
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.feedback.pulses.models import ConfidenceItem, ConfidencePulse
from jobsearch.tracker.helping.models import HelpCall
from jobsearch.tracker.leads.models import Lead, LeadSource, LeadStage
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import ActionSource, Activity, Reply
from jobsearch.tracker.service import log_action
from tests.stuck import make_alert
from tests.world import FIRST_DAY, NOW, TODAY, enrol, make_person

pytestmark = pytest.mark.usefixtures("context")


def _morning(world, day=TODAY):
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        return service.refresh(world.a.organisation_id, day)


def _alerts(**which):
    with unit_of_work(whole_installation("test")):
        return db.session.query(Alert).filter_by(**which).order_by(Alert.raised_at, Alert.id).all()


def _of(world, who="pia", **which):
    return _alerts(enrolment_id=world.a.enrolment_ids[who], **which)


def _sent(world, count, source=ActionSource.OWN, on=FIRST_DAY, **more):
    """So many actions of Pia's, all of one day."""
    own = {"person_id": world.pia.person_id, "enrolment_id": world.a.enrolment_ids["pia"]}
    db.session.add_all(
        Action(
            **own,
            cohort_id=world.a.cohort_ids[0],
            on=on,
            activity=Activity.EMPLOYER_CONTACT,
            source=source,
            logged_at=NOW,
            **more,
        )
        for _ in range(count)
    )
    db.session.flush()


def test_a_morning_raises_each_alert_once(world):
    assert _morning(world) == 2  # Pia and Otto have logged nothing
    assert _morning(world) == 0
    (one,) = _of(world)
    assert (one.rule, one.raised_on, one.on) == (AlertRule.NO_ACTION, TODAY, None)
    assert one.taken_at is None and one.ended_at is None


def test_an_alert_ends_by_itself_when_she_logs_something(world, as_):
    _morning(world)
    with as_(world.pia):
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT)
    assert _morning(world) == 0
    (one,) = _of(world)
    assert one.ended_at is not None and one.ended_by_id is None and one.verdict is None


def test_on_a_day_without_work_of_the_group_nothing_is_raised_or_ended(world, as_):
    _morning(world)
    with as_(world.pia):
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT)
    friday = TODAY + timedelta(days=3)
    assert _morning(world, friday) == 0
    assert _of(world)[0].ended_at is None
    with unit_of_work(whole_installation("test")):
        db.session.execute(
            sa.update(CohortDay).where(CohortDay.on == TODAY).values(cancelled_at=NOW)
        )
        assert list_searchers(TODAY) == []


def test_alerts_of_who_has_left_and_of_groups_that_are_over_end(world):
    _morning(world)
    with unit_of_work(whole_installation("test")):
        hers = sa.update(Enrolment).where(Enrolment.id == world.a.enrolment_ids["pia"])
        db.session.execute(hers.values(left_on=TODAY))
        over = sa.update(Cohort).where(Cohort.id == world.a.cohort_ids[1])
        db.session.execute(over.values(ends_on=TODAY - timedelta(days=1)))
    _morning(world)
    assert all(one.ended_at for one in _alerts(organisation_id=world.a.organisation_id))


def test_another_providers_people_are_looked_at_in_their_own_turn(world):
    _morning(world)
    assert {one.organisation_id for one in _alerts()} == {world.a.organisation_id}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, True),
        ({"on": TODAY - timedelta(days=3)}, False),
        ({"source": ActionSource.IMPORTED}, False),
        ({"undone_at": NOW}, False),
        ({"reply": Reply.NO, "replied_on": TODAY}, False),
    ],
)
def test_ten_actions_without_a_reply_count_once_they_had_time(world, as_, change, said):
    with as_(world.stig):
        _sent(world, 10, **change)
    _morning(world)
    found = _of(world, rule=AlertRule.NO_REPLY)
    assert [one.count for one in found] == ([10] if said else [])


def test_a_lead_that_was_answered_is_a_reply_too(world, as_):
    with as_(world.stig):
        _sent(world, 12)
        employer = Employer(person_id=world.pia.person_id, name="Leipomo")
        db.session.add(employer)
        db.session.flush()
        db.session.add(
            Lead(
                person_id=world.pia.person_id,
                enrolment_id=world.a.enrolment_ids["pia"],
                cohort_id=world.a.cohort_ids[0],
                employer_id=employer.id,
                role_title="Leipuri",
                source=LeadSource.ADVERT,
                stage=LeadStage.REJECTED,
                stage_on=TODAY,
                added_at=NOW,
            )
        )
    _morning(world)
    assert _of(world, rule=AlertRule.NO_REPLY) == []


def _second_coach(world):
    """Cora also coaches at provider A; as who acts there."""
    with unit_of_work(whole_installation("test")):
        account = Account(email="kaisa@example.org", name="Kaisa Kallio", language="en")
        db.session.add(account)
        db.session.flush()
        row = Membership(
            account_id=account.id, organisation_id=world.a.organisation_id, role=Role.COACH
        )
        db.session.add(row)
        db.session.flush()
        return account.id


@pytest.fixture
def kaisa(world):
    """Another coach of provider A."""
    actor = replace(world.stig.actor, account_id=_second_coach(world), name="Kaisa Kallio")
    return replace(world.stig, actor=actor)


def test_of_two_coaches_who_take_it_at_once_the_second_reads_who_was_first(world, as_, kaisa):
    with as_(world.stig):
        alert = make_alert(world)
    with as_(world.stig):
        assert service.take(world.stig.actor, alert.id, 1).taken_by_id == world.stig.account_id
    with as_(kaisa), pytest.raises(RuleBroken, match="Stig Strand has taken this already"):
        service.take(kaisa.actor, alert.id, 1)
    with as_(world.stig):
        assert service.take(world.stig.actor, alert.id, 1).version == 2  # twice is once
    with as_(kaisa), pytest.raises(RuleBroken, match="Stig Strand"):
        service.give_back(kaisa.actor, alert.id, 2)
    with as_(world.stig):
        service.give_back(world.stig.actor, alert.id, 2)
    with as_(kaisa):
        assert service.take(kaisa.actor, alert.id, 3).taken_by_id == kaisa.actor.account_id


def test_who_saw_an_older_state_decides_nothing(world, as_):
    with as_(world.stig):
        alert = make_alert(world)
        service.end(world.stig.actor, alert.id, Verdict.HELPFUL, 1)
    for deed in (service.take, service.reopen):
        with as_(world.stig), pytest.raises((Conflict, RuleBroken)):
            deed(world.stig.actor, alert.id, 1)
    with as_(world.stig), pytest.raises(Conflict):
        service.end(world.stig.actor, alert.id, Verdict.NEEDLESS, 1)


def test_a_verdict_ends_an_alert_and_taking_it_back_opens_it_again(world, as_):
    with as_(world.stig):
        alert = make_alert(world)
        ended = service.end(world.stig.actor, alert.id, Verdict.NEEDLESS, 1)
        assert ended.ended_by_id == world.stig.account_id and ended.verdict is Verdict.NEEDLESS
    with as_(world.stig):
        opened = service.reopen(world.stig.actor, alert.id, 2)
        assert (opened.ended_at, opened.ended_by_id, opened.verdict) == (None, None, None)


def test_what_ended_by_itself_can_be_judged_and_stays_ended(world, as_):
    with as_(world.stig):
        alert = make_alert(world, ended_at=NOW - timedelta(hours=1))
        service.end(world.stig.actor, alert.id, Verdict.HELPFUL, 1)
    with as_(world.stig):
        found = service.reopen(world.stig.actor, alert.id, 2)
        assert found.ended_at == NOW - timedelta(hours=1) and found.verdict is None
        assert found.ended_by_id is None


def test_a_verdict_is_not_taken_back_where_a_newer_alert_is_open(world, as_):
    with as_(world.stig):
        alert = make_alert(world)
        service.end(world.stig.actor, alert.id, Verdict.HELPFUL, 1)
        make_alert(world)
    with as_(world.stig), pytest.raises(RuleBroken, match="newer"):
        service.reopen(world.stig.actor, alert.id, 2)


def test_what_a_coach_ended_is_not_raised_the_next_morning(world, as_):
    _morning(world)
    (one,) = _of(world)
    with as_(world.stig):
        service.end(world.stig.actor, one.id, Verdict.HELPFUL, one.version)
    assert _morning(world) == 0
    assert _morning(world, TODAY + timedelta(days=1)) == 0
    assert len(_of(world)) == 1


def test_a_coach_of_another_provider_finds_no_alert(world, as_):
    with as_(world.stig):
        alert = make_alert(world)
    with as_(world.cora), pytest.raises(NotVisible):
        service.take(world.cora.actor, alert.id, 1)


def _call(world):
    call = HelpCall(
        organisation_id=world.a.organisation_id,
        enrolment_id=world.a.enrolment_ids["pia"],
        person_id=world.pia.person_id,
        cohort_id=world.a.cohort_ids[0],
        words="CV",
        asked_at=NOW,
    )
    db.session.add(call)
    db.session.flush()
    return call


def test_a_call_for_help_raises_its_alert_in_the_same_moment_and_ends_it(world, as_):
    with as_(world.pia):
        call = _call(world)
        key = call.id
    (one,) = _of(world, rule=AlertRule.ASKED_FOR_HELP)
    assert (one.raised_on, one.on, one.ended_at) == (TODAY, TODAY, None)
    with as_(world.pia):
        db.session.get_one(HelpCall, key).ended_at = NOW
    (one,) = _of(world, rule=AlertRule.ASKED_FOR_HELP)
    assert one.ended_at == NOW and one.ended_by_id is None


def test_a_new_call_is_heard_where_the_old_alert_was_left_open(world, as_):
    with as_(world.stig):
        make_alert(world, AlertRule.ASKED_FOR_HELP)
    with as_(world.pia):
        _call(world)
    assert [bool(one.ended_at) for one in _of(world, rule=AlertRule.ASKED_FOR_HELP)].count(
        False
    ) == 1


def test_what_the_call_raised_the_morning_leaves_open_and_the_coach_can_end(world, as_):
    with as_(world.pia):
        _call(world)
    _morning(world)
    (one,) = _of(world, rule=AlertRule.ASKED_FOR_HELP)
    assert one.ended_at is None
    with as_(world.stig):
        service.end(world.stig.actor, one.id, Verdict.HELPFUL, one.version)
    _morning(world)
    assert len(_of(world, rule=AlertRule.ASKED_FOR_HELP)) == 1


def _confident(world, scores):
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
    db.session.flush()


def test_confidence_that_has_gone_down_raises_nothing_without_her_own_act(world, as_):
    with as_(world.pia):
        _confident(world, {1: 5, 6: 2})
    _morning(world)
    assert _of(world, rule=AlertRule.CONFIDENCE_DOWN) == []
    with as_(world.pia):
        service.tell_coach(world.pia.actor)
        service.tell_coach(world.pia.actor)
    (one,) = _of(world, rule=AlertRule.CONFIDENCE_DOWN)
    # the coach may know that she wants to be asked, and nothing of what she answered
    assert (one.on, one.until, one.count, one.out_of) == (None, None, 0, 0)
    _morning(world)
    assert _of(world, rule=AlertRule.CONFIDENCE_DOWN)[0].ended_at is None
    with as_(world.pia):
        service.take_word_back(world.pia.actor)
    assert _of(world, rule=AlertRule.CONFIDENCE_DOWN)[0].ended_at is not None


def test_where_her_answers_are_not_lower_there_is_nothing_to_tell(world, as_):
    with as_(world.pia):
        _confident(world, {1: 3, 6: 3})
        with pytest.raises(RuleBroken, match="not lower"):
            service.tell_coach(world.pia.actor)


def test_a_morning_asks_as_little_of_thirty_people_as_of_one(world, as_, statements):
    def asked():
        with unit_of_work(whole_installation("test")):
            db.session.execute(sa.delete(Alert))
        statements.clear()
        _morning(world)
        return len([one for one in statements if "alert" in one or "enrolment" in one])

    few = asked()
    with as_(world.stig):
        group = db.session.get_one(
            Cohort, world.a.cohort_ids[0], options=[sa.orm.selectinload(Cohort.days)]
        )
        for number in range(30):
            person = make_person(
                world.a.organisation_id, f"P{number}", "Q", f"+3584000008{number:02}"
            )
            enrol(group, person.id, TODAY)
    assert asked() == few
    assert len(_alerts(rule=AlertRule.NO_ACTION)) == 32
    # and ending them
    with unit_of_work(whole_installation("test")):
        db.session.execute(sa.update(Alert).values(rule=AlertRule.UNDER_GOAL))
    statements.clear()
    _morning(world)
    assert len([one for one in statements if one.startswith("UPDATE alert")]) == 1
