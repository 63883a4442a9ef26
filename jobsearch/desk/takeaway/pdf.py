"""A participant's search on paper: her strategy, her figures, what was agreed, her documents."""

from collections.abc import Sequence

from flask_babel import gettext as _

from jobsearch.coaching.documents.rules import KIND_NAMES, STATE_NAMES
from jobsearch.desk.takeaway.everything import Everything
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Cell, Row, Rows, Shape, cell
from jobsearch.pdf.styles import Look
from jobsearch.tracker.funnel.rules import STEP_NAMES, Line
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.formats import date_text, day_range, hours, moment, of

_FIGURE_WIDTH = 66


def summary_pdf(all_: Everything) -> bytes:
    """The summary in the participant's language; the same rows give the same bytes."""
    title = _("My job search")
    day = date_text(all_.as_of, all_.language)
    return build(
        Document(
            title=f"{title} – {all_.name}",
            author=all_.name,
            language=all_.language,
            subject=title,
            story=tuple(_story(all_, title, day)),
            running=(all_.name, title),
            foot=_("Taken home on %(day)s. Only what is yours is in it.", day=day),
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
        )
    )


def _story(all_: Everything, title: str, day: str) -> Blocks:
    story = blocks.letterhead([all_.name], [day])
    story += blocks.title(title)
    story += blocks.facts(_facts(all_))
    story += _strategies(all_)
    story += _figures(all_)
    story += _steps(all_)
    story += _documents(all_)
    return story


def _facts(all_: Everything) -> list[tuple[str, str]]:
    days = [one.on for one in all_.actions]
    period = day_range(min(days), max(days), language=all_.language) if days else ""
    paid = sum(one.paid_minutes for one in all_.hours)
    total = all_.funnel.total
    return [
        (_("Days of the search"), period),
        (_("Actions"), str(total.actions)),
        (_("Interviews"), str(total.interviews)),
        (_("Paid hours"), hours(paid, language=all_.language)),
        (_("Employers"), str(len(all_.employers))),
        (_("Jobs found"), str(total.jobs)),
    ]


def _strategies(all_: Everything) -> Blocks:
    made: Blocks = []
    for one in all_.strategies:
        made += blocks.section(_("Strategy, %(group)s", group=one.group))
        texts = (
            (_("Goal"), one.goal),
            (_("Kinds of work"), one.work),
            (_("Area"), one.area),
            (_("My own targets"), one.targets),
        )
        for name, said in texts:
            if said:
                made += blocks.text(name, styles.LABEL) + blocks.text(said)
        written = moment(one.written_at, all_.language, all_.zone)
        made += blocks.text(_("Last written %(when)s", when=written), styles.NOTE)
    return made


def _figures(all_: Everything) -> Blocks:
    made = blocks.section(_("What I did, and what came of it"))
    funnel = all_.funnel
    if funnel.is_empty:
        return made + blocks.text(_("Nothing is logged."))
    made += _table(
        [_("What"), _("How many")],
        [[_(LOOKS[kind].plural), str(one.total)] for kind, one in funnel.made.items()],
    )
    heads = [_("How"), *(_(name) for name in STEP_NAMES.values())]
    made += blocks.space(6)
    made += _table(heads, [_line(line) for line in funnel.channels])
    replied = funnel.total.replied
    as_of = date_text(all_.as_of, all_.language)
    said = _(
        "Replies to the actions of which a reply can be known: %(share)s. "
        "All that was logged up to %(day)s is counted.",
        share=of(replied.numerator, replied.denominator, all_.language),
        day=as_of,
    )
    return made + blocks.text(said, styles.NOTE)


def _line(line: Line) -> list[str]:
    return [_(line.name), *(str(count) for _step, count in line.steps.in_order)]


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> Blocks:
    """Names at the left, figures at the right."""

    def row(texts: Sequence[str], first: Look, others: Look) -> tuple[Cell, ...]:
        return tuple(cell(text, others if at else first) for at, text in enumerate(texts))

    head = Row(
        row(heads, styles.CELL_STRONG, styles.NUMBER_STRONG),
        is_head=True,
        below=(0.9, styles.BAR),
    )
    rows = [Row(row(line, styles.CELL, styles.NUMBER), below=(0.5, styles.HAIR)) for line in lines]
    figures = len(heads) - 1
    widths = (styles.WIDTH - figures * _FIGURE_WIDTH, *(_FIGURE_WIDTH,) * figures)
    return [Rows([head, *rows], Shape(widths, named_rows=True), after=5)]


def _steps(all_: Everything) -> Blocks:
    made = blocks.section(_("Agreed steps"))
    if not all_.steps:
        return made + blocks.text(_("Nothing agreed yet."))
    items = []
    for one in all_.steps:
        agreed = date_text(one.agreed_at, all_.language)
        if one.done_at is None:
            items.append(_("%(step)s (agreed %(day)s)", step=one.text, day=agreed))
        else:
            done = date_text(one.done_at, all_.language)
            items.append(_("%(step)s (done %(day)s)", step=one.text, day=done))
    return made + blocks.bullets(items)


def _documents(all_: Everything) -> Blocks:
    made = blocks.section(_("Documents"))
    # the newest version with a file, else the last row that there is
    shown = {one.id: one for one in sorted(all_.versions, key=lambda one: bool(one.is_current))}
    items = []
    for one in shown.values():
        name = ", ".join(filter(None, (_(KIND_NAMES[one.kind]), one.role_title, one.employer)))
        state = _(STATE_NAMES[one.state])
        if one.is_current:
            items.append(
                _("%(name)s: %(state)s, file %(file)s", name=name, state=state, file=one.name)
            )
        else:
            items.append(_("%(name)s: %(state)s", name=name, state=state))
    if not items:
        return made + blocks.text(_("There are no documents."))
    return made + blocks.bullets(items)
