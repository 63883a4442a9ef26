"""What goes into a copy and what does not, and how its values and files are written."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_

MOST_ROWS = 20_000
"""So many rows of one table are copied, the newest; how many are left off, the copy says."""
MOST_DOCUMENT_BYTES = 300 * 1024 * 1024
"""So much is packed; a document beyond it is named in the copy, and given when asked for."""
MOST_A_DAY = 5
DAY = timedelta(days=1)

LEFT_OUT_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "account_id": "the key of who did it; her role stands beside it",
        "address_digest": "a digest of an address that stands elsewhere",
        "address_index": "a digest of the address beside it",
        "company_key": "the name beside it, spelled for searching",
        "identity_index": "a digest of the identity code beside it",
        "name_key": "the name beside it, spelled for searching",
        "once": "a key by which a message is sent one time only",
        "person_id": "the person's own key",
        "plain": "keys of rows and figures of the service; what is hers stands under values",
        "sealed": "opened, under values",
        "stop_link": "opens without signing in, to whoever has it",
        "version": "counts the changes of the row",
    }
)
"""Fields that are in no copy, and why; what is marked secret is in none either."""

NAMED_BY: Mapping[str, str] = MappingProxyType(
    {
        "bonus_rule": "event",
        "cohort": "name",
        "cohort_block": "kind",
        "cohort_day": "on",
        "criterion": "text",
        "info_session": "starts_at",
        "organisation": "name",
        "pay_run": "pays_on",
        "programme": "name",
    }
)
"""What a row says instead of the key of something that belongs to no one person."""

_ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xml": ".xml",
    "application/zip": ".zip",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/csv": ".csv",
}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]+")
_MOST_IN_A_NAME = 100


def check_not_too_often(made: int) -> None:
    """Raises RuleBroken when a person's copy has been made often enough today."""
    if made >= MOST_A_DAY:
        raise RuleBroken(
            N_("A copy is made at most %(most)d times a day. Try again tomorrow."),
            most=MOST_A_DAY,
        )


def as_plain(value: Any, zone: str) -> Any:
    """A value as data.json has it: euros as text, instants with their zone, days as ISO days."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Money):
        sign = "-" if value.cents < 0 else ""
        return f"{sign}{abs(value.cents) // 100}.{abs(value.cents) % 100:02d} EUR"
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_plain(one, zone) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(one, zone) for one in value]
    return value


def safe_name(name: str, media_type: str) -> str:
    """A name under which a file can be unpacked on any computer, with the ending of its kind."""
    path = PurePosixPath(_UNSAFE.sub("_", name).strip(" .") or "file")
    ending = _ENDINGS.get(media_type, path.suffix)
    stem = path.stem if path.suffix.lower() in (*_ENDINGS.values(), ".jpeg") else path.name
    return f"{stem[:_MOST_IN_A_NAME].strip(' .') or 'file'}{ending}"


def packed(sizes: Iterable[tuple[str, int]]) -> frozenset[str]:
    """The keys of the files that fit into a copy, taken in their order."""
    found, room = set(), MOST_DOCUMENT_BYTES
    for key, size in sizes:
        if size <= room:
            found.add(key)
            room -= size
    return frozenset(found)


def archive_name(made_at: datetime, zone: str) -> str:
    """The archive's name: it names nobody."""
    return f"my-data-{made_at.astimezone(ZoneInfo(zone)):%Y-%m-%d}.zip"
