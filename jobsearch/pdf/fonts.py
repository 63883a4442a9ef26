"""The fonts of paper: Source Sans 3, DejaVu Sans for letters it lacks, Noto Emoji for small
pictures, and the subsets of them that are kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import reportlab
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from jobsearch.pdf.turning import plain_letters

REGULAR = "Paper"
STRONG = "PaperStrong"
_REST = {REGULAR: "PaperRest", STRONG: "PaperRestStrong"}
_PICTURES = "PaperPictures"  # read only when a text shows one
_VENDOR = Path(__file__).parents[1] / "static" / "vendor" / "fonts"
_SYSTEM = Path("/usr/share/fonts/truetype/dejavu")
_BUILT_IN = Path(reportlab.__file__).parent / "fonts"
_FILES = {
    REGULAR: (
        _VENDOR / "SourceSans3_400Regular.ttf",
        _VENDOR / "DejaVuSans.ttf",
        _SYSTEM / "DejaVuSans.ttf",
        _BUILT_IN / "Vera.ttf",
    ),
    STRONG: (
        _VENDOR / "SourceSans3_600SemiBold.ttf",
        _VENDOR / "DejaVuSans-Bold.ttf",
        _SYSTEM / "DejaVuSans-Bold.ttf",
        _BUILT_IN / "VeraBd.ttf",
    ),
}
_BLANK = 0x20  # stands at its own code in every subset, so that words are words
_OFTEN = (
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "ÄÅÖäåöÉéÜüßÆØæøÀÁÂÃÇÈÊËÌÍÎÏÐÑÒÓÔÕÙÚÛÝÞàáâãçèêëìíîïðñòóôõùúûýþÿČčĐđŊŋŠšŦŧŽž§°±²·×«»½–—’“”…•€−"
)
_SUBSET_SIZE = 256
_loaded: dict[str, KeptFont] = {}
_loading = Lock()
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Subset:
    """What a document needs of one subset, ready to be written."""

    font_file: bytes
    font_file_length: int
    unicode_map: bytes
    widths: bytes


class _StartsWithKeptLetters:
    """The letters given out in one document: the first subset is the same in all of them.

    ReportLab asks for these attributes of a font's state (TTFont.State).
    """

    namePrefix = "F"  # noqa: N815 - the library's name

    def __init__(self, font: KeptFont) -> None:
        first = [0] * _BLANK + [_BLANK]
        if font.keeps:
            first += [ord(letter) if letter in font.letters else 0 for letter in _OFTEN]
        self.assignments = {code: at for at, code in enumerate(first) if code} | {0: 0}
        self.subsets = [first]
        # What else a document needs goes into subsets of its own.
        self.nextCode = _SUBSET_SIZE if font.keeps else len(first)
        self.internalName: str | None = None
        self.frozen = 0


class _States(WeakKeyDictionary[Any, Any]):
    """A font's states by document, made when a document first asks."""

    def __init__(self, font: KeptFont) -> None:
        super().__init__()
        self._font = font

    def __getitem__(self, document: Any) -> Any:
        try:
            return super().__getitem__(document)
        except KeyError:
            state = _StartsWithKeptLetters(self._font)
            self[document] = state
            return state


class KeptFont(TTFont):
    """A TrueType font whose first subset is made once per process instead of once per document.

    Making subsets is about half the work of a one-page document (bench: 2.7-3.4 ms). The fonts for
    rare letters keep nothing: a document carries only what it shows of them.
    """

    def __init__(self, name: str, path: Path, keeps: bool) -> None:
        super().__init__(name, str(path), shapable=False)
        self.keeps = keeps
        self.state = _States(self)
        self.letters = frozenset({*map(chr, self.face.charToGlyph), "\u00a0"})
        self.subset = lru_cache(maxsize=64)(self._subset)

    def _subset(self, codes: tuple[int, ...], name: str) -> _Subset:
        font_file = self.face.makeSubset(list(codes))
        return _Subset(
            zlib.compress(font_file),
            len(font_file),
            zlib.compress(_unicode_map(name, codes)),
            b"[%s]" % b" ".join(b"%d" % self.face.getCharWidth(code) for code in codes),
        )

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        """Write the subsets that the document used (after TTFont.addObjects)."""
        state = self.state[doc]
        state.frozen = 1
        for number, codes in enumerate(state.subsets):
            key = self.getSubsetInternalName(number, doc)[1:]
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode()
            made = self.subset(tuple(codes), name)
            font: Any = pdfdoc.PDFTrueTypeFont()
            font.Name, font.BaseFont = key, name
            font.FirstChar, font.LastChar = 0, len(codes) - 1
            font.Widths = made.widths
            font.ToUnicode = doc.Reference(_stream(made.unicode_map), f"toUnicodeCMap:{name}")
            font.FontDescriptor = self._descriptor(doc, name, made)
            doc.Reference(font, key)
            doc.idToObject["BasicFonts"].dict[key] = font
        del self.state[doc]

    def _descriptor(self, doc: Any, name: str, made: _Subset) -> Any:
        face = self.face
        font_file = _stream(made.font_file, Length1=made.font_file_length)
        return doc.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": "/FontDescriptor",
                    "Ascent": face.ascent,
                    "CapHeight": face.capHeight,
                    "Descent": face.descent,
                    "Flags": face.flags & ~(1 << 5) | (1 << 2),  # symbolic: it has its own codes
                    "FontBBox": pdfdoc.PDFArray(face.bbox),
                    "FontName": pdfdoc.PDFName(name),
                    "ItalicAngle": face.italicAngle,
                    "StemV": face.stemV,
                    "FontFile2": doc.Reference(font_file, f"fontFile:{name}"),
                    "MissingWidth": face.defaultWidth,
                }
            ),
            f"fontDescriptor:{name}",
        )


def _unicode_map(name: str, codes: tuple[int, ...]) -> bytes:
    """What the codes of a subset stand for, as ISO 32000-1, 9.10.3 wants it.

    ReportLab's own knows no letters beyond U+FFFF. Joined Arabic forms are given as the letters
    that were typed.
    """
    lines = [f"<{at:02X}> <{_typed(code)}>" for at, code in enumerate(codes)]
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<00> <{len(codes) - 1:02X}>\nendcodespacerange\n{len(codes)} beginbfchar\n"
        + "\n".join(lines)
        + "\nendbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


def _typed(code: int) -> str:
    letter = chr(code)
    if 0xFB50 <= code < 0xFEFD:
        letter = plain_letters().get(letter, letter)
    return letter.encode("utf-16-be", "surrogatepass").hex().upper()


def _stream(packed: bytes, **entries: int) -> Any:
    """A stream whose bytes are deflated already."""
    dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **entries})
    return pdfdoc.PDFStream(dictionary, packed)


def font_named(name: str) -> KeptFont:
    """The font of one of our names, read from the first file of its list that is there.

    There is only ever one object of each: a document's letters are counted in it.
    """
    if name not in _loaded:
        with _loading:
            if name not in _loaded:
                # The last of the list is ReportLab's own Vera, which is always there.
                path = next(path for path in _files(name) if path.is_file())
                font = KeptFont(name, path, keeps=name in _FILES)
                pdfmetrics.registerFont(font)
                _loaded[name] = font
    return _loaded[name]


def _files(name: str) -> tuple[Path, ...]:
    for face, rest in _REST.items():
        if name == rest:
            return _FILES[face][1:]
    if name == _PICTURES:
        return (_VENDOR / "NotoEmoji_400Regular.ttf", *_FILES[REGULAR][1:])
    return _FILES[name]


def load() -> None:
    """Register the fonts of letters; the first call of a process costs some 50 ms, then nothing."""
    for name in (*_REST, *_REST.values()):
        font_named(name)


class _Widths(dict[str, float]):
    """How wide each letter is, in thousandths of the size, in whichever font will draw it."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, letter: str) -> float:
        [(font, shown)] = runs(self._face, letter)
        self[letter] = float(font_named(font).face.getCharWidth(ord(shown)))
        return self[letter]


@cache
def widths(face: str) -> _Widths:
    """The widths of a face's letters; those that it lacks have the width of the other font's."""
    return _Widths(face)


def width(face: str, size: float, text: str) -> float:
    """How wide the text is in points."""
    return sum(map(widths(face).__getitem__, text)) * size / 1000


def runs(face: str, text: str) -> list[tuple[str, str]]:
    """The text in runs of (font, letters); a letter that no font has becomes a replacement sign."""
    mine = font_named(face).letters
    if mine.issuperset(text):
        return [(face, text)]
    rest = _REST[face]
    others = font_named(rest).letters
    found: list[tuple[str, str]] = []
    for letter in text:
        font, shown = face, letter
        if letter not in mine:
            font, shown = (rest, letter) if letter in others else _rare(rest, letter)
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + shown)
        else:
            found.append((font, shown))
    return found


def _rare(rest: str, letter: str) -> tuple[str, str]:
    """The font and letter for what neither font of letters has: a picture, else a sign."""
    if letter in font_named(_PICTURES).letters:
        return _PICTURES, letter
    return rest, _REPLACEMENT if _REPLACEMENT in font_named(rest).letters else "?"
