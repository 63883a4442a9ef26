"""Use cases of alerts: raise and end them each morning, take one, give it back, say how it was."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import update

from jobsearch.coaching.alerts import queries
from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.raising import to_end, to_raise
from jobsearch.coaching.alerts.rules import AlertRule, Fact, Searcher, Verdict
from jobsearch.coaching.alerts.searchers import list_searchers
from jobsearch.cohorts.seats import OwnSeat, find_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.feedback.pulses.answers import OwnScore, list_own_scores
from jobsearch.feedback.pulses.rules import has_fallen


def refresh(organisation_id: str, day: date) -> int:
    """Raise the alerts of a provider whose rules hold on a working day of their group, and end
    those whose rules hold no more; says how many were raised. Twice is as good as once.
    """
    people, is_open = list_searchers(day), queries.list_open()
    over = {key for key, one in is_open.items() if one.until is None or one.until < day}
    _end_by_themselves([is_open[key].id for key in over | to_end(is_open, people, day)])
    found = to_raise(people, is_open, queries.list_ended(day), day)
    db.session.add_all(_alert(organisation_id, one, fact, day) for one, fact in found)
    db.session.flush()
    return len(found)


def _end_by_themselves(keys: Sequence[str]) -> None:
    # one statement however many: the row says by itself when it ended, and that nobody ended it
    ended = update(Alert).where(Alert.id.in_(keys))
    if keys:
        db.session.execute(ended.values(ended_at=now(), version=Alert.version + 1))


def _alert(organisation_id: str, one: Searcher, fact: Fact, day: date) -> Alert:
    return Alert(
        organisation_id=organisation_id,
        enrolment_id=one.enrolment_id,
        person_id=one.person_id,
        cohort_id=one.cohort_id,
        rule=fact.rule,
        raised_on=day,
        raised_at=now(),
        on=fact.on,
        until=fact.until,
        count=fact.count,
        out_of=fact.out_of,
    )


def take(actor: Actor, alert_id: str, version: int | None) -> Alert:
    """A coach says that she sees to it. Raises RuleBroken with the name of who was first, or when
    it is over; NotVisible, Conflict.
    """
    alert = queries.get_alert(actor, alert_id)
    if alert.taken_by_id == actor.account_id:
        return alert
    _check_taker(actor, alert)
    if alert.ended_at is not None:
        raise RuleBroken(N_("This alert has ended."))
    _check_version(alert, version)
    alert.taken_by_id, alert.taken_at = actor.account_id, now()
    db.session.flush()
    return alert


def give_back(actor: Actor, alert_id: str, version: int | None) -> Alert:
    """Who has taken an alert lets another see to it. Raises RuleBroken, NotVisible, Conflict."""
    alert = queries.get_alert(actor, alert_id)
    if alert.taken_by_id is None:
        return alert
    _check_taker(actor, alert)
    _check_version(alert, version)
    alert.taken_by_id = alert.taken_at = None
    db.session.flush()
    return alert


def end(actor: Actor, alert_id: str, verdict: Verdict, version: int | None) -> Alert:
    """End an alert and say whether it was good to ask; of one that ended by itself only say it.

    Raises NotVisible, Conflict.
    """
    alert = queries.get_alert(actor, alert_id)
    _check_version(alert, version)
    at = now()
    if alert.ended_at is None:
        alert.ended_at, alert.ended_by_id = at, actor.account_id
    alert.verdict, alert.judged_at = verdict, at
    db.session.flush()
    return alert


def reopen(actor: Actor, alert_id: str, version: int | None) -> Alert:
    """Take a verdict back; what a coach ended with it is open again.

    Raises RuleBroken when there is a newer alert of the same kind, NotVisible, Conflict.
    """
    alert = queries.get_alert(actor, alert_id)
    _check_version(alert, version)
    if alert.ended_by_id is not None:
        if queries.find_open(alert.enrolment_id, alert.rule) is not None:
            raise RuleBroken(N_("There is a newer alert of the same kind. Look at that one."))
        alert.ended_at = alert.ended_by_id = None
    alert.verdict = alert.judged_at = None
    db.session.flush()
    return alert


def _check_taker(actor: Actor, alert: Alert) -> None:
    if alert.taken_by_id not in (None, actor.account_id):
        assert alert.taken_by_id is not None
        name = queries.name_of(alert.taken_by_id)
        raise RuleBroken(N_("%(name)s has taken this already."), name=name)


def _check_version(alert: Alert, version: int | None) -> None:
    if version is not None and alert.version != version:
        raise Conflict


def tell_coach(actor: Actor) -> Alert:
    """A participant lets her coach know that her confidence has gone down; not her answers.

    Raises RuleBroken when they are not lower, NotVisible for who has no seat.
    """
    seat = _own_seat(actor)
    found = queries.find_open(seat.enrolment_id, AlertRule.CONFIDENCE_DOWN)
    if found is not None:
        return found
    if not has_fallen(_scores(list_own_scores(actor.person_id or ""), seat.enrolment_id)):
        raise RuleBroken(N_("Your later answers are not lower. You can ask for help instead."))
    alert = Alert(
        organisation_id=actor.organisation_id,
        enrolment_id=seat.enrolment_id,
        person_id=actor.person_id,
        cohort_id=seat.cohort_id,
        rule=AlertRule.CONFIDENCE_DOWN,
        raised_on=today(actor.zone),
        raised_at=now(),
    )
    db.session.add(alert)
    db.session.flush()
    return alert


def take_word_back(actor: Actor) -> None:
    """What a participant let her coach know of her confidence ends. Raises NotVisible."""
    found = queries.find_open(_own_seat(actor).enrolment_id, AlertRule.CONFIDENCE_DOWN)
    if found is not None:
        found.ended_at = now()
        db.session.flush()


def _own_seat(actor: Actor) -> OwnSeat:
    seat = find_seat(actor.person_id or "", today(actor.zone))
    if seat is None:
        raise NotVisible
    return seat


def _scores(scores: list[OwnScore], enrolment_id: str) -> list[tuple[str, int, int]]:
    return [
        (one.item.value, one.day_number, one.score)
        for one in scores
        if one.enrolment_id == enrolment_id
    ]
