"""What the participant may ask of her own introductions: every one, whatever became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager

from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.introductions.queries import lock_introduction
from jobsearch.consents.introductions.rules import IntroductionState, standing
from jobsearch.consents.queries import live_on
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible


@dataclass(frozen=True, slots=True)
class Own:
    """An introduction of the participant as it stands today; its text is hers to read always."""

    introduction: AskedIntroduction
    state: IntroductionState


def get_own(actor: Actor, introduction_id: str, *, locked: bool = False) -> Own:
    """One introduction of the participant's own. Raises NotVisible."""
    if locked:
        lock_introduction(introduction_id)
    for one, live in _own(actor, AskedIntroduction.id == introduction_id):
        return Own(one, _today(one, live))
    raise NotVisible


def _own(actor: Actor, *narrow: Any) -> Sequence[Any]:
    live = and_(*live_on(today(actor.zone)))
    statement = (
        select(AskedIntroduction, live)
        .join(AskedIntroduction.consent)
        .options(contains_eager(AskedIntroduction.consent))
        .where(AskedIntroduction.person_id == actor.person_id, *narrow)
        .order_by(AskedIntroduction.asked_at.desc(), AskedIntroduction.id)
        .execution_options(populate_existing=True)
    )
    return db.session.execute(statement).all()


def _today(introduction: AskedIntroduction, is_live: Any) -> IntroductionState:
    return standing(introduction.state, bool(is_live))
