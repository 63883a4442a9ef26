"""Use cases of helping: ask for help and offer it, say a kind word, and search in pairs."""

from collections.abc import Mapping, Sequence

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.people.rules import BoardName
from jobsearch.tracker.helping import queries
from jobsearch.tracker.helping.models import Buddy, HelpCall, Praise
from jobsearch.tracker.helping.rules import (
    PraiseWords,
    check_call,
    check_pairs,
    name_order,
    pairs_of,
)


def raise_call(actor: Actor, words: str, *, about_work: bool = False) -> HelpCall:
    """A participant asks her group and her coach for help. The board shows it to them.

    Raises RuleBroken as `check_call`, and while an earlier call of hers is open; NotVisible for
    who has no seat in a group that is not over.
    """
    seat = queries.get_seat(actor)
    check_call(words, about_work=about_work)
    touch_board(seat.cohort_id)
    if queries.find_open_call(seat.enrolment_id) is not None:
        raise RuleBroken(N_("You have asked for help already. End that first."), field="words")
    call = HelpCall(
        enrolment_id=seat.enrolment_id,
        person_id=actor.person_id,
        cohort_id=seat.cohort_id,
        words=words,
        asked_at=now(),
    )
    db.session.add(call)
    db.session.flush()
    return call


def offer_help(actor: Actor, call_id: str) -> HelpCall:
    """Somebody of the group, or a coach, says that she helps.

    Raises RuleBroken when somebody else helps already, NotVisible for another group's call and for
    one's own.
    """
    call = queries.hold_call(actor, call_id)
    if call.person_id == actor.person_id:
        raise NotVisible
    if call.helper_id not in (None, actor.account_id):
        raise RuleBroken(N_("Somebody helps already. Thank you for offering."))
    call.helper_id = actor.account_id
    touch_board(call.cohort_id)
    db.session.flush()
    return call


def step_back(actor: Actor, call_id: str) -> HelpCall:
    """Who helps cannot after all; the call is open to others again. Raises NotVisible."""
    call = queries.hold_call(actor, call_id)
    if call.helper_id != actor.account_id:
        raise NotVisible
    call.helper_id = None
    touch_board(call.cohort_id)
    db.session.flush()
    return call


def end_call(actor: Actor, call_id: str) -> HelpCall:
    """The person herself, or a coach, ends a call. Raises NotVisible for anybody else."""
    call = queries.hold_call(actor, call_id)
    if actor.person_id not in (None, call.person_id):
        raise NotVisible
    call.ended_at = now()
    touch_board(call.cohort_id)
    db.session.flush()
    return call


def give_praise(
    actor: Actor, mates: Sequence[queries.Mate], enrolment_id: str, words: PraiseWords
) -> Praise:
    """Say a kind word to one of the `mates`, whom the actor sees; each of the three once a day.

    Raises RuleBroken when it was said today, NotVisible for whom the actor cannot praise.
    """
    mate = next((one for one in praisable(actor, mates) if one.enrolment_id == enrolment_id), None)
    if mate is None:
        raise NotVisible
    if queries.has_said(actor, enrolment_id, words):
        raise RuleBroken(N_("You have said this today already."), field="kind")
    praise = Praise(
        enrolment_id=enrolment_id,
        person_id=mate.person_id,
        cohort_id=mate.cohort_id,
        from_id=actor.account_id,
        on=today(actor.zone),
        words=words,
    )
    db.session.add(praise)
    db.session.flush()
    return praise


def praisable(actor: Actor, mates: Sequence[queries.Mate]) -> list[queries.Mate]:
    """Whom the actor can say a kind word to: who has a seat and, for her group, a row."""
    return [
        one
        for one in mates
        if one.has_seat
        and one.person_id != actor.person_id
        and (actor.person_id is None or one.choice is not BoardName.TOTALS)
    ]


def take_back_praise(actor: Actor, praise_id: str) -> None:
    """What the actor said today was not said. Raises NotVisible for anything else."""
    praise = queries.find_own_praise(actor, praise_id)
    if praise is None:
        raise NotVisible
    db.session.delete(praise)
    db.session.flush()


def make_pairs(actor: Actor, cohort_id: str) -> None:
    """Pair everyone of a group by the alphabet; the last of an odd number makes a three.

    Who is only in the totals gets none, as a pair shows the name. Raises NotVisible for a group of
    nobody whom the actor sees.
    """
    everyone = queries.list_mates(actor, cohort_id)
    if not everyone:
        raise NotVisible
    mates = [one for one in everyone if can_be_paired(one)]
    mates.sort(key=lambda one: (name_order(one.full_name), one.enrolment_id))
    _write_pairs(cohort_id, pairs_of([one.enrolment_id for one in mates]))


def save_pairs(actor: Actor, cohort_id: str, pairs: Mapping[str, int]) -> None:
    """Keep who searches with whom, by enrolment; who is not named has no pair.

    Raises RuleBroken for a pair of one or of more than three, and for who is only in the totals;
    NotVisible for somebody of another group.
    """
    mates = {one.enrolment_id: one for one in queries.list_mates(actor, cohort_id)}
    for enrolment_id in pairs:
        mate = mates.get(enrolment_id)
        if mate is None or not mate.has_seat:
            raise NotVisible
        if not can_be_paired(mate):
            raise RuleBroken(
                N_("%(name)s is only in the totals. A pair would show the name."),
                name=mate.given_name,
            )
    check_pairs(pairs)
    _write_pairs(cohort_id, pairs)


def can_be_paired(mate: queries.Mate) -> bool:
    """Whether somebody can have a pair: the two know each other's names."""
    return mate.has_seat and mate.choice is not BoardName.TOTALS


def end_pairs(actor: Actor, cohort_id: str) -> None:
    """Nobody of a group has a pair any more. Raises NotVisible for another's group."""
    if not queries.list_mates(actor, cohort_id):
        raise NotVisible
    _write_pairs(cohort_id, {})


def _write_pairs(cohort_id: str, pairs: Mapping[str, int]) -> None:
    known = {one.enrolment_id: one for one in queries.list_buddies(cohort_id)}
    for enrolment_id, buddy in known.items():
        if enrolment_id not in pairs:
            db.session.delete(buddy)
    for enrolment_id, number in pairs.items():
        if enrolment_id in known:
            known[enrolment_id].pair = number
        else:
            db.session.add(Buddy(cohort_id=cohort_id, enrolment_id=enrolment_id, pair=number))
    db.session.flush()
