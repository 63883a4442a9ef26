"""What is asked by whoever comes with the link of a message: no name, only whereto a code goes."""

from dataclasses import dataclass

from sqlalchemy import select

from jobsearch.accounts.codes.queries import address_digests
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.analyses.models import Release
from jobsearch.analyses.releases.queries import coached, consented
from jobsearch.analyses.releases.rules import CODE_WAYS, Closed, Facts, why_shut
from jobsearch.consents.models import Consent
from jobsearch.core.access import Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.tokens import digest


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits behind a link: for which address, or why it opens to nobody."""

    release_id: str
    account_id: str
    address: Address
    closed: Closed | None


def get_waiting(release_id: str) -> Waiting:
    """What waits behind the link. Raises NotVisible when it is gone."""
    day = today()
    statement = (
        select(
            Release.recipient_id,
            Consent.recipient_address,
            Account.email,
            consented(day),
            coached(day),
        )
        .join(Consent, Consent.id == Release.consent_id)
        .join(Account, Account.id == Release.recipient_id)
        .where(Release.id == release_id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    account_id, named, email, consents, coaches = row
    facts = Facts(bool(consents), bool(coaches), named, email, None, code_went_there=False)
    return Waiting(release_id, account_id, Address(email=named), why_shut(facts))


def is_signed_in(sign_in_secret: str, waiting: Waiting) -> bool:
    """Whether this sign-in is the recipient's own, as a coach, by a code to the address."""
    statement = (
        select(SignIn.id)
        .join(Membership, Membership.id == SignIn.membership_id)
        .where(
            SignIn.secret_digest == digest(sign_in_secret),
            SignIn.ended_at.is_(None),
            SignIn.way.in_(CODE_WAYS),
            SignIn.address_digest.in_(address_digests(waiting.address)),
            Membership.account_id == waiting.account_id,
            Membership.role == Role.MUNICIPAL_COACH,
        )
    )
    return bool(sign_in_secret) and db.session.scalar(statement) is not None
