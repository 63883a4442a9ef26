"""Tables of people."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
from jobsearch.people.rules import BoardName

__all__ = ["BoardName", "Person"]

_CONTACT = personal(
    purpose="to reach the person about the programme",
    basis="employment contract and its preparation (GDPR art. 6(1)(b))",
    retention="until the end of follow-up, then erased or with payroll records",
    sees="provider's staff, the person",
)
_OF_KEEPING = impersonal("when keeping looks at her next; it says nothing about her")
_IDENTITY = personal(
    purpose="to report wages to the Incomes Register",
    basis="1050/2018 section 29; act on the incomes information system 53/2018",
    retention="10 years with payroll records",
    sees="payroll clerk; the person; masked elsewhere",
)


class Person(Owned, Versioned, Base):
    """One person of one provider, from referral to follow-up; never doubled."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("given_name <> ''", name="has_a_name"),
        # one person is one row: the same code, phone number or address is the same person
        Index("uq_person_identity", "identity_index", "organisation_id", unique=True),
        UniqueConstraint("phone", "organisation_id"),
        Index("uq_person_email", "email", "organisation_id", unique=True),
        Index("ix_person_goes_on", "goes_on", "organisation_id"),
    )

    id: Mapped[Key]
    given_name: Mapped[str] = mapped_column(String(80), info=_CONTACT)
    family_name: Mapped[str] = mapped_column(String(80), info=_CONTACT)
    phone: Mapped[str | None] = mapped_column(String(20), info=_CONTACT)
    email: Mapped[str | None] = mapped_column(String(254), info=_CONTACT)
    municipality: Mapped[str | None] = mapped_column(String(60), info=_CONTACT)
    language: Mapped[str] = mapped_column(String(2), default="fi", info=_CONTACT)
    identity_code: Mapped[str | None] = mapped_column(
        Encrypted("person.identity_code"), info=_IDENTITY
    )
    identity_index: Mapped[str | None] = mapped_column(String(64), info=_IDENTITY)
    bank_account: Mapped[str | None] = mapped_column(
        Encrypted("person.bank_account"),
        info=personal(
            purpose="to pay wages",
            basis="employment contract (GDPR art. 6(1)(b))",
            retention="6 years as a voucher of payroll",
            sees="payroll clerk; the person; masked elsewhere",
        ),
    )
    board_name: Mapped[BoardName] = mapped_column(
        enum_type(BoardName),
        default=BoardName.FIRST,
        info=personal(
            purpose="the person's own choice of how the group sees her",
            basis="her choice",
            retention="that of the person",
            sees="provider's staff, the person",
        ),
    )

    goes_on: Mapped[date | None] = mapped_column(info={**_OF_KEEPING, "unaudited": True})
    erased_at: Mapped[datetime | None] = mapped_column(info=_OF_KEEPING)

    @property
    def full_name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()
