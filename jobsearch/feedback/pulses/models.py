"""Tables of pulses."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, enum_type, personal
from jobsearch.feedback.pulses.rules import ConfidenceItem, Usefulness

__all__ = ["BlockPulse", "ConfidenceItem", "ConfidencePulse", "Usefulness"]

# what she answered is in no trail: an answer that she takes back is gone
_ANSWER = {
    **personal(
        purpose="to make the days better; answering is voluntary",
        basis="legitimate interest in a programme that helps (GDPR art. 6(1)(f))",
        retention="until the end of follow-up; she takes it back whenever she wants",
        sees="the person herself; staff only sums of five people or more",
    ),
    "unaudited": True,
}


class BlockPulse(Owned, Base):
    """A participant's one tap for a block of her group's day: whether it was useful."""

    __tablename__ = "block_pulse"
    __table_args__ = (UniqueConstraint("enrolment_id", "cohort_block_id"),)

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    cohort_block_id: Mapped[str] = mapped_column(
        ForeignKey("cohort_block.id", ondelete="CASCADE"), index=True
    )
    usefulness: Mapped[Usefulness] = mapped_column(enum_type(Usefulness), info=_ANSWER)


class ConfidencePulse(Owned, Base):
    """A participant's score for one item of confidence on the day 1, 6 or 12 of her group."""

    __tablename__ = "confidence_pulse"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "day_number", "item"),
        CheckConstraint("day_number IN (1, 6, 12)", name="day_number"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    day_number: Mapped[int] = mapped_column(info=_ANSWER)
    item: Mapped[ConfidenceItem] = mapped_column(enum_type(ConfidenceItem), info=_ANSWER)
    score: Mapped[int] = mapped_column(info=_ANSWER)
    answered_on: Mapped[date] = mapped_column(info=_ANSWER)
