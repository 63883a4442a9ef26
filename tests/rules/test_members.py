"""Who may give and take which role, and that somebody is always left to lead."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.accounts.members.rules import (
    INVITATION_LIFETIME,
    MAY_CHANGE,
    MAY_END,
    MAY_INVITE,
    NEXT,
    Acting,
    Held,
    InvitationState,
    InvitationStep,
    check_change,
    check_end,
    check_help,
    check_invitation,
    check_switch,
    roles_to_offer,
    state_of,
    take_step,
)
from jobsearch.accounts.rules import Stage, Way
from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.organisations.rules import OrganisationKind

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
S, T = InvitationState, InvitationStep
PROVIDER, TOWN = OrganisationKind.PROVIDER, OrganisationKind.MUNICIPALITY
MANAGER = Acting("aino", Role.MANAGER, "a")
TOWNS = Acting("hilla", Role.MUNICIPAL_ADMIN, "town")
OPERATOR = Acting("olga", Role.OPERATOR, "a")
OF_A_TOWN = {Role.MUNICIPAL_COACH, Role.MUNICIPAL_ADMIN}
STAFF = {Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK}


@pytest.mark.parametrize(("state", "step"), list(product(S, T)))
def test_every_step_from_every_state_is_allowed_by_the_table_or_refused_with_its_reason(
    state, step
):
    allowed = {
        (S.OPEN, T.RESEND): S.OPEN,
        (S.OPEN, T.REVOKE): S.REVOKED,
        (S.OPEN, T.ACCEPT): S.ACCEPTED,
        (S.EXPIRED, T.RESEND): S.OPEN,
        (S.EXPIRED, T.REVOKE): S.REVOKED,
    }
    assert allowed == NEXT
    if (state, step) in allowed:
        assert take_step(state, step) is allowed[state, step]
    else:
        with pytest.raises(RuleBroken, match="This invitation"):
            take_step(state, step)


@pytest.mark.parametrize("kept", list(S))
def test_an_open_invitation_expires_by_itself_after_seven_days(kept):
    sent = NOW - INVITATION_LIFETIME
    assert state_of(kept, sent + INVITATION_LIFETIME + timedelta(seconds=1), NOW) is kept
    late = state_of(kept, sent + INVITATION_LIFETIME, NOW)
    assert late is (S.EXPIRED if kept is S.OPEN else kept)


@given(st.lists(st.sampled_from([*T, "a week goes by"]), max_size=12))
def test_an_invitation_is_accepted_once_at_most_and_never_after_its_time(steps):
    kept, expires_at, at, accepted = S.OPEN, NOW + INVITATION_LIFETIME, NOW, 0
    for step in steps:
        if step == "a week goes by":
            at += INVITATION_LIFETIME
            continue
        state = state_of(kept, expires_at, at)
        try:
            kept = take_step(state, step)
        except RuleBroken:
            continue
        if step is T.RESEND:
            expires_at = at + INVITATION_LIFETIME
        if step is T.ACCEPT:
            assert at < expires_at
            accepted += 1
    assert accepted <= 1


@pytest.mark.parametrize(("acting", "role"), list(product(Role, Role)))
def test_who_may_invite_whom_is_what_the_table_says(acting, role):
    right = {
        Role.MANAGER: {*STAFF, *OF_A_TOWN},
        Role.OPERATOR: {Role.MANAGER, Role.OPERATOR, *OF_A_TOWN},
        Role.MUNICIPAL_ADMIN: {Role.MUNICIPAL_COACH},
    }
    kind = TOWN if role in OF_A_TOWN else PROVIDER
    place = "town" if kind is TOWN else "a"
    actor = Acting("x", acting, "town" if acting is Role.MUNICIPAL_ADMIN else "a")
    if role in right.get(acting, set()):
        check_invitation(actor, role, place, kind, has_manager=False)
    else:
        with pytest.raises(RuleBroken, match="You may not give this role"):
            check_invitation(actor, role, place, kind, has_manager=False)


@pytest.mark.parametrize(
    ("acting", "role", "organisation", "kind", "has_manager", "words"),
    [
        (MANAGER, Role.COACH, "b", PROVIDER, True, "your own organisation"),
        (TOWNS, Role.MUNICIPAL_COACH, "another", TOWN, False, "your own organisation"),
        (MANAGER, Role.COACH, "town", TOWN, False, "no such role"),
        (MANAGER, Role.MUNICIPAL_COACH, "a", PROVIDER, True, "no such role"),
        (OPERATOR, Role.MANAGER, "b", PROVIDER, True, "has a manager"),
        (OPERATOR, Role.MANAGER, "town", TOWN, False, "no such role"),
        (OPERATOR, Role.OPERATOR, "b", PROVIDER, False, "your own organisation"),
    ],
)
def test_a_role_is_given_only_where_it_belongs(
    acting, role, organisation, kind, has_manager, words
):
    with pytest.raises(RuleBroken, match=words) as broken:
        check_invitation(acting, role, organisation, kind, has_manager=has_manager)
    assert broken.value.field == "role"


@pytest.mark.parametrize(("held", "to"), list(product(Role, Role)))
def test_every_change_of_role_by_a_manager_is_allowed_or_refused(held, to):
    member = Held("stig", held, "a")
    if held in STAFF and to in STAFF and held is not to:
        check_change(MANAGER, member, to, holders=2, has_it=False)
        return
    with pytest.raises(RuleBroken):
        check_change(MANAGER, member, to, holders=2, has_it=False)


@pytest.mark.parametrize("acting", [role for role in Role if role is not Role.MANAGER])
def test_nobody_but_a_manager_changes_roles(acting):
    with pytest.raises(RuleBroken, match="You may not change this role"):
        check_change(
            Acting("x", acting, "a"),
            Held("stig", Role.COACH, "a"),
            Role.PAYROLL_CLERK,
            holders=2,
            has_it=False,
        )


@pytest.mark.parametrize(
    ("held", "to", "holders", "has_it", "words"),
    [
        (Held("aino", Role.MANAGER, "a"), Role.COACH, 2, False, "her own role"),
        (Held("stig", Role.COACH, "b"), Role.MANAGER, 2, False, "You may not change"),
        (Held("stig", Role.COACH, "a"), Role.MANAGER, 2, True, "has this role already"),
        (Held("sara", Role.MANAGER, "a"), Role.COACH, 1, False, "at least one manager"),
    ],
)
def test_a_change_of_role_is_refused_with_its_reason(held, to, holders, has_it, words):
    with pytest.raises(RuleBroken, match=words):
        check_change(MANAGER, held, to, holders=holders, has_it=has_it)


@pytest.mark.parametrize(("acting", "held"), list(product(Role, Role)))
def test_whose_membership_one_may_end_is_what_the_table_says(acting, held):
    right = {
        Role.MANAGER: STAFF,
        Role.OPERATOR: {Role.MANAGER, Role.OPERATOR, *OF_A_TOWN},
        Role.MUNICIPAL_ADMIN: {Role.MUNICIPAL_COACH},
    }
    actor, member = Acting("x", acting, "a"), Held("y", held, "a")
    if held in right.get(acting, set()):
        check_end(actor, member, holders=2)
    else:
        with pytest.raises(RuleBroken, match="You may not end"):
            check_end(actor, member, holders=2)


def test_a_manager_ends_nothing_elsewhere_and_an_operator_does():
    with pytest.raises(RuleBroken, match="You may not end"):
        check_end(MANAGER, Held("sam", Role.MANAGER, "b"), holders=2)
    check_end(OPERATOR, Held("sam", Role.MANAGER, "b"), holders=2)


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.MANAGER, "at least one manager"), (Role.OPERATOR, "at least one operator")],
)
def test_the_last_one_to_lead_stays(role, words):
    with pytest.raises(RuleBroken, match=words):
        check_end(OPERATOR, Held("y", role, "b"), holders=1)


@pytest.mark.parametrize(("to", "way", "stage"), list(product(Role, Way, Stage)))
def test_a_staff_role_asks_for_a_sign_in_that_staff_may_have(to, way, stage):
    staff = to in {*STAFF, Role.OPERATOR}
    strong = way not in (Way.CODE, Way.LINK) and stage is Stage.WHOLE
    for alive in (True, False):
        if staff and not (strong and alive):
            with pytest.raises(RuleBroken, match="Sign in with your password"):
                check_switch(to, way, stage, alive=alive)
        else:
            check_switch(to, way, stage, alive=alive)


@dataclass(frozen=True)
class Deed:
    """Somebody tries something with somebody."""

    what: str
    by: int
    whom: int
    to: Role


_DEEDS = st.builds(
    Deed,
    what=st.sampled_from(["invite", "change", "end"]),
    by=st.integers(0, 5),
    whom=st.integers(0, 5),
    to=st.sampled_from(sorted(Role)),
)


@given(st.lists(_DEEDS, max_size=40))
def test_an_office_is_never_without_a_manager_whatever_its_people_try(deeds):
    office = [Held("p0", Role.MANAGER, "a"), Held("p9", Role.OPERATOR, "home")]
    for deed in deeds:
        by, whom = office[deed.by % len(office)], office[deed.whom % len(office)]
        acting = Acting(by.account_id, by.role, by.organisation_id)
        before = {held for held in office if held.account_id == by.account_id}
        office = _tried(office, deed, acting, whom)
        now = {held for held in office if held.account_id == by.account_id}
        assert now <= before, "nobody gives herself a role"
        assert any(held.role is Role.MANAGER for held in office)
        assert any(held.role is Role.OPERATOR for held in office)


def _tried(office: list[Held], deed: Deed, acting: Acting, whom: Held) -> list[Held]:
    """The office after a deed, or as it was where the rules refuse it."""
    holders = sum(held.role is whom.role for held in office)
    others = [held for held in office if held is not whom]
    has_manager = any(held.role is Role.MANAGER for held in office)
    try:
        if deed.what == "invite":
            check_invitation(acting, deed.to, "a", PROVIDER, has_manager=has_manager)
            return [*office, Held(f"p{len(office)}x", deed.to, "a")]
        if deed.what == "change":
            has_it = any(h.account_id == whom.account_id and h.role is deed.to for h in office)
            check_change(acting, whom, deed.to, holders=holders, has_it=has_it)
            return [*others, replace(whom, role=deed.to)]
        check_end(acting, whom, holders=holders)
    except RuleBroken:
        return office
    return others


def test_the_tables_name_no_role_that_an_actor_has_no_business_with():
    leading = {Role.MANAGER, Role.OPERATOR, Role.MUNICIPAL_ADMIN}
    assert set(MAY_INVITE) == set(MAY_END) == leading
    assert set(MAY_CHANGE) == {Role.MANAGER}
    assert Role.PARTICIPANT not in set().union(*MAY_INVITE.values(), *MAY_END.values())


@pytest.mark.parametrize(
    ("acting", "organisation", "kind", "has_manager", "offered"),
    [
        (MANAGER, "a", PROVIDER, True, [Role.COACH, Role.PAYROLL_CLERK, Role.MANAGER]),
        (MANAGER, "b", PROVIDER, True, []),
        (MANAGER, "town", TOWN, False, [Role.MUNICIPAL_COACH, Role.MUNICIPAL_ADMIN]),
        (TOWNS, "town", TOWN, False, [Role.MUNICIPAL_COACH]),
        (TOWNS, "another", TOWN, False, []),
        (OPERATOR, "a", PROVIDER, True, [Role.OPERATOR]),
        (OPERATOR, "b", PROVIDER, False, [Role.MANAGER]),
        (OPERATOR, "b", PROVIDER, True, []),
        (Acting("stig", Role.COACH, "a"), "a", PROVIDER, True, []),
    ],
)
def test_the_form_offers_what_may_be_given_there(acting, organisation, kind, has_manager, offered):
    roles = roles_to_offer(acting, organisation, kind, has_manager=has_manager)
    assert list(roles) == offered


@pytest.mark.parametrize(("acting", "held"), list(product(Role, Role)))
def test_whom_one_may_let_begin_anew(acting, held):
    right = {Role.MANAGER: STAFF, Role.OPERATOR: {Role.MANAGER, Role.OPERATOR}}
    actor = Acting("x", acting, "a")
    if held in right.get(acting, set()):
        check_help(actor, Held("y", held, "a"))
    else:
        with pytest.raises(RuleBroken, match="Ask another manager"):
            check_help(actor, Held("y", held, "a"))
    with pytest.raises(RuleBroken, match="Ask another manager"):
        check_help(actor, Held("x", held, "a"))
