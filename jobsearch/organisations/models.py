"""Tables of organisations."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Audited, Base, Key, Versioned, enum_type, personal
from jobsearch.organisations.rules import OrganisationKind

__all__ = ["Organisation", "OrganisationKind"]

_CONTACT = personal(
    purpose="to say whom to ask about one's personal data",
    basis="duty (GDPR art. 13(1)(a))",
    retention="until another contact person is named",
    sees="everyone who signs in",
)


class Organisation(Audited, Versioned, Base):
    """One organisation of the installation: the tenant that rows belong to."""

    __tablename__ = "organisation"

    id: Mapped[Key]
    kind: Mapped[OrganisationKind] = mapped_column(enum_type(OrganisationKind))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    business_id: Mapped[str | None] = mapped_column(String(9))
    service_name: Mapped[str] = mapped_column(String(60), default="Työnhakutyö")
    street: Mapped[str | None] = mapped_column(String(120))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    city: Mapped[str | None] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(254))
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Helsinki")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    privacy_name: Mapped[str | None] = mapped_column(String(120), info=_CONTACT)
    privacy_email: Mapped[str | None] = mapped_column(String(254), info=_CONTACT)
    privacy_phone: Mapped[str | None] = mapped_column(String(30), info=_CONTACT)
    demo_since: Mapped[datetime | None]

    @property
    def postal_address(self) -> str:
        """Street, postal code and town in one line; empty where there is none."""
        town = f"{self.postal_code or ''} {self.city or ''}".strip()
        return ", ".join(part for part in (self.street, town) if part)
