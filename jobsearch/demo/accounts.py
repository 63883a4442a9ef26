"""The accounts of the demo: one for each role, with addresses that nobody has."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jobsearch.accounts.factors.models import Authenticator
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.passwords import hash_password
from jobsearch.accounts.rules import BY_PASSWORD, Way
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.tokens import digest, new_secret
from jobsearch.demo import people

# Known to everyone who reads this; the demo holds nobody's data and refuses to load elsewhere.
PASSPHRASE = "kevätaurinko sulattaa jään"  # noqa: S105 - printed on purpose, see above


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One sign-in of the demo. `name` and `email` are made up; addresses end in example.org."""

    role: Role
    name: str
    email: str
    language: str = "fi"

    @property
    def by_password(self) -> bool:
        """Staff sign in by password, others by a code that is read on the outbox page."""
        return self.role in BY_PASSWORD

    @property
    def phone(self) -> str | None:
        """Participants of the groups sign in by their telephone too."""
        made_up = (*people.RUNNING, *people.FOLLOWED)
        return next((one.phone for one in made_up if one.email == self.email), None)

    @property
    def app_secret(self) -> str:
        """What the made-up person's app knows; the same in every demo, and no secret at all."""
        known = hashlib.sha256(f"demo of {self.email}".encode()).digest()
        return base64.b32encode(known[:20]).decode()


STAFF = (
    SignInLine(Role.MANAGER, "Olli Mäntylä", "johto@example.org"),
    SignInLine(Role.COACH, "Riikka Ylönen", "valmentaja@example.org"),
    SignInLine(Role.PAYROLL_CLERK, "Paula Harju", "palkat@example.org"),
    SignInLine(Role.OPERATOR, "Oskar Lind", "yllapito@example.org"),
)
PARTICIPANTS = (
    SignInLine(Role.PARTICIPANT, "Aino Lehtoranta", "osallistuja@example.org"),
    SignInLine(Role.PARTICIPANT, "Linnéa Sandell", "linnea@example.org", "sv"),
    SignInLine(Role.PARTICIPANT, "Saana Virtanen", "saana@example.org"),
    SignInLine(Role.PARTICIPANT, "Sari Rantala", "sari@example.org"),
    SignInLine(Role.PARTICIPANT, "Tiina Aaltonen", "tiina@example.org"),
)
MUNICIPAL = (
    SignInLine(Role.MUNICIPAL_COACH, "Kaisa Mäkelä", "omavalmentaja@example.org"),
    SignInLine(Role.MUNICIPAL_COACH, "Tomi Lindroos", "tomi@example.org"),
)
TOWN = (SignInLine(Role.MUNICIPAL_ADMIN, "Helena Rinne", "kunta@example.org"),)
EVERYONE = (*STAFF, *PARTICIPANTS, *MUNICIPAL, *TOWN)


def make_accounts(
    lines: tuple[SignInLine, ...],
    organisation_id: str,
    reach: frozenset[str],
    persons: Mapping[str, str] | None = None,
) -> dict[str, Actor]:
    """Accounts with one membership each; returns who acts by address.

    `reach` are the organisations whose rows they may see, `persons` names the person of an address.
    """
    return {line.email: _make(line, organisation_id, reach, persons or {}) for line in lines}


def _make(
    line: SignInLine, organisation_id: str, reach: frozenset[str], persons: Mapping[str, str]
) -> Actor:
    account = Account(email=line.email, phone=line.phone, name=line.name, language=line.language)
    if line.by_password:
        account.password_hash = hash_password(PASSPHRASE)
    db.session.add(account)
    db.session.flush()
    if line.by_password:
        at = now()
        db.session.add(
            Authenticator(
                account_id=account.id, secret=line.app_secret, made_at=at, confirmed_at=at
            )
        )
    membership = Membership(
        account_id=account.id,
        organisation_id=organisation_id,
        role=line.role,
        person_id=persons.get(line.email),
    )
    db.session.add(membership)
    db.session.flush()
    return Actor(
        account_id=account.id,
        membership_id=membership.id,
        name=line.name,
        role=line.role,
        organisation_id=organisation_id,
        organisation_ids=reach,
        person_id=persons.get(line.email),
        language=line.language,
    )


def signed_in(actor: Actor) -> Actor:
    """The actor in a sign-in of her own, over as soon as it began: nobody holds its secret."""
    at = now()
    sign_in = SignIn(
        secret_digest=digest(new_secret()),
        membership_id=actor.membership_id,
        device="Demo",
        started_at=at,
        last_seen_at=at,
        proven_at=at,
        way=Way.CODE,
        ended_at=at,
    )
    db.session.add(sign_in)
    db.session.flush()
    return replace(actor, sign_in_id=sign_in.id)
