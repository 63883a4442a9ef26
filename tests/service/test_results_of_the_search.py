"""The figures of a search: who is counted, what led to what, and what nobody else sees."""

from datetime import date, timedelta

import pytest
import time_machine

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible
from jobsearch.core.scope import Scope
from jobsearch.demo.service import PILOT, PILOT_FILES
from jobsearch.intake.service import take_in
from jobsearch.tracker.funnel import queries
from jobsearch.tracker.funnel.counted import Days, Whose
from jobsearch.tracker.funnel.page import of_group, of_person, of_programme
from jobsearch.tracker.funnel.rules import Other, Steps
from jobsearch.tracker.leads.models import LeadMove, LeadStage
from jobsearch.tracker.lists.filters import filters_of
from jobsearch.tracker.lists.queries import list_actions
from jobsearch.tracker.models import ActionSource
from jobsearch.tracker.rules import Activity, Channel, Reached, Reply
from tests.searched import make_action, make_lead
from tests.world import FIRST_DAY, NOW, TODAY, make_person, make_programme

pytestmark = pytest.mark.usefixtures("context")
ADVERT, CONTACT, AGENCY, INTERVIEW = Activity


def _funnel(world, **whose):
    actor = world.stig.actor
    return queries.get_funnel(Whose(actor, Days(TODAY), **whose))


def _line(lines, key):
    (found,) = (line.steps for line in lines if line.key == key)
    return found


def _pia(world):
    return world.a.enrolment_ids["pia"]


def test_the_pilots_figures_come_out_with_both_denominators(world, as_) -> None:
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        for name in PILOT_FILES[:2]:
            take_in(programme.id, (PILOT / name).read_bytes(), name)
        whose = Whose(world.aino.actor, Days(TODAY), programme_id=programme.id)
        counted = queries.count_people(whose)
        funnel = queries.get_funnel(whose, counted)
        assert (counted.groups, counted.people) == (4, 20)
    assert [made.total for made in funnel.made.values()] == [107, 164, 41, 20]
    means = [(made.per_person.value, made.per_person.denominator) for made in funnel.made.values()]
    assert means == [("5.35", 20), ("8.20", 20), ("2.05", 20), ("1.00", 20)]
    openings = funnel.made[AGENCY].per_maker
    assert (openings.value, openings.denominator) == ("4.10", 10)
    assert funnel.total.interviewed.percents(1) == "6.4"
    assert _line(funnel.channels, Other.FROM_FILE) == Steps(actions=312, interviews=20)
    assert funnel.total.answerable == 0


def test_replies_and_reaching_are_counted_of_what_was_logged(world, as_) -> None:
    with as_(world.stig):
        make_action(_pia(world), CONTACT, channel=Channel.PHONE, reply=Reply.NO, reached=Reached.NO)
        make_action(_pia(world), CONTACT, channel=Channel.PHONE, reached=Reached.YES)
        make_action(_pia(world), ADVERT, reply=Reply.INTERESTED)
        make_action(_pia(world), ADVERT, count=7, source=ActionSource.IMPORTED)
        make_action(_pia(world), ADVERT, undone_at=NOW)
        funnel = _funnel(world, person_id=world.pia.person_id)
    assert funnel.total == Steps(10, 3, 2, asked=2, reached=1)
    assert _line(funnel.channels, "phone") == Steps(2, 2, 1, asked=2, reached=1)
    assert _line(funnel.channels, Other.NOT_TOLD) == Steps(1, 1, 1)
    assert _line(funnel.kinds, ADVERT) == Steps(8, 1, 1)
    assert _line(funnel.channels, Other.FROM_FILE) == Steps(7)


def test_an_interview_belongs_to_the_action_that_began_its_lead(world, as_) -> None:
    yesterday = TODAY - timedelta(days=1)
    with as_(world.stig):
        lead = make_lead(_pia(world), LeadStage.INTERVIEW)
        make_action(_pia(world), ADVERT, channel=Channel.WEB, lead_id=lead.id)
        make_action(_pia(world), CONTACT, yesterday, channel=Channel.VISIT, lead_id=lead.id)
        make_action(_pia(world), CONTACT, FIRST_DAY, undone_at=NOW, lead_id=lead.id)
        make_action(_pia(world), INTERVIEW, lead_id=lead.id)
        make_action(_pia(world), INTERVIEW, channel=Channel.PHONE)
        make_action(_pia(world), INTERVIEW)
        funnel = _funnel(world, person_id=world.pia.person_id)
    assert _line(funnel.kinds, "employer_contact").interviews == 1
    assert _line(funnel.channels, "visit").interviews == 1
    assert _line(funnel.channels, "phone").interviews == 1
    assert _line(funnel.kinds, Other.NOT_TOLD).interviews == 2
    assert _line(funnel.channels, Other.NOT_TOLD).interviews == 1
    assert funnel.made[INTERVIEW].total == funnel.total.interviews == 3


def test_a_lead_counts_once_however_often_it_was_moved_and_not_when_that_was_undone(
    world, as_
) -> None:
    far = (LeadStage.OFFER, LeadStage.INTERVIEW, LeadStage.OFFER, LeadStage.HIRED)
    with as_(world.stig):
        lead = make_lead(_pia(world), *far)
        make_action(_pia(world), CONTACT, channel=Channel.ACQUAINTANCE, lead_id=lead.id)
        make_lead(_pia(world), LeadStage.HIRED)
        undone = make_lead(_pia(world), LeadStage.OFFER)
        db.session.query(LeadMove).filter_by(lead_id=undone.id).one().undone_at = now()
        db.session.flush()
        funnel = _funnel(world, person_id=world.pia.person_id)
    assert (funnel.total.offers, funnel.total.jobs) == (2, 2)
    assert _line(funnel.channels, "acquaintance") == Steps(1, 1, 0, 0, 1, 1)
    assert _line(funnel.kinds, Other.NOT_TOLD) == Steps(offers=1, jobs=1)


def test_a_group_counts_who_started_from_its_first_day_on(world, as_) -> None:
    cohort_id = world.a.cohort_ids[0]
    with as_(world.aino):
        make_action(_pia(world), CONTACT, FIRST_DAY)
        make_action(_pia(world), CONTACT, FIRST_DAY - timedelta(days=3))
        other = make_person(world.a.organisation_id, "Veera", "Virta", "+358400000209")
        seat = Enrolment(cohort_id=cohort_id, person_id=other.id, state=EnrolmentState.PLACED)
        db.session.add(seat)
        db.session.flush()
        make_action(seat.id, CONTACT)
        results = of_group(world.aino.actor, cohort_id, _all_days())
        own = of_person(world.aino.actor, world.pia.person_id)
    assert [one.name for one in results.people] == ["Pia Pihlaja"]
    assert (results.funnel.people, results.funnel.total.actions) == (1, 1)
    assert own.funnel.total.actions == 2  # what she logged while she waited is hers


class _all_days:  # noqa: N801 - stands for the form
    days = (None, None)


def _from(first, last):
    form = _all_days()
    form.days = (first, last)
    return form


def test_who_took_everything_back_made_nothing(world, as_) -> None:
    with as_(world.aino):
        make_action(_pia(world), CONTACT, undone_at=NOW)
        make_action(_pia(world), AGENCY, FIRST_DAY - timedelta(days=1))
        make_action(_pia(world), ADVERT)
        made = of_group(world.aino.actor, world.a.cohort_ids[0], _all_days()).funnel.made
    assert {kind: one.makers for kind, one in made.items() if one.makers} == {ADVERT: 1}


def test_a_time_narrows_groups_people_and_actions_alike(world, as_) -> None:
    week = timedelta(days=7)
    with as_(world.aino):
        make_action(_pia(world), CONTACT, FIRST_DAY)
        make_action(_pia(world), ADVERT, TODAY)
        lead = make_lead(_pia(world), LeadStage.OFFER, on=FIRST_DAY)
        make_action(_pia(world), AGENCY, FIRST_DAY, lead_id=lead.id)
        programme = world.a.programme_id

        def shown(first, last):
            results = of_programme(world.aino.actor, programme, _from(first, last))
            total = results.funnel.total
            return results.funnel.people, total.actions, total.offers

        assert shown(None, None) == (2, 3, 1)
        assert shown(TODAY, None) == (2, 1, 0)
        assert shown(FIRST_DAY, FIRST_DAY) == (2, 2, 1)
        assert shown(None, FIRST_DAY - week) == (0, 0, 0)
        db.session.get(Cohort, world.a.cohort_ids[1]).ends_on = FIRST_DAY
        db.session.flush()
        assert shown(TODAY, None) == (1, 1, 0)


def test_a_programme_lists_its_groups_by_first_day_and_totals_hold_all_of_them(world, as_) -> None:
    with as_(world.aino):
        make_action(_pia(world), CONTACT, reply=Reply.LATER)
        make_action(world.a.enrolment_ids["otto"], ADVERT)
        db.session.get(Cohort, world.a.cohort_ids[1]).starts_on = FIRST_DAY - timedelta(days=30)
        db.session.flush()
        results = of_programme(world.aino.actor, world.a.programme_id, _all_days())
        beyond = of_programme(world.aino.actor, world.a.programme_id, _all_days(), 2)
    assert [one.name for one in results.groups] == ["Group 8", "Group 7"]
    assert [one.done for one in results.groups] == [{ADVERT: 1}, {CONTACT: 1}]
    assert results.groups[1].steps == Steps(1, 1, 1)
    assert beyond.groups == [] and beyond.funnel == results.funnel


def test_people_stand_in_the_order_of_their_names_whatever_they_did(world, as_) -> None:
    cohort_id = world.a.cohort_ids[0]
    with as_(world.aino):
        for given, family, times in (("Bea", "Aro", 0), ("Al", "Zed", 9)):
            person = make_person(world.a.organisation_id, given, family, f"+35840000{times}999")
            seat = Enrolment(cohort_id=cohort_id, person_id=person.id, state=EnrolmentState.STARTED)
            db.session.add(seat)
            db.session.flush()
            for _ in range(times):
                make_action(seat.id, CONTACT)
        people = of_group(world.aino.actor, cohort_id, _all_days()).people
    assert [one.name for one in people] == ["Bea Aro", "Pia Pihlaja", "Al Zed"]


@pytest.mark.parametrize("name", ["sam", "cora"])
def test_another_provider_sees_nothing(world, as_, name) -> None:
    actor = getattr(world, name).actor
    with as_(getattr(world, name)):
        for look in (
            lambda: of_person(actor, world.pia.person_id),
            lambda: of_group(actor, world.a.cohort_ids[0], _all_days()),
            lambda: of_programme(actor, world.a.programme_id, _all_days()),
        ):
            with pytest.raises(NotVisible):
                look()


def test_a_participant_gets_no_figure_of_another(world, as_) -> None:
    with as_(world.stig):
        make_action(world.a.enrolment_ids["otto"], CONTACT)
    with as_(world.pia):
        whose = Whose(world.pia.actor, Days(TODAY), person_id=world.otto.person_id)
        assert queries.get_funnel(whose).is_empty


def test_every_figure_opens_as_many_actions_as_it_says(world, as_) -> None:
    with as_(world.stig):
        _search_of_all_sorts(world)
        for results in (
            of_programme(world.stig.actor, world.a.programme_id, _all_days()),
            of_group(world.stig.actor, world.a.cohort_ids[0], _all_days()),
            of_person(world.stig.actor, world.pia.person_id),
        ):
            for narrowed, figure in _figures(results.funnel):
                chosen = filters_of(world.stig.actor, results.rows | narrowed)
                found = list_actions(world.stig.actor, chosen, 1)
                assert found.times == figure, (results.name, narrowed)


def _search_of_all_sorts(world) -> None:
    lead = make_lead(_pia(world), LeadStage.INTERVIEW)
    make_action(_pia(world), CONTACT, channel=Channel.PHONE, reply=Reply.NO, lead_id=lead.id)
    make_action(_pia(world), CONTACT, FIRST_DAY - timedelta(days=2), channel=Channel.PHONE)
    make_action(_pia(world), ADVERT, channel=Channel.WEB)
    make_action(_pia(world), ADVERT)
    make_action(_pia(world), AGENCY, count=4, source=ActionSource.IMPORTED)
    make_action(_pia(world), INTERVIEW, count=2, source=ActionSource.IMPORTED)
    make_action(_pia(world), INTERVIEW, lead_id=lead.id)
    make_action(_pia(world), INTERVIEW)
    make_action(world.a.enrolment_ids["otto"], CONTACT, reply=Reply.LATER)


def _figures(funnel):
    total = funnel.total
    yield {"activity": "search"}, total.actions
    yield {"activity": "search", "reply": "any"}, total.replies
    yield {"activity": "interview"}, total.interviews
    for kind, made in funnel.made.items():
        yield {"activity": kind.value}, made.total
    for line in funnel.kinds:
        if line.key == Other.FROM_FILE:
            yield {"activity": "interview", "source": "imported"}, line.steps.interviews
            continue
        yield {"activity": "interview", "from_kind": line.key}, line.steps.interviews
        if line.key != Other.NOT_TOLD:
            yield {"activity": line.key}, line.steps.actions
            yield {"activity": line.key, "reply": "any"}, line.steps.replies
    for line in funnel.channels:
        if line.key == Other.FROM_FILE:
            yield {"activity": "search", "source": "imported"}, line.steps.actions
            continue
        yield {"activity": "search", "channel": line.key}, line.steps.actions
        yield {"activity": "interview", "from_channel": line.key}, line.steps.interviews
        narrowed = {"activity": "search", "channel": line.key, "reply": "any"}
        yield narrowed, line.steps.replies


def test_no_later_day_than_today_has_figures(world, as_) -> None:
    with as_(world.stig):
        days = queries.days_asked(world.stig.actor, None, date(2030, 1, 1))
    assert days == Days(TODAY)


def test_the_day_of_the_figures_is_the_one_on_the_wall(world) -> None:
    scope = Scope(world.stig.actor.organisation_ids, "test")
    with time_machine.travel("2026-11-24T22:30:00Z"), unit_of_work(scope, world.stig.actor):
        assert queries.days_asked(world.stig.actor) == Days(TODAY + timedelta(days=1))
