"""What counts as finding work, until when it is followed, and what a person's state is on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.access import Actor, Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_

FOLLOW_UP_MONTHS = 3
LEAST_WEEKLY, MOST_WEEKLY = 15, 100 * 60
FITS = range(1, 6)


class OutcomeKind(StrEnum):
    """What a person found, in the words in which people told it."""

    PERMANENT_FULL_TIME = "permanent_full_time"
    PERMANENT_PART_TIME = "permanent_part_time"
    FIXED_TERM_FULL_TIME = "fixed_term_full_time"
    FIXED_TERM_PART_TIME = "fixed_term_part_time"
    AGENCY_WORK = "agency_work"
    OWN_FIELD_WORK = "own_field_work"
    FREELANCE = "freelance"
    SELF_EMPLOYMENT = "self_employment"
    SUBSIDISED_WORK = "subsidised_work"
    OTHER_WORK = "other_work"
    STUDIES = "studies"


class FoundThrough(StrEnum):
    """Which way it was found."""

    ADVERTISED = "advertised"
    EMPLOYER_CONTACT = "employer_contact"
    AGENCY = "agency"
    OWN_NETWORK = "own_network"
    PROGRAMME = "programme"
    OTHER = "other"


class Evidence(StrEnum):
    """How well it is known."""

    OWN_WORD = "own_word"
    EMPLOYERS_WORD = "employers_word"
    DOCUMENT = "document"


class When(StrEnum):
    """When it began, against the employment in the programme."""

    BEFORE_START = "before_start"
    DURING = "during"
    AFTER = "after"


class Answer(StrEnum):
    """What a follow-up heard. Unknown is its own answer, neither in work nor out of it."""

    IN_WORK = "in_work"
    GIG = "gig"
    STUDIES = "studies"
    ENTREPRENEUR = "entrepreneur"
    NOT_IN_WORK = "not_in_work"
    RATHER_NOT = "rather_not"
    UNKNOWN = "unknown"


WITHOUT_WORK = frozenset({Answer.NOT_IN_WORK, Answer.STUDIES})
"""Answers by which a person is known not to be in work. No other answer says that of anybody."""

TELLS_OF_SOMETHING = frozenset({Answer.IN_WORK, Answer.GIG, Answer.STUDIES, Answer.ENTREPRENEUR})
"""Answers from which an outcome can be noted."""


class OwnField(StrEnum):
    """Whether the work is in the trade that the person calls her own."""

    OWN = "own"
    OTHER = "other"


class SeenDocument(StrEnum):
    """What somebody saw when an outcome was checked; of the document itself nothing stays."""

    CONTRACT = "contract"
    PAYSLIP = "payslip"
    CERTIFICATE = "certificate"
    STUDY_PLACE = "study_place"
    BUSINESS = "business"
    OTHER = "other"


class State(StrEnum):
    """Where a person who started stands on a day."""

    FOUND_WORK = "found_work"
    NOT_IN_WORK = "not_in_work"
    OPEN = "open"
    UNKNOWN = "unknown"


WORK = frozenset(OutcomeKind) - {OutcomeKind.STUDIES}


def closes_on(ended_on: date, months: int = FOLLOW_UP_MONTHS) -> date:
    """The last day of the follow-up window of an employment that ended on the day."""
    return add_months(ended_on, months)


def when_it_began(began_on: date, started_on: date, ended_on: date) -> When:
    """Before, during or after the employment in the programme, both its days inside."""
    if began_on < started_on:
        return When.BEFORE_START
    return When.DURING if began_on <= ended_on else When.AFTER


@dataclass(frozen=True, slots=True)
class Followed:
    """One person who started: the window, work found in it, and the answer at its end."""

    window_closes_on: date
    found_on: date | None = None
    answer: Answer | None = None


def state_on(followed: Followed, as_of: date) -> State:
    """Where the person stands on the day.

    Work counts when it had begun by the day and began inside the window. Without it a person is
    open through the window's last day, and after that unknown unless somebody has answered.
    """
    found = followed.found_on
    if found is not None and found <= min(as_of, followed.window_closes_on):
        return State.FOUND_WORK
    if as_of <= followed.window_closes_on:
        return State.OPEN
    # an answer "in work" without a day on which it began says nothing about the window
    return State.NOT_IN_WORK if followed.answer in WITHOUT_WORK else State.UNKNOWN


@dataclass(frozen=True, slots=True)
class Found:
    """What a person found, as it is noted; minutes a week, and 1-5 by the person's own word."""

    kind: OutcomeKind
    began_on: date
    ended_on: date | None
    found_through: FoundThrough | None
    evidence: Evidence
    weekly_minutes: int | None = None
    own_field: OwnField | None = None
    fit: int | None = None
    origin: Origin | None = None
    seen: SeenDocument | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The lead or the logged action that an outcome came from; exactly one of the two."""

    lead_id: str | None = None
    action_id: str | None = None

    @property
    def key(self) -> str:
        """As a form says it."""
        return f"lead:{self.lead_id}" if self.lead_id else f"action:{self.action_id}"

    @classmethod
    def of(cls, key: str) -> Origin | None:
        """What a form said; None where nothing was chosen."""
        kind, _, row_id = key.partition(":")
        if not row_id or kind not in ("lead", "action"):
            return None
        return cls(lead_id=row_id) if kind == "lead" else cls(action_id=row_id)


def check_outcome(kind: OutcomeKind, began_on: date, ended_on: date | None, today: date) -> None:
    """Raise RuleBroken for an outcome that ends before it begins or lies far ahead."""
    if ended_on is not None and ended_on < began_on:
        raise RuleBroken(N_("The end cannot be before the beginning."), "ended_on")
    if kind in WORK and began_on > add_months(today, 12):
        raise RuleBroken(N_("The beginning is more than a year ahead."), "began_on")


def check_found(found: Found, today: date) -> None:
    """Raise RuleBroken for what cannot be so; a document counts only when it is said which.

    Hours a week are from a quarter of an hour to 100, and fit is 1-5.
    """
    check_outcome(found.kind, found.began_on, found.ended_on, today)
    check_measures(found.weekly_minutes, found.fit)
    if found.evidence is Evidence.DOCUMENT and found.seen is None:
        raise RuleBroken(N_("Say which document you saw."), "seen")
    if found.evidence is not Evidence.DOCUMENT and found.seen is not None:
        raise RuleBroken(N_("A document was seen: choose it as the way it is known."), "evidence")


def check_measures(weekly_minutes: int | None, fit: int | None) -> None:
    """Raise RuleBroken for hours a week that nobody works, or a fit off the scale."""
    if weekly_minutes is not None and not LEAST_WEEKLY <= weekly_minutes <= MOST_WEEKLY:
        raise RuleBroken(N_("Hours a week are more than 0 and at most 100."), "weekly_minutes")
    if fit is not None and fit not in FITS:
        raise RuleBroken(N_("Choose from 1 to 5."), "fit")


def own_cohorts_of(actor: Actor) -> str | None:
    """A coach sees outcomes and figures of her own groups; None for who sees all."""
    return actor.account_id if actor.role is Role.COACH else None
