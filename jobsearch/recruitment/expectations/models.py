"""Tables of expectations: what a provider adds to the page in its own words."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned
from jobsearch.core.text import Words


class Expectation(Owned, Versioned, Base):
    """What a provider says about one programme beside the house's own words, in each language."""

    __tablename__ = "expectation"

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), unique=True)
    words: Mapped[Words]
