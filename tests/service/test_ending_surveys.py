"""Surveys that are ended before their time, and those that go by themselves at a group's end."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, CohortState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.feedback.answering.service import put_in
from jobsearch.feedback.at_end.jobs import ask_at_end
from jobsearch.feedback.at_end.queries import show_endings
from jobsearch.feedback.at_end.rules import EndPlan, is_due
from jobsearch.feedback.at_end.service import plan_end
from jobsearch.feedback.models import Survey, SurveyBox, SurveyTally, SurveyTicket
from jobsearch.feedback.results.queries import show_answers
from jobsearch.feedback.rules import Audience, Question
from jobsearch.feedback.surveys.jobs import close_surveys
from jobsearch.feedback.surveys.mail import ASKED, REMINDED
from jobsearch.feedback.surveys.service import end_survey, prepare_survey
from jobsearch.links.models import PersonalLink
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.models import DeclinedKind
from jobsearch.people.models import Person
from jobsearch.people.restrictions.rules import RestrictionReason
from jobsearch.people.restrictions.service import restrict
from tests.surveyed import LAST_DAY, fill_group, of, plan, questions, send, tickets
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")


def _rows(model):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).all()


def _end(world, survey_id, who=None) -> None:
    actor = (who or world.aino).actor
    with unit_of_work(of(world), actor):
        end_survey(actor, survey_id)


def _reply(world, ticket, survey_id, score=4) -> None:
    first = questions(survey_id)[0]
    with unit_of_work(of(world)):
        put_in(ticket, {first: score}, "")


def test_an_ended_survey_takes_no_answer_and_keeps_nothing_of_one(world) -> None:
    survey_id = send(world, 6)
    first, *rest = tickets(survey_id)
    _reply(world, first, survey_id)
    before = {(row.question_id, row.score): row.replies for row in _rows(SurveyTally)}
    _end(world, survey_id)
    for ticket in (first, *rest):
        with pytest.raises(RuleBroken, match="or it has ended"):
            _reply(world, ticket, survey_id)
    assert {(row.question_id, row.score): row.replies for row in _rows(SurveyTally)} == before
    assert [box.replies for box in _rows(SurveyBox)] == [1]


def test_ending_leaves_no_ticket_and_touches_no_link(world) -> None:
    """So nobody can tell of a link whether it was used, not even with the messages in hand."""
    survey_id, other = send(world, 6), send(world, 3, name="Other")

    def links():
        with unit_of_work(whole_installation("test"), read_only=True):
            return db.session.execute(
                select(PersonalLink.id, PersonalLink.spent_at, PersonalLink.revoked_at).order_by(
                    PersonalLink.id
                )
            ).all()

    _reply(world, tickets(survey_id)[0], survey_id)
    before = links()
    _end(world, survey_id)
    assert tickets(survey_id) == []
    assert len(tickets(other)) == 3
    assert links() == before


def test_tickets_nobody_used_are_torn_up_when_a_survey_is_over(world, clock) -> None:
    survey_id = send(world, 6)
    later = send(world, 2, name="Later", closed_on=LAST_DAY + timedelta(days=30))
    clock.move_to(NOW + timedelta(days=14))
    close_surveys()
    assert len(tickets(survey_id)) == 6
    clock.move_to(NOW + timedelta(days=15))
    close_surveys()
    assert tickets(survey_id) == []
    assert len(tickets(later)) == 2


def test_no_message_of_an_ended_survey_goes_any_more(world) -> None:
    survey_id = send(world, 3)
    send(world, 2, name="Other")
    with unit_of_work(whole_installation("test")):
        first = db.session.scalars(select(Message).where(Message.kind == ASKED.key)).first()
        first.state, first.settled_at = "sent", NOW  # type: ignore[union-attr]
        gone = first.id  # type: ignore[union-attr]
    _end(world, survey_id)
    with unit_of_work(whole_installation("test"), read_only=True):
        of_it = Message.once.startswith(f"survey:{survey_id}:")
        still = select(func.count(Message.id)).where(Message.expires_at > NOW)
        waits = db.session.scalar(still.where(of_it, Message.id != gone))
        others = db.session.scalar(still.where(~of_it))
    assert waits == 0
    assert others == 4, "two messages and two reminders of the other one"


def test_its_answers_are_shown_on_the_next_day_and_not_before(world, clock) -> None:
    survey_id = send(world, 6)
    for ticket in tickets(survey_id)[:5]:
        _reply(world, ticket, survey_id)
    _end(world, survey_id)

    def shown(day):
        with unit_of_work(of(world), world.aino.actor, read_only=True):
            return show_answers(world.a.programme_id, day, Audience.EMPLOYERS, None).questions

    close_surveys()
    assert shown(TODAY) == []
    clock.move_to(NOW + timedelta(days=1))
    close_surveys()
    assert [one.replies for one in shown(TODAY + timedelta(days=1))][:1] == [5]


def test_a_survey_is_ended_once_and_only_while_it_is_open(world, clock) -> None:
    survey_id = send(world, 2)
    _end(world, survey_id)
    (ended,) = _rows(Survey)
    clock.move_to(NOW + timedelta(hours=2))
    _end(world, survey_id)
    assert [one.ended_at for one in _rows(Survey)] == [ended.ended_at]
    with unit_of_work(of(world), world.aino.actor):
        draft = prepare_survey(world.aino.actor, world.a.programme_id, plan("Draft"))
    with pytest.raises(RuleBroken, match="open"):
        _end(world, draft)
    over = send(world, 2, name="Over")
    clock.move_to(NOW + timedelta(days=15))
    with pytest.raises(RuleBroken, match="open"):
        _end(world, over)
    foreign = of(world).__class__(frozenset({world.b.organisation_id}), "test")
    with unit_of_work(foreign, world.bo.actor), pytest.raises(NotVisible):
        end_survey(world.bo.actor, survey_id)


def test_a_coach_ends_surveys_of_her_own_groups(world) -> None:
    own = send(world, 2, name="Own", cohort_id=world.a.cohort_ids[0])
    every = send(world, 2, name="Every group")
    with pytest.raises(RuleBroken, match="own groups"):
        _end(world, every, world.stig)
    _end(world, own, world.stig)
    assert {one.name for one in _rows(Survey) if one.ended_at} == {"Own"}


def _plan(world, sends=True, **other) -> None:
    with unit_of_work(of(world), world.aino.actor):
        plan_end(world.aino.actor, world.a.programme_id, EndPlan(**other), sends=sends)


def _group_ends(world, ends_on=TODAY) -> str:
    with unit_of_work(whole_installation("test")):
        group = db.session.get_one(Cohort, world.a.cohort_ids[0])
        group.starts_on, group.ends_on = ends_on - timedelta(days=17), ends_on
    return world.a.cohort_ids[0]


def _asked() -> list[str]:
    return sorted(one.subject_id for one in _rows(Message) if one.kind == ASKED.key)


def test_a_group_is_asked_on_its_last_day_and_only_once(world, clock) -> None:
    fill_group(world, 5)
    cohort_id = _group_ends(world, TODAY + timedelta(days=1))
    _plan(world, open_days=10, standard=[Question.OVERALL], asks_for_words=False)
    ask_at_end()
    assert _rows(Survey) == []
    clock.move_to(NOW + timedelta(days=1))
    ask_at_end()
    first = _asked()
    assert len(first) == len(set(first)) >= 5
    for day in (1, 2, 5):
        clock.move_to(NOW + timedelta(days=day))
        ask_at_end()
    assert _asked() == first
    (survey,) = _rows(Survey)
    assert (survey.cohort_id, survey.audience) == (cohort_id, Audience.PARTICIPANTS)
    assert survey.closed_on == TODAY + timedelta(days=11)
    assert len(questions(survey.id)) == 1
    reminders = [one.subject_id for one in _rows(Message) if one.kind == REMINDED.key]
    assert sorted(reminders) == first


def test_the_database_holds_one_survey_at_the_end_of_a_group(world) -> None:
    fill_group(world, 2)
    _group_ends(world)
    _plan(world)
    ask_at_end()
    (survey,) = _rows(Survey)
    with pytest.raises(Conflict), unit_of_work(of(world)):
        again = Survey(name="Again", closed_on=LAST_DAY, programme_id=survey.programme_id)
        again.cohort_id, again.end_plan_id = survey.cohort_id, survey.end_plan_id
        db.session.add(again)


def test_nobody_is_asked_to_whom_no_message_may_go(world) -> None:
    fill_group(world, 6)
    _group_ends(world)
    _plan(world)
    with unit_of_work(whole_installation("test")):
        people = {
            one.given_name: one
            for one in db.session.scalars(select(Person).where(Person.family_name == "Answer"))
        }
        no_way, unwilling, restricted = (people[f"Ann{number}"] for number in range(3))
        no_way.email = no_way.phone = None
        declined = DeclinedKind(subject_id=unwilling.id, kind=ASKED.key, declined_at=NOW)
        db.session.add(declined)
        none = {no_way.id, unwilling.id, restricted.id}
    with unit_of_work(of(world), world.aino.actor):
        restrict(world.aino.actor, restricted.id, RestrictionReason.OBJECTION)
    with unit_of_work(of(world), world.aino.actor, read_only=True):
        line = show_endings(world.a.programme_id, 1).lines[0]
    ask_at_end()
    asked = _asked()
    assert none.isdisjoint(asked)
    assert line.reached == len(asked) == line.started - 3, "the dry view counts as it is sent"
    assert [box.invited for box in _rows(SurveyBox)] == [len(asked)]


@pytest.mark.parametrize("why", ["off", "ended before", "cancelled", "long ago", "never chosen"])
def test_a_group_is_not_asked(world, clock, why) -> None:
    fill_group(world, 5)
    _group_ends(world, TODAY - timedelta(days=1) if why == "ended before" else TODAY)
    if why != "never chosen":
        _plan(world)
    if why == "off":
        _plan(world, sends=False, version=1)
    if why == "cancelled":
        with unit_of_work(whole_installation("test")):
            db.session.get_one(Cohort, world.a.cohort_ids[0]).state = CohortState.CANCELLED
    if why == "long ago":
        clock.move_to(NOW + timedelta(days=15))
    ask_at_end()
    assert [one for one in _rows(Survey) if one.cohort_id == world.a.cohort_ids[0]] == []
    assert world.pia.person_id not in _asked()


def test_where_nobody_can_be_asked_nothing_is_laid(world) -> None:
    _group_ends(world)
    with unit_of_work(whole_installation("test")):
        for person in db.session.scalars(select(Person)):
            person.email = person.phone = None
    _plan(world)
    ask_at_end()
    assert _rows(Survey) == []
    assert _rows(SurveyTicket) == []


def test_the_tickets_of_the_end_are_as_blind_as_all(world) -> None:
    """Whoever reads the tables finds no way from a person who was asked to a ticket or a count."""
    fill_group(world, 8)
    _group_ends(world)
    _plan(world)
    ask_at_end()
    (survey,) = _rows(Survey)
    all_ = tickets(survey.id)
    for ticket in random.SystemRandom().sample(all_, 5):
        _reply(world, ticket, survey.id)
    keys = set(_asked())
    for row in (*_rows(SurveyTicket), *_rows(SurveyTally), *_rows(SurveyBox)):
        values = {getattr(row, column.name) for column in row.__table__.c}
        assert keys.isdisjoint(values)
    for message in _rows(Message):
        said = f"{message.once} {message.body} {message.subject}"
        assert not [ticket for ticket in all_ if ticket in said]


def test_what_is_asked_at_the_end_is_chosen_with_care(world) -> None:
    for wrong, words in (
        ({"standard": [], "asks_for_words": False}, "one question"),
        ({"open_days": 2}, "days from"),
        ({"open_days": 61}, "days from"),
    ):
        with pytest.raises(RuleBroken, match=words):
            _plan(world, **wrong)
    _plan(world)
    with pytest.raises(Conflict):
        _plan(world)
    _plan(world, version=1, open_days=20)
    with unit_of_work(of(world), world.aino.actor, read_only=True):
        kept = show_endings(world.a.programme_id, 1).plan
    assert (kept.since, kept.open_days, tuple(kept.standard)) == (TODAY, 20, tuple(Question))
    other = of(world).__class__(frozenset({world.b.organisation_id}), "test")
    with unit_of_work(other, world.bo.actor), pytest.raises(NotVisible):
        plan_end(world.bo.actor, world.a.programme_id, EndPlan(), sends=True)


@pytest.mark.parametrize(
    ("ends", "today", "due"),
    [(9, 9, False), (10, 9, False), (10, 10, True), (12, 26, True), (12, 27, False)],
)
def test_a_survey_goes_from_the_last_day_for_a_fortnight(ends, today, due) -> None:
    november = [date(2026, 11, 1) + timedelta(days=number) for number in range(40)]
    assert is_due(november[10], november[ends], november[today]) is due
