"""Table of drafts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Encrypted, Key, Owned, impersonal, personal

__all__ = ["SectionDraft"]

_DRAFT = personal(
    purpose="so that nothing is lost when the connection drops or the browser closes",
    basis="as the analysis that it is written for",
    retention="until it is saved or thrown away, at most 30 days",
    sees="whoever typed it, nobody else",
)
# the trail says that a draft was begun and removed, and nothing of what was typed
_OF_THE_TYPING = impersonal("how the typing stands to what is saved") | {"unaudited": True}


class SectionDraft(Owned, Base):
    """What one account has typed into one section on one opened page, and not saved.

    `version` and `opened` (digest) are those of the saved text over which it was typed: saving it
    later meets what another wrote meanwhile.
    """

    __tablename__ = "section_draft"
    __table_args__ = (
        UniqueConstraint("section_id", "writer_id", "page"),
        CheckConstraint("page <> ''", name="page"),
    )

    id: Mapped[Key]
    section_id: Mapped[str] = mapped_column(ForeignKey("analysis_section.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    writer_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    page: Mapped[str] = mapped_column(String(20), info=_OF_THE_TYPING)
    text: Mapped[str] = mapped_column(
        Encrypted("section_draft.text"), info=_DRAFT | {"unaudited": True}
    )
    version: Mapped[int] = mapped_column(info=_OF_THE_TYPING)
    opened: Mapped[str] = mapped_column(String(64), info=_OF_THE_TYPING)
    typed_at: Mapped[datetime] = mapped_column(info=_OF_THE_TYPING)
