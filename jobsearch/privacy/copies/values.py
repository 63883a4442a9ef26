"""Values of a copy in the words of its reader: for the paper and the list of looks."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from jobsearch.attendance.rules import MARK_NAMES
from jobsearch.attendance.rules import STATE_NAMES as DAY_STATES
from jobsearch.coaching.documents.rules import KIND_NAMES as DOCUMENT_KINDS
from jobsearch.coaching.documents.rules import STATE_NAMES as DOCUMENT_STATES
from jobsearch.coaching.sparring.rules import READER_NAMES
from jobsearch.cohorts.rules import ENROLMENT_NAMES
from jobsearch.core.access import Role
from jobsearch.core.money import Money
from jobsearch.feedback.pulses.rules import ITEM_NAMES, USEFULNESS_NAMES
from jobsearch.notices.delivery.rules import STATE_NAMES as MESSAGE_STATES
from jobsearch.notices.delivery.rules import TROUBLE_NAMES
from jobsearch.payroll.bonus.rules import STATE_NAMES as BONUS_STATES
from jobsearch.payroll.bonus.rules import WAY_NAMES as PROOF_WAYS
from jobsearch.payroll.bonus.terms.rules import EVENT_NAMES, PROOF_NAMES
from jobsearch.payroll.certificates.rules import EXTENT_NAMES
from jobsearch.payroll.certificates.rules import KIND_NAMES as CERTIFICATE_KINDS
from jobsearch.payroll.contracts.editions.rules import STATE_NAMES as CONTRACT_STATES
from jobsearch.payroll.contracts.law.rules import GROUND_NAMES
from jobsearch.people.restrictions.rules import REASON_NAMES
from jobsearch.privacy.copies.choices import CHOICES
from jobsearch.privacy.copies.fields import FIELDS
from jobsearch.privacy.copies.gathering import STAFF, YOU
from jobsearch.privacy.copies.held import as_held
from jobsearch.privacy.copies.texts import PAPER_NAMES, number_in_words, text_in_words
from jobsearch.privacy.requests.rules import AREA_NAMES, STATE_NAMES
from jobsearch.privacy.requests.rules import KIND_NAMES as REQUEST_KINDS
from jobsearch.programmes.rules import KIND_NAMES as BLOCK_KINDS
from jobsearch.standup.words.rules import NEWS_NAMES
from jobsearch.standup.words.rules import WAY_NAMES as PLAN_WAYS
from jobsearch.tracker.helping.rules import PRAISE
from jobsearch.tracker.interviews.rules import PREPARATIONS, WENT_NAMES
from jobsearch.tracker.interviews.rules import WAY_NAMES as INTERVIEW_WAYS
from jobsearch.tracker.leads.rules import SOURCE_NAMES, STAGE_NAMES
from jobsearch.tracker.rules import CHANNEL_NAMES, LOOKS, REACHED_NAMES, REPLY_NAMES, Activity
from jobsearch.web.filters import role_name
from jobsearch.web.formats import date_text, moment, money

_NAMED: tuple[Mapping[Any, str], ...] = (
    MARK_NAMES, DAY_STATES, ENROLMENT_NAMES, DOCUMENT_KINDS, DOCUMENT_STATES, READER_NAMES,
    ITEM_NAMES, USEFULNESS_NAMES, MESSAGE_STATES, TROUBLE_NAMES, BONUS_STATES, PROOF_WAYS,
    EVENT_NAMES, PROOF_NAMES, EXTENT_NAMES, CERTIFICATE_KINDS, CONTRACT_STATES, GROUND_NAMES,
    REASON_NAMES, AREA_NAMES, STATE_NAMES, REQUEST_KINDS, NEWS_NAMES, PLAN_WAYS, PRAISE,
    PREPARATIONS, WENT_NAMES, INTERVIEW_WAYS, SOURCE_NAMES, STAGE_NAMES, CHANNEL_NAMES,
    REACHED_NAMES, REPLY_NAMES, BLOCK_KINDS,
    {activity: LOOKS[activity].name for activity in Activity},
)  # fmt: skip
_WORDS: Mapping[type[StrEnum], Mapping[Any, str]] = MappingProxyType(
    {**{type(next(iter(names))): names for names in _NAMED}, **CHOICES}
)

_NOTHING = "–"


def in_words(key: str, value: Any, language: str, zone: str) -> str:
    """One value as the reader says it; empty for what is not there, or is for machines alone."""
    if isinstance(value, StrEnum):
        return _enum(value)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, Money):
        return money(value, language)
    if isinstance(value, datetime):
        return moment(value, language, zone)
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, int):
        return number_in_words(key, value, language)
    if isinstance(value, list):
        return ", ".join(_(FIELDS[one]) for one in value if isinstance(one, str) and one in FIELDS)
    return _text(key, value)


def _enum(value: StrEnum) -> str:
    if isinstance(value, Role):
        return role_name(value)
    said = _WORDS.get(type(value), {}).get(value)
    return str(_(said) if said else value.value.replace("_", " "))


def _text(key: str, value: Any) -> str:
    if value is None or isinstance(value, Mapping):
        return ""
    text = str(value)
    if key == "role":
        return who(text)
    return "" if not text or text.startswith(("{", "[")) else text_in_words(key, text)


def who(text: str) -> str:
    """Somebody by her role: herself, one of the staff, or the service itself."""
    if text == YOU:
        return str(_("You"))
    if text in (STAFF, "system"):
        return str(_("The staff") if text == STAFF else _("The service itself"))
    return role_name(text) if text in set(Role) else text


def changed(table_name: str, values: Mapping[str, Any], language: str, zone: str) -> str:
    """What fields of a row were before a change and after it, a line each."""
    lines = []
    for name, pair in values.items():
        if name in FIELDS and isinstance(pair, list | tuple) and len(pair) == 2:
            told = [in_words(name, as_held(table_name, name, one), language, zone) for one in pair]
            label = PAPER_NAMES.get(name, FIELDS[name])
            was = f"{told[0]} → " if told[0] else ""
            lines.append(f"{_(label)}: {was}{told[1] or _NOTHING}")
    return "\n".join(lines)
