"""Use cases of signing in."""

from datetime import datetime

from sqlalchemy import update

from jobsearch.accounts import queries
from jobsearch.accounts.codes.rules import Address, address_of
from jobsearch.accounts.models import Account, AccountLink, Membership, SignIn
from jobsearch.accounts.rules import LINK_LIFETIME, LinkPurpose, Stage, Way
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_secret

_TAKEN = N_("%(name)s needs a phone number or an e-mail address that nobody else has here.")


def touch(sign_in_id: str, at: datetime) -> None:
    """Note that a sign-in was used."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=at))


def choose_language(account_id: str, language: str) -> None:
    """Remember the language that the person reads."""
    queries.get_own_account(account_id).language = language


def invite_first_manager(email: str, organisation_id: str, name: str) -> str:
    """Make a manager's account without a password; returns the secret of her one-time link."""
    account = Account(email=email.strip().lower(), name=name)
    db.session.add(account)
    db.session.flush()
    db.session.add(
        Membership(
            account_id=account.id,
            organisation_id=organisation_id,
            role=Role.MANAGER,
            began_at=now(),
        )
    )
    return new_link(account)


def new_link(account: Account) -> str:
    """A fresh one-time link for an account; returns its secret."""
    secret = new_secret()
    link = AccountLink(
        account_id=account.id,
        purpose=LinkPurpose.FIRST_PASSWORD,
        secret_digest=digest(secret),
        expires_at=now() + LINK_LIFETIME,
    )
    db.session.add(link)
    return secret


def admit_participant(
    person_id: str,
    *,
    name: str,
    email: str | None,
    phone: str | None,
    language: str,
    organisation_id: str,
) -> str:
    """Let a person of the provider sign in as its participant; returns her account's id.

    Asked again it changes nothing but adds an address that the account lacks. Somebody who is
    known elsewhere by the same address gets a role more, and no second account; what one provider
    writes of her then adds no address that would open her other roles. An address that is another
    person's here is left out; RuleBroken on `phone` when none is left.
    """
    reach = _reach(email, phone)
    member = queries.find_membership_of_person(person_id)
    if member is not None:
        account = db.session.get_one(Account, member.account_id)
        is_known_elsewhere = bool(queries.list_other_roles(member))
    else:
        known = _known(reach, organisation_id, person_id)
        account = known or Account(name=name, language=language)
        is_known_elsewhere = known is not None
    if not is_known_elsewhere:
        _fill(account, reach)
    if account.email is None and account.phone is None:
        raise RuleBroken(_TAKEN, field="phone", name=name)
    db.session.add(account)
    db.session.flush()
    if member is None:
        _let_belong(account, person_id, organisation_id)
    return account.id


def _let_belong(account: Account, person_id: str, organisation_id: str) -> None:
    db.session.add(
        Membership(
            account_id=account.id,
            organisation_id=organisation_id,
            role=Role.PARTICIPANT,
            person_id=person_id,
            began_at=now(),
        )
    )
    db.session.flush()


def _reach(email: str | None, phone: str | None) -> Address:
    """Both addresses in their one spelling."""
    return Address(
        address_of(email).email if email else None, address_of(phone).phone if phone else None
    )


def _known(reach: Address, organisation_id: str, person_id: str) -> Account | None:
    """Somebody who has one of these addresses already and is no other participant here."""
    for address in (Address(phone=reach.phone), Address(email=reach.email)):
        account = queries.find_account_by(address)
        if account and not queries.is_another(account.id, organisation_id, person_id):
            return account
    return None


def _fill(account: Account, reach: Address) -> None:
    """Add the addresses that the account lacks and nobody else has."""
    account.email = account.email or _free(Address(email=reach.email))
    account.phone = account.phone or _free(Address(phone=reach.phone))


def _free(address: Address) -> str | None:
    """The address, or None when there is none or an open account has it."""
    return None if queries.find_account_by(address) else address.text or None


def first_membership(account: Account, roles: frozenset[Role]) -> Membership | None:
    """The first of the account's open memberships in one of these roles."""
    memberships = queries.list_memberships(account.id)
    return next((found for found in memberships if found.role in roles), None)


def start_sign_in(
    membership: Membership,
    device: str,
    way: Way = Way.CODE,
    stage: Stage = Stage.WHOLE,
    address_digest: str | None = None,
) -> str:
    """Begin a sign-in of a member who has shown who she is; returns the secret of its cookie.

    `address_digest` is that of the address to which a code or link was sent.
    """
    secret = new_secret()
    at = now()
    db.session.add(
        SignIn(
            secret_digest=digest(secret),
            membership_id=membership.id,
            device=device[:120],
            started_at=at,
            last_seen_at=at,
            proven_at=at,
            way=way,
            stage=stage,
            address_digest=address_digest,
        )
    )
    return secret
