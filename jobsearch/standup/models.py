"""Tables of the morning as it runs."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal
from jobsearch.standup.rules import Phase

_OF_GROUP = impersonal("how far the group's meeting is, no person's doing")


class Meeting(Owned, Versioned, Base):
    """The morning meeting of one cohort day: its phase, since when, and whose turn it is.

    While `paused_at` is set its timer stands still.
    """

    __tablename__ = "meeting"

    id: Mapped[Key]
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id"), unique=True)
    phase: Mapped[Phase] = mapped_column(enum_type(Phase), default=Phase.ATTENDANCE, info=_OF_GROUP)
    phase_started_at: Mapped[datetime] = mapped_column(info=_OF_GROUP)
    paused_at: Mapped[datetime | None] = mapped_column(info=_OF_GROUP)
    turn_enrolment_id: Mapped[str | None] = mapped_column(ForeignKey("enrolment.id"))
