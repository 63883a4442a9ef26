"""A person's days as entries of a calendar, in her language."""

from collections.abc import Mapping, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.periods import instant_of, time_of
from jobsearch.desk.feed.queries import FeedBlock, FeedDay
from jobsearch.web.calendars import Entry
from jobsearch.web.formats import LOCALES, time_text


def entries_of(
    days: Sequence[FeedDay], blocks: Mapping[str, Sequence[FeedBlock]], language: str
) -> list[Entry]:
    """The entries of these days; a summary is neutral, as others may see the calendar."""
    with force_locale(LOCALES[language]):
        return [_entry(day, blocks.get(day.id, ()), language) for day in days]


def _entry(day: FeedDay, blocks: Sequence[FeedBlock], language: str) -> Entry:
    return Entry(
        key=day.id,
        starts_at=instant_of(day.on, day.starts_minute, day.zone),
        ends_at=instant_of(day.on, day.ends_minute, day.zone),
        summary=_("Meeting %(number)d / %(count)d", number=day.position, count=day.days),
        description="\n".join(_lines(day, blocks, language)),
        location=day.meeting_url or day.place,
        url=day.meeting_url,
        is_cancelled=day.is_cancelled,
        revision=day.version - 1,
    )


def _lines(day: FeedDay, blocks: Sequence[FeedBlock], language: str) -> list[str]:
    lines = [day.cohort, day.title.say(language)]  # a coach may have two groups on one day
    for block in blocks:
        title = block.text.say(language).partition("\n")[0]
        lines.append(f"{time_text(time_of(block.starts_minute), language)} {title}")
    if day.meeting_url or day.meeting_phone:
        lines.append("")
    if day.meeting_url:
        lines.append(_("Join the meeting: %(address)s", address=day.meeting_url))
    if day.meeting_phone:
        lines.append(_("Join by phone: %(number)s", number=day.meeting_phone))
    return lines
