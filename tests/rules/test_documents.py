"""What a file is, said by its bytes; names that may be saved; what a strategy may say."""

import io
import struct
import zipfile
import zlib

import pytest

from jobsearch.coaching.documents import contents
from jobsearch.coaching.documents.contents import form_of
from jobsearch.coaching.documents.rules import (
    ENDINGS,
    MOST_FILES,
    MOST_NAME,
    MOST_TOGETHER,
    MOST_VERSIONS,
    FileForm,
    Held,
    check_comment,
    check_room,
    safe_name,
)
from jobsearch.coaching.strategies.rules import StrategyText, check_seen, check_strategy
from jobsearch.core.errors import RuleBroken
from jobsearch.core.files import MEDIA_TYPES
from tests.documented import GOOD, a_docx, a_pdf, a_picture, an_odt, packed


def _refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as broken:
        form_of(content)
    assert broken.value.field == "file"
    return str(broken.value)


@pytest.mark.parametrize("name", GOOD)
def test_each_of_the_five_forms_is_known_by_its_bytes_and_can_be_stored(name) -> None:
    content, media_type = GOOD[name]
    form = form_of(content)
    assert form == media_type and form in MEDIA_TYPES
    assert name.endswith(ENDINGS[form])


HTML = b"<!DOCTYPE html><script>alert(1)</script>"


@pytest.mark.parametrize(
    "content",
    [
        HTML,
        b"MZ\x90\x00\x03" + b"\0" * 200,
        b"\x7fELF" + b"\0" * 60,
        b"#!/bin/sh\nrm -rf /\n",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        b"GIF89a" + b"\0" * 40,
        b"{\\rtf1\\ansi Hei}",
        b"plain words",
        b" " + a_pdf(),
        packed({"a.txt": "x"}),
        packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content) -> None:
    assert "PDF, DOCX, ODT, JPG or PNG" in _refused(content)


def test_an_empty_and_a_large_file_are_told_apart() -> None:
    assert "empty" in _refused(b"")
    assert "10 MB" in _refused(a_pdf() + b"\0" * contents.MOST_BYTES)


@pytest.mark.parametrize("content", [a_pdf(), a_docx(), an_odt(), a_picture(), a_picture("JPEG")])
def test_a_file_of_which_only_a_part_came_is_refused(content) -> None:
    for length in (len(content) // 2, len(content) - 8):
        assert "only a part of it came" in _refused(content[:length])


def test_a_pdf_may_end_in_blank_lines_and_may_have_a_password() -> None:
    assert form_of(a_pdf() + b"\r\n\0") is FileForm.PDF
    assert form_of(a_pdf("/Encrypt 5 0 R")) is FileForm.PDF


@pytest.mark.parametrize(
    "content",
    [
        a_pdf() + packed({"evil.html": HTML}),
        a_picture() + a_docx(),
        a_picture("JPEG") + packed({"evil.exe": b"MZ"}),
        packed({"x": "%PDF-1.4 " + "x" * 50}, zipfile.ZIP_STORED),
    ],
)
def test_a_file_inside_a_file_is_refused(content) -> None:
    assert "hidden inside" in _refused(content)


def test_an_archive_behind_a_pdf_is_found_also_when_it_ends_as_a_pdf_does() -> None:
    out = io.BytesIO(a_pdf())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("evil.html", HTML)
        archive.comment = b"startxref\n9\n%%EOF"
    assert "hidden inside" in _refused(out.getvalue())


def test_something_before_or_behind_an_archive_is_refused() -> None:
    assert "only a part" in _refused(a_docx() + HTML)
    commented = io.BytesIO(a_docx())
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = HTML
    assert "only a part" in _refused(commented.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        a_docx(word__vbaProject__bin=b"x"),
        a_docx(**{"word__vbaProject.bin": b"x"}),
        a_docx(**{"custom__VBAPROJECT.BIN": b"x"}),
        a_docx(**{"word__activeX__activeX1.xml": "<x/>"}),
        packed(
            {
                "[Content_Types].xml": '<x ContentType="application/vnd.ms-word.document.'
                'macroEnabled.main+xml"/>',
                "word/document.xml": "<x/>",
            }
        ),
        an_odt(**{"Basic__Standard__Module1.xml": "<x/>"}),
        an_odt(**{"Scripts__python__evil.py": "x"}),
    ],
)
def test_a_file_with_macros_is_refused(content) -> None:
    assert "macros" in _refused(content)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(contents, "_read_through", lambda *_: pytest.fail("it was unpacked"))
    assert "unpacked" in _refused(a_docx(word__big=b"\0" * (contents.MOST_UNPACKED_BYTES + 1)))
    many = {f"word/{n}.xml": "x" for n in range(contents.MOST_PARTS)}
    assert "unpacked" in _refused(a_docx(**many))


def test_a_bomb_that_hides_its_size_is_refused() -> None:
    content = a_docx(word__big=b"\0" * 3_000_000)
    said, lie = struct.pack("<L", 3_000_000), struct.pack("<L", 10)
    assert content.count(said) == 2  # before the part and in the directory
    assert "broken" in _refused(content.replace(said, lie))


def test_parts_of_the_same_name_and_unusual_packing_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert "broken" in _refused(out.getvalue())
    parts = {"mimetype": "application/vnd.oasis.opendocument.text"}
    assert "broken" in _refused(packed(parts, zipfile.ZIP_LZMA))


def test_the_photo_of_a_phone_is_refused_with_the_way_out() -> None:
    for brand in (b"heic", b"mif1"):
        said = _refused(b"\0\0\0\x18ftyp" + brand + b"\0" * 40)
        assert "HEIC" in said and "Most Compatible" in said
    assert "PDF, DOCX" in _refused(b"\0\0\0\x18ftypisom" + b"\0" * 40)  # a film


def test_an_old_or_locked_word_file_is_refused_with_the_way_out() -> None:
    assert "without one" in _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)


def _png_of(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + struct.pack(">I", zlib.crc32(head))


def test_a_picture_of_too_many_points_is_refused_before_it_is_looked_at(monkeypatch) -> None:
    monkeypatch.setattr(contents.Image, "open", lambda *_a, **_k: pytest.fail("it was opened"))
    assert "50 million" in _refused(_png_of(60_000, 60_000))
    small = a_picture("JPEG")
    at = small.index(b"\xff\xc0")
    huge = small[: at + 5] + b"\xff\xff\xff\xff" + small[at + 9 :]
    assert "50 million" in _refused(huge)


def test_a_picture_whose_inside_is_damaged_is_refused() -> None:
    picture = bytearray(a_picture(size=(400, 300)))
    picture[60] ^= 0xFF
    assert "broken" in _refused(bytes(picture))
    assert "broken" in _refused(b"\xff\xd8\xff" + b"\0" * 100)
    assert "broken" in _refused(b"\xff\xd8" + b"\xff\xfe\x00\x02" * 6_000 + b"\xff\xd9")


def test_the_small_film_behind_a_phones_photo_stays() -> None:
    assert form_of(a_picture("JPEG") + b"\0\0\0\x18ftypmp42film") is FileForm.JPEG


@pytest.mark.parametrize(
    ("name", "form", "safe"),
    [
        ("Oma CV 2026.pdf", FileForm.PDF, "Oma CV 2026.pdf"),
        ("CV.PDF", FileForm.PDF, "CV.pdf"),
        ("kuva.jpeg", FileForm.JPEG, "kuva.jpg"),
        ("cv.exe", FileForm.PDF, "cv.pdf"),
        ("cv.pdf.exe", FileForm.PDF, "cv.pdf.pdf"),
        ("../../etc/passwd", FileForm.PDF, "passwd.pdf"),
        ("C:\\Users\\Pia\\Åke.docx", FileForm.DOCX, "Åke.docx"),
        ('a<b>"c"|?*.odt', FileForm.ODT, "a_b_c.odt"),
        ("cv\r\nSet-Cookie: x.pdf", FileForm.PDF, "cv Set-Cookie_ x.pdf"),
        ("\u202efdp.exe", FileForm.PDF, "fdp.pdf"),
        ("...", FileForm.PNG, "cv.png"),
        ("", FileForm.PNG, "cv.png"),
        (".pdf", FileForm.PDF, "cv.pdf"),
        ("con.pdf", FileForm.PDF, "_con.pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_the_file_is(name, form, safe) -> None:
    assert safe_name(name, form, "cv") == safe


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    name = safe_name("ä" * 500 + ".docx", FileForm.DOCX, "cv")
    assert len(name) == MOST_NAME and name.endswith("ä.docx")


def test_files_have_room_up_to_the_limit_and_not_beyond() -> None:
    check_room(Held(MOST_TOGETHER - 10, MOST_FILES - 1, MOST_VERSIONS - 1), 10)
    for held, size in (
        (Held(MOST_TOGETHER - 10, 1, 0), 11),
        (Held(0, MOST_FILES, 0), 1),
        (Held(0, 0, MOST_VERSIONS), 1),
    ):
        with pytest.raises(RuleBroken) as refused:
            check_room(held, size)
        assert refused.value.field == "file"


def test_a_comment_says_something_and_not_too_much() -> None:
    check_comment("x" * 2000)
    for body in ("", "x" * 2001):
        with pytest.raises(RuleBroken):
            check_comment(body)


@pytest.mark.parametrize("field", ["goal", "work", "area", "targets"])
def test_a_strategy_has_room_for_each_text_and_none_for_health(field) -> None:
    most = {"goal": 300, "work": 500, "area": 200, "targets": 500}[field]
    check_strategy(StrategyText(**{field: "x" * most}), about_work=False)
    for said in ("x" * (most + 1), "sairasloman jälkeen"):
        with pytest.raises(RuleBroken) as broken:
            check_strategy(StrategyText(**{field: said}), about_work=False)
        assert broken.value.field == field
    check_strategy(StrategyText(**{field: "sairaala-apulainen"}), about_work=True)


def test_an_empty_strategy_is_none_and_nobody_writes_over_the_unseen() -> None:
    with pytest.raises(RuleBroken):
        check_strategy(StrategyText(), about_work=False)
    check_seen(0, 0)
    check_seen(3, 3)
    for seen, version in ((0, 1), (1, 0), (2, 3), (-1, 0)):
        with pytest.raises(RuleBroken):
            check_seen(seen, version)
