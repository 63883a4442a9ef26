"""Use cases of a survey: prepare it, send it once, forget its words when their time is over."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.periods import add_months, instant_of
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_
from jobsearch.feedback.models import Survey, SurveyBox, SurveyQuestion, SurveyTicket
from jobsearch.feedback.queries import find_survey, list_questions
from jobsearch.feedback.rules import (
    MOST_QUESTIONS,
    OWN_WORDS,
    WORDS_KEPT_MONTHS,
    AnswerForm,
    Audience,
    Plan,
    Question,
    check_closing,
    reminded_after,
)
from jobsearch.feedback.service import lay_tallies
from jobsearch.feedback.surveys.mail import ASKED, PURPOSE, REMINDED, survey_link
from jobsearch.feedback.surveys.queries import list_cohort_names, list_recipients, may_end
from jobsearch.links.service import issue_link
from jobsearch.notices.preferences.queries import choices_of
from jobsearch.notices.preferences.rules import is_wanted
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import expire_waiting, send
from jobsearch.notices.wording import spoken
from jobsearch.organisations.queries import get_organisation
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme


def prepare_survey(actor: Actor, programme_id: str, plan: Plan) -> str:
    """A survey that is not sent yet; returns its key. Raises NotVisible, RuleBroken."""
    programme = get_programme(programme_id)
    if find_survey(programme.id, plan.name) is not None:
        raise RuleBroken(
            N_("The programme has a survey named “%(name)s” already."), "name", name=plan.name
        )
    if plan.cohort_id and plan.cohort_id not in dict(list_cohort_names(programme.id)):
        raise NotVisible
    return lay_survey(actor.organisation_id, programme, plan).id


def lay_survey(
    organisation_id: str, programme: Programme, plan: Plan, end_plan_id: str | None = None
) -> Survey:
    """A survey with its questions, not sent yet. Raises RuleBroken for its last day."""
    survey = Survey(
        organisation_id=organisation_id,
        programme_id=programme.id,
        cohort_id=plan.cohort_id,
        audience=plan.audience,
        name=plan.name,
        closed_on=check_closing(plan.closed_on, today(programme.zone)),
        end_plan_id=end_plan_id,
    )
    db.session.add(survey)
    db.session.flush()
    for question in plan.standard:
        _add(survey, AnswerForm.SCALE, standard=question)
    if plan.asks_for_words:
        _add(survey, AnswerForm.WORDS, text=OWN_WORDS)
    return survey


def _add(
    survey: Survey, form: AnswerForm, standard: Question | None = None, text: Words | None = None
) -> None:
    there = list_questions(survey.id)
    db.session.add(
        SurveyQuestion(
            organisation_id=survey.organisation_id,
            survey_id=survey.id,
            position=max((one.position for one in there), default=0) + 1,
            standard=standard,
            form=form,
            text=text,
        )
    )
    db.session.flush()


def _draft(survey_id: str) -> Survey:
    statement = select(Survey).where(Survey.id == survey_id).with_for_update()
    survey = db.session.scalar(statement)
    if survey is None:
        raise NotVisible
    if survey.sent_at is not None or db.session.get(SurveyBox, survey.id) is not None:
        raise RuleBroken(N_("This survey has been sent; it stays as it is."))
    return survey


def add_question(survey_id: str, form: AnswerForm, text: Words) -> None:
    """A question in own text. Raises NotVisible, RuleBroken."""
    survey = _draft(survey_id)
    there = list_questions(survey.id)
    if not any(text.values()):
        raise RuleBroken(N_("Write the question in one language at least."), "fi")
    if len(there) >= MOST_QUESTIONS:
        raise RuleBroken(N_("A survey has at most %(most)d questions."), most=MOST_QUESTIONS)
    if form is AnswerForm.WORDS and any(one.form is AnswerForm.WORDS for one in there):
        raise RuleBroken(
            N_("One question in own words is enough: whoever reads keeps them apart."), "kind"
        )
    _add(survey, form, text=text)


def remove_question(survey_id: str, question_id: str) -> None:
    """Take a question out of a survey that is not sent. Raises NotVisible, RuleBroken."""
    survey = _draft(survey_id)
    for question in list_questions(survey.id):
        if question.id == question_id:
            db.session.delete(question)
            db.session.flush()
            return
    raise NotVisible


def drop_survey(survey_id: str) -> str:
    """A survey that was not sent is gone; returns the programme's key."""
    survey = _draft(survey_id)
    for question in list_questions(survey.id):
        db.session.delete(question)
    db.session.flush()
    db.session.delete(survey)
    db.session.flush()
    return survey.programme_id


def send_survey(survey_id: str, version: int, employers: Sequence[Recipient]) -> int:
    """Ask everyone once, and lay the one reminder beside; returns how many are asked.

    Raises NotVisible, RuleBroken, Conflict. Employers are those who are entered; their addresses
    stay in the messages alone. Who was asked is written nowhere else.
    """
    survey = _draft(survey_id)
    if survey.version != version:
        raise Conflict
    zone = get_programme(survey.programme_id).zone
    check_closing(survey.closed_on, today(zone))
    if not list_questions(survey.id):
        raise RuleBroken(N_("Add a question first."))
    of = survey.programme_id, survey.cohort_id, survey.audience
    everyone = employers if survey.audience is Audience.EMPLOYERS else list_recipients(*of)
    asked = [one for one in everyone if may_be_asked(one)]
    if not asked:
        raise RuleBroken(N_("There is nobody to ask who can be reached."), "addresses")
    return send_to(survey, asked, zone)


def send_to(survey: Survey, asked: list[Recipient], zone: str) -> int:
    """Send a survey that is ready to these people; returns how many they are."""
    survey.sent_at = now()
    db.session.add(SurveyBox(survey_id=survey.id, invited=len(asked), replies=0))
    for question in list_questions(survey.id):
        if question.form is AnswerForm.SCALE:
            lay_tallies(question.id)
    db.session.flush()
    for number, (recipient, secret) in enumerate(_dealt(survey, asked, zone)):
        _write(survey, recipient, secret, zone, number)
    return len(asked)


def may_be_asked(one: Recipient) -> bool:
    """Whether somebody can be reached and has not said that she wants no such message."""
    return bool(one.email or one.phone) and is_wanted(ASKED, choices_of(one.subject_id))


def _dealt(survey: Survey, asked: list[Recipient], zone: str) -> list[tuple[Recipient, str]]:
    """A link for each, dealt like cards: their order tells nothing of whose they are."""
    chance = random.SystemRandom()
    languages = [spoken(choices_of(one.subject_id).language or one.language) for one in asked]
    by_language: dict[str, list[str]] = {}
    for language in languages:
        ticket = SurveyTicket(survey_id=survey.id)
        db.session.add(ticket)
        db.session.flush()
        secret = issue_link(
            PURPOSE,
            ticket.id,
            expires_at=_ends(survey, zone),
            language=language,
            organisation_id=survey.organisation_id,
        )
        by_language.setdefault(language, []).append(secret)
    for secrets in by_language.values():
        chance.shuffle(secrets)
    dealt = [
        (replace(one, language=language), by_language[language].pop())
        for one, language in zip(asked, languages, strict=True)
    ]
    chance.shuffle(dealt)
    return dealt


def _ends(survey: Survey, zone: str) -> datetime:
    return instant_of(survey.closed_on + timedelta(days=1), 0, zone)


def _write(survey: Survey, recipient: Recipient, secret: str, zone: str, number: int) -> None:
    gaps = {
        "organisation": get_organisation(survey.organisation_id).name,
        "until": survey.closed_on,
        "link": survey_link(secret),
    }
    own, ends = survey.organisation_id, _ends(survey, zone)
    once = f"{_messages_of(survey)}{number}"  # the number is that of the dealing, of nobody
    send(ASKED, recipient, gaps, organisation_id=own, once=once, expires_at=ends)
    days = reminded_after(today(zone), survey.closed_on)
    if days is not None:
        later = now() + timedelta(days=days)
        send(
            REMINDED,
            recipient,
            gaps,
            organisation_id=own,
            once=f"{once}:again",
            send_after=later,
            expires_at=ends,
        )


def _messages_of(survey: Survey) -> str:
    return f"survey:{survey.id}:"


def end_survey(actor: Actor, survey_id: str) -> None:
    """End a survey now: no link takes an answer any more, and no reminder goes.

    All that were not used are torn up, so that afterwards a link tells nothing of whether it was.
    Its answers are shown from tomorrow on, as on any last day. Raises NotVisible, RuleBroken.
    """
    statement = select(Survey).where(Survey.id == survey_id).with_for_update()
    survey = db.session.scalar(statement)
    if survey is None:
        raise NotVisible
    if survey.ended_at is not None:
        return  # a double click
    this_day = today(get_programme(survey.programme_id).zone)
    if survey.sent_at is None or survey.closed_on < this_day:
        raise RuleBroken(N_("Only a survey that is open can be ended."))
    if not may_end(actor, survey):
        raise RuleBroken(N_("A coach ends surveys of her own groups, a manager those of all."))
    # whoever is sending a reply holds the box: it is in before this, or it is refused
    db.session.scalar(select(SurveyBox).where(SurveyBox.survey_id == survey.id).with_for_update())
    survey.ended_at, survey.closed_on = now(), this_day
    tear_up_tickets([survey.id])
    expire_waiting(_messages_of(survey))
    db.session.flush()


def tear_up_tickets(survey_ids: Sequence[str]) -> None:
    """Tear up the tickets that nobody used: what is over cannot be answered."""
    db.session.execute(
        delete(SurveyTicket).where(SurveyTicket.survey_id.in_(survey_ids)),
        execution_options={"synchronize_session": False},
    )


def forget_words(last_day: date) -> int:
    """Erase own words of surveys that closed long before a day; the counts stay."""
    limit = add_months(last_day, -WORDS_KEPT_MONTHS)
    statement = (
        select(SurveyBox)
        .join(Survey, Survey.id == SurveyBox.survey_id)
        .where(Survey.closed_on < limit, SurveyBox.words.is_not(None))
    )
    boxes = list(db.session.scalars(statement))
    for box in boxes:
        box.words = None
    db.session.flush()
    return len(boxes)
