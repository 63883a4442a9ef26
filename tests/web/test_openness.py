"""What can be read of Pia, by each choice of hers and by each of the cast, place by place.

The tables say what may be read; everything else of her is looked for in the same answer and must
not be there.
"""

import html
import re
from datetime import timedelta

import pytest

from jobsearch.cohorts.models import Enrolment
from jobsearch.cohorts.service import leave
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.desk.feed.service import make_address
from jobsearch.people.models import BoardName, Person
from jobsearch.tracker.helping.service import raise_call
from jobsearch.tracker.helping.tips.service import share_tip
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, set_goal
from tests.circled import choose, join
from tests.pages import client_of
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")
FIRST, FULL, TOTALS = BoardName.FIRST, BoardName.FULL, BoardName.TOTALS
CHOICES = (FIRST, FULL, TOTALS)
CONTACT, APPLICATION = Activity.EMPLOYER_CONTACT, Activity.ADVERTISED_APPLICATION

# Pia did 7 of 13 applications today, Maija 2 of 3: 9 of 16 is the sum from which hers can be told
FACTS = {
    "given name": r"\bPia\b",
    "family name": r"Pihlaja",
    "figures": r"\b7 / 13\b",
    "sum with hers": r"\b9 / 16\b",
    "employer": r"Kestrel",
    "private employer": r"Osprey",
    "private job": r"osprey-job",
    "note": r"merlin-note",
    "tip": r"Harrier",
    "call": r"falcon-words",
    "asks for help": r"Asks for help",
}


@pytest.fixture
def maija(world, as_, clock):
    """Pia's groupmate, with two of three applications; and everything that Pia has."""
    member = join(world, "Maija")
    with as_(member):
        for _again in range(2):
            log_action(member.actor, APPLICATION)
    with as_(world.stig):
        set_goal(world.stig.actor, world.a.enrolment_ids["pia"], TODAY, APPLICATION, 13)
        set_goal(world.stig.actor, _seat(member), TODAY, APPLICATION, 3)
    actor = world.pia.actor
    with as_(world.pia):
        for _again in range(7):
            log_action(actor, APPLICATION)
        clock.shift(timedelta(minutes=1))
        log_action(actor, CONTACT, employer_name="Kestrel Oy", note="merlin-note")
        clock.shift(timedelta(minutes=1))
        hidden = {"employer_name": "Osprey Oy", "role_title": "osprey-job", "private": True}
        log_action(actor, CONTACT, note="merlin-note", **hidden)
        raise_call(actor, "falcon-words")
        share_tip(actor, world.a.cohort_ids[0], "Harrier Oy")
    return member


def _seat(member):
    return db.session.query(Enrolment.id).filter_by(person_id=member.person_id).scalar()


def _words(answer):
    """What somebody reads: the words of the page without those around it."""
    text = re.sub(r"(?s)<header.*?</header>", "", answer.get_data(as_text=True))
    text = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


def _told(answer):
    words = _words(answer)
    return {fact for fact, pattern in FACTS.items() if re.search(pattern, words)}


def _facts(text):
    return {one.strip() for one in text.split(",") if one.strip()}


def _member(world, maija, who):
    return maija if who == "maija" else getattr(world, who) if who else None


# --- the page of the group --------------------------------------------------------------------

_OPEN = "figures, employer, tip, call"
_NAMED = {FIRST: f"given name, {_OPEN}", FULL: f"given name, family name, {_OPEN}"}
GROUP = {
    ("maija", FIRST): f"{_NAMED[FIRST]}, sum with hers",
    ("maija", FULL): f"{_NAMED[FULL]}, sum with hers",
    ("maija", TOTALS): "tip, call",
    # she reads her own, whatever she chose
    ("pia", FIRST): f"{_NAMED[FIRST]}, sum with hers, private employer, private job",
    ("pia", FULL): f"{_NAMED[FULL]}, sum with hers, private employer, private job",
    ("pia", TOTALS): f"{_NAMED[FIRST]}, private employer, private job",
}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("who", ["pia", "maija", "otto", "stig", "aino", "paula", "mia", "sam", ""])
def test_the_page_of_the_group(sign_in, world, maija, who, choice) -> None:
    choose(world.pia, choice)
    answer = sign_in(_member(world, maija, who)).get("/job-search/group")
    assert answer.status_code == (200 if who in ("pia", "maija", "otto") else 403 if who else 303)
    assert _told(answer) == _facts(GROUP.get((who, choice), ""))


STAFFS = {
    "stig": "given name, family name, figures, sum with hers, employer, tip, call",
    "aino": "given name, family name, figures, sum with hers, employer, tip",
}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("who", ["pia", "maija", "otto", "stig", "aino", "paula", "mia", "sam", ""])
def test_the_page_of_the_group_for_staff(sign_in, world, maija, who, choice) -> None:
    choose(world.pia, choice)
    path = f"/cohorts/{world.a.cohort_ids[0]}/helping"
    answer = sign_in(_member(world, maija, who)).get(path)
    right = {"stig": 200, "aino": 200, "sam": 404, "": 303}
    assert answer.status_code == right.get(who, 403)
    assert _told(answer) == _facts(STAFFS.get(who, ""))


# --- the board --------------------------------------------------------------------------------

_ROW = {
    FIRST: "given name, figures, sum with hers, asks for help",
    FULL: "given name, family name, figures, sum with hers, asks for help",
    TOTALS: "",
}


@pytest.mark.parametrize("part", ["", "/poll"])
@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("who", ["pia", "maija", "otto", "stig", "aino", "paula", "mia", "sam", ""])
def test_the_board_and_its_poll(sign_in, world, maija, who, choice, part) -> None:
    choose(world.pia, choice)
    path = f"/cohorts/{world.a.cohort_ids[0]}/board{part}"
    answer = sign_in(_member(world, maija, who)).get(path, headers={"HX-Request": "true"})
    right = {"paula": 403, "mia": 403, "otto": 404, "sam": 404, "": (401, 303)}
    assert answer.status_code in ((200,) if who not in right else _some(right[who]))
    reads = who in ("pia", "maija", "stig", "aino")
    assert _told(answer) == (_facts(_ROW[choice]) if reads else set())


def _some(right):
    return right if isinstance(right, tuple) else (right,)


# --- lists and files --------------------------------------------------------------------------

_ALL = "given name, family name, employer, private employer, private job"


@pytest.mark.parametrize("path", ["/actions", "/actions.csv"])
@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("who", ["pia", "maija", "otto", "stig", "aino", "paula", "mia", "sam", ""])
def test_the_list_of_staff_and_its_file(sign_in, world, maija, who, choice, path) -> None:
    choose(world.pia, choice)
    answer = sign_in(_member(world, maija, who)).get(path)
    right = {"stig": 200, "aino": 200, "sam": 200, "": 303}
    assert answer.status_code == right.get(who, 403)
    # hidden from the group is not hidden from staff, who help with it; notes are in no list
    assert _told(answer) == _facts(_ALL if who in ("stig", "aino") else "")


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize(
    "path", ["/job-search/actions.csv", "/job-search/goals.csv", "/job-search", "/today"]
)
def test_a_groupmates_own_pages_and_files_hold_nothing_of_hers(
    sign_in, world, maija, path, choice
) -> None:
    choose(world.pia, choice)
    answer = sign_in(maija).get(path)
    assert answer.status_code == 200
    assert _told(answer) == set()


@pytest.mark.parametrize("choice", CHOICES)
def test_a_groupmates_calendar_holds_nothing_of_hers(app, world, as_, maija, choice) -> None:
    choose(world.pia, choice)
    with as_(maija):
        secret = make_address(maija.actor)
    with app.test_request_context():
        address = app.url_for("feed.read_feed", link_secret=secret)
    answer = client_of(app, None).get(address)
    assert answer.status_code == 200 and "VCALENDAR" in answer.text
    assert _told(answer) == set()


# --- the totals -------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_totals_are_the_sum_of_the_lines_until_three_have_none(
    sign_in, world, as_, maija, hidden
) -> None:
    choose(world.pia, TOTALS)
    for number in range(1, hidden):
        other = join(world, f"Other{number}", choice=TOTALS)
        with as_(other):
            log_action(other.actor, APPLICATION)
    group = _words(sign_in(maija).get("/job-search/group"))
    board = _words(sign_in(maija).get(f"/cohorts/{world.a.cohort_ids[0]}/board"))
    for page in (group, board):
        assert ("11 / 16" in page) is (hidden == 3)
        assert (f"{hidden} p" in page) and ("has no row" in page or "have no row" in page) is (
            hidden < 3
        )


# --- the choice itself ------------------------------------------------------------------------


def _choice(world):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.get(Person, world.pia.person_id).board_name


def test_a_choice_holds_at_once_and_can_be_undone(sign_in, world, maija) -> None:
    client = sign_in(world.pia)
    answer = client.send("/my-visibility", board_name="totals")
    assert (answer.status_code, answer.location) == (303, "/my-visibility?was=first")
    assert _choice(world) is TOTALS
    assert "given name" not in _told(sign_in(maija).get("/job-search/group"))
    page = sign_in(world.pia).get(answer.location).text
    assert "Undo" in page and 'name="board_name" value="first"' in page
    assert sign_in(world.pia).send("/my-visibility", board_name="first").status_code == 303
    assert "given name" in _told(sign_in(maija).get("/job-search/group"))


def test_nobody_else_chooses_and_no_choice_is_a_mistake(sign_in, world) -> None:
    for who in ("stig", "aino", "paula", "mia", "olga"):
        client = sign_in(getattr(world, who))
        assert client.get("/my-visibility").status_code == 403
        assert client.send("/my-visibility", board_name="full").status_code == 403
    client = sign_in(world.pia)
    for sent in ({"board_name": "nickname"}, {}):
        assert client.send("/my-visibility", **sent).status_code == 422
    assert _choice(world) is FIRST
    assert client.get("/my-name").location == "/my-visibility"


def _panels(page):
    """The words of the preview by choice."""
    found = re.findall(
        r'(?s)<section class="panel" aria-labelledby="v-(\w+)">(.*?)</section>', page
    )
    return {choice: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)) for choice, body in found}


@pytest.mark.parametrize("choice", CHOICES)
def test_the_preview_shows_each_choice_with_her_real_figures(sign_in, world, maija, choice) -> None:
    choose(world.pia, choice)
    page = sign_in(world.pia).get("/my-visibility")
    panels = _panels(page.text.replace("\xa0", " "))
    assert [one for one, body in panels.items() if " Now " in body] == [choice.value]
    for named, name in (("first", "Pia"), ("full", "Pia Pihlaja")):
        body = panels[named]
        assert f"{name} shared this." in body and f"{name} : falcon-words" in body
        assert "7 / 13" in body and "Harrier Oy" in body
        assert f"{name} · Employer contact" in body
        assert "Osprey" not in body and "osprey-job" not in body and "merlin-note" not in body
        assert "You keep this one private" in body
    hidden = panels["totals"]
    assert "Pia" not in hidden and "7 / 13" not in hidden and "Kestrel" not in hidden
    assert "Somebody of your group shared this." in hidden
    assert "left out of the group's totals until three people" in hidden


def test_the_preview_is_what_the_others_read(sign_in, world, maija) -> None:
    twin = join(world, "Pia", "Salo")  # two of one first name get a letter more
    page = sign_in(world.pia).get("/my-visibility").text
    assert "Pia P." in _panels(page)["first"]
    assert "Pia P." in sign_in(twin).get("/job-search/group").text


def test_without_a_group_there_is_a_choice_and_no_figures(sign_in, world, as_) -> None:
    with as_(world.aino):
        leave(world.a.enrolment_ids["pia"], TODAY)
    page = sign_in(world.pia).get("/my-visibility").text
    assert (
        "Pia Pihlaja" in _panels(page)["full"]
        and "On the page of the group" not in (_panels(page)["full"])
    )


def test_the_page_is_a_tap_away_from_the_group_and_the_account(sign_in, world) -> None:
    client = sign_in(world.pia)
    for path in ("/job-search/group", "/account", "/today"):
        assert 'href="/my-visibility"' in client.get(path).text, path
    assert 'href="/my-visibility"' not in sign_in(world.stig).get("/account").text


def test_the_page_asks_as_often_with_one_mate_as_with_many(sign_in, world, statements) -> None:
    client = sign_in(world.pia)

    def asked():
        del statements[:]
        assert client.get("/my-visibility").status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    once = asked()
    for number in range(5):
        join(world, f"Mate{number}")
    assert asked() == once <= 6
