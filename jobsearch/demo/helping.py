"""What the made-up people of the running group say to help each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.periods import instant_of
from jobsearch.tracker.helping.models import HelpCall, Praise, Tip, TipClaim
from jobsearch.tracker.helping.rules import PraiseWords
from jobsearch.tracker.helping.service import make_pairs
from jobsearch.tracker.rules import company_key

_COACH = ""
_MORNING = 9 * 60 + 40


@dataclass(frozen=True, slots=True)
class Heard:
    """A tip: by whom (nobody: the coach), so many working days ago, and who follows it."""

    days_ago: int
    by: str
    company: str
    role: str
    words: str
    claimed_by: str = ""


TIPS = (
    Heard(2, "Linnéa", "Merikulman Varasto", "varastotyöntekijä", "Iltavuoroihin.", "Jari"),
    Heard(1, "Aino", "Kallon Keittiö", "keittiöapulainen", "Kysyvät myös osa-aikaisia."),
    Heard(0, _COACH, "Kokemäenjoen Kone", "kokoonpanija", "Ilmoitus tulee vasta ensi viikolla."),
)
PRAISE = (
    ("Linnéa", "Aino", PraiseWords.THANKS),
    (_COACH, "Aino", PraiseWords.WELL_DONE),
    (_COACH, "Petri", PraiseWords.KEEP_GOING),
)


def help_each_other(
    coach: Actor,
    actors: Mapping[str, Actor],
    cohort: Cohort,
    enrolments: Mapping[str, Enrolment],
    this_day: date,
) -> None:
    """Tips, an open call for help and one that is over, kind words, and pairs.

    Rows are written as they were: the use cases know only this moment.
    """
    come = [day.on for day in cohort.days if day.on <= this_day]
    for heard in TIPS:
        on = come[-1 - heard.days_ago]
        person_id = enrolments[heard.by].person_id if heard.by else None
        by = person_id, (actors[heard.by] if heard.by else coach).account_id
        claimer = enrolments[heard.claimed_by] if heard.claimed_by else None
        _share(cohort, heard, by, claimer, _at(coach, on, _MORNING))
    aino = actors["Aino"].account_id
    _ask(enrolments["Petri"], "Kuka kuuntelee esittelyni?", _at(coach, come[-2], _MORNING), aino)
    _ask(enrolments["Mira"], "Miten aloitan puhelun yritykseen?", _at(coach, come[-1], _MORNING))
    for giver, to, words in PRAISE:
        account = (actors[giver] if giver else coach).account_id
        db.session.add(_praise(enrolments[to], account, come[-1], words))
    db.session.flush()
    make_pairs(coach, cohort.id)


def _at(coach: Actor, on: date, minute: int) -> datetime:
    return min(now(), instant_of(on, minute, coach.zone))


def _share(
    cohort: Cohort,
    heard: Heard,
    by: tuple[str | None, str],
    claimer: Enrolment | None,
    at: datetime,
) -> None:
    person_id, account_id = by
    tip = Tip(
        cohort_id=cohort.id,
        person_id=person_id,
        shared_by_id=account_id,
        company=heard.company,
        company_key=company_key(heard.company),
        role_title=heard.role,
        words=heard.words,
        shared_at=at,
    )
    db.session.add(tip)
    db.session.flush()
    if claimer is not None:
        db.session.add(
            TipClaim(tip_id=tip.id, person_id=claimer.person_id, claimed_at=at, thanked_at=at)
        )


def _ask(enrolment: Enrolment, words: str, at: datetime, helper_id: str | None = None) -> None:
    """A call for help; one that somebody helped with is over."""
    db.session.add(
        HelpCall(
            enrolment_id=enrolment.id,
            person_id=enrolment.person_id,
            cohort_id=enrolment.cohort_id,
            words=words,
            asked_at=at,
            helper_id=helper_id,
            ended_at=at if helper_id else None,
        )
    )


def _praise(enrolment: Enrolment, account_id: str, on: date, words: PraiseWords) -> Praise:
    return Praise(
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        cohort_id=enrolment.cohort_id,
        from_id=account_id,
        on=on,
        words=words,
    )
