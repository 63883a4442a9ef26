"""The paper and the page beside it: the same sentences, for who sees and for who listens."""

import json
import re
from dataclasses import replace

import pytest
from lxml import html

from jobsearch.analyses import queries
from jobsearch.analyses.paper import render
from jobsearch.analyses.rules import SectionKey
from jobsearch.analyses.sheet import Figures, Issued, Terms
from jobsearch.core.periods import add_months
from tests.papers import words
from tests.world import TODAY
from tests.written import begin, show, write

pytestmark = pytest.mark.usefixtures("context")
TEXTS = {
    SectionKey.SITUATION: "Etsin työtä <b>varastosta</b> & kaupasta.\nAloitan heti: {{ 7*7 }}.",
    SectionKey.STRENGTHS: "שלום, אני עובד 3 שנים ב-Nokia.",
    SectionKey.WORKED: "- Puhelut 🎉\n- Käynnit paikan päällä",
    SectionKey.NEEDED: "Nguyễn Đặng auttaa, Київ.",
}
FIGURES = Figures(
    minutes=2880,
    days=12,
    planned_days=12,
    counts={"advertised_application": 11, "interview": 2},
    group={"advertised_application": 92, "interview": 18},
    group_size=9,
)


@pytest.fixture
def sheet(as_, world):
    """What Pia's paper is made of, with figures of a whole group."""
    key = begin(as_, world)
    write(as_, world.stig, key, TEXTS)
    show(as_, world, key)
    with as_(world.pia):
        own = queries.get_own_analysis(world.pia.actor)
        made = queries.sheet_of(world.pia.actor, own)
    return replace(made, figures=FIGURES, terms=Terms(TODAY, add_months(TODAY, 3)), left_out=2)


def _page(app, issued: Issued) -> html.HtmlElement:
    source = "{% from 'analyses/_issued.html' import issued_text %}{{ issued_text(issued) }}"
    with app.test_request_context():
        text = app.jinja_env.from_string(source).render(issued=issued)
    return html.fromstring(text.replace("<wbr>", ""))  # where a line may break is not text


def _even(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())  # where a word may be parted is not text


def _blocks(page: html.HtmlElement) -> list[str]:
    """The texts of the page's own blocks, the caption that only names the table left out."""
    found = []
    for element in page.iter("p", "li", "dt", "dd", "h3", "th", "td"):
        found += [_even(part) for part in element.itertext() if _even(part)]
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_sentence_of_the_page_is_on_the_paper(app, sheet, language) -> None:
    paper = render(replace(sheet, language=language))
    printed = words(paper.pdf)
    for said in _blocks(_page(app, Issued.load(paper.content))):
        if any("\u0590" <= letter <= "\u05ff" for letter in said):
            assert all(word in printed for word in re.findall(r"[\u05d0-\u05ea]+", said))
            continue
        for part in said.split(", "):
            assert part in printed, part


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_word_of_the_paper_is_on_the_page(app, sheet, language) -> None:
    paper = render(replace(sheet, language=language))
    said = " ".join(_blocks(_page(app, Issued.load(paper.content))))
    missing = [word for word in words(paper.pdf).split() if word not in said]
    # what only a sheet of paper needs: the count of pages, a list's marks, joins of the head
    furniture = {"Sivu", "Sida", "Page", "/", "–", "•"}
    assert [word for word in missing if word not in furniture and not _is_turned(word)] == []


def _is_turned(word: str) -> bool:
    return any("\u0590" <= letter <= "\u05ff" for letter in word) or "Nokia" in word


def test_the_page_has_headings_a_table_and_directions_of_its_own(app, sheet) -> None:
    paper = render(sheet)
    page = _page(app, Issued.load(paper.content))
    assert page.get("lang") == sheet.language
    [table] = page.iter("table")
    assert [cell.get("scope") for cell in table.iter("th")] == ["col"] * 3 + ["row"] * 4
    assert _even(table.find("caption").text_content())
    texts = [p for p in page.iter("p", "li") if any(line in p.text_content() for line in ("שלום",))]
    assert texts and all(one.get("dir") == "auto" for one in texts)
    assert "<b>varastosta</b>" in page.text_content(), "as it was typed"
    assert len(list(page.iter("h3"))) == len(sheet.sections) + 2


def test_what_was_issued_before_is_still_read(app, sheet) -> None:
    content = render(sheet).content
    raw = json.loads(content)
    for name in ("title", "facts", "heads", "consent_title", "consent_said", "record", "notes"):
        del raw[name]
    del raw["record_title"]
    page = _page(app, Issued.load(json.dumps(raw)))
    assert "Aloitan heti: {{ 7*7 }}." in page.text_content()
    assert list(page.iter("table"))
