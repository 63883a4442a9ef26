"""A person's days, talks and job interviews as entries of a calendar, in her language."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.clock import local
from jobsearch.core.periods import instant_of, time_of
from jobsearch.desk.feed.queries import FeedBlock, FeedDay, FeedInterview, FeedTalk
from jobsearch.tracker.interviews.rules import WAY_NAMES, is_link
from jobsearch.web.calendars import Entry
from jobsearch.web.formats import LOCALES, time_text


def entries_of(
    days: Sequence[FeedDay], blocks: Mapping[str, Sequence[FeedBlock]], language: str
) -> list[Entry]:
    """The entries of these days; a summary is neutral, as others may see the calendar."""
    with force_locale(LOCALES[language]):
        return [_entry(day, blocks.get(day.id, ()), language) for day in days]


def entries_of_talks(talks: Sequence[FeedTalk], language: str, zone: str) -> list[Entry]:
    """The entries of booked talks, as the clock on the wall of a zone shows them."""
    with force_locale(LOCALES[language]):
        return [_talk(talk, zone) for talk in talks]


def _talk(talk: FeedTalk, zone: str) -> Entry:
    starts_at = local(talk.starts_at, zone)
    return Entry(
        key=talk.id,
        starts_at=starts_at,
        ends_at=local(talk.starts_at + timedelta(minutes=talk.minutes), zone),
        summary=_("Talk"),
        description="\n".join([talk.other, *_ways_to_join(talk)]),
        location=talk.meeting_url or "",
        url=talk.meeting_url,
        revision=talk.version - 1,
    )


def entries_of_interviews(
    interviews: Sequence[FeedInterview], language: str, zone: str
) -> list[Entry]:
    """The entries of job interviews, as the clock on the wall of a zone shows them."""
    with force_locale(LOCALES[language]):
        return [_interview(one, zone) for one in interviews]


def _interview(one: FeedInterview, zone: str) -> Entry:
    return Entry(
        key=one.id,
        starts_at=local(one.starts_at, zone),
        ends_at=local(one.starts_at + timedelta(minutes=one.minutes), zone),
        summary=_("Interview"),
        description="\n".join([one.employer, _(WAY_NAMES[one.way])]),
        location=one.place,
        url=one.place if is_link(one.place) else None,
        is_cancelled=one.is_cancelled,
        revision=one.version - 1,
    )


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
    return lines + _ways_to_join(day)


def _ways_to_join(one: FeedDay | FeedTalk) -> list[str]:
    ways = []
    if one.meeting_url:
        ways.append(_("Join the meeting: %(address)s", address=one.meeting_url))
    if one.meeting_phone:
        ways.append(_("Join by phone: %(number)s", number=one.meeting_phone))
    return ["", *ways] if ways else []
