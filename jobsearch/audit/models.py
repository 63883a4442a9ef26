"""Tables of the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, EncryptedBytes, personal
from jobsearch.core.tokens import KEY_LENGTH

_SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")
_TRACE = personal(
    purpose="to show who changed and who looked at a person's data",
    basis="act 906/2019 section 17; GDPR art. 5(2)",
    retention="5 years; values are erased with the subject's key",
    sees="manager, and the person about herself",
)


class SubjectKey(Base):
    """The key of one person or account; destroying it erases her values in the audit trail."""

    __tablename__ = "subject_key"

    subject_id: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    sealed_key: Mapped[bytes] = mapped_column(EncryptedBytes("subject_key"), info={"secret": True})


class AuditEntry(Base):
    """One change of one row: who, when, which fields; append-only by trigger.

    `plain` holds old and new values of fields that are nobody's personal data; `sealed` holds the
    personal ones, encrypted under the subject's key, so that erasure and the chain can both hold.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_row", "table_name", "row_id"),
        Index("ix_audit_entry_subject", "subject_id", "id"),
        Index("ix_audit_entry_organisation_at", "organisation_id", "at", "id"),
        Index("ix_audit_entry_account_at", "account_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    account_id: Mapped[str | None] = mapped_column(String(KEY_LENGTH), info=_TRACE)
    role: Mapped[str | None] = mapped_column(String(20))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    act: Mapped[str] = mapped_column(String(60))
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str | None] = mapped_column(String(KEY_LENGTH), info=_TRACE)
    fields: Mapped[list[str]] = mapped_column(JSON)
    plain: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=_TRACE)


class AuditSeal(Base):
    """One link of the hash chain: the digest of a run of entries and of the link before it."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True, autoincrement=True)
    first_entry_id: Mapped[int] = mapped_column(_SEQUENCE, unique=True)
    last_entry_id: Mapped[int] = mapped_column(_SEQUENCE, unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]


class AuditCheck(Base):
    """One check of the hash chain: up to which seal it was read, and which no longer hold."""

    __tablename__ = "audit_check"

    id: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True, autoincrement=True)
    checked_at: Mapped[datetime]
    is_full: Mapped[bool]
    is_whole: Mapped[bool]
    seals: Mapped[int]
    last_seal_id: Mapped[int | None] = mapped_column(_SEQUENCE)
    last_digest: Mapped[str | None] = mapped_column(String(64))
    broken: Mapped[list[int]] = mapped_column(JSON)


class AccessEntry(Base):
    """One look at a person's sensitive data: who, when, what; append-only by trigger."""

    __tablename__ = "access_entry"
    __table_args__ = (
        Index("ix_access_entry_person", "person_id", "id"),
        Index("ix_access_entry_at", "at", "id"),
        # whole answers to "whom did this account see": no row has to be fetched for it
        Index(
            "ix_access_entry_account_at",
            *("account_id", "at", "person_id", "refused", "organisation_id"),
        ),
    )

    id: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    account_id: Mapped[str] = mapped_column(String(KEY_LENGTH), info=_TRACE)
    role: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[str] = mapped_column(String(KEY_LENGTH))
    person_id: Mapped[str] = mapped_column(String(KEY_LENGTH), info=_TRACE)
    what: Mapped[str] = mapped_column(String(80))
    refused: Mapped[bool] = mapped_column(default=False)
