"""Tables of questions from municipal coaches to participants."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.analyses.questions.rules import MOST_LETTERS, QuestionKind
from jobsearch.core.db import Base, Key, Owned, enum_type, impersonal, personal
from jobsearch.people.models import Person

_ASKED = personal(
    purpose="to let a municipal coach ask for what the person may share, or not",
    basis="the person's consent to the coach who asks, or to being followed by that coach",
    retention="30 days, then erased",
    sees="the person; of kind and day also the coach who asked",
)
# the trail says that something was asked, and not in which words: those go with the question
_WORDS = _ASKED | {"unaudited": True}
_HER_OWN = personal(
    purpose="to keep a question out of the person's sight, as the person wants it",
    basis="the person's own choice",
    retention="that of the question, or until the person changes it",
    sees="the person alone",
)


class ClientQuestion(Owned, Base):
    """One question of a municipal coach to one person; nothing is owed, and it ends by itself.

    What became of it (`hidden_at`) is for the person alone: the coach knows what and when.
    """

    __tablename__ = "client_question"
    __table_args__ = (
        CheckConstraint("expires_on > asked_on", name="expires"),
        # nobody is asked twice in a week by the same coach
        UniqueConstraint("person_id", "asked_by_id", "week"),
        Index("ix_client_question_asked_by", "asked_by_id", "person_id"),
        Index("ix_client_question_expires", "expires_on"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[QuestionKind] = mapped_column(enum_type(QuestionKind), info=_ASKED)
    words: Mapped[str] = mapped_column(String(MOST_LETTERS), default="", info=_WORDS)
    asked_at: Mapped[datetime] = mapped_column(info=_ASKED)
    asked_on: Mapped[date] = mapped_column(info=_ASKED)
    week: Mapped[date] = mapped_column(info=impersonal("the Monday of the week of its day"))
    expires_on: Mapped[date] = mapped_column(info=_ASKED)
    hidden_at: Mapped[datetime | None] = mapped_column(info=_HER_OWN)

    person: Mapped[Person] = relationship(lazy="raise")
    asked_by: Mapped[Account] = relationship(lazy="raise")


class QuestionStop(Owned, Base):
    """A person wants no more questions from one municipal coach, who does not learn it."""

    __tablename__ = "question_stop"
    __table_args__ = (
        UniqueConstraint("person_id", "asked_by_id"),
        Index("ix_question_stop_asked_by", "asked_by_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime] = mapped_column(info=_HER_OWN)

    asked_by: Mapped[Account] = relationship(lazy="raise")
