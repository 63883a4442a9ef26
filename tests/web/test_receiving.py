"""What was sent, opened by the link of its message and a code: by its recipient and nobody else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from jobsearch.accounts.codes.queries import address_digest
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Stage, Way
from jobsearch.analyses.models import Release
from jobsearch.audit.models import AccessEntry
from jobsearch.consents.models import CoachLink
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.files import StoredFile
from jobsearch.core.scope import whole_installation
from jobsearch.links.models import PersonalLink
from jobsearch.notices.models import Message
from tests.pages import PageClient
from tests.world import TODAY
from tests.written import CANARY, released

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def _in_english(monkeypatch) -> None:
    """Nobody who is signed out has chosen a language: her browser asks for English."""
    monkeypatch.setattr(PageClient, "reads", "en")


def _all(model, *where):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.scalars(select(model).where(*where)).all()


def _change(model, key, **values) -> None:
    with unit_of_work(whole_installation("test")):
        for name, value in values.items():
            setattr(db.session.get(model, key), name, value)


def _messages(kind: str) -> list[Message]:
    found = _all(Message, Message.kind == kind)
    return sorted(found, key=lambda one: (one.created_at, one.id))


def _link() -> str:
    (message,) = _messages("analyses.arrived")
    return re.search(r"http://localhost(/received/\S+)", message.body)[1]


def _code() -> str:
    return re.search(r"\b\d{6}\b", _messages("accounts.sign_in_code")[-1].body)[0]


def _is_hers(client, release: str) -> bool:
    answer = client.get(f"/inbox/{release}")
    return answer.status_code == 200 and CANARY in answer.text


# --- the way in -------------------------------------------------------------------------------


def test_on_a_first_visit_the_link_one_button_and_the_code_open_it(sign_in, world, as_):
    _key, release = released(as_, world)
    client = sign_in(None)
    page = client.get(_link())
    assert page.status_code == 200 and "m•••@example.org" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    for word in ("Pihlaja", "Pia", "Mia", "mia@", CANARY, "Group 7"):
        assert word not in page.text
    asked = client.send(_link())
    assert asked.status_code == 303 and asked.location.startswith("/sign-in/code")
    assert "m•••@example.org" in client.get(asked.location).text
    answer = client.send("/sign-in/code", code=_code(), next=f"/inbox/{release}")
    assert answer.status_code == 303 and answer.location == f"/inbox/{release}"
    assert _is_hers(client, release)
    assert client.get(f"/inbox/{release}/analysis.pdf").mimetype == "application/pdf"


def test_the_code_goes_to_the_address_of_the_permission_whoever_asks(sign_in, world, as_):
    released(as_, world)
    for who in (None, world.nils, world.bo, world.aino):
        sign_in(who).send(_link(), address="nils@example.org", email="nils@example.org")
    assert {m.address for m in _messages("accounts.sign_in_code")} == {"mia@example.org"}


def test_a_forwarded_link_opens_nothing_to_another(sign_in, world, as_):
    _key, release = released(as_, world)
    nils = sign_in(world.nils)
    assert nils.get(_link()).status_code == 200
    assert nils.send(_link()).status_code == 303
    wrong = nils.send("/sign-in/code", code="000000")
    assert wrong.status_code == 422
    for client in (nils, sign_in(world.bo), sign_in(world.stig), sign_in(None)):
        answer = client.get(f"/inbox/{release}")
        assert answer.status_code in (303, 403, 404) and CANARY not in answer.text


def test_mail_scanners_change_nothing_and_learn_no_name(sign_in, world, as_):
    _key, release = released(as_, world)
    before = _counts()
    client = sign_in(None)
    for _ in range(3):
        assert client.head(_link()).status_code == 200
        page = client.get(_link())
        assert page.status_code == 200 and "Pihlaja" not in page.text
    assert _counts() == before
    client.send(_link())
    client.send("/sign-in/code", code=_code(), next=f"/inbox/{release}")
    assert _is_hers(client, release)


def _counts() -> list[int]:
    tables = (Message, PersonalLink, SignIn, AccessEntry)
    with unit_of_work(whole_installation("test"), read_only=True):
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_who_is_in_by_a_code_to_that_address_goes_straight_on(sign_in, world, as_):
    _key, release = released(as_, world)
    answer = sign_in(world.mia).get(_link())
    assert answer.status_code == 303 and answer.location == f"/inbox/{release}"
    assert sign_in(world.nils).get(_link()).status_code == 200


def test_who_has_signed_out_is_asked_for_a_code_by_the_link(sign_in, world, as_):
    released(as_, world)
    _change(SignIn, world.mia.actor.sign_in_id, ended_at=now())
    page = sign_in(world.mia).get(_link())
    assert page.status_code == 200 and "m•••@example.org" in page.text


@pytest.mark.parametrize("way", [w for w in Way if w not in (Way.CODE, Way.LINK)])
def test_who_is_in_by_another_way_is_asked_for_a_code_by_the_link(sign_in, world, as_, way):
    released(as_, world)
    _change(SignIn, world.mia.actor.sign_in_id, way=way)
    assert sign_in(world.mia).get(_link()).status_code == 200


def test_a_code_that_went_elsewhere_does_not_go_straight_on(sign_in, world, as_):
    released(as_, world)
    elsewhere = address_digest(Address(phone="+358400000999"))
    _change(SignIn, world.mia.actor.sign_in_id, address_digest=elsewhere)
    assert sign_in(world.mia).get(_link()).status_code == 200


def test_another_account_with_a_code_to_that_address_does_not_go_straight_on(sign_in, world, as_):
    released(as_, world)
    there = address_digest(Address(email="mia@example.org"))
    _change(SignIn, world.nils.actor.sign_in_id, address_digest=there)
    assert sign_in(world.nils).get(_link()).status_code == 200


def test_the_link_ends_after_thirty_days_and_the_inbox_goes_on(sign_in, world, as_, clock):
    _key, release = released(as_, world)
    link = _link()
    clock.shift(timedelta(days=30, minutes=1))
    _change(SignIn, world.mia.actor.sign_in_id, started_at=now(), last_seen_at=now())
    client = sign_in(None)
    assert client.get(link).status_code == client.send(link).status_code == 410
    assert not _messages("accounts.sign_in_code")
    assert _is_hers(sign_in(world.mia), release)


def test_the_link_of_a_withdrawn_permission_says_so_and_sends_no_code(sign_in, world, as_):
    released(as_, world)
    sign_in(world.pia).send("/my-analysis/withdraw")
    for client in (sign_in(None), sign_in(world.mia)):
        page = client.get(_link())
        assert page.status_code == 410 and "permission has ended" in page.text
        assert "Pihlaja" not in page.text
        assert client.send(_link()).status_code == 404
    assert not _messages("accounts.sign_in_code")


def test_a_made_up_link_is_no_page(sign_in, world, as_):
    released(as_, world)
    assert sign_in(None).get("/received/" + "a" * 43).status_code == 404


def test_three_messages_in_a_quarter_are_enough(sign_in, world, as_):
    released(as_, world)
    client = sign_in(None)
    answers = {client.send(_link()).status_code for _ in range(6)}
    assert answers == {303}
    assert len(_messages("accounts.sign_in_code")) == 3


# --- what else has to hold --------------------------------------------------------------------


@pytest.mark.parametrize("way", [w for w in Way if w not in (Way.CODE, Way.LINK)])
def test_another_way_of_signing_in_is_asked_for_a_code(sign_in, world, as_, way):
    _key, release = released(as_, world)
    _change(SignIn, world.mia.actor.sign_in_id, way=way)
    client = sign_in(world.mia)
    for path in (f"/inbox/{release}", f"/inbox/{release}/analysis.pdf"):
        answer = client.get(path)
        assert answer.status_code == 403 and "code to your address" in answer.text
        assert CANARY not in answer.text and "Pihlaja" not in answer.text
    asked = client.send(f"/inbox/{release}/code")
    assert asked.status_code == 303
    client.send("/sign-in/code", code=_code(), next=f"/inbox/{release}")
    assert _is_hers(client, release)


def test_a_code_to_another_address_is_not_enough(sign_in, world, as_):
    _key, release = released(as_, world)
    elsewhere = address_digest(Address(phone="+358400000999"))
    _change(SignIn, world.mia.actor.sign_in_id, address_digest=elsewhere)
    assert sign_in(world.mia).get(f"/inbox/{release}").status_code == 403
    _change(SignIn, world.mia.actor.sign_in_id, address_digest=None)
    assert sign_in(world.mia).get(f"/inbox/{release}").status_code == 403


def test_a_changed_address_opens_nothing_and_is_told_why(sign_in, world, as_):
    _key, release = released(as_, world)
    _change(Account, world.mia.account_id, email="new@example.org")
    answer = sign_in(world.mia).get(f"/inbox/{release}")
    assert answer.status_code == 404 and "another address" in answer.text
    page = sign_in(None).get(_link())
    assert page.status_code == 410 and "not in use" in page.text
    # nor does the code reach whoever has the old address now
    _change(Account, world.nils.account_id, email="mia@example.org")
    assert sign_in(None).send(_link()).status_code == 404
    assert not _messages("accounts.sign_in_code")


def test_a_coach_who_is_hers_no_more_opens_nothing(sign_in, world, as_):
    _key, release = released(as_, world)
    (link,) = _all(CoachLink, CoachLink.person_id == world.pia.person_id)
    _change(CoachLink, link.id, valid_to=TODAY - timedelta(days=1))
    for path in (f"/inbox/{release}", f"/inbox/{release}/analysis.pdf"):
        answer = sign_in(world.mia).get(path)
        assert answer.status_code == 404 and "any more" in answer.text
        assert CANARY not in answer.text and "Pihlaja" not in answer.text
    assert "Pihlaja" not in sign_in(world.mia).get("/inbox").text


def test_whose_membership_has_ended_opens_nothing(sign_in, world, as_):
    _key, release = released(as_, world)
    _change(Membership, world.mia.actor.membership_id, ended_at=now())
    assert sign_in(world.mia).get(f"/inbox/{release}").status_code == 303  # to the door
    assert sign_in(None).get(_link()).status_code == 410


def test_other_bytes_than_those_that_went_are_refused_and_noted(sign_in, world, as_):
    _key, release = released(as_, world)
    _change(Release, release, sha256="0" * 64)
    answer = sign_in(world.mia).get(f"/inbox/{release}/analysis.pdf")
    assert answer.status_code == 404 and b"%PDF" not in answer.data
    assert "not the one that was sent" in answer.text
    assert [one.account_id for one in _all(AccessEntry, AccessEntry.refused)] == [
        world.mia.account_id
    ]


def test_bytes_changed_in_the_store_are_refused(sign_in, world, as_):
    _key, release = released(as_, world)
    (row,) = _all(Release)
    _change(StoredFile, row.file_id, content=b"%PDF-1.4 something else")
    answer = sign_in(world.mia).get(f"/inbox/{release}/analysis.pdf")
    assert answer.status_code == 404 and b"%PDF" not in answer.data


def test_refusals_are_noted_and_are_no_openings(sign_in, world, as_):
    _key, release = released(as_, world)
    _change(SignIn, world.mia.actor.sign_in_id, way=Way.PASSKEY)
    sign_in(world.mia).get(f"/inbox/{release}")
    looks = _all(AccessEntry, AccessEntry.person_id == world.pia.person_id)
    assert [(one.refused, one.account_id) for one in looks] == [(True, world.mia.account_id)]
    assert "Nobody has opened it" in sign_in(world.pia).get("/my-analysis").text


def test_nothing_of_it_is_kept_by_a_browser(sign_in, world, as_):
    _key, release = released(as_, world)
    for member, path in (
        (world.mia, f"/inbox/{release}"),
        (world.mia, f"/inbox/{release}/analysis.pdf"),
        (world.pia, "/my-analysis"),
        (world.pia, "/my-analysis/copy.pdf"),
    ):
        answer = sign_in(member).get(path)
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_no_mail_about_it_carries_a_file_or_a_name(sign_in, world, as_):
    released(as_, world)
    sign_in(world.pia).send("/my-analysis/withdraw")
    sent = _all(Message)
    assert {"analyses.arrived", "analyses.given", "analyses.withdrawn"} <= {m.kind for m in sent}
    for message in sent:
        assert message.attachment_id is None
        assert not re.search(f"Pihlaja|Mäki|{CANARY}", message.subject + message.body)


@pytest.mark.parametrize("broken", ["address_digests", "why_closed", "files.get"])
def test_a_fault_inside_the_check_opens_nothing(sign_in, world, as_, monkeypatch, broken):
    """What cannot be checked is not open (security.md row 40)."""
    _key, release = released(as_, world)
    monkeypatch.setattr(f"jobsearch.analyses.releases.queries.{broken}", lambda *_: 1 / 0)
    answer = sign_in(world.mia).get(f"/inbox/{release}/analysis.pdf")
    assert answer.status_code == 500 and b"%PDF" not in answer.data
    assert CANARY not in answer.text and "Pihlaja" not in answer.text


# --- somebody with two roles of the same town -------------------------------------------------


@pytest.fixture
def leads_too(world, context) -> str:
    """Mia is a municipal administrator as well, and acted as one last."""
    with unit_of_work(whole_installation("test")):
        row = Membership(
            account_id=world.mia.account_id,
            organisation_id=world.municipality_id,
            role=Role.MUNICIPAL_ADMIN,
            began_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        db.session.add(
            SignIn(
                secret_digest="d" * 64,
                membership_id=row.id,
                device="Computer",
                started_at=now(),
                last_seen_at=now() + timedelta(minutes=1),
                proven_at=now(),
                way=Way.CODE,
                stage=Stage.WHOLE,
                address_digest=address_digest(Address(email="mia@example.org")),
            )
        )
        return row.id


@pytest.mark.usefixtures("leads_too")
def test_the_code_of_what_was_sent_opens_it_in_the_role_that_it_was_sent_to(sign_in, world, as_):
    _key, release = released(as_, world)
    client = sign_in(None)
    asked = client.send(_link())
    assert client.send("/sign-in/code", code=_code(), next=f"/inbox/{release}").status_code == 303
    assert asked.status_code == 303 and _is_hers(client, release)


@pytest.mark.usefixtures("leads_too")
def test_a_code_asked_for_at_the_door_opens_the_role_of_last_time(sign_in, world, as_, clock):
    _key, release = released(as_, world)
    client = sign_in(None)
    client.send(_link())
    clock.shift(5)
    client.send("/sign-in", address="mia@example.org")
    client.send("/sign-in/code", code=_code())
    assert client.get(f"/inbox/{release}").status_code == 403


def test_who_switches_her_role_has_still_shown_whose_the_address_is(sign_in, world, as_, leads_too):
    _key, release = released(as_, world)
    client = sign_in(world.mia)
    assert client.send("/my-roles", role=leads_too).status_code == 303
    assert client.get(_link()).status_code == 200, "as administrator she is not in by it"
    hers = world.mia.actor.membership_id
    assert client.with_token().send("/my-roles", role=hers).status_code == 303
    assert _is_hers(client, release)
