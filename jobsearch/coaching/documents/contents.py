"""What a file is, said by its bytes and never by its name; what may do harm is refused.

A file is opened by nobody here: its frame is looked at, with limits on what it may unpack to.
"""

import io
import re
import zipfile
from collections.abc import Collection

from PIL import Image

from jobsearch.coaching.documents.rules import MOST_BYTES, FileForm
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

MOST_PARTS = 1_000
MOST_UNPACKED_BYTES = 60 * 1024**2
MOST_PIXELS = 50_000_000
_MOST_MARKERS = 5_000
_PIECE_BYTES = 1024**2

_UNKNOWN = N_("This is not a PDF, DOCX, ODT, JPG or PNG file. Save it as PDF and try again.")
_BROKEN = N_("The file is broken, or only a part of it came. Save it again as PDF and try again.")
_TWO_IN_ONE = N_("There is another file hidden inside this one. Save it again as PDF and send it.")
_OLD = N_("This is an old .doc file, or it has a password. Save it as DOCX or as PDF without one.")
_MACROS = N_("The file has macros, which are small programs. Save it as PDF and send that.")
_UNPACKED = N_("The file is too large when it is unpacked. Save it as PDF and try again.")
_HEIC = N_(
    "This photo is in the phone's own form (HEIC), which many employers cannot open. "
    "Send it as JPG: on an iPhone choose Settings, Camera, Formats, Most Compatible and take the "
    "picture again. Or take a screenshot of the photo and send that."
)
_PIXELS = N_("The picture has more than %(most)d million points. Save it smaller and try again.")

_BLANK = b"\x00\t\n\x0c\r "
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PNG = b"\x89PNG\r\n\x1a\n"
_END_OF_ZIP = b"PK\x05\x06"
_PHONE_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_TYPES = "[Content_Types].xml"
_WORD = b"wordprocessingml.document.main+xml"
_MOTORS = (b"macroenabled", b"vbaproject", b"activex")
# not a stuffed byte, a restart or a fill byte: the next marker of a JPEG
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SINGLE = frozenset({0x01, 0xD8})


def form_of(content: bytes) -> FileForm:
    """Which of the five forms a file is. Raises RuleBroken on `file` with what to do instead."""
    if not content:
        raise _refused(N_("The file is empty. Choose another one."))
    if len(content) > MOST_BYTES:
        raise _refused(
            N_("The file is larger than %(most)d MB. Save it smaller and try again."),
            most=MOST_BYTES // 1024**2,
        )
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith((_PNG, b"\xff\xd8\xff")):
        return _picture(content)
    if content.startswith(_OLD_OFFICE):
        raise _refused(_OLD)
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_BRANDS:
        raise _refused(_HEIC)
    raise _refused(_UNKNOWN)


def _refused(message: str, **gaps: int) -> RuleBroken:
    return RuleBroken(message, field="file", **gaps)


def _pdf(content: bytes) -> FileForm:
    """A PDF from its first byte to its last; one with a password is one."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise _refused(_TWO_IN_ONE)
    if b"startxref" not in content[-4096:] or not content.rstrip(_BLANK).endswith(b"%%EOF"):
        raise _refused(_BROKEN)
    return FileForm.PDF


# Archives


def _packed(content: bytes) -> FileForm:
    if content[-22:-18] != _END_OF_ZIP:  # something follows the archive, or its end is missing
        raise _refused(_BROKEN)
    if b"%PDF-" in content[:1024]:
        raise _refused(_TWO_IN_ONE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _form_of_archive(archive)
    except RuleBroken:
        raise
    # a broken archive breaks the library in many ways
    except Exception:  # noqa: BLE001
        raise _refused(_BROKEN) from None


def _form_of_archive(archive: zipfile.ZipFile) -> FileForm:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise _refused(_UNPACKED)
    names = [part.filename for part in parts]
    methods = {part.compress_type for part in parts}
    if len(set(names)) < len(names) or not methods <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _refused(_BROKEN)
    form = _form_of_parts(archive, names)
    for part in parts:
        _read_through(archive, part)
    return form


def _form_of_parts(archive: zipfile.ZipFile, names: Collection[str]) -> FileForm:
    if "mimetype" in names and _beginning(archive, "mimetype") == FileForm.ODT.encode():
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise _refused(_MACROS)
        return FileForm.ODT
    types = _beginning(archive, _TYPES).lower() if _TYPES in names else b""
    said = types + "\n".join(names).lower().encode()
    if any(motor in said for motor in _MOTORS):
        raise _refused(_MACROS)
    if _WORD in types:
        return FileForm.DOCX
    raise _refused(_UNKNOWN)


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PIECE_BYTES)


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part piece by piece: it is whole, and not larger than it says."""
    with archive.open(part) as opened:
        while opened.read(_PIECE_BYTES):
            pass


# Pictures


def _picture(content: bytes) -> FileForm:
    form = FileForm.PNG if content.startswith(_PNG) else FileForm.JPEG
    width, height = _png_size(content) if form is FileForm.PNG else _jpeg_size(content)
    if width * height > MOST_PIXELS:
        raise _refused(_PIXELS, most=MOST_PIXELS // 1_000_000)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise _refused(_TWO_IN_ONE)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.verify()
    # a broken picture breaks the library in many ways
    except Exception:  # noqa: BLE001
        raise _refused(_BROKEN) from None
    return form


def _png_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR":
        raise _refused(_BROKEN)
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height of a JPEG that reaches its end; its pixels are not unpacked.

    What follows the end stays: phones put a short film there.
    """
    at, size = 2, (0, 0)
    for _number in range(_MOST_MARKERS):
        found = _MARKER.search(content, at)
        if found is None:
            break
        marker, at = found[1][0], found.end()
        if marker == 0xD9 and size != (0, 0):
            return size
        if marker in _FRAMES:
            height, width = content[at + 3 : at + 5], content[at + 5 : at + 7]
            size = int.from_bytes(width), int.from_bytes(height)
        if marker not in _SINGLE:
            at += int.from_bytes(content[at : at + 2])
    raise _refused(_BROKEN)
