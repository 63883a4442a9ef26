"""A canvas that says what is a heading, a paragraph, a table cell: tagged PDF for screen readers.

ReportLab has no tagging of its own; this writes the structure tree of ISO 32000-1, 14.7 and 14.8.
What it makes has not been checked with veraPDF, so nothing here claims PDF/UA.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from jobsearch.pdf.fonts import font_named

_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:format>application/pdf</dc:format>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


_OUTLINED = {"H1": 0, "H2": 1}


def _hex(words: str) -> str:
    """A text string of PDF, written in hexadecimal."""
    return "FEFF" + words.encode("utf-16-be", "surrogatepass").hex().upper()


def tagged(canvas: object) -> TaggedCanvas:
    """The canvas that a block draws on, which is always one of ours."""
    assert isinstance(canvas, TaggedCanvas)
    return canvas


class Element:
    """A node of the structure tree: its role, its children, and its marks on pages.

    A figure says in `alternative` what it shows, and in `box` where it stands on its page.
    """

    __slots__ = ("alternative", "box", "kids", "role", "scope")

    def __init__(self, role: str, parent: Element | None = None, scope: str = "") -> None:
        self.role = role
        self.scope = scope
        self.alternative = ""
        self.box: tuple[float, float, float, float] | None = None
        self.kids: list[Element | tuple[int, int]] = []
        if parent is not None:
            parent.kids.append(self)


def _attributes(element: Element) -> bytes:
    """What an element says besides its role: a heading's scope, a figure's words and place."""
    if element.scope:
        return b"/A<</O/Table/Scope/%s>>" % element.scope.encode()
    if not element.alternative:
        return b""
    words = b"/Alt <%s>" % _hex(element.alternative).encode()
    if element.box is None:
        return words
    return words + b"/A<</O/Layout/BBox[%.2f %.2f %.2f %.2f]>>" % element.box


class _Written(pdfdoc.PDFObject):
    """An indirect object whose text is known; many small ones are slow as dictionaries."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.content = b""

    def format(self, document: Any) -> bytes:
        return self.content


class TaggedCanvas(Canvas):
    """A canvas with a structure tree. Everything drawn is either marked or an artifact."""

    # Of ReportLab's canvas, beyond its public face.
    _code: list[str]
    _doc: Any
    _filename: Any
    _fillColorObj: Any  # noqa: N815 - the library's name

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("pdfVersion", (1, 7))
        super().__init__(*args, **options)
        self._language = str(options.get("lang") or "")
        self.has_outline = False
        self._headings = 0
        self._tree = Element("Document")
        self._open = [self._tree]
        self._marks: list[Element] = []
        self._sequences: list[str] = []
        self._marked_pages: list[tuple[str, list[Element]]] = []

    # What blocks call

    def begin(self, role: str, element: Element | None = None, scope: str = "") -> Element:
        """Open an element; what is made until `end` is inside it."""
        element = element or Element(role, self._open[-1], scope)
        self._open.append(element)
        return element

    def end(self) -> None:
        """Close the element opened last."""
        self._open.pop()

    def inside(self) -> Element:
        """The element that is open."""
        return self._open[-1]

    def mark(self, element: Element) -> None:
        """Say that what is drawn until `unmark` is the content of the element.

        Inside decoration nothing is content, as in the repeated headings of a table.
        """
        if "Artifact" in self._sequences:
            self._sequences.append("")
            return
        element.kids.append((len(self._marked_pages), len(self._marks)))
        self._code.append(f"/{element.role} <</MCID {len(self._marks)}>> BDC")
        self._sequences.append(element.role)
        self._marks.append(element)

    @contextmanager
    def figure(self, said: str, width: float, height: float) -> Iterator[None]:
        """Around the drawing of one picture; `said` is all of it in words."""
        figure = Element("Figure", self.inside())
        figure.alternative = said
        x, y = self.absolutePosition(0, 0)
        figure.box = (x, y, x + width, y + height)
        self.mark(figure)
        yield
        self.unmark()

    def artifact(self, kind: str = "Layout") -> None:
        """Say that what is drawn until `unmark` is decoration: lines, running heads."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        self._sequences.append("Artifact")

    def unmark(self) -> None:
        """End what `mark` or `artifact` began."""
        if self._sequences.pop():
            self._code.append("EMC")

    # Text and lines are written as operators here: the library's way takes three times as long,
    # and these two are most of what a document draws.

    def write(
        self, x: float, y: float, size: float, runs: list[tuple[str, str]], said: str = ""
    ) -> None:
        """One line of text from x on, its baseline at y, in runs of (font, letters).

        `said` is the line as it is read, where that differs from the order of drawing.
        """
        doc, code = self._doc, [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        if said:
            code.insert(0, f"/Span <</ActualText <{_hex(said)}>>> BDC")
        for name, letters in runs:
            font = font_named(name)
            for subset, coded in font.splitString(letters, doc):
                code.append(f"{font.getSubsetInternalName(subset, doc)} {size:g} Tf")
                code.append(f"({escapePDF(coded)}) Tj")
        code.append("ET EMC" if said else "ET")
        self._code.append(" ".join(code))

    def heading(self, role: str, words: str, top: float) -> None:
        """A bookmark to a heading whose upper edge is at `top`, where the document has them."""
        if not self.has_outline or role not in _OUTLINED or "Artifact" in self._sequences:
            return
        self._headings += 1
        key = f"heading{self._headings}"
        _, y = self.absolutePosition(0, top)
        self.bookmarkPage(key, fit="XYZ", left=0, top=round(y + 4, 2))
        self.addOutlineEntry(words, key, level=_OUTLINED[role])

    def ink(self, colour: Color) -> None:
        """The colour of text and panels from here on."""
        if self._fillColorObj is not colour:
            self.setFillColor(colour)

    def rules(
        self, thickness: float, colour: Color, spans: Sequence[tuple[float, float, float]]
    ) -> None:
        """Level lines, each (from x, to x, y)."""
        self.setLineWidth(thickness)
        self.setStrokeColor(colour)
        self._code += [f"{x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S" for x, end, y in spans]

    @contextmanager
    def decoration(self, kind: str = "Pagination") -> Iterator[None]:
        """Around the drawing of a running head or foot."""
        self.artifact(kind)
        yield
        self.unmark()

    # What ReportLab calls

    def _setColorSpace(self, obj: Any) -> None:  # noqa: N802 - once for each page and form
        page = isinstance(obj, pdfdoc.PDFPage)
        if page:
            obj.__NoDefault__ = [*obj.__NoDefault__, "StructParents", "Tabs"]
            obj.StructParents = len(self._marked_pages)
            obj.Tabs = pdfdoc.PDFName("S")
            self._marked_pages.append((self._doc.thisPageName(), self._marks))
            self._marks = []
        super()._setColorSpace(obj)  # type: ignore[misc]

    def save(self) -> None:
        """Write the tree, then the file."""
        if self._code:
            self.showPage()
        self._write_tree()
        catalog = self._doc.Catalog
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = pdfdoc.XMP(creator=self._xmp)
        catalog.Metadata.filters = []
        self._doc.SaveToFile(self._filename, self)

    # The tree

    def _number(self, name: str) -> int:
        number: int = self._doc.idToObjectNumberAndVersion[name][0]
        return number

    def _new(self) -> tuple[_Written, int]:
        written = _Written()
        return written, self._number(self._doc.Reference(written).name)

    def _write_tree(self) -> None:
        root, root_number = self._new()
        numbers: dict[Element, int] = {}
        pages = [self._number(name) for name, _ in self._marked_pages]
        top = self._write(self._tree, root_number, pages, numbers)
        parents = []
        for at, (_, marks) in enumerate(self._marked_pages):
            array, number = self._new()
            array.content = b"[%s]" % b" ".join(b"%d 0 R" % numbers[mark] for mark in marks)
            parents.append(b"%d %d 0 R" % (at, number))
        root.content = (
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>"
            % (top, b" ".join(parents), len(parents))
        )
        self._doc.Catalog.StructTreeRoot = self._doc.Reference(root)

    def _write(
        self, element: Element, parent: int, pages: list[int], numbers: dict[Element, int]
    ) -> int:
        written, number = self._new()
        numbers[element] = number
        first_page: int | None = None
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(b"%d 0 R" % self._write(kid, number, pages, numbers))
                continue
            page, mark = kid
            first_page = page if first_page is None else first_page
            if page == first_page:
                kids.append(b"%d" % mark)
            else:
                kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[page], mark))
        written.content = b"<</S/%s/P %d 0 R%s%s/K[%s]>>" % (
            element.role.encode(),
            parent,
            b"" if first_page is None else b"/Pg %d 0 R" % pages[first_page],
            _attributes(element),
            b" ".join(kids),
        )
        return number

    def _xmp(self, doc: Any) -> bytes:
        return _XMP.format(
            title=escape(str(doc.info.title)),
            author=escape(str(doc.info.author)),
            language=escape(self._language),
        ).encode()
