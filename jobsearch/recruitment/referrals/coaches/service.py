"""Use cases of coaches' links: make one, renew it, close it."""

from dataclasses import dataclass
from datetime import datetime

from jobsearch.consents.queries import find_municipal_coach
from jobsearch.core import spellings
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.links.service import issue_link, revoke_links
from jobsearch.organisations.queries import get_organisation
from jobsearch.recruitment.referrals import mail, queries
from jobsearch.recruitment.referrals.models import Referrer
from jobsearch.recruitment.referrals.rules import PURPOSE, expires_at


@dataclass(frozen=True, slots=True)
class Issued:
    """A coach and the secret of her new link, which nobody can read again."""

    referrer_id: str
    name: str
    secret: str
    until: datetime


def add_referrer(
    actor: Actor, *, name: str, email: str, municipality: str = "", language: str = "fi"
) -> Issued:
    """Give a municipal coach a personal link and send it to her.

    Who signs in with the same address as a municipal coach may introduce people there too. Raises
    RuleBroken when the coach has a link already: it is renewed, nobody has two.
    """
    address = spellings.email_address(email)
    if address is None:
        raise RuleBroken(
            N_("Enter an e-mail address, for example name@example.org."), field="email"
        )
    if queries.find_referrer_by_email(address) is not None:
        raise RuleBroken(
            N_("A coach with this address has a link already. Renew it instead."), field="email"
        )
    membership = find_municipal_coach(address)
    referrer = Referrer(
        name=name[:120],
        email=address,
        municipality=municipality[:60],
        language=language,
        account_id=membership.account_id if membership else None,
        made_at=now(),
        made_by_id=actor.account_id,
    )
    db.session.add(referrer)
    db.session.flush()
    return _issue(referrer)


def renew_link(referrer_id: str) -> Issued:
    """A new link instead of the old one, which closes; sent to her. Opens a closed coach again.

    Raises NotVisible.
    """
    referrer = queries.get_referrer(referrer_id)
    referrer.closed_at = None
    membership = find_municipal_coach(referrer.email)
    referrer.account_id = membership.account_id if membership else referrer.account_id
    return _issue(referrer)


def close_referrer(referrer_id: str) -> Referrer:
    """The coach introduces nobody any more, by link or signed in; what she told stays.

    Raises NotVisible, RuleBroken when she was closed already.
    """
    referrer = queries.get_referrer(referrer_id)
    if referrer.closed_at is not None:
        raise RuleBroken(N_("This link has been closed."))
    referrer.closed_at = now()
    revoke_links(PURPOSE, referrer.id)
    db.session.flush()
    return referrer


def _issue(referrer: Referrer) -> Issued:
    revoke_links(PURPOSE, referrer.id)
    until = expires_at(now())
    secret = issue_link(PURPOSE, referrer.id, expires_at=until, language=referrer.language)
    provider = get_organisation(referrer.organisation_id).name
    mail.send_link(referrer, provider, secret, until)
    db.session.flush()
    return Issued(referrer.id, referrer.name, secret, until)
