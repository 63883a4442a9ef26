"""Table of copies that were made."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Audited, Base, Key, personal

_COPY = personal(
    purpose="to show that a person got her copy, from whom and when, and not too often",
    basis="GDPR art. 12 and 15; art. 5(2)",
    retention="3 years after it was made",
    sees="manager, the person",
)


class DataCopy(Audited, Base):
    """One copy of everything about a person or an account; the copy itself is kept nowhere.

    It is asked for by its person or its account alone: a municipal coach makes her own in a scope
    of providers, where her town is not among them.
    """

    __tablename__ = "data_copy"
    __table_args__ = (
        CheckConstraint("size_bytes > 0", name="size"),
        # an account's copy is its holder's own; a person's may be made for her, on a request
        CheckConstraint("request_id IS NULL OR person_id IS NOT NULL", name="asked"),
        Index("ix_data_copy_person", "person_id", "made_at"),
        Index("ix_data_copy_account", "account_id", "made_at"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("data_request.id"))
    made_at: Mapped[datetime] = mapped_column(info=_COPY)
    size_bytes: Mapped[int] = mapped_column(info=_COPY)
