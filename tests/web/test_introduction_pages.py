"""Pages of introductions by permission: as every role, and after the permission ended."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.models import Consent
from jobsearch.core.db import db
from tests.permitted import write_of_pia
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
DAY = timedelta(days=1)

TEXT = "Ten years in shops. Learns fast."
PERMISSION = "/my-introduction/permission"
REQUESTS = "/introduction-requests"


def _text(response):
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def _value(response, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', response.get_data(as_text=True))
    assert found is not None
    return found[1]


def _rows(statement, **values):
    with db.engine.connect() as connection:
        return list(connection.execute(text(statement), values))


def _looks(account_id):
    rows = _rows("SELECT what FROM access_entry WHERE account_id = :id", id=account_id)
    return {row[0] for row in rows}


def _state(world):
    return f"/people/{world.pia.person_id}/introduction"


@pytest.fixture
def written(as_, world):
    with as_(world.stig):
        return write_of_pia(world, TEXT).id


@pytest.fixture
def asked(sign_in, world):
    sign_in(world.stig).send(_state(world))
    [(key,)] = _rows("SELECT id FROM asked_introduction")
    return key


def _take_back(sign_in, world):
    answer = sign_in(world.pia).send(f"/my-permissions/{world.consent_id}/take-back")
    assert answer.status_code == 303


def test_she_reads_the_words_chooses_the_time_and_gives(sign_in, world):
    _take_back(sign_in, world)
    pia = sign_in(world.pia)
    page = pia.get(f"{PERMISSION}?months=1")
    assert "until 24 December 2026" in _text(page)
    shown = re.search(r'class="quote mt">(.*?)</p>', _text(page))[1].replace("&#39;", "'")
    fields = {name: _value(page, name) for name in ("months", "seen")}
    assert fields["months"] == "1"
    assert pia.send(PERMISSION, **fields).status_code == 303
    statement = "SELECT wording, scope, valid_to FROM consent WHERE wording_edition = '2026-2'"
    [(wording, scope, valid_to)] = _rows(statement)
    assert re.sub(r"\s+", " ", wording) == shown and str(valid_to).startswith("2026-12-24")
    assert scope in _text(page)


@pytest.mark.parametrize("fields", [{}, {"months": "3"}, {"months": "3", "seen": "x"}])
def test_a_yes_without_having_read_is_no_yes(sign_in, world, fields):
    _take_back(sign_in, world)
    answer = sign_in(world.pia).send(PERMISSION, **fields)
    assert answer.status_code == 422
    assert _rows("SELECT count(*) FROM consent WHERE wording_edition = '2026-2'") == [(0,)]


def test_who_has_given_it_is_not_asked_again(sign_in, world):
    page = _text(sign_in(world.pia).get(PERMISSION))
    assert "You have given this permission." in page and "I give my permission" not in page


def test_who_has_no_municipal_coach_reads_why_there_is_nothing_to_give(sign_in, world):
    page = _text(sign_in(world.otto).get(PERMISSION))
    assert "no municipal coach here yet" in page and "I give my permission" not in page


def test_the_persons_page_says_until_when_to_coach_and_manager_alone(sign_in, world):
    path = f"/people/{world.pia.person_id}"
    for name in ("stig", "aino"):
        assert "yes, until 22 February 2027" in _text(sign_in(getattr(world, name)).get(path))
    assert "fetch the introduction" not in _text(sign_in(world.paula).get(path))
    _take_back(sign_in, world)
    assert "no permission" in _text(sign_in(world.stig).get(path))
    never = _text(sign_in(world.stig).get(f"/people/{world.otto.person_id}"))
    assert "no permission" in never


def test_staff_pages_hold_nothing_that_sets_a_permission(sign_in, world):
    page = sign_in(world.stig).get(_state(world)).get_data(as_text=True)
    actions = set(re.findall(r'<form[^>]* action="([^"]*)"', page))
    assert {a for a in actions if "people" in a} == {_state(world)}
    assert not {a for a in actions if "permission" in a}


def test_the_coach_asks_and_sees_that_it_is_asked(sign_in, world):
    stig = sign_in(world.stig)
    assert stig.send(_state(world)).status_code == 303
    page = _text(stig.get(_state(world)))
    assert "Asked" in page and "It has been asked for already." in page


def test_without_permission_the_page_says_why_and_a_post_is_refused(sign_in, world):
    _take_back(sign_in, world)
    stig = sign_in(world.stig)
    assert "Only the job seeker can give it." in _text(stig.get(_state(world)))
    answer = stig.send(_state(world))
    assert answer.status_code == 422 and "no permission" in _text(answer)
    assert _rows("SELECT count(*) FROM asked_introduction") == [(0,)]


def test_the_manager_sees_the_state_and_no_word_of_it(sign_in, world, written):
    aino = sign_in(world.aino)
    page = _text(aino.get(_state(world)))
    assert "Written" in page and TEXT not in page and "/introductions/" not in page
    assert aino.get(f"/introductions/{written}").status_code == 403
    assert aino.send(_state(world)).status_code == 403


def test_the_municipal_coach_writes_and_both_read(sign_in, world, asked):
    mia = sign_in(world.mia)
    assert "Pia Pihlaja" in _text(mia.get(REQUESTS))
    page = mia.get(f"{REQUESTS}/{asked}")
    assert "reads this too" in _text(page)
    version = _value(page, "version")
    sent = mia.send(f"{REQUESTS}/{asked}", text=TEXT, version=version)
    assert sent.status_code == 303
    assert TEXT in _text(sign_in(world.stig).get(f"/introductions/{asked}"))
    assert TEXT in _text(sign_in(world.pia).get(f"/my-introductions/{asked}"))


def test_words_of_health_are_pointed_out_to_the_writer(sign_in, world, asked):
    mia = sign_in(world.mia)
    mia.send(f"{REQUESTS}/{asked}", text="Has been ill. Call 040 123 4567.", version="1")
    page = _text(mia.get(f"{REQUESTS}/{asked}"))
    assert "may tell of health: ill" in page and "phone number in the text" in page


@pytest.mark.parametrize("words", ["", "x" * 4001, "010190-999P"])
def test_a_text_that_may_not_go_stays_in_the_form(sign_in, world, asked, words):
    answer = sign_in(world.mia).send(f"{REQUESTS}/{asked}", text=words, version="1")
    assert answer.status_code == 422 and words in answer.get_data(as_text=True)


def test_an_old_window_writes_over_nothing(sign_in, world, written):
    answer = sign_in(world.mia).send(f"{REQUESTS}/{written}", text="Other words.", version="0")
    assert answer.status_code == 409
    assert TEXT in _text(sign_in(world.stig).get(f"/introductions/{written}"))


def test_markup_that_somebody_typed_is_text(sign_in, world, asked):
    mia = sign_in(world.mia)
    mia.send(f"{REQUESTS}/{asked}", text="<script>alert(1)</script>\n<b>x</b>", version="1")
    page = sign_in(world.stig).get(f"/introductions/{asked}").get_data(as_text=True)
    assert "&lt;script&gt;" in page and "<script>alert" not in page


def test_the_municipal_coach_may_say_that_she_does_not_write(sign_in, world, asked):
    assert sign_in(world.mia).send(f"{REQUESTS}/{asked}/decline").status_code == 303
    assert "Not written" in _text(sign_in(world.stig).get(_state(world)))
    assert "no fault of yours" in _text(sign_in(world.pia).get(f"/my-introductions/{asked}"))


def test_she_comments_and_the_coach_reads_it_beside(sign_in, world, written):
    pia = sign_in(world.pia)
    sent = pia.send(f"/my-introductions/{written}/comment", text="That was long ago.")
    assert sent.status_code == 303
    assert "That was long ago." in _text(sign_in(world.stig).get(f"/introductions/{written}"))
    empty = pia.send(f"/my-introductions/{written}/comment", text="")
    assert empty.status_code == 422


def test_each_look_is_noted(sign_in, world, written):
    sign_in(world.stig).get(f"/introductions/{written}")
    sign_in(world.mia).get(f"{REQUESTS}/{written}")
    assert f"introduction by permission:{written}" in _looks(world.stig.account_id)
    assert f"request for an introduction:{written}" in _looks(world.mia.account_id)


@pytest.mark.parametrize("how", ["taken_back", "ended"])
def test_after_the_end_it_opens_to_her_alone(sign_in, world, as_, written, how):
    if how == "taken_back":
        _take_back(sign_in, world)
    else:
        with as_(world.stig):
            over = _copy(world, given_on=TODAY - timedelta(days=9), valid_to=TODAY - DAY)
            db.session.get_one(AskedIntroduction, written).consent_id = over.id
    stig = sign_in(world.stig).get(f"/introductions/{written}")
    assert stig.status_code == 404 and "This permission has ended" in _text(stig)
    assert TEXT not in _text(stig)
    mia = sign_in(world.mia)
    assert "Pia" not in _text(mia.get(REQUESTS))
    for answer in (
        mia.get(f"{REQUESTS}/{written}"),
        mia.send(f"{REQUESTS}/{written}", text="More.", version="1"),
        mia.send(f"{REQUESTS}/{written}/decline"),
    ):
        assert answer.status_code == 404 and "This permission has ended" in _text(answer)
    own = _text(sign_in(world.pia).get(f"/my-introductions/{written}"))
    assert TEXT in own and "Your coach cannot read this any more" in own


def _copy(world, **changes):
    """Another permission like the one that the world begins with."""
    first = db.session.get_one(Consent, world.consent_id)
    names = [attribute.key for attribute in inspect(Consent).column_attrs]
    values = {name: getattr(first, name) for name in names if name != "id"}
    consent = Consent(**{**values, **changes})
    db.session.add(consent)
    db.session.flush()
    return consent


def _many(world, count):
    for _ in range(count):
        db.session.add(
            AskedIntroduction(
                person_id=world.pia.person_id,
                consent_id=_copy(world).id,
                recipient_id=world.mia.account_id,
                asked_by_id=world.stig.account_id,
                asked_at=NOW - timedelta(minutes=1),
            )
        )


def test_the_list_is_paged_and_asks_as_little_of_thirty_as_of_one(
    sign_in, world, as_, statements, written
):
    mia = sign_in(world.mia)
    statements.clear()
    mia.get(REQUESTS)
    one = len(statements)
    with as_(world.stig):
        _many(world, 30)
    statements.clear()
    page = _text(mia.get(REQUESTS))
    assert len(statements) == one <= 8
    assert "Page 1 of 2" in page
