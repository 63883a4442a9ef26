"""Pages: a story of blocks on A4 with running head and foot, to bytes that are always the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus.flowables import Flowable

from jobsearch.pdf import styles
from jobsearch.pdf.fonts import REGULAR, load, runs, width
from jobsearch.pdf.styles import FOOT_SIZE, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH
from jobsearch.pdf.tagging import TaggedCanvas, tagged
from jobsearch.pdf.text import one_line

_LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
_FOOT_ROOM = 26
_HEAD_ROOM = 28
_FOOT_LINE = MARGIN + 13
_NOTE_BELOW = 11
_COMMENT = 500
_NAMES = (b"ReportLab", b"jobsearch")
_LAST_NOTE = 0.72  # of the width that the foot's words may take

# A font reads its file at a place that all threads share, so one document is drawn at a time;
# it is all computing, so nothing is lost by it.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Document:
    """A document to print: what it is, its story, and what stands on every page.

    `running` (left and right) heads the second page and those after it, the first has its own
    letterhead in the story. `note` is a second line under the foot, `number_page(page, pages)`
    words the page number. With `has_outline` a reader's program lists the headings.
    """

    title: str
    author: str
    language: str
    story: tuple[Flowable, ...]
    running: tuple[str, str]
    foot: str
    number_page: Callable[[int, int], str]
    subject: str = ""
    note: str = ""
    has_outline: bool = False


def build(document: Document) -> bytes:
    """The PDF: tagged, fonts embedded, language and title set; the same document, same bytes."""
    load()
    out = io.BytesIO()
    with _one_at_a_time:
        made = BaseDocTemplate(
            out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=one_line(document.title),
            author=one_line(document.author),
            subject=one_line(document.subject),
            creator="jobsearch",
            producer="jobsearch",
            lang=_LANGUAGES[document.language],
            invariant=1,
            initialFontName=REGULAR,
            pageTemplates=_templates(document),
            allowSplitting=1,
        )
        made.build(list(document.story), canvasmaker=partial(NumberedCanvas, document))
    return _unsigned(out.getvalue())


def _unsigned(content: bytes) -> bytes:
    """The file without the library's name in its first and last comment, of the same length."""
    first, last = content[:_COMMENT], content[-_COMMENT:]
    rest = content[_COMMENT:-_COMMENT]
    return b"".join((first.replace(*_NAMES), rest, last.replace(*_NAMES)))


def _templates(document: Document) -> list[PageTemplate]:
    bottom = MARGIN + _FOOT_ROOM
    first = PAGE_HEIGHT - MARGIN - bottom
    later = first - _HEAD_ROOM
    return [
        PageTemplate(
            "first",
            [_frame(bottom, first)],
            onPage=lambda canvas, _: _draw_foot(tagged(canvas), document),
            autoNextPageTemplate="later",
        ),
        PageTemplate(
            "later",
            [_frame(bottom, later)],
            onPage=lambda canvas, _: _draw_head_and_foot(tagged(canvas), document),
        ),
    ]


def _frame(bottom: float, height: float) -> Frame:
    return Frame(MARGIN, bottom, WIDTH, height, 0, 0, 0, 0)


def _draw_head_and_foot(canvas: TaggedCanvas, document: Document) -> None:
    with canvas.decoration():
        top = PAGE_HEIGHT - MARGIN - FOOT_SIZE
        left, right = (one_line(words) for words in document.running)
        canvas.ink(styles.MUTED)
        _draw(canvas, left, MARGIN, top, WIDTH / 2 - 6)
        _draw(canvas, right, PAGE_WIDTH - MARGIN, top, WIDTH / 2 - 6, right=True)
        canvas.rules(0.6, styles.HAIR, [(MARGIN, PAGE_WIDTH - MARGIN, top - 6)])
    _draw_foot(canvas, document)


def _draw_foot(canvas: TaggedCanvas, document: Document) -> None:
    with canvas.decoration():
        canvas.rules(0.6, styles.HAIR, [(MARGIN, PAGE_WIDTH - MARGIN, _FOOT_LINE)])
        canvas.ink(styles.MUTED)
        _draw(canvas, one_line(document.foot), MARGIN, MARGIN, WIDTH * _LAST_NOTE)
        if document.note:
            _draw(canvas, one_line(document.note), MARGIN, MARGIN - _NOTE_BELOW, WIDTH)
        canvas.doForm(_page_form(canvas.getPageNumber()))


def _page_form(page: int) -> str:
    return f"page{page}"


def _draw(
    canvas: TaggedCanvas, words: str, x: float, y: float, most: float, right: bool = False
) -> None:
    """Draw one line, shortened to fit."""
    wide = width(REGULAR, FOOT_SIZE, words)
    while wide > most and words:
        words = words[: int(len(words) * most / wide) - 1].rstrip("…") + "…"
        wide = width(REGULAR, FOOT_SIZE, words)
    canvas.write(x - wide if right else x, y, FOOT_SIZE, runs(REGULAR, words))


class NumberedCanvas(TaggedCanvas):
    """Fills in the page numbers once it knows how many pages there are."""

    def __init__(self, document: Document, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._document = document
        self.has_outline = document.has_outline

    def save(self) -> None:
        """Draw the forms that the pages' feet refer to, then write the file."""
        if self._code:
            self.showPage()
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(_page_form(page))
            self.ink(styles.MUTED)
            words = one_line(self._document.number_page(page, pages))
            _draw(self, words, PAGE_WIDTH - MARGIN, MARGIN, WIDTH / 4, right=True)
            self.endForm()
        super().save()
