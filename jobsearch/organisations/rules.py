"""What an organisation is, and what it says of itself."""

from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import LANGUAGES
from jobsearch.core.text import mark as N_

ZONES = ("Europe/Helsinki", "Europe/Mariehamn", "Europe/Stockholm", "Europe/Tallinn", "UTC")


class OrganisationKind(StrEnum):
    """A provider employs participants; a municipality's coaches refer and receive."""

    PROVIDER = "provider"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What an organisation says of itself, on pages, in contracts and in its notice on privacy."""

    name: str
    service_name: str
    business_id: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None
    zone: str = "Europe/Helsinki"
    language: str = "fi"
    privacy_name: str | None = None
    privacy_email: str | None = None
    privacy_phone: str | None = None


def check_details(details: OrganisationDetails) -> None:
    """Refuse an unknown zone or language, and an address without all of its parts."""
    if details.zone not in ZONES:
        raise RuleBroken(N_("Choose one of the zones."), field="zone")
    if details.language not in LANGUAGES:
        raise RuleBroken(N_("Choose one of the languages."), field="language")
    parts = {
        "street": details.street,
        "postal_code": details.postal_code,
        "city": details.city,
    }
    missing = [field for field, value in parts.items() if not value]
    if missing and len(missing) < len(parts):
        raise RuleBroken(N_("Write street, postal code and town, or none of them."), missing[0])
    if details.privacy_name and not (details.privacy_email or details.privacy_phone):
        raise RuleBroken(
            N_("Write how the contact person is reached: an e-mail address or a phone number."),
            field="privacy_email",
        )


def missing_details(details: OrganisationDetails) -> tuple[str, ...]:
    """The fields that a provider needs before its first contract, and lacks.

    The employer's name and place of business belong to the written terms (Employment Contracts
    Act 55/2001, chapter 2, section 4), the contact for privacy to GDPR art. 13(1).
    """
    needed = ("business_id", "street", "phone", "privacy_name")
    return tuple(field for field in needed if not getattr(details, field))
