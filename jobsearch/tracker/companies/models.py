"""The memory of companies: counts by channel, and nothing of any person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.tracker.companies.rules import TakesCalls
from jobsearch.tracker.rules import Channel

__all__ = ["Company", "CompanyChannel"]


class Company(Owned, Versioned, Base):
    """One company that people of a provider's groups have turned to; it names nobody."""

    __tablename__ = "company"
    __table_args__ = (UniqueConstraint("name_key", "organisation_id"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    takes_calls: Mapped[TakesCalls | None] = mapped_column(enum_type(TakesCalls))


class CompanyChannel(Owned, Base):
    """How often a company was turned to in one way, and what came of it; `last_month` is a first
    day."""

    __tablename__ = "company_channel"
    __table_args__ = (
        UniqueConstraint("company_id", "channel"),
        CheckConstraint("contacts >= 0 AND replies >= 0 AND interviews >= 0", name="counts"),
    )

    id: Mapped[Key]
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    contacts: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    interviews: Mapped[int] = mapped_column(default=0)
    last_month: Mapped[date]
