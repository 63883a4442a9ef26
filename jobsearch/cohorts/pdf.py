"""A group's timetable on one page of paper: three weeks below each other, four days beside."""

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.queries import get_cohort_with_days
from jobsearch.cohorts.timetable import Card, Timetable, Week, timetable_of
from jobsearch.core.periods import time_of
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.fonts import STRONG
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Cell, Row, Rows, Shape, Words
from jobsearch.pdf.styles import Look
from jobsearch.programmes.rules import KIND_NAMES
from jobsearch.web.formats import LOCALES, day_range, hours, short_day, time_text, week_text

_FEWEST_COLUMNS = 4
_DAY = Look(face=STRONG, size=9.5, leading=12)
_SUB = Look(size=8, leading=10.5, colour=styles.MUTED)
_TITLE = Look(face=STRONG, size=8.5, leading=10.5, before=1)
_BLOCK = Look(size=8, leading=10)


def timetable_paper(cohort_id: str, language: str) -> tuple[bytes, str]:
    """A group's timetable in a language, and the name of its file. Raises NotVisible."""
    cohort = get_cohort_with_days(cohort_id)
    with force_locale(LOCALES[language]):
        title = _("Timetable, %(group)s", group=cohort.name)
        story = _story(cohort, timetable_of(cohort, language), language)
        content = build(
            Document(
                title=title,
                author=cohort.programme.name,
                language=language,
                story=tuple(story),
                running=(cohort.programme.name, title),
                foot=_("Days can move: the timetable in the service is always right."),
                number_page=lambda page, pages: _(
                    "Page %(page)d / %(pages)d", page=page, pages=pages
                ),
            )
        )
    return content, f"{title}.pdf"


def _story(cohort: Cohort, days: Timetable, language: str) -> Blocks:
    span = day_range(days.first, days.last, language)
    story = blocks.letterhead(
        [cohort.programme.name], [span, hours(days.paid_minutes, language=language)]
    )
    story += blocks.title(_("Timetable, %(group)s", group=cohort.name))
    for line in _join(cohort):
        story += blocks.text(line, styles.SMALL)
    for week in days.weeks:
        story += _week(week, language)
    return story


def _join(cohort: Cohort) -> list[str]:
    lines = []
    if cohort.coach:
        lines.append(_("Coach: %(name)s", name=cohort.coach.name))
    if cohort.meeting_url:
        lines.append(_("Join the meeting: %(address)s", address=cohort.meeting_url))
    if cohort.meeting_phone:
        lines.append(_("Join by phone: %(number)s", number=cohort.meeting_phone))
    return lines


def _week(week: Week, language: str) -> Blocks:
    count = ngettext("%(num)d day", "%(num)d days", week.days)
    paid = hours(week.paid_minutes, language=language)
    heading = f"{week_text(week.number, language).capitalize()} · {count} · {paid}"
    columns = max(_FEWEST_COLUMNS, len(week.cards))
    cells = [_cell(card, language) for card in week.cards]
    cells += [()] * (columns - len(cells))
    row = Row(tuple(cells), above=(0.9, styles.BAR), below=(0.5, styles.HAIR), pad_top=4)
    shape = Shape((styles.WIDTH / columns,) * columns, pad_left=0, pad_right=6)
    return [*blocks.section(heading), Rows([row], shape)]


def _cell(card: Card, language: str) -> Cell:
    day = Words(short_day(card.on, language), _DAY, "P")
    if card.position is None:
        return day, Words(_("%(holiday)s, free", holiday=card.holiday), _SUB, "P")
    number = _("Day %(number)d", number=card.position)
    title = Words(card.title.say(language) if card.title else "", _TITLE, "P")
    if card.is_cancelled:
        return day, Words(f"{number} · {_('Cancelled')}", _SUB, "P"), title
    paid = hours(card.paid_minutes, language=language)
    return day, Words(f"{number} · {paid}", _SUB, "P"), title, *_blocks(card, language)


def _blocks(card: Card, language: str) -> list[Words]:
    lines, minute = [], card.starts_minute
    for block in card.blocks:
        name = block.text.say(language).partition("\n")[0] or _(KIND_NAMES[block.kind])
        lines.append(Words(f"{time_text(time_of(minute), language)} {name}", _BLOCK, "P"))
        minute += block.minutes
    return lines
