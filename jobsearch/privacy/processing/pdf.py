"""The register of processing on paper."""

from datetime import date

from flask_babel import gettext as _

from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.privacy.processing.queries import Line, Register
from jobsearch.privacy.processing.rules import SAFEGUARDS
from jobsearch.web.formats import date_text


def register_pdf(register: Register, day: date, language: str) -> bytes:
    """The PDF of the register as it is on a day, in the language of its reader."""
    title = _("Register of processing activities")
    name = register.controller.name
    return build(
        Document(
            title=f"{title} – {name}",
            author=name,
            language=language,
            subject=title,
            story=tuple(_story(register, title, day, language)),
            running=(name, title),
            foot=f"{title}, {date_text(day, language)}",
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
            has_outline=True,
        )
    )


def _story(register: Register, title: str, day: date, language: str) -> Blocks:
    one = register.controller
    story = blocks.letterhead([one.name], [title, date_text(day, language)])
    story += blocks.title(title)
    facts = [
        (_("Controller"), one.name),
        (_("Business id"), one.business_id or ""),
        (_("Address"), one.postal_address),
        (_("Whom to ask about data"), ", ".join(register.contact)),
    ]
    story += blocks.facts(facts, columns=2)
    story += blocks.section(_("How the data is protected"))
    story += blocks.bullets([_(words) for words in SAFEGUARDS])
    for line in register.lines:
        story += _activity(line)
    return story


def _activity(line: Line) -> Blocks:
    made = blocks.section(_(line.words.name))
    made += blocks.facts(
        [
            (_("Whose data"), _(line.words.persons)),
            (_("Recipients outside"), _(line.words.recipients)),
        ],
        columns=2,
    )
    made += blocks.space(6)
    for heading, what in (
        (_("Why"), "purpose"),
        (_("Legal basis"), "basis"),
        (_("Kept for"), "retention"),
        (_("Who sees it"), "sees"),
    ):
        made += _heading(heading)
        made += blocks.bullets([_(words) for words in line.each(what)])
    made += _heading(_("Data"))
    made += blocks.bullets(
        [
            f"{_(table)}: {', '.join(column.name for column in columns)}"
            for table, columns in line.tables.items()
        ]
    )
    return made


def _heading(words: str) -> Blocks:
    """A line over a list, never alone at the foot of a page."""
    return blocks.room(40) + blocks.space(4) + blocks.text(words, styles.BODY_STRONG)
