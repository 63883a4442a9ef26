"""What the page of permissions reads: the participant's own, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.links.queries import coaches_since_consent
from jobsearch.consents.models import Consent, ConsentWithdrawal
from jobsearch.consents.queries import live_on
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.desk.permissions.rules import Standing, standing
from jobsearch.organisations.queries import get_organisation
from jobsearch.people.models import Person
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.referrals.models import Referrer

PAGE = 25
MOST_LIVE = 50


@dataclass(frozen=True, slots=True)
class Permission:
    """One consent of the participant as it stands today, and the introduction that came by it.

    `is_hers`: whom it names is her municipal coach since, so that what lives opens something.
    """

    consent: Consent
    standing: Standing
    introduction_id: str | None
    is_hers: bool

    @property
    def withdrawn_at(self) -> datetime | None:
        """When she took it back."""
        return self.consent.withdrawal.withdrawn_at if self.consent.withdrawal else None


@dataclass(frozen=True, slots=True)
class Following:
    """A municipal coach whom she lets follow how far she is on the way to the programme."""

    agreement_id: str
    coach: str
    given_on: date
    wording: str
    language: str


@dataclass(frozen=True, slots=True)
class Permissions:
    """Everything on the page: what lives, and a page of what has ended."""

    live: Sequence[Permission]
    following: Sequence[Following]
    past: Sequence[Permission]
    count: int

    @property
    def pages(self) -> int:
        """How many pages the past has, at least one."""
        return max(1, -(-self.count // PAGE))

    def of(self, purpose: ConsentPurpose) -> list[Permission]:
        """What lives of one purpose, the newest first."""
        return [one for one in self.live if one.consent.purpose is purpose]


def _own(actor: Actor) -> Select[*tuple[Any, ...]]:
    hers = coaches_since_consent(Consent.person_id, Consent.recipient_id, today(actor.zone))
    statement: Select[*tuple[Any, ...]] = (
        select(Consent, AskedIntroduction.id, hers)
        .options(joinedload(Consent.withdrawal))
        .outerjoin(AskedIntroduction, AskedIntroduction.consent_id == Consent.id)
        .where(Consent.person_id == actor.person_id)
        .order_by(Consent.given_at.desc(), Consent.id)
    )
    return statement


def show_permissions(actor: Actor, page: int) -> Permissions:
    """Her permissions: all that live, and the past twenty-five a page; four statements."""
    day = today(actor.zone)
    live = Consent.id.in_(select(Consent.id).where(*live_on(day)))
    past = _own(actor).where(~live)
    rows = past.limit(PAGE).offset((page - 1) * PAGE)
    count = select(func.count(Consent.id)).where(Consent.person_id == actor.person_id, ~live)
    return Permissions(
        live=_made(_own(actor).where(live).limit(MOST_LIVE), day),
        following=_followed(actor),
        past=_made(rows, day),
        count=db.session.scalar(count) or 0,
    )


def _made(statement: Select[*tuple[Any, ...]], day: date) -> list[Permission]:
    return [
        Permission(consent, _standing(consent, day), introduction_id, bool(is_hers))
        for consent, introduction_id, is_hers in db.session.execute(statement)
    ]


def _standing(consent: Consent, day: date) -> Standing:
    taken: ConsentWithdrawal | None = consent.withdrawal
    return standing(consent.valid_to, taken.withdrawn_at if taken else None, day)


def _followed(actor: Actor) -> list[Following]:
    statement = (
        select(
            FollowAgreement.id,
            Referrer.name,
            FollowAgreement.given_on,
            FollowAgreement.wording,
            FollowAgreement.wording_language,
        )
        .join(Referrer, Referrer.id == FollowAgreement.referrer_id)
        .where(FollowAgreement.person_id == actor.person_id, FollowAgreement.withdrawn_at.is_(None))
        .order_by(FollowAgreement.given_at.desc(), FollowAgreement.id)
        .limit(MOST_LIVE)
    )
    return [Following(*row) for row in db.session.execute(statement)]


def get_permission(actor: Actor, consent_id: str) -> Permission:
    """One permission of the participant's own. Raises NotVisible."""
    found = _made(_own(actor).where(Consent.id == consent_id), today(actor.zone))
    if not found:
        raise NotVisible
    return found[0]


def get_own_following(actor: Actor, agreement_id: str) -> FollowAgreement:
    """An agreement of hers that holds. Raises NotVisible."""
    statement = select(FollowAgreement).where(
        FollowAgreement.id == agreement_id,
        FollowAgreement.person_id == actor.person_id,
        FollowAgreement.withdrawn_at.is_(None),
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the paper of one permission says."""

    permission: Permission
    person: str
    provider: str
    zone: str
    is_demo: bool
    printed_on: date


def receipt_of(actor: Actor, consent_id: str) -> Receipt:
    """The paper of one permission of hers. Raises NotVisible."""
    permission = get_permission(actor, consent_id)
    provider = get_organisation(permission.consent.organisation_id)
    person = db.session.get_one(Person, permission.consent.person_id)
    demo = provider.demo_since is not None
    return Receipt(
        permission, person.full_name, provider.name, provider.zone, demo, today(actor.zone)
    )
