"""A manager's pages of her organisation's own sign-in."""

import pytest

from jobsearch.accounts.members.service import switch_role
from jobsearch.accounts.models import Membership, SignIn
from jobsearch.accounts.oidc.models import IdentityProvider, IdentityTie
from jobsearch.accounts.rules import Way
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.identity import connect

ENTERED = {
    "name": "Firma account",
    "issuer": "https://id.firma.example",
    "client_id": "jobsearch",
    "client_secret": "word-of-the-client",
    "domains": "@Firma.example, firma.fi",
    "second_factor": "claimed",
    "required_acr": "",
}


@pytest.fixture
def aino(world, sign_in, context):
    """Aino, who has proven a moment ago that it is she."""
    with unit_of_work(whole_installation("test")):
        db.session.get(SignIn, world.aino.actor.sign_in_id).proven_at = now()
    return sign_in(world.aino)


def _provider() -> IdentityProvider:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(IdentityProvider).one()


def _add(aino, **other) -> IdentityProvider:
    answer = aino.send("/settings/sign-in/new", **{**ENTERED, **other})
    assert answer.status_code == 303, answer.text
    return _provider()


def _tie(world, provider_id: str, member) -> str:
    with unit_of_work(whole_installation("test")):
        tie = IdentityTie(
            provider_id=provider_id,
            account_id=member.account_id,
            issuer=ENTERED["issuer"],
            subject=member.email,
            tied_at=now(),
        )
        db.session.add(tie)
        db.session.flush()
        return tie.id


def test_a_provider_is_entered_and_its_secret_is_never_shown(aino) -> None:
    provider = _add(aino)
    assert provider.domain_list == ("firma.example", "firma.fi")
    pages = [f"/settings/sign-in/{provider.id}", f"/settings/sign-in/{provider.id}/edit"]
    for page in (*pages, "/settings/sign-in"):
        assert "word-of-the-client" not in aino.get(page).text
    with unit_of_work(whole_installation("test"), read_only=True):
        stored = db.session.connection().exec_driver_sql(
            "SELECT client_secret FROM identity_provider"
        )
        assert b"word-of-the-client" not in bytes(stored.scalar_one())


def test_an_empty_secret_keeps_the_one_that_is_there_but_not_for_another_issuer(aino) -> None:
    provider = _add(aino)
    there = f"/settings/sign-in/{provider.id}/edit"
    kept = {**ENTERED, "client_secret": "", "version": provider.version}
    assert aino.send(there, **{**kept, "name": "Another name"}).status_code == 303
    assert (_provider().name, _provider().client_secret) == ("Another name", "word-of-the-client")
    kept["version"] = _provider().version
    aino.send(there, **{**kept, "issuer": "https://evil.example"})
    assert _provider().client_secret is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issuer", "http://id.firma.example"),
        ("issuer", "http://127.0.0.1@id.firma.example"),
        ("issuer", "https://user:word@id.firma.example"),
        ("issuer", "https://id.firma.example?x"),
        ("issuer", "id.firma.example"),
        ("domains", "nothing"),
        ("domains", "firma.fi; <b>"),
        ("client_id", ""),
        ("name", ""),
        ("second_factor", "never"),
    ],
)
def test_what_does_not_hold_is_said_on_its_field(aino, field, value) -> None:
    answer = aino.send("/settings/sign-in/new", **{**ENTERED, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_the_same_provider_is_entered_once(aino) -> None:
    _add(aino)
    assert aino.send("/settings/sign-in/new", **ENTERED).status_code == 422


def test_an_old_version_is_refused(aino) -> None:
    provider = _add(aino)
    values = {**ENTERED, "version": provider.version - 1}
    assert aino.send(f"/settings/sign-in/{provider.id}/edit", **values).status_code == 409


def test_it_is_required_only_after_the_manager_has_come_in_by_it(world, aino) -> None:
    provider = _add(aino)
    there = f"/settings/sign-in/{provider.id}/require"
    choice = {"version": provider.version, "break_glass_id": world.aino.account_id}
    refused = aino.send(there, **choice)
    assert refused.status_code == 422
    assert "Sign in once by it yourself first" in refused.text
    _tie(world, provider.id, world.aino)
    assert aino.send(there, **choice).status_code == 303
    assert _provider().required_at == now()
    assert "Aino Aalto keeps her password" in aino.get(f"/settings/sign-in/{provider.id}").text
    released = aino.send(f"/settings/sign-in/{provider.id}/release", version=_provider().version)
    assert released.status_code == 303
    assert _provider().required_at is None


def test_only_a_manager_here_keeps_her_password(world, aino) -> None:
    provider = _add(aino)
    _tie(world, provider.id, world.aino)
    for other in (world.stig, world.sam):
        answer = aino.send(
            f"/settings/sign-in/{provider.id}/require",
            version=provider.version,
            break_glass_id=other.account_id,
        )
        assert answer.status_code == 422


def test_a_provider_that_is_removed_forgets_its_secret_and_is_gone(aino) -> None:
    provider = _add(aino)
    answer = aino.send(f"/settings/sign-in/{provider.id}/end", version=provider.version)
    assert answer.status_code == 303
    assert (_provider().client_secret, _provider().ended_at) == (None, now())
    assert aino.get(f"/settings/sign-in/{provider.id}").status_code == 404
    assert _add_again(aino)


def _add_again(aino) -> bool:
    return aino.send("/settings/sign-in/new", **ENTERED).status_code == 303


def test_another_issuer_knows_nobody_yet_and_ties_anew(world, aino) -> None:
    provider = _add(aino)
    _tie(world, provider.id, world.stig)
    there = f"/settings/sign-in/{provider.id}/edit"
    ties = []
    for changed in ({"name": "Another name"}, {"issuer": "https://id.anew.example"}):
        kept = {**ENTERED, "version": _provider().version}
        assert aino.send(there, **{**kept, **changed}).status_code == 303
        with unit_of_work(whole_installation("test"), read_only=True):
            ties.append(db.session.query(IdentityTie).count())
    assert ties == [1, 0]


def test_a_tie_can_be_loosened(world, aino) -> None:
    provider = _add(aino)
    tie_id = _tie(world, provider.id, world.stig)
    assert "Stig Strand" in aino.get(f"/settings/sign-in/{provider.id}").text
    assert aino.send(f"/settings/sign-in/ties/{tie_id}/loosen").status_code == 303
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.query(IdentityTie).count() == 0


def test_every_manager_is_told(aino, world) -> None:
    _add(aino)
    with unit_of_work(whole_installation("test"), read_only=True):
        sent = db.session.query(Message).all()
        assert [message.address for message in sent] == [world.aino.email]
        assert "http://localhost/settings/sign-in" in sent[0].body


def test_the_managers_list_asks_as_much_for_one_tie_as_for_thirty(aino, world, statements) -> None:
    provider = _add(aino)
    _tie(world, provider.id, world.stig)
    page = f"/settings/sign-in/{provider.id}"
    aino.get(page)
    statements.clear()
    aino.get(page)
    one = len(statements)
    for member in (world.aino, world.paula, world.olga, world.sam, world.cora, world.petra):
        _tie(world, provider.id, member)
    statements.clear()
    aino.get(page)
    assert len(statements) == one


@pytest.fixture
def stig_elsewhere(world, context) -> str:
    """Stig is a coach of provider B too; gives that membership."""
    with unit_of_work(whole_installation("test")):
        membership = Membership(
            account_id=world.stig.account_id,
            organisation_id=world.b.organisation_id,
            role=Role.COACH,
        )
        db.session.add(membership)
        db.session.flush()
        return membership.id


def _came_in(world, way: Way) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get(SignIn, world.stig.actor.sign_in_id).way = way


def test_one_organisations_provider_opens_no_other_organisation(world, as_, stig_elsewhere) -> None:
    _came_in(world, Way.PROVIDER)
    with pytest.raises(RuleBroken), as_(world.stig):
        switch_role(world.stig.actor, stig_elsewhere)


def test_who_requires_a_provider_is_not_content_with_another_sign_in(
    world, as_, stig_elsewhere
) -> None:
    _came_in(world, Way.AUTHENTICATOR)
    provider_id = connect(world.b.organisation_id, "https://id.b.example")
    with unit_of_work(whole_installation("test")):
        provider = db.session.get(IdentityProvider, provider_id)
        provider.required_at, provider.break_glass_id = now(), world.sam.account_id
    with pytest.raises(RuleBroken), as_(world.stig):
        switch_role(world.stig.actor, stig_elsewhere)
    with unit_of_work(whole_installation("test")):
        provider = db.session.get(IdentityProvider, provider_id)
        provider.required_at = provider.break_glass_id = None
    with as_(world.stig):
        assert switch_role(world.stig.actor, stig_elsewhere)
