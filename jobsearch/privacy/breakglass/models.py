"""Tables of breaking the glass: who looked at which provider and why, and what she opened."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.append_only import append_only
from jobsearch.core.db import Audited, Base, Key, Versioned, enum_type, personal
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.organisations.models import Organisation
from jobsearch.privacy.breakglass.rules import LONGEST_REASON, SHORTEST_REASON, GlassKind

_SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")
_TRACE = personal(
    purpose="to show who of the operator's looked at a provider's data, when and why",
    basis="act 906/2019 section 17; GDPR art. 5(2)",
    retention="5 years; values are erased with the subject's key",
    sees="manager of the organisation, operator",
)


class BreakGlass(Audited, Versioned, Base):
    """One look of an operator at one provider's data: why, from when, and until when."""

    __tablename__ = "break_glass"
    __table_args__ = (
        CheckConstraint(
            f"length(reason) BETWEEN {SHORTEST_REASON} AND {LONGEST_REASON}", name="reason"
        ),
        # whoever ended it did so at some time; without either it ends by itself
        CheckConstraint("ended_by_id IS NULL OR ended_at IS NOT NULL", name="ended"),
        CheckConstraint("ends_at > began_at", name="lasts"),
        # an operator looks at one provider at a time
        Index(
            "uq_break_glass_open",
            "account_id",
            unique=True,
            sqlite_where=literal_column("ended_at IS NULL"),
            postgresql_where=literal_column("ended_at IS NULL"),
        ),
        Index("ix_break_glass_began", "began_at", "organisation_id"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    sign_in_id: Mapped[str] = mapped_column(String(KEY_LENGTH))
    kind: Mapped[GlassKind] = mapped_column(enum_type(GlassKind), info=_TRACE)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), info=_TRACE)
    began_at: Mapped[datetime] = mapped_column(info=_TRACE)
    ends_at: Mapped[datetime] = mapped_column(info=_TRACE)
    ended_at: Mapped[datetime | None] = mapped_column(info=_TRACE)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    ended_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[ended_by_id])
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class GlassPage(Base):
    """One request of an operator while she looked, refused or not; append-only by trigger."""

    __tablename__ = "glass_page"
    __table_args__ = (Index("ix_glass_page_glass", "glass_id", "id"),)

    id: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True, autoincrement=True)
    glass_id: Mapped[str] = mapped_column(ForeignKey("break_glass.id"))
    at: Mapped[datetime]
    method: Mapped[str] = mapped_column(String(8))
    path: Mapped[str] = mapped_column(String(300))
    status: Mapped[int]


append_only(GlassPage.metadata.tables[GlassPage.__tablename__])
