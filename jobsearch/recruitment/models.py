"""Tables of recruitment: who was introduced to which programme, and how far they came."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.rules import ExitReason, SessionForm, Stage

_FUNNEL = personal(
    purpose="to invite and select people for the programme, and to learn where they drop out",
    basis="steps before an employment contract, at the person's request (GDPR art. 6(1)(b))",
    retention="6 months for who was not selected; anonymous counts remain",
    sees="provider's staff, the person; the referring coach sees stage and date",
)


class Candidate(Owned, Versioned, Base):
    """One person introduced to one programme: the stage reached, its days, and why it ended there.

    A day that nobody knows (an imported row) is empty, never guessed.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        # who has started is an employee; leaving then ends an employment, not a candidacy
        CheckConstraint("exit_reason IS NULL OR stage <> 'started'", name="exit"),
        CheckConstraint("exited_on IS NULL OR exit_reason IS NOT NULL", name="exit_day"),
        CheckConstraint("times_returned >= 0", name="times_returned"),
        Index("ix_candidate_stage", "programme_id", "stage"),
        Index("ix_candidate_person", "person_id"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    referred_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    referred_by_name: Mapped[str] = mapped_column(String(120), default="", info=_FUNNEL)
    introduction: Mapped[str] = mapped_column(Text, default="", info=_FUNNEL)
    group_name: Mapped[str] = mapped_column(String(80), default="", info=_FUNNEL)
    stage: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.REFERRED, info=_FUNNEL)
    referred_on: Mapped[date] = mapped_column(info=_FUNNEL)
    contacted_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    invited_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    session_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    session_form: Mapped[SessionForm | None] = mapped_column(enum_type(SessionForm), info=_FUNNEL)
    attended_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    selected_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    signed_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    started_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    exit_reason: Mapped[ExitReason | None] = mapped_column(enum_type(ExitReason), info=_FUNNEL)
    exited_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    times_returned: Mapped[int] = mapped_column(default=0, info=_FUNNEL)

    programme: Mapped[Programme] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
