"""The client analysis on paper: what is sent, to whom, on which consent."""

import io

import pikepdf
import pytest
from pypdf import PdfReader

from jobsearch.analyses.document import SectionText
from jobsearch.analyses.pdf import analysis_pdf
from tests.papers import analysis, fonts, pages, roles, unmarked, words

LONG = SectionText("Osa", "Pitkä teksti, jossa on asiaa. " * 60, ("yksi", "kaksi"))


def test_an_analysis_names_its_people_its_period_and_its_consent() -> None:
    text = words(analysis_pdf(analysis()))
    for expected in (
        "Client analysis AN-2026-0147",
        "Mira Saarnivaara",
        "16.11.–3.12.2026, Ryhmä 7",
        "48 h, 12 working days",
        "Hanna Virtakari, Selkämeren työllisyysalue",
        "Mira Saarnivaara, Riikka Ylönen",
        "Until 24.2.2027",
        "Given on 3.12.2026. Ends on 24.2.2027.",
        "1 section",
        "Confidential. Only for the named recipient",
        "Riikka Ylönen, valmentaja",
    ):
        assert expected in text


def test_sections_come_in_their_order_with_table_text_and_points() -> None:
    text = words(analysis_pdf(analysis()))
    order = [
        "Tilanne ja tavoite",
        "Haetut avoimet paikat 11 9,2",
        "Haastattelut 3 –",
        "Osallistuminen 12 / 12",
        "Mikä toimi",
        "Puhelut suoraan",
        "Seuraavat askeleet",
        "• Haastattelu",
        "• Hygieniapassi",
        "Consent Annan luvan",
    ]
    places = [text.index(expected) for expected in order]
    assert places == sorted(places)


def test_a_preview_says_on_every_page_that_nothing_is_sent() -> None:
    preview = analysis(consent_given_at=None, sections=(LONG,) * 4)
    content = analysis_pdf(preview)
    assert len(pages(content)) > 1
    for number, text in enumerate(pages(content), start=1):
        assert "Preview, not sent." in text
        assert f"Page {number} / {len(pages(content))}" in text
        assert "Confidential" not in text
    assert "has not given consent" in words(content)
    assert "valmentaja" not in words(content)


def test_later_pages_have_a_running_head() -> None:
    first, *later = pages(analysis_pdf(analysis(sections=(LONG,) * 4)))
    assert later
    for text in later:
        assert text.startswith("Mira Saarnivaara – Työsuhteinen työnhaku")
        assert "Client analysis AN-2026-0147" in text
    assert "Työnhakutyö 48 h Työsuhteinen työnhaku Client analysis" in first
    assert "Mira Saarnivaara – Työsuhteinen" not in first


def test_an_analysis_is_tagged_from_its_title_to_its_last_cell() -> None:
    content = analysis_pdf(analysis(sections=(LONG, *analysis().sections, LONG, LONG)))
    found = roles(content)
    assert (found["Document"], found["H1"], found["Table"]) == (1, 1, 1)
    assert found["H2"] == 8
    assert (found["TR"], found["TH"], found["TD"]) == (3, 5, 4)
    assert found["LI"] == 6 + 2 + 3 * 2
    assert unmarked(content) == 0


def test_language_title_and_order_of_tabs_are_set() -> None:
    with pikepdf.open(io.BytesIO(analysis_pdf(analysis(language="sv")))) as file:
        assert str(file.Root.Lang) == "sv-FI"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert str(file.pages[0].Tabs) == "/S"
        metadata = file.Root.Metadata.read_bytes().decode()
    title = "Client analysis AN-2026-0147 – Mira Saarnivaara"
    assert title in metadata
    assert "<rdf:li>sv-FI</rdf:li>" in metadata
    assert PdfReader(io.BytesIO(analysis_pdf(analysis()))).metadata.title == title


@pytest.mark.parametrize("given", [None, analysis().consent_given_at])
def test_the_same_analysis_gives_the_same_bytes(given: object) -> None:
    changes = {"consent_given_at": given, "sections": (LONG,) * 3}
    assert analysis_pdf(analysis(**changes)) == analysis_pdf(analysis(**changes))


def test_three_pages_are_small_and_their_fonts_embedded() -> None:
    content = analysis_pdf(analysis(sections=(*analysis().sections, LONG, LONG, LONG)))
    assert len(pages(content)) in {2, 3}
    assert len(content) < 60_000
    assert fonts(content)
    assert all(fonts(content).values())


def test_long_narrow_sections_go_below_each_other() -> None:
    long = SectionText("Pitkä", "Sana " * 400, narrow=True)
    text = words(analysis_pdf(analysis(sections=(long, SectionText("Toinen", "x", narrow=True)))))
    assert text.count("Sana") == 400
    assert text.index("Toinen") > text.rindex("Sana")
