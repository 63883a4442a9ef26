"""The client analysis on paper: what is sent, to whom, on which consent."""

import io
import shutil
import subprocess

import pikepdf
import pytest
from pypdf import PdfReader

from jobsearch.analyses.document import ActivityRow, SectionText
from jobsearch.analyses.pdf import analysis_pdf
from tests.papers import analysis, elements, fonts, pages, roles, unmarked, words

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
        "Record of the consent Given by",
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
        assert "Version 2. No consent has been given." in text
    assert "has not given consent" in words(content)
    assert "Record of the consent" not in words(content)


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
    assert (found["Document"], found["H1"], found["Table"], found["Figure"]) == (1, 1, 2, 1)
    assert found["H2"] == 9
    assert (found["TR"], found["TH"], found["TD"]) == (3 + 6, 5 + 6, 4 + 6)
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


def test_the_record_says_who_agreed_how_to_what_and_for_whom_and_no_minute() -> None:
    text = words(analysis_pdf(analysis()))
    for expected in (
        "Given by Mira Saarnivaara, signed in personally",
        "Day 3.12.2026",
        "Document Client analysis AN-2026-0147, version 2",
        "Only to Hanna Virtakari, Selkämeren työllisyysalue, hanna.virtakari@example.org",
        "In force Until 24.2.2027",
        "Words of the consent analysis-1",
    ):
        assert expected in text
    assert "12.47" not in text and "10.47" not in text


def test_every_page_says_its_version_and_how_long_it_may_be_read() -> None:
    found = pages(analysis_pdf(analysis(sections=(LONG,) * 6)))
    assert len(found) > 2
    for text in found:
        assert "Version 2. The consent is in force until 24.2.2027." in text


def test_the_chart_stands_beside_its_numbers_and_says_them_in_words() -> None:
    content = analysis_pdf(analysis())
    with pikepdf.open(io.BytesIO(content)) as file:
        [figure] = elements(file, "/Figure")
        assert str(figure.Alt) == (
            "Chart. Haetut avoimet paikat: Mira 11, group's average 9,2. Haastattelut: Mira 3."
        )
        left, low, right, high = (float(edge) for edge in figure.A.BBox)
        assert 0 < left < right < 596 and 0 < low < high < 842
    text = words(content)
    assert text.count("Haetut avoimet paikat") == 2
    assert text.count("9,2") == 2


def test_bookmarks_name_every_heading_in_order() -> None:
    reader = PdfReader(io.BytesIO(analysis_pdf(analysis(sections=(LONG,) * 6))))
    title, sections = reader.outline
    assert title.title == "Client analysis"
    assert [one.title for one in sections] == ["Osa"] * 6 + ["Consent", "Record of the consent"]
    opened = [reader.get_destination_page_number(one) for one in sections]
    assert opened == sorted(opened) and opened[-1] == len(reader.pages) - 1
    assert all(0 < float(one.top) < 842 for one in sections)


def test_nothing_of_a_machine_is_in_the_file() -> None:
    content = analysis_pdf(analysis())
    info = PdfReader(io.BytesIO(content)).metadata
    assert info is not None
    assert (info.creator, info.producer) == ("jobsearch", "jobsearch")
    assert b"ReportLab" not in content and b"/usr" not in content and b"/root" not in content
    with pikepdf.open(io.BytesIO(content)) as file:
        assert set(file.docinfo.keys()) == {
            "/Author",
            "/CreationDate",
            "/Creator",
            "/Keywords",
            "/ModDate",
            "/Producer",
            "/Subject",
            "/Title",
            "/Trapped",
        }
        metadata = file.Root.Metadata.read_bytes().decode()
    assert "producer" not in metadata.lower() and "uuid" not in metadata.lower()


def test_another_program_reads_the_same_words() -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not on this machine")
    done = subprocess.run(
        [program, "-", "-"], input=analysis_pdf(analysis()), capture_output=True, check=True
    )
    text = " ".join(done.stdout.decode().split())
    for expected in ("Mira hakee kokoaikaista", "Osallistuminen 12 / 12", "Only to", "Page 1 / "):
        assert expected in text
    assert text.index("Tilanne ja tavoite") < text.index("Mikä toimi") < text.index("Given on")


def test_normal_content_is_one_to_three_pages() -> None:
    sections = tuple(SectionText(f"Osa {at}", "Asiaa on. " * 60) for at in range(7))
    assert len(pages(analysis_pdf(analysis(sections=(*sections, *analysis().sections))))) <= 3


def test_a_chart_of_one_person_alone_shows_no_group() -> None:
    rows = (ActivityRow("Soitot", "0", "", 0), ActivityRow("Haut", "7", "", 70))
    text = words(analysis_pdf(analysis(sections=(SectionText("Työ", activities=rows),))))
    assert text.count("Group's average") == 1, "in the table, and not beside the bars"


def test_many_short_lines_in_narrow_sections_go_below_each_other() -> None:
    tall = SectionText("Korkea", "rivi\n" * 80, narrow=True)
    text = words(analysis_pdf(analysis(sections=(tall, tall))))
    assert text.count("rivi") == 160
