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
from tests.papers import GROSS, analysis, pages, payslip, sheet, unmarked, words
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
        signers=(text, text, text),
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
    assert all(letter in text for letter in "محمدǩ")
    assert "loppu" in text


def test_letters_that_no_font_has_become_a_sign_and_the_rest_stays() -> None:
    for content in both("Hei 🎉👩‍👩‍👧 \U0001f1eb\U0001f1ee loppu"):
        assert "Hei \ufffd" in words(content)
        assert "loppu" in words(content)


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
