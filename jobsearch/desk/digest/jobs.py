"""Sends the digest to everyone who has something to read in it."""

import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from jobsearch.consents.queries import providers_open_to
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import unit_of_work
from jobsearch.core.periods import week_of
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.desk.digest.mail import STAFF_DIGEST, TOWN_DIGEST
from jobsearch.desk.digest.queries import digest_of, get_address, list_readers
from jobsearch.desk.digest.rules import week_key
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

log = logging.getLogger("jobsearch.digest")
_GOOD_FOR = timedelta(days=1)


def send_digests() -> str:
    """Write to every reader who has something to read, once a week.

    One reader's failure does not keep the others from theirs; it fails the turn at the end, and
    the next try writes to her alone.
    """
    with unit_of_work(whole_installation("digest"), read_only=True):
        readers = [_with_reach(actor) for actor in list_readers()]
    counts: Counter[bool] = Counter()
    failures: list[Exception] = []
    for actor in readers:
        try:
            counts[_send_to(actor)] += 1
        except Exception as failure:  # noqa: BLE001 - whatever it is, the others get theirs
            log.error("%s gets no digest: %s", actor.membership_id, type(failure).__name__)  # noqa: TRY400
            failures.append(failure)
    if failures:
        raise failures[0]
    said = N_("Digests sent: %(sent)s. With nothing to say: %(silent)s.")
    return Outcome(said, sent=counts[True], silent=counts[False])


def _with_reach(actor: Actor) -> Actor:
    if actor.role is not Role.MUNICIPAL_COACH:
        return actor
    return replace(actor, organisation_ids=providers_open_to(actor.account_id))


def _send_to(actor: Actor) -> bool:
    reach = actor.organisation_ids | {actor.organisation_id}  # a town's own, and its providers
    with unit_of_work(Scope(reach, "digest"), actor):
        items = digest_of(actor)
        if not items:
            return False
        is_town = actor.role is Role.MUNICIPAL_COACH
        page = absolute("analyses.inbox" if is_town else "desk.today")
        monday = week_of(today(actor.zone)).first
        sent = send(
            TOWN_DIGEST if is_town else STAFF_DIGEST,
            _recipient(actor),
            {"news": [item.sentence for item in items], "link": page},
            organisation_id=actor.organisation_id,
            once=f"digest:{actor.membership_id}:{week_key(monday)}",
            expires_at=now() + _GOOD_FOR,
        )
        return sent is not None


def _recipient(actor: Actor) -> Recipient:
    return Recipient(
        email=get_address(actor.account_id),
        phone=None,
        language=actor.language,
        subject_id=actor.account_id,
        name=actor.name.split(maxsplit=1)[0],
    )
