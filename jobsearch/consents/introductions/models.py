"""Table of introductions that were asked for by permission."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.consents.introductions.rules import IntroductionState
from jobsearch.consents.models import Consent
from jobsearch.core.db import (
    Base,
    Encrypted,
    Key,
    Owned,
    Versioned,
    enum_type,
    personal,
)
from jobsearch.people.models import Person

_TEXT = personal(
    purpose="to plan the coaching with what the person's municipal coach knows of her",
    basis="the person's consent; act on privacy in working life 759/2004 section 4",
    retention="until the end of follow-up, then erased; the consent record stays",
    sees="the person, the municipal coach who wrote it; her coaches while the consent lives",
)
_ACT = personal(
    purpose="to show who asked and who wrote, and when",
    basis="the person's consent",
    retention="with the text",
    sees="the person, the municipal coach; her coaches while the consent lives",
)


class AskedIntroduction(Owned, Versioned, Base):
    """One request to a municipal coach to introduce a person, and what she wrote.

    It stands on one consent of the purpose `introduction` and opens while that lives; the person
    herself reads it always. A referral is something else: the municipal coach's own act.
    """

    __tablename__ = "asked_introduction"
    __table_args__ = (
        Index("ix_asked_introduction_person", "person_id"),
        Index("ix_asked_introduction_recipient", "recipient_id"),
        # what has ended is known from the consent alone
        CheckConstraint("state <> 'ended'", name="never_stored_as_ended"),
        CheckConstraint("text IS NULL OR state = 'written'", name="text_is_written"),
        CheckConstraint("state <> 'written' OR written_at IS NOT NULL", name="written_at"),
        CheckConstraint("comment IS NULL OR commented_at IS NOT NULL", name="commented_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    # asked for once under each permission
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"), unique=True)
    recipient_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(info=_ACT)
    state: Mapped[IntroductionState] = mapped_column(
        enum_type(IntroductionState), default=IntroductionState.ASKED, info=_ACT
    )
    text: Mapped[str | None] = mapped_column(Encrypted("asked_introduction.text"), info=_TEXT)
    written_at: Mapped[datetime | None] = mapped_column(info=_ACT)
    comment: Mapped[str | None] = mapped_column(Encrypted("asked_introduction.comment"), info=_TEXT)
    commented_at: Mapped[datetime | None] = mapped_column(info=_ACT)

    person: Mapped[Person] = relationship(lazy="raise")
    consent: Mapped[Consent] = relationship(lazy="raise")
    asked_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=asked_by_id)
