"""When and how somebody may be reached: quiet hours, and which address is taken."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobsearch.core.periods import minute_of
from jobsearch.notices.rules import Channel, Recipient, TextKind

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent, in minutes of the local day; the end may be next morning."""

    from_minute: int = 21 * 60
    to_minute: int = 7 * 60
    zone: str = "Europe/Helsinki"

    @property
    def never(self) -> bool:
        """Whether there are no quiet hours at all."""
        return self.from_minute == self.to_minute


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose; everything left alone is the default."""

    channel: Channel | None = None
    language: str | None = None
    quiet: Quiet = Quiet()
    declined: frozenset[str] = frozenset()

    @property
    def channel_or_usual(self) -> Channel:
        """The chosen channel, e-mail while nothing was chosen."""
        return self.channel or Channel.EMAIL


def quiet_until(quiet: Quiet | None, at: datetime) -> datetime | None:
    """When the quiet hours that hold at an instant end, or None when nothing is quiet.

    Hours are read from the clock on the wall, so that 7 o'clock is 7 o'clock on the days when the
    clocks change.
    """
    if quiet is None or quiet.never:
        return None
    wall = at.astimezone(ZoneInfo(quiet.zone))
    minute = minute_of(wall)
    start, end = quiet.from_minute, quiet.to_minute
    is_quiet = start <= minute < end if start < end else minute >= start or minute < end
    if not is_quiet:
        return None
    day = wall.date() + timedelta(days=1 if start > end and minute >= start else 0)
    ends = datetime.combine(day, time(end // 60 % 24, end % 60), ZoneInfo(quiet.zone))
    if end == _DAY:
        ends = datetime.combine(wall.date() + timedelta(days=1), time(), ZoneInfo(quiet.zone))
    return ends.astimezone(at.tzinfo)


def is_wanted(kind: TextKind, choices: Choices) -> bool:
    """Whether a message of this kind is written at all: only optional ones can be declined."""
    return not (kind.optional and kind.key in choices.declined)


def address_for(
    kind: TextKind,
    to: Recipient,
    choices: Choices,
    *,
    failed: Collection[str] = (),
    on: Collection[Channel] = frozenset(Channel),
) -> tuple[Channel, str] | None:
    """The channel and address of a message, or None when there is no way.

    `on` are the channels that the installation has. The chosen one is taken where it is possible,
    else the other; an address that failed is the last choice. Without a choice it is e-mail.
    """
    addresses = {Channel.EMAIL: to.email, Channel.SMS: to.phone}
    possible = [channel for channel in kind.channels if channel in on]
    order = sorted(possible, key=lambda channel: channel is not choices.channel_or_usual)
    ways = [(channel, address) for channel in order if (address := addresses[channel])]
    return next((way for way in ways if way[1] not in failed), ways[0] if ways else None)
