"""Tables of feedback: a survey, and answers in which there is no person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.feedback.rules import Question


class Survey(Owned, Versioned, Base):
    """One round of questions of one programme, closed on a day."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(80))
    closed_on: Mapped[date]


class SurveyAnswer(Base):
    """One score for one question. `reply_key` holds the scores of one reply together, no more.

    There is no person, no account and no instant here, and the audit trail leaves the table out:
    who answered what can be told from nothing that is stored.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        UniqueConstraint("reply_key", "question"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        Index("ix_survey_answer_question", "survey_id", "question"),
    )

    id: Mapped[Key]
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    reply_key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    question: Mapped[Question] = mapped_column(enum_type(Question))
    score: Mapped[int]
