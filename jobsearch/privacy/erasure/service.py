"""Use case: erase one person, all of her that the law does not keep (GDPR art. 17)."""

from collections import Counter
from datetime import date

from sqlalchemy import select

from jobsearch.analyses.keeping.service import erase_analyses_of
from jobsearch.audit.service import note_erased
from jobsearch.consents.models import CoachLink
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person
from jobsearch.privacy.erasure import queries
from jobsearch.privacy.erasure.journal import enter
from jobsearch.privacy.erasure.models import Erasure
from jobsearch.privacy.erasure.rules import (
    AT_ONCE,
    check_nothing_goes_on,
    kept_by_law,
    kept_until,
)
from jobsearch.privacy.retention.accounts import forget_accounts, forget_traces
from jobsearch.privacy.retention.queries import ends_of, is_kept_open
from jobsearch.privacy.retention.rules import Ends, Stage
from jobsearch.privacy.retention.service import clear, end_person
from jobsearch.recruitment.forgetting.service import forget_person


def erase(actor: Actor, person_id: str) -> Erasure:
    """The manager erases a person: what no law keeps goes now, the rest by the timetable.

    Files, messages, links, sign-ins and her keys in the audit trail go with it. Done again it
    changes nothing. Raises NotVisible for an unknown key, and RuleBroken while an employment, a
    contract, pay or a group goes on.
    """
    found = queries.find_erasure(person_id)
    if found is not None:
        return found
    get_person(person_id)
    check_nothing_goes_on(is_kept_open(person_id, today(actor.zone)))
    receipt = _erase(person_id, actor.account_id)
    enter(person_id, actor.organisation_id, receipt.erased_at)
    return receipt


def erase_again(person_id: str) -> bool:
    """Erase somebody whom a restored backup has brought back; True when she was there again."""
    person = db.session.scalar(select(Person.id).where(Person.id == person_id))
    if person is None or queries.find_erasure(person_id) is not None:
        return False
    _erase(person_id, None)
    return True


def _erase(person_id: str, by_id: str | None) -> Erasure:
    ends, day = ends_of(person_id), today()
    erased = erase_analyses_of(person_id)
    rows = erased.analyses + erased.papers + erased.introductions
    _end_links(person_id, day)
    forget_traces(person_id)
    accounts = forget_accounts(person_id)
    rows += _clear(person_id, ends, day)
    note_erased("person", [], subjects=[person_id, *accounts])
    row = Erasure(
        person_id=person_id,
        erased_at=now(),
        erased_by_id=by_id,
        rows=rows,
        kept_until=kept_until(ends, day),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _end_links(person_id: str, day: date) -> None:
    """No municipal coach follows her any more."""
    links = select(CoachLink).where(CoachLink.person_id == person_id, CoachLink.valid_to.is_(None))
    for link in db.session.scalars(links):
        link.valid_to = max(link.valid_from, day)
    db.session.flush()


def _clear(person_id: str, ends: Ends | None, day: date) -> int:
    if ends is None:
        gone = forget_person(person_id)
        if gone.persons:
            return gone.candidates + gone.persons
    counts: Counter[str] = Counter()
    for stage in Stage:
        only = AT_ONCE if kept_by_law(ends, stage, day) else None
        counts.update(clear(person_id, stage, day, only))
    if kept_until(ends, day) is None:
        return counts.total() + end_person(person_id)
    get_person(person_id).goes_on = ends.next_after(day) if ends else None
    db.session.flush()
    return counts.total()
