"""Tables of certificates: what was issued, and what a person asked to be told beside it."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, enum_type, personal
from jobsearch.payroll.certificates.rules import CertificateKind, Extent
from jobsearch.payroll.contracts.models import Employment
from jobsearch.people.models import Person

__all__ = ["Certificate", "CertificateRequest"]

_CERTIFICATE = personal(
    purpose="to certify an employment and its pay to the person",
    basis="Employment Contracts Act 55/2001, chapter 6, section 7; Annual Holidays Act 162/2005",
    retention="10 years after the employment ends",
    sees="payroll clerk, manager, the person",
)
_WAITS: ColumnElement[bool] = literal_column("settled_at IS NULL")


class CertificateRequest(Owned, Base):
    """One explicit wish for a certificate that tells more than duration and tasks.

    `asked_on` is the day on which the person asked; whoever noted it may be she herself.
    """

    __tablename__ = "certificate_request"
    __table_args__ = (
        # a wish that is not settled yet is not made twice
        Index(
            "uq_certificate_request_open",
            "employment_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index("ix_certificate_request_person", "person_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    employment_id: Mapped[str] = mapped_column(ForeignKey("employment.id"))
    extent: Mapped[Extent] = mapped_column(enum_type(Extent), info=_CERTIFICATE)
    asked_on: Mapped[date] = mapped_column(info=_CERTIFICATE)
    noted_at: Mapped[datetime] = mapped_column(info=_CERTIFICATE)
    noted_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(info=_CERTIFICATE)

    person: Mapped[Person] = relationship(lazy="raise")
    employment: Mapped[Employment] = relationship(lazy="raise")


class Certificate(Owned, Base):
    """One certificate as it was issued: stored bytes, never drawn again.

    `digest` is of what it tells, without day and edition: told again unchanged it is the same row.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("employment_id", "kind", "edition"),
        UniqueConstraint("request_id"),
        # more than duration and tasks is told only where the person has asked for it
        CheckConstraint("(kind = 'assessed') = (request_id IS NOT NULL)", name="asked"),
        Index("ix_certificate_person", "person_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    employment_id: Mapped[str] = mapped_column(ForeignKey("employment.id"))
    kind: Mapped[CertificateKind] = mapped_column(enum_type(CertificateKind), info=_CERTIFICATE)
    edition: Mapped[int] = mapped_column(info=_CERTIFICATE)
    language: Mapped[str] = mapped_column(String(2), info=_CERTIFICATE)
    issued_on: Mapped[date] = mapped_column(info=_CERTIFICATE)
    issued_at: Mapped[datetime] = mapped_column(info=_CERTIFICATE)
    issued_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("certificate_request.id"))
    digest: Mapped[str] = mapped_column(String(64), info=_CERTIFICATE)
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64), info=_CERTIFICATE)

    issued_by: Mapped[Account] = relationship(lazy="raise")
