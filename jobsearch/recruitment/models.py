"""Tables of recruitment: who was introduced to which programme, how far they came, every move."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.clock import today
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.rules import (
    FORGET_AFTER_MONTHS,
    TRIES_BEFORE_CLOSING,
    CallWhy,
    Channel,
    ExitReason,
    MoveKind,
    SessionForm,
    Stage,
)

_FUNNEL = personal(
    purpose="to invite and select people for the programme, and to learn where they drop out",
    basis="steps before an employment contract, at the person's request (GDPR art. 6(1)(b))",
    retention="6 months for who was not selected; anonymous counts remain",
    sees="provider's staff, the person; the referring coach sees stage and date if she agreed",
)


class Candidate(Owned, Versioned, Base):
    """One person introduced to one programme: the stage reached, its days, and why it ended there.

    A day that nobody knows (an imported row) is empty, never guessed. Who has a day to be called
    on (`call_on`) is on the call list; `tries` counts the attempts since she was last reached.
    `entered_on` is when the row was made: nobody who was just taken in is forgotten the same night.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        # who has started is an employee; leaving then ends an employment, not a candidacy
        CheckConstraint("exit_reason IS NULL OR stage <> 'started'", name="exit"),
        CheckConstraint("exited_on IS NULL OR exit_reason IS NOT NULL", name="exit_day"),
        # words are kept for another reason alone
        CheckConstraint(
            "exit_words = '' OR COALESCE(exit_reason, '') = 'other'", name="exit_words"
        ),
        CheckConstraint("times_returned >= 0", name="times_returned"),
        CheckConstraint("tries >= 0", name="tries"),
        CheckConstraint("(call_on IS NULL) = (call_why IS NULL)", name="call"),
        Index("ix_candidate_stage", "programme_id", "stage"),
        Index("ix_candidate_person", "person_id"),
        Index("ix_candidate_call", "call_on", "id"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[Channel] = mapped_column(
        enum_type(Channel), default=Channel.IMPORTED, info=_FUNNEL
    )
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
    exit_words: Mapped[str] = mapped_column(String(200), default="", info=_FUNNEL)
    exited_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    times_returned: Mapped[int] = mapped_column(default=0, info=_FUNNEL)
    call_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    call_why: Mapped[CallWhy | None] = mapped_column(enum_type(CallWhy), info=_FUNNEL)
    call_when: Mapped[str] = mapped_column(String(120), default="", info=_FUNNEL)
    tries: Mapped[int] = mapped_column(default=0, info=_FUNNEL)
    entered_on: Mapped[date | None] = mapped_column(default=today, info=_FUNNEL)

    programme: Mapped[Programme] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")

    @property
    def has_left(self) -> bool:
        """Whether the candidacy has ended."""
        return self.exit_reason is not None


class CandidateMove(Owned, Base):
    """One line of a candidate's history: who moved her, when, from where to where.

    An undo is a line of its own. What stood in the row before (`was_…`) is kept for it.
    """

    __tablename__ = "candidate_move"
    __table_args__ = (
        # two moves of one candidate at once: the later one is refused
        UniqueConstraint("candidate_id", "number"),
        CheckConstraint("(kind = 'undo') = (undoes_id IS NOT NULL)", name="undo"),
        Index("ix_candidate_move_person", "person_id"),
    )

    id: Mapped[Key]
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int] = mapped_column(info=impersonal("the order of the lines"))
    kind: Mapped[MoveKind] = mapped_column(enum_type(MoveKind), info=_FUNNEL)
    from_stage: Mapped[Stage] = mapped_column(enum_type(Stage, "from_stage"), info=_FUNNEL)
    to_stage: Mapped[Stage] = mapped_column(enum_type(Stage, "to_stage"), info=_FUNNEL)
    from_exit: Mapped[ExitReason | None] = mapped_column(
        enum_type(ExitReason, "from_exit"), info=_FUNNEL
    )
    to_exit: Mapped[ExitReason | None] = mapped_column(
        enum_type(ExitReason, "to_exit"), info=_FUNNEL
    )
    on: Mapped[date] = mapped_column(info=_FUNNEL)
    moved_at: Mapped[datetime] = mapped_column(info=_FUNNEL)
    moved_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    source: Mapped[str] = mapped_column(
        String(40), default="", info=impersonal("which use case moved her; empty for a person")
    )
    # of two undos at once one is refused
    undoes_id: Mapped[str | None] = mapped_column(ForeignKey("candidate_move.id"), unique=True)
    was_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    was_words: Mapped[str] = mapped_column(String(200), default="", info=_FUNNEL)
    was_call_on: Mapped[date | None] = mapped_column(info=_FUNNEL)
    was_call_why: Mapped[CallWhy | None] = mapped_column(enum_type(CallWhy), info=_FUNNEL)
    was_tries: Mapped[int] = mapped_column(default=0, info=_FUNNEL)


class RecruitmentSettings(Owned, Versioned, Base):
    """How one provider recruits; its key is the provider's own, so there is one row at most."""

    __tablename__ = "recruitment_settings"
    __table_args__ = (
        CheckConstraint("tries_before_closing BETWEEN 1 AND 20", name="tries"),
        CheckConstraint("forget_after_months BETWEEN 1 AND 24", name="months"),
        CheckConstraint("id = organisation_id", name="one"),
    )

    id: Mapped[Key]
    tries_before_closing: Mapped[int] = mapped_column(default=TRIES_BEFORE_CLOSING)
    forget_after_months: Mapped[int] = mapped_column(default=FORGET_AFTER_MONTHS)
