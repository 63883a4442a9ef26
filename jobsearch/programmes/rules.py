"""What a template of three weeks must hold, and what pay terms may say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_

CONTRACT_DAYS = 12
CONTRACT_MINUTES = 48 * 60
"""The fixed term of the programme: twelve days, 48.0 hours (mission, section 3)."""


class BlockKind(StrEnum):
    """The parts that a day is made of."""

    MORNING_MEETING = "morning_meeting"
    COACHING = "coaching"
    ASSIGNMENT = "assignment"
    SPARRING = "sparring"
    DEBRIEF = "debrief"


class Aim(StrEnum):
    """What a block works on; a day needs both (Liu, Huang & Wang 2014: neither works alone)."""

    SKILL = "skill"
    MOTIVATION = "motivation"


AIM_NAMES: dict[Aim, str] = {
    Aim.SKILL: N_("Skill"),
    Aim.MOTIVATION: N_("Motivation"),
}


class TemplateMode(StrEnum):
    """Whose employment the three weeks are: the programme's own, or a host's that goes on."""

    EMPLOYED = "employed"
    ATTACHED = "attached"


MODE_NAMES: dict[TemplateMode, str] = {
    TemplateMode.EMPLOYED: N_("Own employment of 48 hours"),
    TemplateMode.ATTACHED: N_("Inside a wage-subsidised job; the host pays the wage"),
}

KIND_NAMES: dict[BlockKind, str] = {
    BlockKind.MORNING_MEETING: N_("Morning meeting"),
    BlockKind.COACHING: N_("Coaching"),
    BlockKind.ASSIGNMENT: N_("Assignment"),
    BlockKind.SPARRING: N_("Sparring"),
    BlockKind.DEBRIEF: N_("Debrief"),
}
EVERY_DAY = (
    BlockKind.MORNING_MEETING,
    BlockKind.COACHING,
    BlockKind.ASSIGNMENT,
    BlockKind.DEBRIEF,
)
"""The parts that no day should lack (evidence, section 3.2, rules 1 and 3)."""


@dataclass(frozen=True, slots=True)
class ResourcePlan:
    """A link (`url`) or a stored file that belongs to a block."""

    title: str
    url: str | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """One block: its kind, its minutes and its text, first line title, the rest what to read."""

    kind: BlockKind
    minutes: int
    text: Words
    aim: Aim | None = None
    notes: str = ""
    resources: tuple[ResourcePlan, ...] = ()


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day of a template before it is kept; days stand in the order of the programme."""

    week: int
    weekday: int
    starts_minute: int
    paid_minutes: int
    title: Words
    blocks: tuple[BlockPlan, ...]


@dataclass(frozen=True, slots=True)
class TemplatePlan:
    """A whole template before it is kept."""

    name: str
    days: tuple[DayPlan, ...]
    mode: TemplateMode = TemplateMode.EMPLOYED


def check_template(days: Sequence[DayPlan]) -> None:
    """Twelve days in order, each filled by its blocks, 48.0 hours in all. Raises RuleBroken."""
    if len(days) != CONTRACT_DAYS:
        raise RuleBroken(
            N_("The template has %(there)d days, a programme has %(days)d."),
            field="template_id",
            there=len(days),
            days=CONTRACT_DAYS,
        )
    places = [(day.week, day.weekday) for day in days]
    if places != sorted(set(places)):
        raise RuleBroken(
            N_("The days must follow each other, one on each weekday of a week."),
            field="template_id",
        )
    for number, day in enumerate(days, 1):
        if sum(block.minutes for block in day.blocks) != day.paid_minutes:
            raise RuleBroken(
                N_("The blocks of day %(day)d do not fill its paid hours."),
                field="template_id",
                day=number,
            )
    total = sum(day.paid_minutes for day in days)
    if total != CONTRACT_MINUTES:
        raise RuleBroken(
            N_("The paid hours add up to %(minutes)d minutes, the contract says %(agreed)d."),
            field="template_id",
            minutes=total,
            agreed=CONTRACT_MINUTES,
        )


def missing_parts(kinds: Iterable[BlockKind]) -> list[BlockKind]:
    """The parts that a day with these blocks lacks; a warning, not a refusal."""
    there = set(kinds)
    return [kind for kind in EVERY_DAY if kind not in there]


def missing_aims(aims: Iterable[Aim | None]) -> list[Aim]:
    """The aims that a day with these blocks lacks; a warning, not a refusal."""
    there = set(aims)
    return [aim for aim in Aim if aim not in there]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is paid from a day on: euros an hour, allowance and bonus a person, and why so."""

    valid_from: date
    hourly_wage: Money
    allowance: Money
    outcome_bonus: Money
    agreement: str


def check_terms(terms: Terms, latest: date | None) -> None:
    """Pay terms have a wage, no negative sums, a basis, and follow the terms before them.

    `latest` is the day from which the newest terms hold. Raises RuleBroken.
    """
    if terms.hourly_wage <= Money.zero():
        raise RuleBroken(N_("The hourly wage must be above zero."), field="hourly_wage")
    if terms.allowance < Money.zero():
        raise RuleBroken(N_("The allowance cannot be negative."), field="allowance")
    if terms.outcome_bonus < Money.zero():
        raise RuleBroken(N_("The bonus cannot be negative."), field="outcome_bonus")
    if not terms.agreement.strip():
        raise RuleBroken(
            N_("Say which collective agreement or law the pay rests on."), field="agreement"
        )
    if latest is not None and terms.valid_from <= latest:
        raise RuleBroken(
            N_("New pay terms begin after the terms before them, which hold from %(day)s."),
            field="valid_from",
            day=f"{latest.day}.{latest.month}.{latest.year}",
        )
