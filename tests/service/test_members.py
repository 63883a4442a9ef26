"""Members in the database: invited, in another role, gone, and never without a manager."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.invitations.queries import list_offers, list_open_invitations
from jobsearch.accounts.invitations.service import (
    accept,
    accept_as_new,
    invite,
    resend,
    revoke,
)
from jobsearch.accounts.members.queries import get_member, list_members
from jobsearch.accounts.members.rules import InvitationState
from jobsearch.accounts.members.service import switch_role
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.queries import find_account, find_sign_in
from jobsearch.accounts.rules import Way
from jobsearch.accounts.staff.queries import find_staff_membership
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope
from jobsearch.handover.rules import NOBODY
from jobsearch.handover.service import change_role, end_membership
from jobsearch.links.models import PersonalLink
from jobsearch.links.service import issue_link
from jobsearch.notices.models import Message
from tests.world import NOW, make_member

pytestmark = pytest.mark.usefixtures("context")
NEW = "nea@example.org"


def _invite(world, by=None, **changed):
    values = {
        "email": NEW,
        "name": "Nea Niemi",
        "role": Role.COACH,
        "organisation_id": world.a.organisation_id,
        "language": "sv",
        **changed,
    }
    return invite((by or world.aino).actor, **values)


@pytest.fixture
def invitation(world, as_):
    """An open invitation of a coach, by Aino."""
    with as_(world.aino):
        return _invite(world).id


@pytest.fixture
def sara(world, as_):
    """A second manager of provider A."""
    with as_(world.aino):
        return make_member("Sara Sundman", Role.MANAGER, world.a.organisation_id)


def _link(world, as_, invitation_id):
    """The key of a fresh link to an invitation."""
    with as_(world.aino):
        issue_link("accounts.invitation", invitation_id, expires_at=NOW + timedelta(days=1))
        db.session.flush()
        link = select(PersonalLink.id).where(PersonalLink.subject_id == invitation_id)
        return db.session.scalars(link.order_by(PersonalLink.id)).first()


def _row(invitation_id):
    return db.session.get_one(Invitation, invitation_id)


def _messages():
    return list(db.session.scalars(select(Message).order_by(Message.created_at, Message.id)))


# invitations


def test_an_invitation_goes_out_in_her_language_with_a_link_and_lives_seven_days(
    world, as_, invitation
):
    with as_(world.aino):
        row, (message,) = _row(invitation), _messages()
        assert row.expires_at == NOW + timedelta(days=7)
        assert message.address == NEW
        assert message.language == "sv"
        assert "http://localhost/invitation/" in message.body
        assert message.expires_at == row.expires_at
        secret = message.body.split("/invitation/")[1].split()[0]
        assert secret not in {link.secret_digest for link in db.session.query(PersonalLink)}


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"email": "nobody"}, "email", "Enter an e-mail address"),
        ({"email": "AINO@example.org"}, "email", "Nobody gives herself a role"),
        ({"email": "Stig <stig@example.org>"}, "email", "has this role already"),
        ({"email": " NEA@example.org"}, "email", "invited already"),
        ({"role": Role.OPERATOR}, "role", "You may not give this role"),
        ({"role": Role.PARTICIPANT}, "role", "You may not give this role"),
    ],
)
def test_a_bad_invitation_is_refused_at_its_field(world, as_, invitation, changed, field, words):
    with pytest.raises(RuleBroken, match=words) as broken, as_(world.aino):
        _invite(world, **changed)
    assert broken.value.field == field


def test_a_manager_invites_to_her_own_organisation_and_municipal_coaches_to_towns(world, as_):
    with pytest.raises(RuleBroken, match="your own organisation"), as_(world.aino):
        _invite(world, organisation_id=world.b.organisation_id)
    with as_(world.aino):
        town = world.municipality_id
        coach = _invite(world, role=Role.MUNICIPAL_COACH, organisation_id=town)
        assert coach.inviting_id == world.a.organisation_id


def test_a_role_of_a_role_that_invites_nobody_is_refused(world, as_):
    for who in (world.stig, world.paula, world.pia, world.mia):
        with pytest.raises(RuleBroken, match="You may not give this role"), as_(who):
            _invite(world, by=who)


def test_the_link_makes_the_account_once(world, as_, invitation):
    link = _link(world, as_, invitation)
    with as_(world.aino):
        assert accept_as_new(invitation, link)
    with as_(world.aino):
        account = find_account(NEW)
        assert (account.name, account.language, account.password_hash) == ("Nea Niemi", "sv", None)
        assert _row(invitation).account_id == account.id
        with pytest.raises(RuleBroken, match="accepted already"):
            accept_as_new(invitation, link)


def test_who_has_an_account_signs_in_first_and_keeps_her_other_roles(world, as_):
    with as_(world.aino):
        key = _invite(world, email="cora@example.org").id
    link = _link(world, as_, key)
    with pytest.raises(RuleBroken, match="Sign in to accept"), as_(world.aino):
        accept_as_new(key, link)
    with pytest.raises(NotVisible), as_(world.stig):
        accept(world.stig.actor, key)
    with as_(world.cora):
        assert [offer.id for offer in list_offers("cora@example.org")] == [key]
        assert accept(world.cora.actor, key)  # she has no password yet
        roles = select(Membership).where(Membership.account_id == world.cora.account_id)
        assert len(db.session.scalars(roles).all()) == 2
        assert list_offers("cora@example.org") == []


def test_nobody_accepts_what_she_has_offered_herself(world, as_, clock):
    with as_(world.aino):
        key = _invite(world).id
        db.session.get_one(Account, world.aino.account_id).email = NEW
    with pytest.raises(RuleBroken, match="Nobody gives herself a role"), as_(world.aino):
        accept(world.aino.actor, key)


def test_after_seven_days_it_opens_nothing_until_it_is_sent_again(world, as_, invitation, clock):
    link = _link(world, as_, invitation)
    clock.shift(timedelta(days=7))
    with pytest.raises(RuleBroken, match="too old"), as_(world.aino):
        accept_as_new(invitation, link)
    with as_(world.aino):
        assert list_open_invitations(world.aino.actor)[0].is_expired
        resend(world.aino.actor, invitation)
    with as_(world.aino):
        assert _row(invitation).times_sent == 2
        links = db.session.scalars(select(PersonalLink)).all()
        assert [one.revoked_at is None for one in links].count(True) == 1
    link = _link(world, as_, invitation)
    with as_(world.aino):
        assert accept_as_new(invitation, link)


def test_what_is_taken_back_opens_nothing(world, as_, invitation):
    link = _link(world, as_, invitation)
    with as_(world.aino):
        revoke(world.aino.actor, invitation)
    with as_(world.aino):
        assert list_open_invitations(world.aino.actor) == []
        for deed in (
            lambda: accept_as_new(invitation, link),
            lambda: resend(world.aino.actor, invitation),
        ):
            with pytest.raises(RuleBroken, match="taken back"):
                deed()


def test_another_provider_sees_no_invitation_of_ours(world, as_, invitation):
    with as_(world.sam):
        assert list_open_invitations(world.sam.actor) == []
        with pytest.raises(NotVisible):
            revoke(world.sam.actor, invitation)
    with as_(world.olga):
        assert len(list_open_invitations(world.olga.actor)) == 1


def test_the_operator_invites_the_first_manager_and_no_second(world, as_):
    with pytest.raises(RuleBroken, match="has a manager"), as_(world.olga):
        _invite(world, by=world.olga, role=Role.MANAGER, organisation_id=world.b.organisation_id)
    with as_(world.olga):
        held = select(Membership).where(
            Membership.organisation_id == world.b.organisation_id, Membership.role == Role.MANAGER
        )
        for member in db.session.scalars(held):
            member.ended_at = NOW
        db.session.flush()
        assert _invite(
            world, by=world.olga, role=Role.MANAGER, organisation_id=world.b.organisation_id
        )


# roles


def test_a_change_of_role_ends_the_sign_ins_of_the_old_one_at_once(world, as_):
    with as_(world.aino):
        new = change_role(world.aino.actor, world.paula.actor.membership_id, Role.COACH, "")
        assert new.role is Role.COACH
    with as_(world.aino):
        assert find_sign_in(world.paula.secret) is None
        old = db.session.get_one(Membership, world.paula.actor.membership_id)
        assert old.ended_at == NOW
        assert _messages()[-1].address == "paula@example.org"


def test_a_role_may_be_had_again(world, as_):
    with as_(world.aino):
        coach = change_role(world.aino.actor, world.paula.actor.membership_id, Role.COACH, "").id
    with as_(world.aino):
        clerk = change_role(world.aino.actor, coach, Role.PAYROLL_CLERK, "")
        assert clerk.id != world.paula.actor.membership_id


def test_nobody_changes_her_own_role(world, as_, sara):
    with pytest.raises(RuleBroken, match="Nobody changes her own role"), as_(world.aino):
        change_role(world.aino.actor, world.aino.actor.membership_id, Role.COACH, "")


def test_a_coach_is_let_go_when_her_groups_have_somebody(world, as_):
    stig, cora = world.stig.actor.membership_id, world.cora.account_id
    for chosen, words in (("", "Choose who gets"), (cora, "one of your coaches"), ("x", "one of")):
        with pytest.raises(RuleBroken, match=words), as_(world.aino):
            end_membership(world.aino.actor, stig, chosen)
    with as_(world.aino):
        other = make_member("Kia Koski", Role.COACH, world.a.organisation_id).account_id
        end_membership(world.aino.actor, stig, other)
    with as_(world.aino):
        groups = db.session.scalars(select(Cohort)).all()
        assert {group.coach_id for group in groups} == {other}


def test_groups_that_are_over_stay_under_the_name_of_who_led_them(world, as_, clock):
    clock.shift(timedelta(days=60))
    with as_(world.aino):
        end_membership(world.aino.actor, world.stig.actor.membership_id, "")
    with as_(world.aino):
        coaches = {group.coach_id for group in db.session.scalars(select(Cohort))}
        assert coaches == {world.stig.account_id}
        assert db.session.get_one(Account, world.stig.account_id).name == "Stig Strand"


def test_an_account_without_any_role_is_closed_with_all_that_opens_it(world, as_):
    with as_(world.aino):
        account = db.session.get_one(Account, world.stig.account_id)
        account.password_hash = "x"
    with as_(world.aino):
        end_membership(world.aino.actor, world.stig.actor.membership_id, NOBODY)
    with as_(world.aino):
        account = db.session.get_one(Account, world.stig.account_id)
        assert account.closed_at == NOW
        assert account.password_hash is None
        assert find_account("stig@example.org") is None
        assert find_sign_in(world.stig.secret) is None


def test_who_has_a_role_elsewhere_keeps_it(world, as_):
    with as_(world.sam):
        db.session.add(
            Membership(
                account_id=world.stig.account_id,
                organisation_id=world.b.organisation_id,
                role=Role.COACH,
            )
        )
    with as_(world.aino):
        end_membership(world.aino.actor, world.stig.actor.membership_id, NOBODY)
    with as_(world.aino):
        assert db.session.get_one(Account, world.stig.account_id).closed_at is None


def test_invitations_of_who_leaves_are_taken_back(world, as_, sara, invitation):
    with as_(sara):
        end_membership(sara.actor, world.aino.actor.membership_id, "")
    with as_(sara):
        assert _row(invitation).state is InvitationState.REVOKED


def test_the_last_manager_stays(world, as_):
    with pytest.raises(RuleBroken, match="at least one manager"), as_(world.aino):
        end_membership(world.aino.actor, world.aino.actor.membership_id, "")
    with pytest.raises(RuleBroken, match="at least one manager"), as_(world.olga):
        end_membership(world.olga.actor, world.sam.actor.membership_id, "")
    with pytest.raises(RuleBroken, match="at least one operator"), as_(world.olga):
        end_membership(world.olga.actor, world.olga.actor.membership_id, "")


def test_another_organisations_members_and_participants_are_nobodys(world, as_):
    for who in (world.sam.actor.membership_id, world.pia.actor.membership_id):
        with pytest.raises(NotVisible), as_(world.aino):
            get_member(world.aino.actor, who)
    with as_(world.olga):
        lines = list_members(world.olga.actor, 1).lines
        assert Role.PARTICIPANT not in {line.role for line in lines}
        assert len({line.organisation for line in lines}) == 3


def _at_once(app, *deeds):
    """Do these at the same moment, each in its own unit of work; what became of each."""
    gate, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, member, deed):
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work(Scope(member.actor.organisation_ids, "race"), member.actor):
                    deed(member)
                found[number] = "done"
            except (RuleBroken, Conflict, NotVisible) as refused:
                found[number] = type(refused).__name__

    threads = [threading.Thread(target=run, args=(n, *deed)) for n, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def _managers(world):
    held = select(Membership).where(
        Membership.organisation_id == world.a.organisation_id,
        Membership.role == Role.MANAGER,
        Membership.ended_at.is_(None),
    )
    return db.session.scalars(held).all()


@pytest.mark.parametrize("how", ["end", "change"])
def test_of_two_managers_who_remove_each_other_at_once_one_stays(app, world, as_, sara, how):
    def remove(other):
        def deed(me):
            if how == "end":
                end_membership(me.actor, other.actor.membership_id, "")
            else:
                change_role(me.actor, other.actor.membership_id, Role.PAYROLL_CLERK, "")

        return deed

    found = _at_once(app, (world.aino, remove(sara)), (sara, remove(world.aino)))
    assert sorted(found) != ["done", "done"]
    assert found.count("done") == 1
    with as_(world.aino):
        assert len(_managers(world)) == 1


def test_of_three_who_remove_each_other_in_a_ring_somebody_stays(app, world, as_, sara):
    with as_(world.aino):
        vera = make_member("Vera Vuori", Role.MANAGER, world.a.organisation_id)

    def remove(other):
        return lambda me: end_membership(me.actor, other.actor.membership_id, "")

    ring = ((world.aino, remove(sara)), (sara, remove(vera)), (vera, remove(world.aino)))
    found = _at_once(app, *ring)
    with as_(world.aino):
        left = _managers(world)
        assert len(left) == 3 - found.count("done") >= 1


def test_one_coach_in_two_new_roles_at_once_has_one_of_them(app, world, as_, sara):
    member = world.paula.actor.membership_id
    found = _at_once(
        app,
        (world.aino, lambda me: change_role(me.actor, member, Role.COACH, "")),
        (sara, lambda me: change_role(me.actor, member, Role.MANAGER, "")),
    )
    assert found.count("done") == 1
    with as_(world.aino):
        roles = select(Membership).where(
            Membership.account_id == world.paula.account_id, Membership.ended_at.is_(None)
        )
        assert len(db.session.scalars(roles).all()) == 1


def test_an_invitation_is_accepted_once_when_its_button_is_pressed_twice(
    app, world, as_, invitation
):
    link = _link(world, as_, invitation)

    def press(_me):
        accept_as_new(invitation, link)

    found = _at_once(app, (world.aino, press), (world.aino, press))
    assert found.count("done") == 1
    with as_(world.aino):
        assert len(db.session.scalars(select(Account).where(Account.email == NEW)).all()) == 1


# one role at a time


@pytest.fixture
def both(world, as_):
    """Stig is a payroll clerk of provider B too; he came in with his app."""
    with as_(world.sam):
        other = Membership(
            account_id=world.stig.account_id,
            organisation_id=world.b.organisation_id,
            role=Role.PAYROLL_CLERK,
        )
        db.session.add(other)
        db.session.get_one(SignIn, world.stig.actor.sign_in_id).way = Way.AUTHENTICATOR
        db.session.flush()
        return other.id


def test_a_switch_ends_the_sign_in_of_before_and_begins_one_that_is_no_younger(
    world, as_, both, clock
):
    clock.shift(timedelta(minutes=5))
    with as_(world.stig):
        secret = switch_role(world.stig.actor, both)
    with as_(world.stig):
        assert find_sign_in(world.stig.secret) is None
        row = find_sign_in(secret)
        assert (row.role, row.organisation_id) == (Role.PAYROLL_CLERK, world.b.organisation_id)
        assert row.started_at == row.proven_at == NOW - timedelta(minutes=1)


def test_nobody_acts_in_anothers_role(world, as_, both):
    for other in (world.aino.actor.membership_id, "x"):
        with pytest.raises(NotVisible), as_(world.stig):
            switch_role(world.stig.actor, other)


def test_a_sign_in_by_code_opens_no_staff_role(world, as_, both):
    with as_(world.stig):
        db.session.get_one(SignIn, world.stig.actor.sign_in_id).way = Way.CODE
        db.session.flush()
        with pytest.raises(RuleBroken, match="Sign in with your password"):
            switch_role(world.stig.actor, both)


def test_a_sign_in_opens_the_role_of_last_time_and_at_first_the_one_that_leads(world, as_, both):
    with as_(world.stig):
        assert find_staff_membership(world.stig.account_id).id == world.stig.actor.membership_id
        switch_role(world.stig.actor, both)
    with as_(world.stig):
        assert find_staff_membership(world.stig.account_id).id == both
    with as_(world.olga):
        new = Account(email="uma@example.org", name="Uma")
        db.session.add(new)
        db.session.flush()
        for role in (Role.COACH, Role.OPERATOR, Role.MANAGER):
            db.session.add(
                Membership(account_id=new.id, organisation_id=world.a.organisation_id, role=role)
            )
        db.session.flush()
        assert find_staff_membership(new.id).role is Role.MANAGER
