"""Use cases of trials: begin one, draw a wording for a candidate, close it and keep its figures."""

import secrets
from dataclasses import replace

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.text import LANGUAGES
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind, Written
from jobsearch.notices.texts.rules import check_wording
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.sessions.mail import INVITATION, MORNING, TWO_DAYS
from jobsearch.recruitment.sessions.trials import queries
from jobsearch.recruitment.sessions.trials.models import TrialCase, WordingTrial
from jobsearch.recruitment.sessions.trials.rules import (
    TrialState,
    Tried,
    Wording,
    check_step,
    check_texts,
    draw,
    result_of,
)

KINDS: dict[Tried, TextKind] = {
    Tried.INVITATION: INVITATION,
    Tried.TWO_DAYS: TWO_DAYS,
    Tried.MORNING: MORNING,
}
"""The message whose wording is tried."""


def begin_trial(
    actor: Actor, programme_id: str, tried: str, language: str, first: str, second: str
) -> WordingTrial:
    """Try two wordings of a message of a programme in one language against each other.

    Raises NotVisible, and RuleBroken for wordings that cannot be sent, or while one runs already.
    """
    get_programme(programme_id)
    tried = Tried(tried)
    if language not in LANGUAGES:
        raise RuleBroken(N_("Choose a language."), field="language")
    texts = {"first": first.strip(), "second": second.strip()}
    for field, text in texts.items():
        _check(KINDS[tried], field, text)
    check_texts(first, second)
    if queries.find_running(programme_id, tried, language) is not None:
        raise RuleBroken(
            N_("A trial of this message is running in this programme and language. Close it first.")
        )
    trial = WordingTrial(
        programme_id=programme_id,
        tried=tried,
        language=language,
        started_at=now(),
        started_by_id=actor.account_id,
        **texts,
    )
    db.session.add(trial)
    db.session.flush()
    return trial


def _check(kind: TextKind, field: str, text: str) -> None:
    """A wording holds as an organisation's own would, in an e-mail and as a text message."""
    try:
        check_wording(kind, Written(kind.subject.partition("%")[0] or "-", text, text))
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field, **broken.gaps) from broken


def wording_for(kind: TextKind, tried: Tried, candidate: Candidate, language: str) -> TextKind:
    """The kind of message with the wording that a running trial gives this candidate, if one runs.

    Drawn once at random, and the same ever after.
    """
    trial = queries.find_running(candidate.programme_id, tried, language)
    if trial is None:
        return kind
    wording = queries.find_wording(trial.id, candidate.id) or _draw(trial, candidate)
    text = trial.first if wording is Wording.FIRST else trial.second
    return replace(
        kind,
        key=f"{kind.key}_trial",
        title=kind.name,
        body=text,
        sms=text,
        may_use=kind.gaps,
    )


def _draw(trial: WordingTrial, candidate: Candidate) -> Wording:
    queries.lock_trial(trial.id)
    drawn = queries.list_drawn(trial.id)
    wording = draw([one for _number, one in drawn], secrets.randbelow(2**32))
    number = drawn[-1][0] + 1 if drawn else 1
    db.session.add(
        TrialCase(
            trial_id=trial.id,
            candidate_id=candidate.id,
            organisation_id=trial.organisation_id,
            number=number,
            wording=wording,
            assigned_at=now(),
        )
    )
    db.session.flush()
    return wording


def close_trial(trial_id: str, version: int) -> WordingTrial:
    """Close a trial: from now on its figures can be read, and they stay as they are.

    Raises NotVisible, RuleBroken, Conflict.
    """
    trial = queries.get_trial(trial_id)
    if trial.version != version:
        raise Conflict
    check_step(trial.state, TrialState.CLOSED)
    result = result_of(queries.list_cases(trial_id), now())
    one, other = (arm.rate.ratio for arm in result.arms)
    trial.state, trial.closed_at = TrialState.CLOSED, now()
    trial.first_came, trial.first_of = one.numerator, one.denominator
    trial.second_came, trial.second_of = other.numerator, other.denominator
    db.session.flush()
    return trial
