"""Tables of contracts: versions as they were issued, signatures, and questions about them."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.append_only import append_only
from jobsearch.core.db import (
    Base,
    Encrypted,
    Key,
    Owned,
    Versioned,
    enum_type,
    impersonal,
    personal,
)
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.editions.rules import ContractState, ContractTerms, Method, Side
from jobsearch.payroll.contracts.law.rules import EndingKey, GroundKey, TermKey
from jobsearch.people.models import Person

_TERMS = personal(
    purpose="to agree on the terms of an employment, in writing",
    basis="Employment Contracts Act 55/2001, chapter 2, section 4",
    retention="10 years after the employment ends; what was never signed, 2 years",
    sees="payroll clerk, manager, the person",
)
_SIGNING = personal(
    purpose="to prove who agreed to which contract, when and how",
    basis="Employment Contracts Act 55/2001, chapter 1, section 3",
    retention="10 years after the employment ends",
    sees="payroll clerk, manager, the person",
)
_QUESTION = personal(
    purpose="to answer what the person asks before she signs",
    basis="employment contract and its preparation (GDPR art. 6(1)(b))",
    retention="2 years after the employment ends",
    sees="payroll clerk, manager, the person",
)
_OF_THE_PAPER = impersonal("the life of a document; who it is about stands in the row's person")

_OPEN: ColumnElement[bool] = literal_column("state IN ('draft', 'offered', 'signed_by_one')")
_IN_FORCE: ColumnElement[bool] = literal_column("state = 'signed'")


class Contract(Owned, Versioned, Base):
    """One version of one person's contract for one group, from draft to signed and ended.

    From the offer on its paper is stored bytes (`file_id`, `sha256`), and `content` is what the
    paper says, for a page that can be read aloud; neither is ever made again. A change is the next
    `edition`; the signed one stays in force until both have signed the new one.
    """

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "edition"),
        UniqueConstraint("number", "edition", "organisation_id"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("hourly > 0", name="hourly"),
        CheckConstraint("allowance >= 0 AND outcome_bonus >= 0", name="not_negative"),
        CheckConstraint("agreed_minutes > 0", name="agreed_minutes"),
        CheckConstraint("trial_days >= 0", name="trial_days"),
        # nobody signs what was never issued
        CheckConstraint(
            "state IN ('draft', 'ended', 'replaced')"
            " OR (file_id IS NOT NULL AND sha256 IS NOT NULL AND content IS NOT NULL)",
            name="issued",
        ),
        CheckConstraint("state <> 'signed' OR signed_at IS NOT NULL", name="signed_at"),
        # what has ended says why and when
        CheckConstraint(
            "(state = 'ended') = (ending IS NOT NULL) AND (ending IS NULL) = (ended_on IS NULL)",
            name="ending",
        ),
        # at most one version on its way, and at most one in force
        Index(
            "uq_contract_open",
            "enrolment_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_contract_in_force",
            "enrolment_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        Index("ix_contract_person", "person_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    number: Mapped[str] = mapped_column(String(20), info=_OF_THE_PAPER)
    edition: Mapped[int] = mapped_column(info=_OF_THE_PAPER)
    state: Mapped[ContractState] = mapped_column(
        enum_type(ContractState), default=ContractState.DRAFT, info=_TERMS
    )
    starts_on: Mapped[date] = mapped_column(info=_TERMS)
    ends_on: Mapped[date] = mapped_column(info=_TERMS)
    hourly: Mapped[Money] = mapped_column(info=_TERMS)
    allowance: Mapped[Money] = mapped_column(info=_TERMS)
    outcome_bonus: Mapped[Money] = mapped_column(info=_TERMS)
    agreed_minutes: Mapped[int] = mapped_column(info=_TERMS)
    agreement: Mapped[str] = mapped_column(String(120), info=_TERMS)
    ground: Mapped[GroundKey] = mapped_column(enum_type(GroundKey), info=_TERMS)
    ground_reason: Mapped[str] = mapped_column(String(300), default="", info=_TERMS)
    trial_days: Mapped[int] = mapped_column(info=_TERMS)
    place: Mapped[str] = mapped_column(String(160), info=_TERMS)
    tasks: Mapped[str] = mapped_column(Text, default="", info=_TERMS)
    language: Mapped[str] = mapped_column(String(2), info=_TERMS)
    reason: Mapped[str] = mapped_column(String(300), default="", info=_TERMS)
    made_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(info=_OF_THE_PAPER)
    offered_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    offered_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_PAPER)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str | None] = mapped_column(String(64), info=_OF_THE_PAPER)
    content: Mapped[str | None] = mapped_column(Encrypted("contract.content"), info=_TERMS)
    record_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    signed_at: Mapped[datetime | None] = mapped_column(info=_SIGNING)
    declined_at: Mapped[datetime | None] = mapped_column(info=_SIGNING)
    declined_words: Mapped[str | None] = mapped_column(
        Encrypted("contract.declined_words"), info=_QUESTION
    )
    ending: Mapped[EndingKey | None] = mapped_column(enum_type(EndingKey), info=_TERMS)
    ended_on: Mapped[date | None] = mapped_column(info=_TERMS)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    person: Mapped[Person] = relationship(lazy="raise")
    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
    signatures: Mapped[list["Signature"]] = relationship(
        lazy="raise", order_by="Signature.signed_at"
    )
    questions: Mapped[list["ContractQuestion"]] = relationship(
        lazy="raise", order_by="ContractQuestion.asked_at"
    )

    @property
    def term(self) -> Span:
        """The days of the contract."""
        return Span(self.starts_on, self.ends_on)

    @property
    def terms(self) -> ContractTerms:
        """What was agreed with this person, as the rules read it."""
        return ContractTerms(
            term=self.term,
            hourly=self.hourly,
            allowance=self.allowance,
            outcome_bonus=self.outcome_bonus,
            agreed_minutes=self.agreed_minutes,
            agreement=self.agreement,
            ground=self.ground,
            ground_reason=self.ground_reason,
            trial_days=self.trial_days,
            place=self.place,
            tasks=self.tasks,
            language=self.language,
        )


class Signature(Owned, Base):
    """One side's signature under one version: who, when, how, and the digest of what was signed.

    A row is never changed, and goes only with the papers of an employment whose time is over.
    """

    __tablename__ = "contract_signature"
    __table_args__ = (
        # each side signs a version once
        UniqueConstraint("contract_id", "side"),
        # a code goes to an address, which is named
        CheckConstraint("method <> 'code' OR sent_to <> ''", name="sent_to"),
    )

    id: Mapped[Key]
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    side: Mapped[Side] = mapped_column(enum_type(Side), info=_SIGNING)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(160), info=_SIGNING)
    method: Mapped[Method] = mapped_column(enum_type(Method), info=_SIGNING)
    sent_to: Mapped[str] = mapped_column(String(60), default="", info=_SIGNING)
    sha256: Mapped[str] = mapped_column(String(64), info=_OF_THE_PAPER)
    signed_at: Mapped[datetime] = mapped_column(info=_SIGNING)


class ContractQuestion(Owned, Versioned, Base):
    """What a person asked about her contract before she signed, and the answer."""

    __tablename__ = "contract_question"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("ix_contract_question_contract", "contract_id"),
    )

    id: Mapped[Key]
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    about: Mapped[TermKey | None] = mapped_column(enum_type(TermKey), info=_QUESTION)
    question: Mapped[str] = mapped_column(Encrypted("contract_question.question"), info=_QUESTION)
    asked_at: Mapped[datetime] = mapped_column(info=_QUESTION)
    answer: Mapped[str | None] = mapped_column(
        Encrypted("contract_question.answer"), info=_QUESTION
    )
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(info=_QUESTION)


class PapersEnd(Owned, Base):
    """From this note on a provider's contracts that ended before a day need not be kept any more.

    The database lets go of the signatures of those alone, so none goes without a note that stays.
    """

    __tablename__ = "papers_end"
    __table_args__ = (CheckConstraint("ended_before < noted_on", name="past"),)

    id: Mapped[Key]
    ended_before: Mapped[date]
    noted_on: Mapped[date]


append_only(
    Signature.metadata.tables[Signature.__tablename__],
    over=(
        "EXISTS (SELECT 1 FROM contract WHERE contract.id = OLD.contract_id "
        "AND contract.ends_on < (SELECT max(papers_end.ended_before) FROM papers_end "
        "WHERE papers_end.organisation_id = OLD.organisation_id))"
    ),
)
append_only(PapersEnd.metadata.tables[PapersEnd.__tablename__])
