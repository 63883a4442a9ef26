"""Tables of closures."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned


class Closure(Owned, Base):
    """One day on which the provider is closed: no group that is made later works on it."""

    __tablename__ = "closure"
    __table_args__ = (UniqueConstraint("on", "organisation_id"),)

    id: Mapped[Key]
    on: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))
