"""Whatever people write is printed as they wrote it and never breaks, runs or fetches anything."""

import time

import pytest
from reportlab import rl_config

from jobsearch.analyses.document import ActivityRow, SectionText
from jobsearch.analyses.pdf import analysis_pdf
from jobsearch.payroll.pay.document import PayslipDocumentLine
from jobsearch.payroll.pay.pdf import payslip_pdf
from jobsearch.pdf import blocks, fonts
from jobsearch.pdf.text import MOST_LETTERS, Paragraph
from tests.papers import GROSS, analysis, pages, payslip, sheet, streams, unmarked, words
from tests.papers import fonts as fonts_of

MARKUP = [
    "<b>x",
    "</b></para>",
    '<font color="x">',
    "<para align=foo>",
    '<img src="http://127.0.0.1/x.png"/>',
    "<img src='file:///etc/passwd' width='1' height='1'/>",
    "<onDraw name='x' label='y'/>",
    '<font color="toColor(1)">x</font>',
    "<font color=\"[[[getattr(pow,Word('__globals__'))['os'].system('true')]]]\">x",
    'color="toColor(1)"',
    "<a href='javascript:alert(1)'>x</a>",
    "<br/><br></br>",
    "&lt;b&gt; &amp; &#0; &nbsp; &bogus;",
    "<![CDATA[x]]> <!-- y -->",
    "<seq id='x'/><index name='y'/><super>z",
    "{{ 7*7 }} ${7*7} %(x)s %s {0}",
    "\\(not) (a) ) string ( \\",
    "=cmd|' /C calc'!A0",
    "<b><i>crossed</b></i>",
    "<para><b>open <i>crossed</para></b>",
    "&amp; &amp;amp; &lt;script&gt;alert(1)&lt;/script&gt;",
    "<font size=99999 name='../../x'>y</font>",
    "{% for x in y %}{{ config }}{% endfor %}",
    "endstream endobj 1 0 obj << /OpenAction >> trailer",
    "BT /F1 12 Tf (x) Tj ET EMC BDC",
    "\\u0000 \\x1b \\n %%EOF startxref",
    '\' OR 1=1; -- " onmouseover="x"',
    "<unknown-tag a='b'/><br/ ><bullet>x</bullet>",
    "-" * 60,
    "Ⅷ ½ № ™ € £ ¥ ₽ ₴ ≤ ≥ ≠ → ✓ ★",
]
LETTERS = [
    "Čahppes Đorđe Ŋágá Ŧ Ž ŠŽčđŋšŧž",
    "Łódź Žižek Kőszeg Iași İstanbul",
    "Nguyễn Thị Phương Đặng",
    "Київ Дмитро Ёлкин",
    "Ελλάδα",
]


def both(text: str) -> tuple[bytes, bytes]:
    """The text in every place of both documents."""
    line = PayslipDocumentLine("201", text, text, GROSS, minutes=60, hourly=GROSS)
    slip = payslip(
        employer_name=text,
        employer_business_id=text,
        employee_name=text,
        reference=text,
        earnings=(line,),
        masked_iban=text,
        notes=(text,),
    )
    paper = analysis(
        provider_name=text,
        programme_name=text,
        cohort_name=text,
        participant_name=text,
        number=text,
        recipient_name=text,
        authors=(text, text),
        sections=(
            SectionText(text, text, (text,), (ActivityRow(text, text, text),)),
            SectionText(text, text, (text,), narrow=True),
            SectionText(text, text, (text,), narrow=True),
        ),
        consent_text=text,
        recipient_organisation=text,
        recipient_address=text,
        wording_edition=text,
    )
    return payslip_pdf(slip), analysis_pdf(paper)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_letter_by_letter(text: str) -> None:
    for content in both(text):
        assert " ".join(text.split()) in words(content)
        assert unmarked(content) == 0


@pytest.mark.parametrize("text", LETTERS)
def test_letters_of_many_languages_are_printed_and_embedded(text: str) -> None:
    for content in both(text):
        assert text in words(content)
        assert all(fonts_of(content).values())


def test_letters_that_the_first_font_lacks_come_from_the_second() -> None:
    content = sheet(*blocks.text("Nimi محمد ǩ loppu"))
    assert {name.split("+")[1] for name in fonts_of(content)} == {
        "SourceSans3-Regular",
        "DejaVuSans",
    }
    text = words(content)
    assert "محمد" in text and "ǩ" in text
    assert "loppu" in text


def test_small_pictures_are_drawn_and_read_as_themselves() -> None:
    for content in both("Hei 🎉👩‍👩‍👧 👍🏽 \U0001f1eb\U0001f1ee ❤️ loppu"):
        text = words(content)
        assert "Hei 🎉👩👩👧 👍 \U0001f1eb\U0001f1ee ❤ loppu" in text
        assert "\ufffd" not in text
        assert any("NotoEmoji" in name for name in fonts_of(content))
        assert all(fonts_of(content).values())


def test_a_paper_without_small_pictures_does_not_read_their_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "_loaded", {})
    both("Åsa Đặng Київ")
    assert fonts._PICTURES not in fonts._loaded


def test_letters_that_no_font_has_become_a_sign_and_are_kept_for_who_listens() -> None:
    for content in both("Hei 漢字 loppu"):
        text = words(content)
        assert "Hei \ufffd\ufffd loppu" in text
        assert b"6F225B57" in b"".join(streams(content)), "the letters themselves"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00b\x01\x1b[31mc", "ab[31mc"),
        ("evil\u202egnp.exe\u202c", "evilgnp.exe"),
        ("\u200bzero\u200dwidth\ufeff", "zerowidth"),
        ("sur\ud800rogate", "surrogate"),
        ("a\u0308iti", "äiti"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\ttab", "a tab"),
        ("", ""),
        ("   \n\n  ", ""),
    ],
)
def test_unseen_letters_are_left_out(text: str, printed: str) -> None:
    for content in both(text):
        assert printed in words(content)


def test_a_word_of_ten_thousand_letters_is_broken_and_kept() -> None:
    text = "".join(pages(sheet(*blocks.text("Ö" * 10_000)))).replace(" ", "")
    assert text.count("Ö") == 10_000
    both("W" * 10_000)


@pytest.mark.parametrize("text", ["Ö" * 10_000, "Nimi " + "W" * 300, "W" * 300 + " loppu"])
def test_no_line_is_wider_than_its_room(text: str) -> None:
    [paragraph] = blocks.text(text)
    assert isinstance(paragraph, Paragraph)
    look, room = paragraph.look, 400
    paragraph.wrap(room, 800)
    assert paragraph.lines and len(paragraph.lines) > 3
    widest = max(fonts.width(look.face, look.size, line) for line in paragraph.lines)
    assert widest <= room - look.indent
    assert "".join(paragraph.lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300,
        "Ö" * 300,
        "Nguyễn-Łukaszewicz-" * 20,
        "sana " * 4_000,
        "Ylä\n" * 5_000,
        "שלום " * 4_000,
        "محمد " * 4_000,
        "🎉" * 4_000,
        "\x00\x01\x02\x1b" * 5_000,
    ],
    ids=lambda text: f"{len(text)} of {text[:4]!a}",
)
def test_no_text_of_twenty_thousand_letters_takes_two_seconds(text: str) -> None:
    section = SectionText("Osa", text, (text[:4_000],))
    for content in (analysis_pdf(analysis(sections=(section,))), *both(text[:300])):
        assert unmarked(content) == 0
    started = time.process_time()
    analysis_pdf(analysis(sections=(section,)))
    assert time.process_time() - started < 2


def test_fifty_thousand_words_are_cut_in_time_and_say_so() -> None:
    started = time.process_time()
    for content in both("sana " * 50_000):
        assert "…" in words(content)
    assert time.process_time() - started < 20
    [long] = blocks.text("sana " * 50_000)
    assert isinstance(long, Paragraph)
    assert len(long.text) <= MOST_LETTERS + 1


def test_a_thousand_lines_run_over_many_pages_with_all_their_words() -> None:
    content = sheet(*blocks.text("\n".join(f"rivi{number}" for number in range(1000))))
    text = words(content)
    assert all(f"rivi{number}" in text for number in range(1000))
    assert unmarked(content) == 0


def test_nothing_of_reportlab_evaluates_or_fetches() -> None:
    assert rl_config.toColorCanUse is None
    assert not rl_config.trustedHosts
    assert not rl_config.trustedSchemes


def test_without_the_vendored_fonts_the_built_in_one_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only = {face: files[-1:] for face, files in fonts._FILES.items()}
    try:
        monkeypatch.setattr(
            fonts, "_FILES", {face: (*files, *files) for face, files in only.items()}
        )
        monkeypatch.setattr(fonts, "_loaded", {})
        fonts.widths.cache_clear()
        content = payslip_pdf(payslip(employee_name="Åsa Öhman"))
        assert "Åsa Öhman" in words(content)
        assert all("Vera" in name for name in fonts_of(content)), fonts_of(content)
    finally:
        monkeypatch.undo()
        fonts.widths.cache_clear()
