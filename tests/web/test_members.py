"""Pages of members, invitations and organisations."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.config import Mode
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.organisations.models import Organisation
from tests.world import NOW, make_member

pytestmark = pytest.mark.usefixtures("context")
NEW = "nea@example.org"
GOOD = {"name": "Nea Niemi", "email": NEW, "role": "coach", "language": "en"}
DETAILS = {
    "name": "Provider A",
    "service_name": "Työnhakutyö",
    "business_id": "12345671",
    "street": "Katu 1",
    "postal_code": "28100",
    "city": "Pori",
    "phone": "02 123 4567",
    "zone": "Europe/Helsinki",
    "language": "fi",
    "privacy_name": "Eeva",
    "privacy_email": "Tietosuoja@Example.org",
}


def _work():
    return unit_of_work(whole_installation("test"))


def _invite(client, world, **changed):
    return client.send(f"/organisations/{world.a.organisation_id}/invite", **(GOOD | changed))


def _link():
    """The address in the newest message that has one of ours."""
    with _work():
        messages = db.session.scalars(select(Message).order_by(Message.created_at.desc()))
        bodies = [message.body for message in messages if "/invitation/" in message.body]
        return re.search(r"/invitation/\S+", bodies[0])[0]


def test_the_one_time_address_that_accepting_leads_to_is_not_readable_in_the_database(
    sign_in, world
):
    _invite(sign_in(world.aino), world)
    answer = sign_in(None).send(_link(), _once="accepting")
    with _work():
        noted = db.session.execute(text("SELECT location FROM submission")).scalars().all()
    assert "/new-password/" in answer.location
    assert noted
    assert "new-password" not in repr(noted)


def test_an_invitation_is_sent_opened_and_accepted_by_its_button_alone(sign_in, world):
    manager, new = sign_in(world.aino), sign_in(None)
    assert _invite(manager, world).status_code == 303
    listed = manager.get("/members").text
    assert NEW in listed
    assert "Invited, not yet here" in listed
    link = _link()
    for _opened in range(3):
        page = new.get(link).text
        assert "Aino Aalto invites you to Provider A." in page
    answer = new.send(link)
    assert answer.status_code == 303
    assert "/new-password/" in answer.location
    assert new.get(answer.location).status_code == 200
    assert new.get(link).status_code == 410
    assert new.send(link).status_code == 410
    assert "Nea Niemi" in manager.get("/members").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter the name."),
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"email": "aino@example.org"}, "Nobody gives herself a role"),
        ({"role": "operator"}, "Not a valid choice"),
        ({"role": "participant"}, "Not a valid choice"),
        ({"role": ""}, "Choose a role."),
    ],
)
def test_a_bad_invitation_comes_back_with_what_is_wrong(sign_in, world, changed, words):
    answer = _invite(sign_in(world.aino), world, **changed)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("given", [{}, {"role": ""}])
def test_who_chooses_no_role_is_asked_to_choose_one(sign_in, world, given):
    client = sign_in(world.aino)
    about = re.search(r'href="(/members/\w{20})"', client.get("/members").text)[1]
    answer = client.send(f"{about}/role", **given)
    assert answer.status_code == 422
    assert "Choose a role." in answer.text and "valid choice" not in answer.text


def test_an_invitation_is_sent_again_and_taken_back(sign_in, world):
    client = sign_in(world.aino)
    _invite(client, world)
    first = _link()
    key = re.search(r"/invitations/(\w+)/resend", client.get("/members").text)[1]
    assert client.send(f"/invitations/{key}/resend").status_code == 303
    assert sign_in(None).get(first).status_code == 410
    second = _link()
    assert client.send(f"/invitations/{key}/revoke").status_code == 303
    assert sign_in(None).send(second).status_code == 410
    assert client.send(f"/invitations/{key}/resend").status_code == 422


def test_who_has_an_account_is_led_to_sign_in_and_accepts_there(sign_in, world):
    _invite(sign_in(world.aino), world, email="cora@example.org", name="Cora")
    link = _link()
    answer = sign_in(None).send(link)
    assert answer.status_code == 422
    assert "Sign in to accept" in answer.text
    cora = sign_in(world.cora)
    page = cora.get("/my-roles").text
    assert "You are invited" in page
    key = re.search(r'name="invitation" value="(\w+)"', page)[1]
    assert sign_in(world.stig).send("/my-roles/accept", invitation=key).status_code == 404
    assert cora.send("/my-roles/accept", invitation=key).status_code == 303


def _asks_for_code(client, address):
    """A code to this address; returns it."""
    client.send("/sign-in", address=address)
    with _work():
        sent = select(Message).where(Message.kind == "accounts.sign_in_code")
        newest = db.session.scalars(sent.order_by(Message.created_at.desc(), Message.id)).first()
        return re.search(r"\b\d{6}\b", newest.body)[0]


def test_a_participant_takes_no_role_by_an_address_that_she_has_only_written(sign_in, world, clock):
    _invite(sign_in(world.aino), world)
    pia = sign_in(world.pia)
    own = {"phone": "040 000 0201", "email": NEW, "language": "en"}
    assert pia.send("/my-contact", **own).status_code == 303
    key = re.search(r'name="invitation" value="(\w+)"', pia.get("/my-roles").text)[1]
    refused = pia.send("/my-roles/accept", invitation=key)
    assert refused.status_code == 422 and "a code sent to nea@example.org" in refused.text
    guessing = sign_in(None)
    right = _asks_for_code(guessing, NEW)
    for _time in range(5):
        guessing.send("/sign-in/code", code="000000" if right != "000000" else "111111")
    assert pia.send("/my-roles/accept", invitation=key).status_code == 422
    clock.shift(timedelta(minutes=1))
    reader = sign_in(None)
    reader.send("/sign-in/code", code=_asks_for_code(reader, NEW))
    assert "You are invited" in reader.get("/my-roles").text
    assert reader.with_token().send("/my-roles/accept", invitation=key).status_code == 303


def test_only_manager_and_operator_open_the_members(sign_in, world):
    for name in ("stig", "paula", "pia", "mia"):
        client = sign_in(getattr(world, name))
        assert client.get("/members").status_code == 403
        assert _invite(client, world).status_code == 403
    assert "stig@example.org" not in sign_in(world.sam).get("/members").text
    everywhere = sign_in(world.olga).get("/members").text
    assert "stig@example.org" in everywhere
    assert "cora@example.org" in everywhere
    assert "pia@example.org" not in everywhere


def test_a_stale_proof_is_asked_for_again_before_a_role_is_given(sign_in, world, clock):
    clock.shift(660)
    assert _invite(sign_in(world.aino), world).status_code == 401


def test_a_role_is_changed_and_the_one_who_had_it_is_out_at_once(sign_in, world):
    paula, client = sign_in(world.paula), sign_in(world.aino)
    assert paula.get("/today").status_code == 200
    address = f"/members/{world.paula.actor.membership_id}"
    assert "Payroll clerk" in client.get(address).text
    assert client.send(f"{address}/role", role="operator").status_code == 422
    assert client.send(f"{address}/role", role="coach").status_code == 303
    assert paula.get("/today").status_code == 303  # to sign-in
    assert client.get(address).status_code == 404


def test_a_coach_leaves_and_her_groups_go_to_whom_the_manager_chooses(sign_in, world):
    with _work():
        other = make_member("Kia Koski", Role.COACH, world.a.organisation_id)
    client, address = sign_in(world.aino), f"/members/{world.stig.actor.membership_id}/end"
    page = client.get(address).text
    assert "Group 7" in page
    assert "Kia Koski" in page
    refused = client.send(address, successor="")
    assert refused.status_code == 422
    assert "Choose who gets these groups." in refused.text
    assert sign_in(world.stig).get("/today").status_code == 200  # a refusal changes nothing
    assert client.send(address, successor=other.account_id).status_code == 303
    assert sign_in(world.stig).get("/today").status_code == 303
    assert "Stig Strand" in client.get("/members?past=1").text
    assert "Kia Koski" in client.get(f"/cohorts/{world.a.cohort_ids[0]}").text


def test_the_last_manager_is_told_why_she_stays(sign_in, world):
    answer = sign_in(world.aino).send(f"/members/{world.aino.actor.membership_id}/end")
    assert answer.status_code == 422
    assert "at least one manager" in answer.text


@pytest.fixture
def both(world):
    """Stig is a coach of A and a payroll clerk of B; he came in with his app."""
    with _work():
        db.session.add(
            Membership(
                account_id=world.stig.account_id,
                organisation_id=world.b.organisation_id,
                role=Role.PAYROLL_CLERK,
            )
        )
        db.session.get_one(SignIn, world.stig.actor.sign_in_id).way = Way.AUTHENTICATOR


def _roles(client):
    return re.findall(r'name="role" value="(\w+)"', client.get("/my-roles").text)


def test_who_has_two_roles_acts_in_one_and_the_cookie_is_new(sign_in, world, both):
    client = sign_in(world.stig)
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    assert "Pihlaja" in client.get("/people").text
    other = next(key for key in _roles(client) if key != world.stig.actor.membership_id)
    answer = client.send("/my-roles", role=other)
    assert answer.status_code == 303
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    assert "Berg" in client.get("/people").text
    assert "Pihlaja" not in client.get("/people").text
    assert client.get(f"/people/{world.pia.person_id}").status_code == 404
    assert sign_in(world.stig).get("/people").status_code == 303  # the old cookie opens nothing


def test_nobody_acts_in_a_role_that_is_not_hers(sign_in, world, both):
    for key in (world.aino.actor.membership_id, "", "x"):
        assert sign_in(world.stig).send("/my-roles", role=key).status_code == 404
    assert sign_in(None).send("/my-roles", role="x").status_code == 401


def test_a_switch_shows_in_the_head_only_where_there_is_a_choice(sign_in, world, both, statements):
    head = re.compile(r'<header class="top">.*?</header>', re.DOTALL)
    assert "Payroll clerk, Provider B" in head.search(sign_in(world.stig).get("/people").text)[0]
    client = sign_in(world.aino)
    assert "Provider A" not in head.search(client.get("/people").text)[0]


@pytest.mark.parametrize("count", [1, 30])
def test_the_members_page_asks_as_often_for_one_as_for_thirty(sign_in, world, statements, count):
    with _work():
        for number in range(count):
            make_member(f"X{number} Y", Role.COACH, world.a.organisation_id)
    client = sign_in(world.aino)
    statements.clear()
    client.get("/members")
    assert len([one for one in statements if one.startswith(("SELECT", "WITH"))]) <= 4


# organisations


def test_the_manager_says_who_her_organisation_is(sign_in, world):
    client = sign_in(world.aino)
    assert "Something that contracts" in client.get("/settings").text
    for changed, words in (
        ({"business_id": "1234567-2"}, "Check the business id"),
        ({"city": ""}, "Write street, postal code and town"),
        ({"name": "provider B"}, "There is an organisation of this name already."),
        ({"privacy_email": ""}, "how the contact person is reached"),
        ({"phone": "12"}, "Enter a phone number"),
    ):
        answer = client.send("/settings/organisation", **(DETAILS | changed))
        assert answer.status_code == 422, changed
        assert words in answer.text
    assert client.send("/settings/organisation", **DETAILS).status_code == 303
    page = client.get("/settings").text
    assert "1234567-1" in page
    assert "Katu 1, 28100 Pori" in page
    assert "tietosuoja@example.org" in page
    assert "Something that contracts" not in page


def test_two_who_edit_the_details_at_once_do_not_overwrite_each_other(sign_in, world):
    client = sign_in(world.aino)
    assert client.send("/settings/organisation", version="1", **DETAILS).status_code == 303
    assert client.send("/settings/organisation", version="1", **DETAILS).status_code == 409


def test_only_the_manager_has_settings(sign_in, world):
    for name in ("stig", "paula", "pia", "mia", "olga"):
        assert sign_in(getattr(world, name)).get("/settings").status_code == 403
    assert "Provider B" in sign_in(world.sam).get("/settings").text


def test_the_operator_founds_an_organisation_and_invites_its_first_manager(sign_in, world):
    client = sign_in(world.olga)
    assert client.send("/organisations/new", name="X").status_code == 422
    same = client.send("/organisations/new", name="PROVIDER a", kind="provider")
    assert same.status_code == 422
    answer = client.send("/organisations/new", name="Uusi Oy", kind="provider")
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200
    assert "Invite the first manager" in client.get("/organisations").text
    manager = {"name": "Uma", "email": "uma@example.org", "role": "manager", "language": "fi"}
    assert client.send(answer.location, **manager).status_code == 303
    page = sign_in(None).get(_link()).text
    assert "Uusi Oy" in page
    assert sign_in(world.aino).get(answer.location).status_code == 404
    assert sign_in(world.aino).get("/organisations").status_code == 403


def test_a_municipal_coach_is_invited_to_her_town_and_signs_in_by_code(sign_in, world):
    client = sign_in(world.aino)
    assert "Mia Mäki" in client.get("/municipal-coaches").text
    address = f"/organisations/{world.municipality_id}/invite"
    coach = {"name": "Mona", "email": "mona@example.org", "language": "fi"}
    assert client.send(address, role="coach", **coach).status_code == 422
    assert client.send(address, role="municipal_coach", **coach).status_code == 303
    answer = sign_in(None).send(_link())
    assert answer.location.endswith("/sign-in")
    assert "Mona" in client.get("/municipal-coaches").text
    with _work():
        account = db.session.scalars(select(Account).where(Account.email == "mona@example.org"))
        assert account.one().password_hash is None
        assert db.session.scalars(select(Organisation)).all()


def test_the_first_steps_are_the_start_page_until_there_is_a_group(sign_in, world):
    with _work():
        firm = Organisation(kind="provider", name="Tyhjä Oy")
        db.session.add(firm)
        db.session.flush()
        tea = make_member("Tea Tamm", Role.MANAGER, firm.id)
    client = sign_in(tea)
    assert client.get("/today").location.endswith("/first-steps")
    page = client.get("/first-steps").text
    for href in ("/settings/organisation", f"/organisations/{firm.id}/invite", "/programmes/new"):
        assert f'href="{href}"' in page
    assert page.count('aria-current="step"') == 1
    assert sign_in(world.aino).get("/today").status_code == 200
    assert sign_in(world.stig).get("/first-steps").status_code == 403


def test_staff_say_how_the_others_read_their_name(sign_in, world):
    client = sign_in(world.stig)
    assert client.send("/account/name", name=" ").status_code == 422
    assert client.send("/account/name", name="Stig  Sund").status_code == 303
    assert "Stig  Sund" in sign_in(world.aino).get("/members").text
    assert sign_in(world.pia).get("/account/name").status_code == 403


def test_who_has_lost_her_phone_gets_a_link_of_her_own(sign_in, world, clock):
    client, address = sign_in(world.aino), f"/members/{world.stig.actor.membership_id}"
    assert client.send(f"{address}/start-again").status_code == 303
    assert sign_in(world.stig).get("/today").status_code == 303  # to sign-in
    with _work():
        newest = db.session.scalars(select(Message).order_by(Message.created_at.desc())).first()
        assert newest.address == "stig@example.org"
    assert "/new-password/" not in client.get(address).text
    own = f"/members/{world.aino.actor.membership_id}"
    assert client.send(f"{own}/start-again").status_code == 422
    assert sign_in(world.sam).send(f"{address}/start-again").status_code == 404
    clock.shift(660)
    assert client.send(f"{address}/start-again").status_code == 401


@pytest.fixture
def on_plain_http(app):
    """The application as scripts/run starts it: over http, on this machine."""
    config = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = replace(config, mode=Mode.DEMO, base_url="http://localhost:8000")
    yield
    app.config["JOBSEARCH"] = config


def test_the_line_of_the_demo_shows_only_where_people_are_made_up(sign_in, world, on_plain_http):
    for client, page in ((sign_in(None), "/sign-in"), (sign_in(world.aino), "/today")):
        text = client.get(page, headers={"Accept-Language": "en"}).text
        assert "Demo: made-up people" not in text
        assert "Plain http: for trying out" in text
    with _work():
        db.session.get_one(Organisation, world.a.organisation_id).demo_since = NOW
    for client, page in ((sign_in(None), "/sign-in"), (sign_in(world.aino), "/today")):
        text = client.get(page, headers={"Accept-Language": "en"}).text
        assert "Demo: made-up people" in text
        assert "Plain http" not in text
    assert "Demo: made-up people" not in sign_in(world.sam).get("/today").text


def test_messages_are_read_here_only_where_nothing_sends_them(app, sign_in, world, on_plain_http):
    assert sign_in(None).get("/outbox").status_code == 200
    app.config["JOBSEARCH"] = replace(app.config["JOBSEARCH"], smtp_url="smtp://localhost")
    assert sign_in(None).get("/outbox").status_code == 404


def test_the_first_manager_of_an_installation_without_operator_is_its_operator(app, context):
    with _work():
        for member in db.session.scalars(select(Membership)):
            member.ended_at = NOW
    email = "eeva@firma.example"
    app.test_cli_runner().invoke(args=["accounts", "first-manager", email])
    app.test_cli_runner().invoke(args=["accounts", "first-manager", "second@firma.example"])
    with _work():
        held = (
            select(Account.email, Membership.role)
            .join(Membership)
            .where(Membership.ended_at.is_(None))
        )
        assert {tuple(row) for row in db.session.execute(held)} == {
            (email, Role.MANAGER),
            (email, Role.OPERATOR),
            ("second@firma.example", Role.MANAGER),
        }
