"""What is kept of accounts: closed, what opens them erased, names and addresses blanked."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from jobsearch.accounts.models import Account, Membership
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.links.models import PersonalLink
from jobsearch.notices.delivery.service import forget_subject
from jobsearch.notices.preferences.service import forget_choices
from jobsearch.privacy.queries import is_hers, model_of
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.retention.stages import GONE

_OPENS = (
    "authenticator",
    "recovery_code",
    "passkey",
    "known_device",
    "identity_tie",
    "one_time_code",
    "account_link",
)
_LINKED = (
    "candidate",
    "referral",
    "seat_offer",
    "follow_up_ask",
    "follow_up",
    "enrolment",
    "release",
)
"""Tables whose rows a personal link may open, beside the person, her accounts and memberships."""


def forget_traces(person_id: str) -> None:
    """Links of hers die, messages to her and choices about them go."""
    linked: list[Any] = [PersonalLink.subject_id == person_id]
    for name in _LINKED:
        model = model_of(name)
        linked.append(
            PersonalLink.subject_id.in_(select(model.id).where(is_hers(model, person_id)))
        )
    memberships = select(Membership.id).where(Membership.person_id == person_id)
    linked.append(PersonalLink.subject_id.in_(memberships))
    links = delete(PersonalLink).where(or_(*linked))
    db.session.execute(links.execution_options(synchronize_session=False))
    forget_subject(person_id)
    forget_choices(person_id)
    _blank_requests(person_id)


def _blank_requests(person_id: str) -> None:
    """That she asked and was answered stays for its time, without a word of either."""
    hers = update(DataRequest).where(DataRequest.person_id == person_id)
    version = {"version": DataRequest.version + 1}
    gone = (
        hers.values(words=GONE, **version),
        hers.where(DataRequest.answer.is_not(None)).values(answer=GONE),
        hers.where(DataRequest.later_reason.is_not(None)).values(later_reason=GONE),
    )
    for statement in gone:
        db.session.execute(statement.execution_options(synchronize_session=False))


def forget_accounts(person_id: str) -> list[str]:
    """End her roles, and close and empty the accounts that are hers alone; returns their keys."""
    hers = select(Membership).where(Membership.person_id == person_id)
    found = list(db.session.scalars(hers.order_by(Membership.id)))
    at, keys = now(), sorted({one.account_id for one in found})
    shared = set(
        db.session.scalars(
            select(Membership.account_id).where(
                Membership.account_id.in_(keys),
                or_(Membership.person_id.is_(None), Membership.person_id != person_id),
                Membership.ended_at.is_(None),
            )
        )
    )
    for membership in found:
        membership.ended_at = membership.ended_at or at
    db.session.flush()
    _end_sign_ins([one.id for one in found])
    alone = [key for key in keys if key not in shared]
    for key in alone:
        blank_account(key, at)
    return alone


def blank_account(account_id: str, at: datetime) -> None:
    """Close an account and let go of what it says of anybody; what she did stays under its key."""
    for name in _OPENS:
        model = model_of(name)
        db.session.execute(delete(model).where(model.account_id == account_id))
    forget_subject(account_id)
    forget_choices(account_id)
    gone = {"email": GONE, "phone": None, "name": GONE, "password_hash": None}
    is_open = and_(Account.id == account_id, Account.closed_at.is_(None))
    db.session.execute(update(Account).where(is_open).values(closed_at=at))
    statement = update(Account).where(Account.id == account_id)
    db.session.execute(statement.values(**gone, version=Account.version + 1))
    db.session.expire_all()


def _end_sign_ins(membership_ids: list[str]) -> None:
    for name in ("sign_in", "half_sign_in"):
        model = model_of(name)
        db.session.execute(delete(model).where(model.membership_id.in_(membership_ids)))
