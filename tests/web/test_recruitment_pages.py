"""The pages of candidates: the board, one click and its undo, calls, links, sheets, forgetting."""

import io
import re
from datetime import timedelta

import pytest
from lxml import html

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.links.models import PersonalLink
from jobsearch.links.service import issue_link, revoke_links
from jobsearch.people.models import Person
from jobsearch.recruitment.contacts.rules import ContactResult
from jobsearch.recruitment.contacts.service import log_call
from jobsearch.recruitment.following.rules import PURPOSE as FOLLOWING
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import get_candidate, list_moves
from jobsearch.recruitment.referrals.models import Referral
from jobsearch.recruitment.referrals.rules import PURPOSE as REFERRING
from jobsearch.recruitment.referrals.service import introduce
from jobsearch.recruitment.rules import Channel, ExitReason, Stage
from tests.recruits import STATED, make_candidate, make_referrer, told
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
FORM = {
    "name": "Eeva Elo",
    "phone": "040 000 1234",
    "address": "eeva@example.org",
    "municipality": "Pori",
    "language": "fi",
    "introduction": "Has worked in a kitchen.",
    "call_when": "after three",
    "agreed": "y",
}


def _of_a(world):
    return unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.stig.actor)


def _system():
    return unit_of_work(whole_installation("test"), read_only=True)


def _text(answer) -> str:
    return " ".join(html.document_fromstring(answer.text).text_content().split())


@pytest.fixture
def helmi(world) -> str:
    with _of_a(world):
        return make_candidate(world.a)


@pytest.fixture
def link(world):
    """Kaisa's link, and the form as she fills it in."""
    with _of_a(world):
        kaisa = make_referrer(world.a)
        until = NOW + timedelta(days=30)
        secret = issue_link(REFERRING, kaisa, expires_at=until, language="en")
    return f"/refer/{secret}", {**FORM, "programme": world.a.programme_id}


# The board


def _crowd(world, count: int) -> None:
    stages = [Stage.REFERRED, Stage.CONTACTED, Stage.INVITED, Stage.ATTENDED, Stage.STARTED]
    with _of_a(world):
        for number in range(count):
            stage = stages[number % len(stages)]
            left = {} if number % 4 or stage is Stage.STARTED else {"exit_reason": "studies"}
            make_candidate(
                world.a,
                number + 1,
                stage,
                referred_on=TODAY - timedelta(days=number % 90),
                referred_by_name=f"Coach {number % 7}",
                channel=list(Channel)[number % 4],
                **left,
            )


@pytest.mark.parametrize("by", ["municipality", "coach", "channel", "month"])
def test_the_board_takes_as_many_statements_with_10_candidates_as_with_1000(
    world, sign_in, statements, by
):
    def opened() -> int:
        client = sign_in(world.stig)
        client.get("/candidates")  # the first page of a process looks some things up
        before = len(statements)
        assert client.get(f"/candidates?by={by}").status_code == 200
        return len(statements) - before

    _crowd(world, 10)
    few = opened()
    with _of_a(world):
        people = [
            Person(given_name=f"N{n}", family_name="Kuu", municipality=f"Kunta {n % 9}")
            for n in range(990)
        ]
        db.session.add_all(people)
        db.session.flush()
        stages = list(Stage)
        db.session.add_all(
            Candidate(
                programme_id=world.a.programme_id,
                person_id=person.id,
                stage=stages[n % 7],
                referred_on=TODAY - timedelta(days=n % 300),
                referred_by_name=f"Coach {n % 11}",
            )
            for n, person in enumerate(people)
        )
    assert opened() == few < 20


def _links(page, path="//table//td//a/@href") -> list[str]:
    return [href for href in html.document_fromstring(page).xpath(path) if "#rows" in href]


def test_every_figure_of_the_board_opens_as_many_rows_as_it_says(world, sign_in):
    _crowd(world, 40)
    client = sign_in(world.stig)
    for by in ("municipality", "coach", "channel", "month"):
        tree = html.document_fromstring(client.get(f"/candidates?by={by}").text)
        opened = 0
        for anchor in tree.xpath("//a[contains(@href, '#rows')]"):
            figure = re.match(r"\d+", anchor.text_content().strip())
            if figure is None:
                continue
            opened += 1
            there = html.document_fromstring(client.get(anchor.get("href")).text)
            told = there.xpath("//*[@id='rows']/following::p")[0].text_content()
            count = int(re.match(r"\s*(\d+)", told)[1]) if "of" in told else 0
            assert count == int(figure[0]), anchor.get("href")
        assert opened > 15


def test_the_board_says_conversion_age_and_reasons(world, sign_in):
    with _of_a(world):
        for number, stage in enumerate([Stage.REFERRED] * 2 + [Stage.INVITED] * 6):
            make_candidate(
                world.a,
                number + 1,
                stage,
                referred_on=TODAY - timedelta(days=10),
                contacted_on=TODAY - timedelta(days=9),
                invited_on=TODAY - timedelta(days=number),
            )
        make_candidate(world.a, 50, Stage.INVITED, exit_reason=ExitReason.DID_NOT_COME)
    page = _text(sign_in(world.aino).get("/candidates"))
    assert "7 / 9, 78 %" in page.replace("\u00a0", " ")
    assert "4 days" in page and "7 days" in page
    assert "Did not come" in page


@pytest.mark.parametrize(
    "query",
    [
        "?stage=nowhere&exit=x&channel=%00&month=2026-99&by=me&as_of=yesterday",
        "?municipality=%27;drop&coach=%F0%9F%98%80&page=99999999999999999999",
        "?page=-3&here=referred&moved=x",
    ],
)
def test_an_odd_address_of_the_board_is_answered(world, sign_in, helmi, query):
    assert sign_in(world.stig).get("/candidates" + query).status_code == 200


# One click


def test_a_move_is_one_click_from_the_board_and_undone_there(world, sign_in, helmi):
    client = sign_in(world.stig)
    page = html.document_fromstring(client.get("/candidates?municipality=Pori").text)
    form = page.xpath(f"//form[contains(@action, '{helmi}/move')]")[0]
    fields = {one.get("name"): one.get("value") for one in form.xpath(".//input[@name]")}
    answer = client.send(f"/candidates/{helmi}/move", **_sent(fields))
    assert answer.status_code == 303
    assert "municipality=Pori" in answer.location and "moved=" in answer.location
    after = client.get(answer.location)
    assert "Helmi1 Saari: Contacted" in _text(after)
    undo = html.document_fromstring(after.text).xpath("//*[@class='toast']//form")[0]
    other = sign_in(world.aino)
    assert other.send(undo.get("action")).status_code == 303
    with _of_a(world):
        assert get_candidate(helmi).stage is Stage.REFERRED


@pytest.mark.parametrize(
    ("stage", "goes_to"),
    [(Stage.ATTENDED, "/selection"), (Stage.SELECTED, "/hiring"), (Stage.SIGNED, "/hiring")],
)
def test_a_seat_and_a_contract_are_given_where_they_are_decided(world, sign_in, stage, goes_to):
    with _of_a(world):
        candidate = make_candidate(world.a, 7, stage)
    page = html.document_fromstring(sign_in(world.stig).get(f"/candidates/{candidate}").text)
    assert page.xpath("//form[contains(@action, '/move')]") == []
    assert page.xpath("//section[@aria-labelledby='next']//a/@href") == [goes_to]


def _sent(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name not in ("csrf_token", "_once")}


def test_whoever_comes_second_reads_409_and_how_it_is_now(world, sign_in, helmi):
    with _of_a(world):
        seen = get_candidate(helmi).version
    first, second = sign_in(world.stig), sign_in(world.aino)
    address = f"/candidates/{helmi}/move"
    assert first.send(address, stage="contacted", version=seen).status_code == 303
    late = second.send(address, stage="contacted", version=seen)
    assert late.status_code == 409
    assert "Somebody was faster" in _text(late) and "Stig Strand" in _text(late)
    gone = second.send(f"/candidates/{helmi}/leave", reason="declined", version=seen)
    assert gone.status_code == 409
    called = second.send(f"/candidates/{helmi}/call", result="no_answer", version=seen)
    assert called.status_code == 409
    with _of_a(world):
        assert len(list_moves(helmi)) == 1


def test_leaving_for_another_reason_asks_for_words_on_its_field(world, sign_in, helmi):
    client, address = sign_in(world.stig), f"/candidates/{helmi}/leave"
    for words, said in (
        ("", "Say the other reason in a few words."),
        ("Sairasloma jatkuu", "This may tell of someone's health: sairasloma."),
    ):
        refused = client.send(address, reason="other", words=words)
        assert refused.status_code == 422
        assert said in _text(refused)
    assert client.send(address, reason="other", words="Muutti").status_code == 303
    assert client.send(f"/candidates/{helmi}/return").status_code == 303


def test_the_candidates_page_takes_as_many_statements_with_one_call_as_with_thirty(
    world, sign_in, statements, helmi
):
    def opened() -> int:
        client = sign_in(world.stig)
        client.get(f"/candidates/{helmi}")
        before = len(statements)
        assert client.get(f"/candidates/{helmi}").status_code == 200
        return len(statements) - before

    with _of_a(world):
        log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER)
    one = opened()
    with _of_a(world):
        for _time in range(30):
            log_call(world.stig.actor, helmi, ContactResult.NO_ANSWER)
    assert opened() == one


def test_somebody_who_asked_to_come_is_added_and_a_known_one_not_doubled(world, sign_in):
    client = sign_in(world.stig)
    fields = {"programme_id": world.a.programme_id, "name": "Pia P", "phone": "040 0000 201"}
    added = client.send("/candidates/new", **fields)
    assert added.status_code == 303
    assert "was known already" in _text(client.get(added.location))
    twice = client.send("/candidates/new", **fields)
    assert twice.status_code == 422
    assert "Pia Pihlaja is a candidate of the programme already." in _text(twice)
    wrong = client.send("/candidates/new", **{**fields, "phone": "1", "identity_code": "x"})
    assert "Enter a phone number" in _text(wrong)
    assert "Check the identity code" in _text(wrong)


# The call list


def test_the_call_list_is_called_clicked_and_undone(world, sign_in, helmi):
    client = sign_in(world.stig)
    page = client.get("/candidates/calls")
    assert 'href="tel:+358400000001"' in page.text
    assert "First call" in _text(page) and "1 call is due today." in _text(page)
    answer = client.send(f"/candidates/{helmi}/call", result="no_answer", back="calls")
    after = client.get(answer.location)
    assert "Helmi1 Saari: No answer. Next call 25 November 2026." in _text(after)
    undo = html.document_fromstring(after.text).xpath("//*[@class='toast']//form/@action")[0]
    assert client.send(undo, back="calls").location.endswith("/candidates/calls")
    with _of_a(world):
        assert get_candidate(helmi).tries == 0


def test_closing_is_offered_after_three_attempts_and_not_before(world, sign_in, helmi):
    client = sign_in(world.stig)
    for number in range(3):
        page = _text(client.get(f"/candidates/{helmi}"))
        assert ("Close as not reached" in page) is False, number
        client.send(f"/candidates/{helmi}/call", result="no_answer")
    assert "Close as not reached" in _text(client.get(f"/candidates/{helmi}"))
    client.send(f"/candidates/{helmi}/not-reached")
    page = _text(client.get(f"/candidates/{helmi}"))
    assert "Could not be reached" in page
    assert page.count("No answer · Phone call") == 3


def test_reached_by_one_click_is_contacted_and_off_the_list(world, sign_in, helmi):
    sign_in(world.stig).send(f"/candidates/{helmi}/call", result="reached", back="calls")
    with _of_a(world):
        row = get_candidate(helmi)
        assert (row.stage, row.call_on, row.tries) == (Stage.CONTACTED, None, 0)
    odd = sign_in(world.stig).send(f"/candidates/{helmi}/call", result="asleep")
    assert odd.status_code == 422
    assert sign_in(world.stig).send(f"/candidates/{helmi}/move", stage="x").status_code == 422


def test_a_next_call_in_the_past_is_refused_in_words(world, sign_in, helmi):
    answer = sign_in(world.stig).send(
        f"/candidates/{helmi}/contacts", channel="phone", result="no_answer", next_on="1.1.2026"
    )
    assert answer.status_code == 422
    assert "The next call cannot be in the past." in _text(answer)


def test_the_call_list_takes_as_many_statements_with_one_row_as_with_thirty(
    world, sign_in, statements, helmi
):
    def opened() -> int:
        client = sign_in(world.stig)
        client.get("/candidates/calls")
        before = len(statements)
        assert client.get("/candidates/calls").status_code == 200
        return len(statements) - before

    one = opened()
    with _of_a(world):
        for number in range(30):
            make_candidate(world.a, number + 100)
    assert opened() == one


# Introductions by link


def test_a_coach_introduces_by_her_link_and_gets_a_receipt(world, sign_in, link):
    address, form = link
    nobody = sign_in(None)
    for _scan in range(3):
        assert nobody.get(address).status_code == 200
        assert nobody.head(address).status_code == 200
    answer = nobody.send(address, **form)
    assert answer.status_code == 303
    page = _text(nobody.get(answer.location))
    assert "Eeva Elo" in page and "What happens next" in page and "Introduce another" in page
    assert nobody.send(address, **{**form, "phone": "040 000 1235"}).status_code == 303
    with _system():
        assert db.session.query(Referral).count() == 2


def test_the_answer_for_a_known_person_is_the_same_as_for_a_new_one(world, sign_in, link):
    address, form = link
    nobody = sign_in(None)
    known = nobody.send(address, **{**form, "phone": "+358 40 0000 201", "address": ""})
    new = nobody.send(address, **{**form, "address": ""})
    pages = [_text(nobody.get(one.location)) for one in (known, new)]
    assert known.status_code == new.status_code == 303
    assert pages[0] == pages[1]
    assert "Pihlaja" not in pages[0] and "known" not in pages[0]
    again = nobody.send(address, **{**form, "phone": "+358 40 0000 201", "address": ""})
    assert again.status_code == 303
    with _of_a(world):
        referral = db.session.query(Referral).filter_by(person_id=world.pia.person_id).first()
        staff = _text(sign_in(world.stig).get(f"/candidates/{referral.candidate_id}"))
    assert "This person was known already." in staff and "same telephone" in staff


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phone": "12"}, "Enter a phone number, for example 040 123 4567."),
        ({"phone": ""}, "Enter the candidate's phone number."),
        ({"name": ""}, "Enter the candidate's name."),
        ({"address": "no address"}, "Enter an e-mail address, for example name@example.org."),
        ({"agreed": ""}, "Tick this when the candidate agrees."),
        ({"programme": "x"}, "Nobody can be introduced to this programme now."),
    ],
)
def test_every_mistake_has_its_sentence_and_keeps_what_was_typed(
    world, sign_in, link, change, said
):
    address, form = link
    fields = {name: value for name, value in {**form, **change}.items() if value}
    answer = sign_in(None).send(address, **fields)
    assert answer.status_code == 422
    assert said in _text(answer)
    assert "Has worked in a kitchen." in answer.text
    with _system():
        assert db.session.query(Referral).count() == 0


@pytest.mark.parametrize("method", ["get", "send"])
def test_a_link_that_is_over_closed_or_unknown_has_its_own_sentence(
    world, sign_in, link, clock, method
):
    address, form = link

    def ask(path):
        nobody = sign_in(None)
        nobody.set_cookie("language", "en")
        return nobody.get(path) if method == "get" else nobody.send(path, **form)

    assert ask("/refer/" + "x" * 43).status_code == 404
    with _of_a(world):
        revoke_links(REFERRING, db.session.query(PersonalLink).one().subject_id)
    closed = ask(address)
    assert closed.status_code == 410 and "This link has been closed." in _text(closed)
    with _of_a(world):
        row = db.session.query(PersonalLink).one()
        row.revoked_at = None
    clock.shift(timedelta(days=31))
    old = ask(address)
    assert old.status_code == 410 and "This link is too old." in _text(old)


def test_a_receipt_is_shown_to_its_own_coach_for_some_hours(world, sign_in, link, clock):
    address, form = link
    nobody = sign_in(None)
    receipt = nobody.send(address, **form).location
    with _of_a(world):
        other = make_referrer(world.a, email="other@example.org")
        secret = issue_link(REFERRING, other, expires_at=NOW + timedelta(days=9))
    theirs = receipt.replace(address, f"/refer/{secret}")
    assert nobody.get(theirs).status_code == 404
    clock.shift(timedelta(hours=13))
    assert nobody.get(receipt).status_code == 404


def test_too_many_introductions_from_one_place_are_stopped(world, sign_in, link):
    address, form = link
    nobody = sign_in(None)
    answers = [nobody.send(address, **{**form, "phone": "1"}).status_code for _try in range(62)]
    assert answers[0] == 422 and answers[-1] == 429


def test_staff_make_renew_and_close_a_link_that_is_shown_once(world, sign_in):
    client = sign_in(world.stig)
    made = client.send("/candidates/coaches", name="Eija Salo", email="eija@example.org")
    page = client.get(made.location)
    (shown,) = html.document_fromstring(page.text).xpath("//input[@id='new-link']/@value")
    assert "/refer/" in shown
    assert "new-link" not in client.get(made.location).text
    nobody = sign_in(None)
    path = shown.partition("localhost")[2]
    assert nobody.get(path).status_code == 200
    with _system():
        key = db.session.query(PersonalLink).filter_by(purpose=REFERRING).one().subject_id
    sign_in(world.stig).send(f"/candidates/coaches/{key}/renew")
    assert nobody.get(path).status_code == 410
    assert sign_in(world.stig).send(f"/candidates/coaches/{key}/close").status_code == 303
    again = sign_in(world.stig).send("/candidates/coaches", name="Eija", email="EIJA@example.org")
    assert again.status_code == 422 and "Renew it instead" in _text(again)


# The candidate's own page, and the coach who signs in


def test_a_candidate_chooses_on_her_own_page_and_chooses_again(world, sign_in):
    with _of_a(world):
        kaisa = make_referrer(world.a, world.mia.account_id)
        made = introduce(kaisa, told(world.a), STATED)
        secret = issue_link(FOLLOWING, made.id, expires_at=NOW + timedelta(days=9), language="en")
    nobody, mia = sign_in(None), sign_in(world.mia)
    page = _text(nobody.get(f"/introduced/{secret}"))
    assert "Kaisa Mäkelä" in page and "Provider A" in page
    assert "Eeva" not in page and "kitchen" not in page  # the link shows nothing that is told
    assert "Eeva" not in _text(mia.get("/introductions"))
    assert nobody.send(f"/introduced/{secret}").status_code == 422
    assert nobody.send(f"/introduced/{secret}", allows="yes").status_code == 303
    seen = _text(sign_in(world.mia).get("/introductions"))
    assert "Eeva Elo" in seen and "Introduced" in seen
    for hidden in ("kitchen", "+358", "after three", "eeva@example.org"):
        assert hidden not in seen
    nobody = sign_in(None)
    assert nobody.send(f"/introduced/{secret}", allows="no").status_code == 303
    assert "Eeva" not in _text(sign_in(world.mia).get("/introductions"))


def test_a_municipal_coach_introduces_signed_in_only_where_she_is_known(world, sign_in):
    mia = sign_in(world.mia)
    assert "There is no programme open to you" in _text(mia.get("/introduce"))
    assert mia.send("/introduce", **FORM, programme=world.a.programme_id).status_code == 404
    with _of_a(world):
        make_referrer(world.a, world.mia.account_id)
    mia = sign_in(world.mia)
    assert "Provider A" in _text(mia.get("/introduce"))
    answer = mia.send("/introduce", **FORM, programme=world.a.programme_id)
    assert answer.status_code == 303
    assert "What happens next" in _text(mia.get(answer.location))
    assert sign_in(world.nils).get(answer.location).status_code == 404
    assert mia.send("/introduce", **FORM, programme=world.b.programme_id).status_code == 404
    with _system():
        (row,) = db.session.query(Candidate).all()
        assert (row.channel, row.referred_by_id) == (Channel.SIGNED_IN, world.mia.account_id)


def test_her_reach_over_a_provider_shows_a_coach_none_of_its_pages(world, sign_in, helmi):
    with _of_a(world):
        make_referrer(world.a, world.mia.account_id)
    mia = sign_in(world.mia)
    for path in ("/candidates", f"/candidates/{helmi}", "/candidates/calls", "/people"):
        assert mia.get(path).status_code == 403
    assert "Helmi1" not in mia.get("/introductions").text


# The spreadsheet and forgetting


def test_a_sheet_is_looked_at_adjusted_and_taken_in(world, sign_in):
    client = sign_in(world.stig)
    content = "Kuka;Numero;Kotikunta\r\nMatti Meri;040 1234567;Pori\r\n".encode("cp1252")
    form = {"programme_id": world.a.programme_id, "file": (io.BytesIO(content), "people.csv")}
    made = client.send("/candidates/sheets", **form)
    address = made.location
    assert "Say which column has the name." in _text(client.get(address))
    version = html.document_fromstring(client.get(address).text).xpath(
        "//input[@name='version']/@value"
    )[0]
    columns = {"column-0": "name", "column-1": "phone", "column-2": "municipality"}
    named = client.send(f"{address}/columns", heading_row="1", version=version, **columns)
    assert named.status_code == 303
    page = _text(client.get(address))
    assert "Matti Meri" in page and "Take in 1 candidate" in page
    assert client.send(f"{address}/columns", heading_row="9", version="7").status_code == 409
    assert client.send(address).status_code == 303
    assert "Matti Meri" in _text(client.get("/candidates/calls"))


def test_a_broken_file_is_refused_on_its_field(world, sign_in):
    form = {"programme_id": world.a.programme_id, "file": (io.BytesIO(b"PK\x03\x04"), "x.xlsx")}
    answer = sign_in(world.stig).send("/candidates/sheets", **form)
    assert answer.status_code == 422
    assert "cannot be read as a table" in _text(answer)


def test_forgetting_says_who_goes_tonight_and_the_manager_says_when(world, sign_in):
    with _of_a(world):
        make_candidate(world.a, 1, referred_on=TODAY - timedelta(days=400))
    coach, manager = sign_in(world.stig), sign_in(world.aino)
    page = _text(coach.get("/candidates/forgetting"))
    assert "Helmi1 Saari" in page and "6 months" in page
    assert coach.send("/candidates/forgetting", tries="3", months="12").status_code == 403
    manager = sign_in(world.aino)
    wrong = manager.send("/candidates/forgetting", tries="0", months="12", version="0")
    assert "Choose from 1 to 20 attempts." in _text(wrong)
    saved = manager.send("/candidates/forgetting", tries="4", months="24", version="0")
    assert saved.status_code == 303
    assert "Nobody is forgotten tonight" in _text(manager.get("/candidates/forgetting"))
    late = manager.send("/candidates/forgetting", tries="4", months="24", version="0")
    assert late.status_code == 409
