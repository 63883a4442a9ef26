"""A permission on a phone, from message to withdrawal; read aloud; the way to what was sent."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.people.models import Person
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations
from tests.written import CANARY, begin, show

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(240)]

VOICES = """
window.spoken = [];
const voices = %s.map((lang) => ({ lang, localService: true, name: lang }));
class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
window.SpeechSynthesisUtterance = Utterance;
const speech = new EventTarget();
speech.getVoices = () => voices;
speech.speak = (said) => { window.spoken.push([said.lang, said.text]); window.last = said; };
speech.cancel = () => { window.cancelled = (window.cancelled || 0) + 1; };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.goOn = () => window.last.onend();
"""
THREE = (
    ("button", "I give my permission"),
    ("button", "I do not give it"),
    ("link", "I decide later"),
)


def _messages(kind: str) -> list[Message]:
    with unit_of_work(whole_installation("test"), read_only=True):
        found = db.session.scalars(select(Message).where(Message.kind == kind)).all()
        return sorted(found, key=lambda one: (one.created_at, one.id))


def _fits(page: Page) -> None:
    assert not too_wide(page), page.url
    assert violations(page) == [], page.url


def _shown(as_, world, language: str = "fi") -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get(Person, world.pia.person_id).language = language
    show(as_, world, begin(as_, world))


def test_from_the_message_to_the_decision_and_back(window, world, as_) -> None:
    _shown(as_, world)
    (told,) = _messages("analyses.shown")
    path = re.search(r"http://localhost(/\S+)", told.body)[1]
    page = window(world.pia, PHONE).open(path)
    _fits(page)
    page.get_by_role("link", name="Look at the paper and decide").click()
    expect(page.locator("h1")).to_have_text("Read it and decide")
    _fits(page)
    page.get_by_role("button", name=re.compile("Leave it out.*Mikä toimi")).click()
    expect(page.locator("main")).to_contain_text("You have left out")
    expect(page.locator("#sections")).not_to_contain_text(f"{CANARY}-worked")
    page.get_by_label("Another last day").fill("10.1.2027")
    page.get_by_role("button", name="Choose this day").click()
    expect(page.locator("#permission")).to_contain_text("until 10 January 2027")
    _fits(page)
    three = [page.get_by_role(role, name=re.compile(name)) for role, name in THREE]
    boxes = [one.bounding_box() for one in three]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes}) == 1
    three[0].click()
    expect(page.locator("h2#given")).to_have_text("You have given your permission")
    expect(page.locator("main")).to_contain_text("mia@example.org")
    _fits(page)

    coach = window(None, LAPTOP)
    _opens_by_the_code(coach, coach.page)

    page.reload()
    expect(page.locator("main")).to_contain_text("Mia Mäki read it")
    page.locator("section[aria-labelledby='given']").get_by_text("Take my permission back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take my permission back").click()
    expect(page.locator("main")).to_contain_text("What was seen while your permission lasted")
    _fits(page)
    coach.page.reload()
    expect(coach.page.locator("main")).not_to_contain_text("Pihlaja")
    expect(coach.page.locator("h1")).not_to_have_text("Pia Pihlaja")


def _opens_by_the_code(coach, page: Page) -> None:
    (arrived,) = _messages("analyses.arrived")
    coach.open(re.search(r"http://localhost(/received/\S+)", arrived.body)[1])
    _fits(page)
    expect(page.locator("main")).to_contain_text("m•••@example.org")
    page.locator("main form button").click()
    code = re.search(r"\b\d{6}\b", _messages("accounts.sign_in_code")[-1].body)[0]
    page.locator("#code").fill(code)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Pia Pihlaja")
    expect(page.locator("main")).to_contain_text(f"{CANARY}-strengths")
    assert not too_wide(page)


@pytest.mark.parametrize("size", [SMALL, LAPTOP])
def test_it_all_works_without_script(window, world, as_, size) -> None:
    _shown(as_, world)
    page = window(world.pia, size, script=False).open("/my-analysis/decide")
    assert not too_wide(page)
    expect(page.get_by_text("Your phone can read this page aloud")).to_have_count(1)
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)
    page.get_by_role("button", name="I give my permission").click()
    expect(page.locator("h2#given")).to_have_text("You have given your permission")


# --- read aloud -------------------------------------------------------------------------------


def _aloud(window, world, voices: list[str], path: str = "/my-analysis/decide") -> Page:
    made = window(world.pia, PHONE)
    made.page.add_init_script(VOICES % voices)
    return made.open(path)


def _spoken(page: Page) -> list[list[str]]:
    return page.evaluate("window.spoken")


@pytest.mark.parametrize(
    ("language", "spoken_as", "heading"),
    [
        ("fi", "fi-FI", "Tilanne ja tavoite"),
        ("sv", "sv-SE", "Situation och mål"),
        ("en", "en-GB", "Situation and goal"),
    ],
)
def test_the_paper_is_read_in_its_own_language(
    window, world, as_, language, spoken_as, heading
) -> None:
    _shown(as_, world, language)
    page = _aloud(window, world, ["fi-FI", "sv-SE", "en-US"])
    box = page.locator("[data-aloud='paper']")
    box.get_by_role("button", name="Read aloud").click()
    while len(_spoken(page)) < 200 and page.locator("#paper .reading").count():
        page.evaluate("window.goOn()")
    said = _spoken(page)
    assert {one for one, _text in said} == {spoken_as}
    words = " ".join(text for _lang, text in said)
    assert heading in words and f"{CANARY}-worked" in words
    assert "Leave it out" not in words and "Read aloud" not in words
    assert page.locator(".reading").count() == 0


def test_the_words_of_the_permission_are_read_in_her_language(window, world, as_) -> None:
    _shown(as_, world)
    page = _aloud(window, world, ["fi-FI", "en-GB"])
    page.locator("[data-aloud='permission']").get_by_role("button", name="Read aloud").click()
    for _ in range(40):
        page.evaluate("window.goOn()")
    said = _spoken(page)
    assert {one for one, _text in said} == {"en-GB"}
    words = " ".join(text for _lang, text in said)
    assert "Mia Mäki" in words and "never a condition" in words and "3 months" not in words


def test_pause_next_and_stop_by_keyboard_and_the_part_is_marked(window, world, as_) -> None:
    _shown(as_, world)
    page = _aloud(window, world, ["fi-FI"], "/my-analysis")
    box = page.locator("[data-aloud='text']")
    box.get_by_role("button", name="Read aloud").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#situation")).to_have_class(re.compile("reading"))
    expect(box.get_by_role("button", name="Pause")).to_be_focused()
    page.evaluate("window.goOn()")
    where = _spoken(page)[-1]
    page.keyboard.press("Enter")  # pause
    expect(box.get_by_role("button", name="Read aloud")).to_be_focused()
    page.keyboard.press("Enter")  # on from the same sentence
    assert _spoken(page)[-1] == where
    box.get_by_role("button", name="Next section").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#strengths")).to_have_class(re.compile("reading"))
    expect(page.locator(".reading")).to_have_count(1)
    _fits(page)
    box.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reading")).to_have_count(0)
    expect(box.get_by_role("button", name="Read aloud")).to_be_focused()
    count = len(_spoken(page))
    page.evaluate("window.goOn()")  # a voice that ends late begins nothing anew
    assert len(_spoken(page)) == count


def test_without_a_voice_for_the_language_a_sentence_says_what_the_phone_can(
    window, world, as_
) -> None:
    _shown(as_, world)
    page = _aloud(window, world, ["sv-SE"])
    box = page.locator("[data-aloud='paper']")
    expect(box.get_by_role("button", name="Read aloud")).to_have_count(0)
    expect(box).to_contain_text("Your phone can read this page aloud")


def test_a_voice_that_is_not_on_the_device_is_not_used(window, world, as_) -> None:
    """A voice of somebody's server would send the text away."""
    _shown(as_, world)
    made = window(world.pia, PHONE)
    made.page.add_init_script(VOICES.replace("localService: true", "localService: false") % ["fi"])
    box = made.open("/my-analysis/decide").locator("[data-aloud='paper']")
    expect(box.get_by_role("button", name="Read aloud")).to_have_count(0)
