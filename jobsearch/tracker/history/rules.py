"""The trail of an entry told as a story: what happened, by whom, field by field, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import (
    CHANNEL_NAMES,
    LOOKS,
    REPLY_NAMES,
    ActionSource,
    Activity,
    Channel,
    GoalOrigin,
    Reached,
    Reply,
)


class Event(StrEnum):
    """What happened to an entry."""

    WRITTEN = "written"
    LOGGED = "logged"
    LOGGED_FOR = "logged_for"
    FROM_FILE = "from_file"
    ADDED = "added"
    SET = "set"
    FROM_RAMP = "from_ramp"
    CHANGED = "changed"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    REMOVED = "removed"
    MISTAKE = "mistake"
    ERASED = "erased"


EVENT_NAMES: dict[Event, str] = {
    Event.WRITTEN: N_("Written down"),
    Event.LOGGED: N_("Logged by the job seeker"),
    Event.LOGGED_FOR: N_("Logged by the coach for the job seeker"),
    Event.FROM_FILE: N_("Taken in from a file"),
    Event.ADDED: N_("Added to an approved day"),
    Event.SET: N_("Set"),
    Event.FROM_RAMP: N_("Set by the rise of the goals"),
    Event.CHANGED: N_("Changed"),
    Event.CORRECTED: N_("Corrected"),
    Event.CONFIRMED: N_("The job seeker said that it is so"),
    Event.REMOVED: N_("Removed: it counts no more"),
    Event.MISTAKE: N_("Called a mistake: it counts no more"),
    Event.ERASED: N_("Erased"),
}


class Form(StrEnum):
    """How a value is written."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    WORD = "word"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page writes it; a word is a marked one, to be translated."""

    form: Form
    value: Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a change; no old value when it was written first, no new one when emptied."""

    name: str
    old: Shown | None
    new: Shown | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a history."""

    at: datetime
    account_id: str | None
    role: str | None
    event: Event
    fields: tuple[Field, ...]
    reason: str = ""
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one row, as the trail has it: values are old and new by field."""

    at: datetime
    account_id: str | None
    role: str | None
    act: str
    row_id: str
    values: Mapping[str, tuple[Any, Any]]
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Why:
    """A correction: which action took the place of which, or which goal was set otherwise."""

    old_id: str | None
    new_id: str | None
    goal_id: str | None
    reason: str
    at: datetime


FIELD_NAMES: dict[str, str] = {
    "on": N_("Day"),
    "activity": N_("Kind"),
    "count": N_("How many"),
    "employer_id": N_("Employer"),
    "role_title": N_("Job or task"),
    "channel": N_("Way of contact"),
    "reached": N_("Who decides was reached"),
    "reply": N_("Reply"),
    "replied_on": N_("Day of the reply"),
    "private_at": N_("Shown to the group"),
    "note": N_("Note"),
    "target": N_("Goal"),
}
_ONE_DEED = timedelta(seconds=1)
_DAYS = frozenset({"on", "replied_on"})
_NUMBERS = frozenset({"count", "target"})
_REACHED = {Reached.YES: N_("yes"), Reached.NO: N_("no")}
_WORDS: dict[str, Mapping[Any, str]] = {
    "activity": {kind: look.name for kind, look in LOOKS.items()},
    "channel": CHANNEL_NAMES,
    "reached": _REACHED,
    "reply": REPLY_NAMES,
}
_KINDS: dict[str, type[StrEnum]] = {
    "activity": Activity,
    "channel": Channel,
    "reached": Reached,
    "reply": Reply,
}
_FIRST = {
    ActionSource.OWN: Event.LOGGED,
    ActionSource.PROXY: Event.LOGGED_FOR,
    ActionSource.IMPORTED: Event.FROM_FILE,
    GoalOrigin.SET: Event.SET,
    GoalOrigin.RAMP: Event.FROM_RAMP,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What a reader may see of values: the names of employers, and notes or not."""

    employers: Mapping[str, str]
    reads_notes: bool

    def show(self, name: str, value: Any) -> Shown | None:
        """A value of the trail in the reader's terms; None for nothing."""
        if name == "private_at":
            return Shown(Form.WORD, N_("no") if value else N_("yes"))
        if value is None or value == "":
            return None
        if name == "note" and not self.reads_notes:
            return Shown(Form.HIDDEN, None)
        if name == "employer_id":
            known = self.employers.get(value)
            return Shown(Form.TEXT, known) if known else Shown(Form.WORD, N_("no longer kept"))
        if name in _DAYS:
            return Shown(Form.DAY, date.fromisoformat(value))
        if name in _NUMBERS:
            return Shown(Form.NUMBER, value)
        if name in _WORDS:
            return Shown(Form.WORD, _WORDS[name][_KINDS[name](value)])
        return Shown(Form.TEXT, value)

    def compare(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Field, ...]:
        """The fields that differ, in the order of a person's questions."""
        return tuple(
            Field(label, self.show(name, old.get(name)), self.show(name, new.get(name)))
            for name, label in FIELD_NAMES.items()
            if old.get(name) != new.get(name)
        )

    def first(self, values: Mapping[str, Any]) -> tuple[Field, ...]:
        """Every field that was written at first."""
        return tuple(
            Field(label, None, self.show(name, values[name]))
            for name, label in FIELD_NAMES.items()
            if values.get(name) is not None
        )


def chain_of(action_id: str, corrections: Sequence[Why]) -> list[str]:
    """The actions that took each other's place, oldest first; often it is one alone."""
    before = {why.new_id: why.old_id for why in corrections if why.new_id and why.old_id}
    after = {old: new for new, old in before.items()}
    chain = [action_id]
    while (older := before.get(chain[0])) and older not in chain:
        chain.insert(0, older)
    while (newer := after.get(chain[-1])) and newer not in chain:
        chain.append(newer)
    return chain


def tell(entries: Sequence[Entry], corrections: Sequence[Why], reader: Reader) -> list[Moment]:
    """The history of one entry, oldest first.

    When one action took another's place it is told once, as what differs between the two.
    """
    became = {why.new_id: why for why in corrections if why.new_id}
    ended = {why.old_id: why for why in corrections if why.old_id}
    of_goals = _of_goals(entries, corrections)
    moments: list[Moment] = []
    state: dict[str, Any] = {}
    for place, entry in enumerate(entries):
        new = {name: pair[1] for name, pair in entry.values.items()}
        why = ended.get(entry.row_id)
        if new.get("undone_at") and why and why.new_id:
            continue  # told by the one that took its place
        why = why or of_goals.get(place)
        if entry.act == "insert":
            moments.append(_first(entry, new, became.get(entry.row_id, why), state, reader))
            state = {"count": 1} | new
            continue
        old = {name: pair[0] for name, pair in entry.values.items()}
        state |= new
        moment = _later(entry, old, new, why, reader)
        if moment is not None:
            moments.append(moment)
    return moments


def _of_goals(entries: Sequence[Entry], corrections: Sequence[Why]) -> dict[int, Why]:
    """The corrections of a goal by the place of the change that one deed wrote with each."""
    found: dict[int, Why] = {}
    for why in reversed([one for one in corrections if one.goal_id]):
        for place in range(len(entries) - 1, -1, -1):
            if place not in found and abs(why.at - entries[place].at) < _ONE_DEED:
                found[place] = why
                break
    return found


def _first(
    entry: Entry, new: dict[str, Any], why: Why | None, before: Mapping[str, Any], reader: Reader
) -> Moment:
    if why is None or why.old_id == entry.row_id:
        source = new.get("source") or new.get("origin")
        event = next((one for kind, one in _FIRST.items() if kind == source), Event.WRITTEN)
        return _moment(entry, event, reader.first(new))
    if why.old_id is None:
        event = Event.CORRECTED if why.goal_id else Event.ADDED
        return _moment(entry, event, reader.first(new), why.reason)
    return _moment(entry, Event.CORRECTED, reader.compare(before, {"count": 1} | new), why.reason)


def _later(
    entry: Entry, old: dict[str, Any], new: dict[str, Any], why: Why | None, reader: Reader
) -> Moment | None:
    if entry.act in ("erase", "delete"):
        return _moment(entry, Event.ERASED, ())
    if new.get("undone_at"):
        event = Event.MISTAKE if why else Event.REMOVED
        return _moment(entry, event, (), why.reason if why else "")
    fields = reader.compare(old, new)
    if new.get("confirmed_at") and not fields:
        return _moment(entry, Event.CONFIRMED, ())
    if why is not None and why.goal_id:
        return _moment(entry, Event.CORRECTED, fields, why.reason)
    return _moment(entry, Event.CHANGED, fields) if fields or entry.is_erased else None


def _moment(entry: Entry, event: Event, fields: tuple[Field, ...], reason: str = "") -> Moment:
    return Moment(entry.at, entry.account_id, entry.role, event, fields, reason, entry.is_erased)
