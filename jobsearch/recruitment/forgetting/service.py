"""Use case: forget who was not selected; the figures of the funnel stay as they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from jobsearch.audit.service import note_erased
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.periods import month_of
from jobsearch.links.models import PersonalLink
from jobsearch.notices.delivery.service import forget_subject
from jobsearch.notices.preferences.service import forget_choices
from jobsearch.people.models import Person
from jobsearch.recruitment.forgetting import queries
from jobsearch.recruitment.forgetting.models import ForgettingRun, ForgottenCount
from jobsearch.recruitment.forgetting.queries import AT_ONCE, Due
from jobsearch.recruitment.forgetting.rules import NOT_SIGNED, quiet_before
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import settings
from jobsearch.recruitment.rules import Channel, ExitReason, Stage

_Key = tuple[str, date, date, str, Channel, Stage, ExitReason | None]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many candidacies went, and how many persons with them."""

    candidates: int = 0
    persons: int = 0


def forget_due(today: date) -> Forgotten:
    """Erase the candidacies whose time is over, and each person whom nothing else keeps.

    A candidacy goes with its introductions, moves, calls, bookings and agreements. What stays are
    numbers by programme, month, municipality, channel, stage and reason; the audit trail keeps
    keys of rows. Run again on the same day it does nothing.
    """
    before = quiet_before(today, settings().forget_after_months)
    numbers: Counter[_Key] = Counter()
    skipped = persons = 0
    while due := queries.list_due(before, AT_ONCE, skipped):
        kept = queries.named_elsewhere(Candidate, [one.candidate_id for one in due])
        going = [one for one in due if one.candidate_id not in kept]
        skipped += len(due) - len(going)
        numbers.update(_key(one) for one in going)
        _erase_candidates([one.candidate_id for one in going])
        persons += _erase_persons(sorted({one.person_id for one in going}))
    if numbers:
        _keep(numbers, persons)
    return Forgotten(numbers.total(), persons)


def forget_person(person_id: str) -> Forgotten:
    """Erase one person's candidacies now (GDPR art. 17), and herself where nothing else keeps her.

    A candidacy that led to an employment stays for its time.
    """
    hers = queries.list_of(person_id)
    kept = queries.named_elsewhere(Candidate, [one.candidate_id for one in hers])
    going = [one for one in hers if one.candidate_id not in kept and one.stage in NOT_SIGNED]
    _erase_candidates([one.candidate_id for one in going])
    persons = _erase_persons([person_id])
    if going:
        _keep(Counter(map(_key, going)), persons)
    return Forgotten(len(going), persons)


def _key(one: Due) -> _Key:
    month, ended = month_of(one.referred_on).first, month_of(one.ended_on).first
    return (
        one.programme_id,
        month,
        ended,
        one.municipality,
        one.channel,
        one.stage,
        one.exit_reason,
    )


def _erase_candidates(candidate_ids: Sequence[str]) -> None:
    """The rows that name a candidate go with her by the database's own rule."""
    links = [*candidate_ids, *queries.referrals_of(candidate_ids)]
    db.session.execute(delete(PersonalLink).where(PersonalLink.subject_id.in_(links)))
    db.session.execute(delete(Candidate).where(Candidate.id.in_(candidate_ids)))
    note_erased("candidate", candidate_ids)


def _erase_persons(person_ids: Sequence[str]) -> int:
    kept = queries.named_elsewhere(Person, person_ids)
    going = [key for key in person_ids if key not in kept]
    for person_id in going:
        forget_subject(person_id)
        forget_choices(person_id)
    db.session.execute(delete(PersonalLink).where(PersonalLink.subject_id.in_(going)))
    db.session.execute(delete(Person).where(Person.id.in_(going)))
    note_erased("person", going, subjects=going)
    return len(going)


def _keep(numbers: Counter[_Key], persons: int) -> None:
    run = ForgettingRun(ran_at=now(), candidates=numbers.total(), persons=persons)
    db.session.add(run)
    db.session.flush()
    for key, count in numbers.items():
        programme_id, month, ended, municipality, channel, stage, reason = key
        db.session.add(
            ForgottenCount(
                run_id=run.id,
                programme_id=programme_id,
                month=month,
                ended_month=ended,
                municipality=municipality,
                channel=channel,
                stage=stage,
                exit_reason=reason,
                count=count,
            )
        )
    db.session.flush()
