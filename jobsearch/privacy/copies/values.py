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
from jobsearch.core.looks import kind_of, sentence_of
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
from jobsearch.privacy.copies.titles import TITLES
from jobsearch.privacy.requests.rules import AREA_NAMES, STATE_NAMES
from jobsearch.privacy.requests.rules import KIND_NAMES as REQUEST_KINDS
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
    REACHED_NAMES, REPLY_NAMES, {activity: LOOKS[activity].name for activity in Activity},
)  # fmt: skip
_WORDS: Mapping[type[StrEnum], Mapping[Any, str]] = MappingProxyType(
    {**{type(next(iter(names))): names for names in _NAMED}, **CHOICES}
)


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
    if isinstance(value, Mapping):
        return _changed(value)
    if isinstance(value, list):
        return ", ".join(_(FIELDS[one]) for one in value if isinstance(one, str) and one in FIELDS)
    return _text(key, value)


def _enum(value: StrEnum) -> str:
    if isinstance(value, Role):
        return role_name(value)
    said = _WORDS.get(type(value), {}).get(value)
    return str(_(said) if said else value.value.replace("_", " "))


def _text(key: str, value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    if key == "what" and text:
        return str(_(sentence_of(kind_of(text))))
    if key == "table_name":
        return str(_(TITLES[text])) if text in TITLES else ""
    if key == "role":
        return who(text)
    return "" if text.startswith(("{", "[")) else text


def who(text: str) -> str:
    """Somebody by her role: herself, one of the staff, or the service itself."""
    if text == YOU:
        return str(_("You"))
    if text in (STAFF, "system"):
        return str(_("The staff") if text == STAFF else _("The service itself"))
    return role_name(text) if text in set(Role) else text


def _changed(values: Mapping[str, Any]) -> str:
    """What a field was before and after."""
    lines = []
    for name, pair in values.items():
        if name in FIELDS and isinstance(pair, list | tuple):
            before, after = ("–" if one in (None, "") else str(one) for one in pair)
            lines.append(f"{_(FIELDS[name])}: {before} → {after}")
    return "\n".join(lines)
