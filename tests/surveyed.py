"""Surveys of the cast: people enough to answer, a survey that is sent, and its links."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from jobsearch.cohorts.models import Cohort, EnrolmentState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.feedback.models import SurveyQuestion, SurveyTicket
from jobsearch.feedback.rules import AnswerForm, Audience, Plan, Question
from jobsearch.feedback.surveys.mail import ASKED, PURPOSE
from jobsearch.feedback.surveys.service import prepare_survey, send_survey
from jobsearch.links.service import issue_link
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Recipient
from tests.world import FIRST_DAY, TODAY, World, enrol, make_person

LAST_DAY = TODAY + timedelta(days=14)


def of(world: World) -> Scope:
    """Provider A."""
    return Scope(frozenset({world.a.organisation_id}), "test")


def fill_group(world: World, people: int) -> str:
    """So many have started in the group of Pia; returns its key."""
    cohort_id = world.a.cohort_ids[0]
    with unit_of_work(whole_installation("test")):
        cohort = db.session.scalars(
            select(Cohort).where(Cohort.id == cohort_id).options(selectinload(Cohort.days))
        ).one()
        for number in range(people):
            phone = f"+35840777{number:04d}"
            person = make_person(world.a.organisation_id, f"Ann{number}", "Answer", phone)
            person.email = f"ann{number}@example.org"
            enrol(cohort, person.id, FIRST_DAY).state = EnrolmentState.STARTED
    return cohort_id


def plan(name: str = "Autumn", **other: object) -> Plan:
    """A survey with the four questions and own words."""
    values: dict[str, object] = {
        "audience": Audience.EMPLOYERS,
        "cohort_id": None,
        "closed_on": LAST_DAY,
        "standard": list(Question),
        "asks_for_words": True,
    }
    return Plan(name=name, **{**values, **other})  # type: ignore[arg-type]


def employers(count: int) -> list[Recipient]:
    """Employers with addresses."""
    return [Recipient(f"e{n}@example.com", None, "en", None, "") for n in range(count)]


def send(world: World, asked: int = 6, **other: object) -> str:
    """A survey that was sent; returns its key."""
    with unit_of_work(of(world), world.aino.actor):
        survey_id = prepare_survey(world.aino.actor, world.a.programme_id, plan(**other))
    with unit_of_work(of(world), world.aino.actor):
        send_survey(survey_id, 1, employers(asked))
    return survey_id


def tickets(survey_id: str) -> list[str]:
    """The tickets that are left."""
    with unit_of_work(whole_installation("test"), read_only=True):
        of_survey = SurveyTicket.survey_id == survey_id
        return list(db.session.scalars(select(SurveyTicket.id).where(of_survey)))


def questions(survey_id: str) -> list[str]:
    """The questions on the scale."""
    with unit_of_work(whole_installation("test"), read_only=True):
        statement = (
            select(SurveyQuestion.id)
            .where(SurveyQuestion.survey_id == survey_id, SurveyQuestion.form == AnswerForm.SCALE)
            .order_by(SurveyQuestion.position)
        )
        return list(db.session.scalars(statement))


def secrets_sent(kind: str = ASKED.key) -> dict[str, str]:
    """The secret that went to each address."""
    with unit_of_work(whole_installation("test"), read_only=True):
        found: Sequence[Message] = db.session.scalars(
            select(Message).where(Message.kind == kind)
        ).all()
        return {
            one.address: re.search(r"/survey/([\w-]+)", one.body)[1]  # type: ignore[index]
            for one in found
        }


def furnish_surveys(world: World, links: dict[str, str]) -> dict[str, str]:
    """A survey that is being prepared, and a link to one that was sent."""
    actor, closed_on = world.aino.actor, date(2026, 12, 1)
    draft = prepare_survey(actor, world.a.programme_id, plan("Draft", closed_on=closed_on))
    question = db.session.scalars(
        select(SurveyQuestion).where(SurveyQuestion.survey_id == draft)
    ).first()
    sent = prepare_survey(actor, world.a.programme_id, plan("Sent", closed_on=closed_on))
    send_survey(sent, 1, employers(2))
    ticket = db.session.scalars(select(SurveyTicket).where(SurveyTicket.survey_id == sent)).first()
    assert question is not None
    assert ticket is not None
    links[PURPOSE] = issue_link(PURPOSE, ticket.id, expires_at=None, language="en")
    return {"survey_id": draft, "survey_question_id": question.id}
