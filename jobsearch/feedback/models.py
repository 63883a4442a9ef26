"""Tables of feedback. What is kept of the answers is counts: there is no reply to be found.

Nothing joins an answer to whoever gave it. There is no key: a link opens a ticket that names a
survey and nobody, and the ticket is torn up. There is no time: no row of answers has one, and the
audit trail leaves these tables out. There is no order: one statement writes all counts of a survey
anew with each reply, and own words are mixed each time.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import (
    Base,
    Encrypted,
    Key,
    Owned,
    Versioned,
    enum_type,
    personal,
)
from jobsearch.core.text import Words
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.feedback.rules import AnswerForm, Audience, Question

__all__ = [
    "AnswerForm",
    "Audience",
    "Question",
    "Survey",
    "SurveyBox",
    "SurveyQuestion",
    "SurveyTally",
    "SurveyTicket",
]


class Survey(Owned, Versioned, Base):
    """One round of questions of one programme or one of its groups, open to the end of a day.

    Without `sent_at` it came from a file, or is being prepared and has no box yet. At `ended_at`
    somebody ended it before its last day was over, which is that day then.
    """

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("programme_id", "name"),
        # the one that goes by itself goes once a group
        UniqueConstraint("end_plan_id", "cohort_id"),
        CheckConstraint("ended_at IS NULL OR sent_at IS NOT NULL", name="ended"),
        CheckConstraint("end_plan_id IS NULL OR cohort_id IS NOT NULL", name="of_a_group"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    cohort_id: Mapped[str | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    audience: Mapped[Audience] = mapped_column(enum_type(Audience), default=Audience.PARTICIPANTS)
    name: Mapped[str] = mapped_column(String(80))
    closed_on: Mapped[date]
    sent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_plan_id: Mapped[str | None] = mapped_column(ForeignKey("end_survey_plan.id"))


class SurveyQuestion(Owned, Base):
    """One question of a survey: one of those that are ready, or one in the survey's own words.

    `step` is the key of the step in which its answers were shown; None while they wait.
    """

    __tablename__ = "survey_question"
    __table_args__ = (
        UniqueConstraint("survey_id", "position"),
        UniqueConstraint("survey_id", "standard"),
        CheckConstraint("(standard IS NULL) <> (text IS NULL)", name="one_text"),
        CheckConstraint("standard IS NULL OR form = 'scale'", name="standard_form"),
    )

    id: Mapped[Key]
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    position: Mapped[int]
    standard: Mapped[Question | None] = mapped_column(enum_type(Question))
    form: Mapped[AnswerForm] = mapped_column(enum_type(AnswerForm))
    text: Mapped[Words | None]
    step: Mapped[str | None] = mapped_column(String(KEY_LENGTH), index=True)


class SurveyBox(Base):
    """The box of one survey: how many were asked and replied, and their own words, mixed.

    How many were asked is not known of a survey from a file.
    """

    __tablename__ = "survey_box"
    __table_args__ = (
        CheckConstraint("replies >= 0 AND (invited IS NULL OR replies <= invited)", name="replies"),
    )

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    invited: Mapped[int | None]
    replies: Mapped[int] = mapped_column(default=0)
    words: Mapped[str | None] = mapped_column(
        Encrypted("survey_box.words"),
        info=personal(
            purpose="to make the programme better; answering is voluntary",
            basis="legitimate interest in a programme that helps (GDPR art. 6(1)(f))",
            retention="24 months after the survey closed",
            sees="manager and coaches, mixed and from five replies on",
        ),
    )


class SurveyTally(Base):
    """How many gave one score to one question; never who, and never what else they answered."""

    __tablename__ = "survey_tally"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        CheckConstraint("replies >= 0", name="replies"),
    )

    question_id: Mapped[str] = mapped_column(
        ForeignKey("survey_question.id", ondelete="CASCADE"), primary_key=True
    )
    score: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    replies: Mapped[int] = mapped_column(default=0)


class SurveyTicket(Base):
    """The right to put one reply into the box of a survey; it names nobody and is torn up."""

    __tablename__ = "survey_ticket"

    id: Mapped[Key]
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
