"""What may be asked of the trail, by whom, and which values a manager reads in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

PAGE = 50
MOST_IN_A_FILE = 5000
USUAL_DAYS = 30

ACTS: dict[str, str] = {
    "insert": N_("Added"),
    "update": N_("Changed"),
    "delete": N_("Removed"),
    "erase": N_("Erased"),
    "export": N_("Taken as a file"),
}

TECHNICAL = frozenset(
    {
        *("organisation", "identity_provider", "own_wording", "rate", "own_rate"),
        *("employer_setting", "tracker_settings", "recruitment_settings", "register_settings"),
        *("contract_setting", "keeping_terms", "break_glass", "audit_entry", "access_entry"),
    }
)
"""Tables about nobody: the operator sees that they were changed, and no value."""

_TO_MANAGERS = frozenset(
    {"manager", "provider's staff", "manager of the organisation", "everyone who signs in"}
)
_ORDER = N_("The last day is before the first.")
_NOBODY = N_("Choose whose looks you want to see.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the trail is asked for; an empty one asks for everything. Days are whole ones."""

    account_id: str = ""
    person_id: str = ""
    kind: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None

    def given(self) -> dict[str, str]:
        """What was asked for, by name, as it is kept in links and in the trail."""
        days = {"since": self.since, "until": self.until}
        texts = {"account": self.account_id, "person": self.person_id}
        texts |= {"kind": self.kind, "act": self.act}
        texts |= {name: day.isoformat() for name, day in days.items() if day}
        return {name: text for name, text in texts.items() if text}


def usual_days(today: date) -> tuple[date, date]:
    """The days that are shown unless others are asked for: the last thirty."""
    return today - timedelta(days=USUAL_DAYS), today


def check_days(since: date | None, until: date | None) -> None:
    """Raises RuleBroken on `until` when the days are the wrong way round."""
    if since and until and until < since:
        raise RuleBroken(_ORDER, field="until")


def check_account(account_id: str) -> None:
    """Raises RuleBroken on `account` when nobody was chosen."""
    if not account_id:
        raise RuleBroken(_NOBODY, field="account")


def is_for_managers(sees: str) -> bool:
    """Whether a column's mark lets a provider's manager read it: her role stands in its first part.

    What a mark says in other words ("that there is one", "in the calculation") is not a yes.
    """
    return bool(_TO_MANAGERS & {who.strip() for who in sees.partition(";")[0].split(",")})


@dataclass(frozen=True, slots=True)
class Key:
    """Where the next page goes on: before this instant, and among equals before this number."""

    at: datetime
    id: int

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"{round(self.at.timestamp() * 1_000_000)}-{self.id}"


def key_of(text: str) -> Key | None:
    """The key in an address; None for the first page and for what is no key."""
    micros, _, number = text.partition("-")
    if not (micros.isdecimal() and number.isdecimal() and len(micros) < 18 and len(number) < 18):
        return None
    whole, rest = divmod(int(micros), 1_000_000)
    at = datetime.fromtimestamp(whole, UTC) if whole < 4_000_000_000 else None
    return None if at is None else Key(at + timedelta(microseconds=rest), int(number))
