"""How the demo's candidates came: coaches and their links, introductions, moves and calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from jobsearch.accounts.queries import find_account
from jobsearch.cohorts.calendar import free_weekday_from, is_free_weekday
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.demo.groups import Office
from jobsearch.people.queries import get_person
from jobsearch.recruitment.contacts.models import ContactAttempt
from jobsearch.recruitment.contacts.rules import ContactChannel, ContactResult
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.following.rules import EDITION, AgreedHow
from jobsearch.recruitment.models import Candidate, CandidateMove
from jobsearch.recruitment.referrals.coaches.service import add_referrer, close_referrer
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.recruitment.referrals.queries import get_referrer
from jobsearch.recruitment.referrals.rules import STATEMENT_EDITION, KnownBy
from jobsearch.recruitment.rules import CallWhy, Channel, ExitReason, MoveKind, Stage, reached
from jobsearch.recruitment.service import put_on_call_list

_STATEMENT = "Olen kertonut tästä ehdokkaalle, ja hän suostuu siihen, että esittelen hänet."
_ALLOWED = "%s saa nähdä, missä vaiheessa olen: vaiheen ja sen päivän. Ei muuta."
_COACHES = (
    ("Kaisa Mäkelä", "omavalmentaja@example.org", "Pori"),
    ("Tomi Lindroos", "tomi@example.org", "Pori"),
    ("Eija Salonen", "eija.salonen@example.org", "Ulvila"),
)
_CLOSED = ("Satu Hietala", "satu.hietala@example.org", "Harjavalta")
_WHEN = ("iltapäivisin kello 14 jälkeen", "", "aamuisin, ei maanantaina", "")
_DAYS = {
    Stage.CONTACTED: "contacted_on",
    Stage.INVITED: "invited_on",
    Stage.ATTENDED: "attended_on",
    Stage.SELECTED: "selected_on",
    Stage.SIGNED: "signed_on",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt of the demo: so many days after the introduction."""

    after: int
    result: ContactResult
    channel: ContactChannel = ContactChannel.PHONE


_VAIN = (
    Call(1, ContactResult.NO_ANSWER),
    Call(2, ContactResult.LEFT_MESSAGE),
    Call(5, ContactResult.NO_ANSWER, ContactChannel.SMS),
)
_REACHED = (Call(1, ContactResult.REACHED),)
_AT_LAST = (Call(1, ContactResult.NO_ANSWER), Call(2, ContactResult.REACHED))


def weekday_before(day: date) -> date:
    """The day itself where people work on it, else the last one before it."""
    while not is_free_weekday(day):
        day -= timedelta(days=1)
    return day


def tell_how_they_came(office: Office, candidates: Mapping[str, Candidate], today: date) -> None:
    """Introductions, history, calls and the call list behind the candidates that there are."""
    coaches = {name: _coach(office, name, *rest) for name, *rest in _COACHES}
    close_referrer(_coach(office, *_CLOSED).id)
    for at, candidate in enumerate(candidates.values()):
        candidate.call_when = _WHEN[at % len(_WHEN)]
        if at % 6 == 5:
            candidate.channel = Channel.IMPORTED
        elif at % 11 == 10:
            candidate.channel, candidate.referred_by_name = Channel.OWN_APPLICATION, ""
        else:
            _introduce(candidate, coaches[candidate.referred_by_name], at)
        _remember(office, candidate)
        _call(office, candidate, at)
    db.session.flush()
    _due(list(candidates.values()), today)


def _coach(office: Office, name: str, email: str, municipality: str) -> Referrer:
    issued = add_referrer(office.coach, name=name, email=email, municipality=municipality)
    referrer = get_referrer(issued.referrer_id)
    account = find_account(email)
    referrer.account_id = account.id if account else None
    return referrer


def _introduce(candidate: Candidate, referrer: Referrer, at: int) -> None:
    signed_in = referrer.account_id is not None and at % 2 == 0
    candidate.channel = Channel.SIGNED_IN if signed_in else Channel.PERSONAL_LINK
    candidate.referred_by_id = referrer.account_id
    person = get_person(candidate.person_id)
    told_at = _instant(candidate.referred_on, 8)
    db.session.add(
        Referral(
            candidate_id=candidate.id,
            person_id=person.id,
            referrer_id=referrer.id,
            account_id=referrer.account_id if signed_in else None,
            channel=candidate.channel,
            given_name=person.given_name,
            family_name=person.family_name,
            phone=person.phone or "",
            municipality=person.municipality,
            language=person.language,
            introduction=candidate.introduction,
            call_when=candidate.call_when,
            known_by=KnownBy.PHONE if at == 9 else None,
            statement_edition=STATEMENT_EDITION,
            statement_language="fi",
            statement=_STATEMENT,
            referred_at=told_at,
        )
    )
    if at % 4 != 3:
        _allow(candidate, referrer, told_at + timedelta(hours=5))


def _allow(candidate: Candidate, referrer: Referrer, at: datetime) -> None:
    """The candidate lets her coach follow: by her own page."""
    db.session.add(
        FollowAgreement(
            candidate_id=candidate.id,
            person_id=candidate.person_id,
            referrer_id=referrer.id,
            how=AgreedHow.BY_LINK,
            given_on=candidate.referred_on,
            given_at=min(at, now()),
            wording_edition=EDITION,
            wording_language="fi",
            wording=_ALLOWED % referrer.name,
        )
    )


def _remember(office: Office, candidate: Candidate) -> None:
    """A line of history for each stage behind her, and for leaving."""
    way = reached(candidate.stage)
    number, before = 0, Stage.REFERRED
    for number, stage in enumerate(way[1:], 1):
        on = getattr(candidate, _DAYS.get(stage, "started_on")) or candidate.referred_on
        _line(office, candidate, number, MoveKind.MOVE, before, stage, None, on)
        before = stage
    if candidate.exit_reason is not None:
        on = candidate.exited_on or candidate.referred_on
        why = candidate.exit_reason
        _line(office, candidate, number + 1, MoveKind.EXIT, before, before, why, on)


def _line(
    office: Office,
    candidate: Candidate,
    number: int,
    kind: MoveKind,
    before: Stage,
    after: Stage,
    left: ExitReason | None,
    on: date,
) -> None:
    db.session.add(
        CandidateMove(
            candidate_id=candidate.id,
            person_id=candidate.person_id,
            number=number,
            kind=kind,
            from_stage=before,
            to_stage=after,
            to_exit=left,
            on=on,
            moved_at=_instant(on, 10 + number),
            moved_by_id=office.coach.account_id,
        )
    )


def _call(office: Office, candidate: Candidate, at: int) -> None:
    calls: Sequence[Call] = _REACHED if at % 3 else _AT_LAST
    if candidate.exit_reason is ExitReason.NOT_REACHED:
        calls = _VAIN
    elif candidate.stage is Stage.REFERRED:
        calls = _VAIN[: at % 2]
    for number, call in enumerate(calls, 1):
        on = free_weekday_from(candidate.referred_on + timedelta(days=call.after))
        db.session.add(
            ContactAttempt(
                candidate_id=candidate.id,
                person_id=candidate.person_id,
                number=number,
                channel=call.channel,
                result=call.result,
                tried_at=_instant(on, 12),
                tried_by_id=office.coach.account_id,
            )
        )
        candidate.tries = 0 if call.result is ContactResult.REACHED else candidate.tries + 1


def _due(candidates: Sequence[Candidate], today: date) -> None:
    """Who waits for a first call, who for another one, and with whom one is agreed."""
    open_ones = [one for one in candidates if not one.has_left]
    for at, one in enumerate(one for one in open_ones if one.stage is Stage.REFERRED):
        day = weekday_before(today - timedelta(days=at % 2))
        put_on_call_list(one.id, day, CallWhy.TRY_AGAIN if one.tries else CallWhy.FIRST_CALL)
    for at, one in enumerate(one for one in open_ones if one.stage is Stage.CONTACTED):
        day = free_weekday_from(today + timedelta(days=at * 2))
        put_on_call_list(one.id, day, CallWhy.CALL_BACK)


def _instant(day: date, hour: int) -> datetime:
    return min(datetime.combine(day, time(min(hour, 14), 5), UTC), now())
