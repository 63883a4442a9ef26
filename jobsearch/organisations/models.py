"""Tables of organisations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Audited, Base, Key, enum_type


class OrganisationKind(StrEnum):
    """A provider employs participants; a municipality's coaches refer and receive."""

    PROVIDER = "provider"
    MUNICIPALITY = "municipality"


class Organisation(Audited, Base):
    """One organisation of the installation: the tenant that rows belong to."""

    __tablename__ = "organisation"

    id: Mapped[Key]
    kind: Mapped[OrganisationKind] = mapped_column(enum_type(OrganisationKind))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    business_id: Mapped[str | None] = mapped_column(String(9))
    service_name: Mapped[str] = mapped_column(String(60), default="Työnhakutyö")
    phone: Mapped[str | None] = mapped_column(String(30))
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Helsinki")
    demo_since: Mapped[datetime | None]
