"""What the pay is and what it does to benefits, as an estimate; and a kind self-check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate, wage
from jobsearch.core.text import LANGUAGES, Words
from jobsearch.core.text import mark as N_
from jobsearch.rates.benefits import reduce_benefit
from jobsearch.rates.rules import RateKey, RateRow, RateTable

LONGEST_WORDS = 1500
RATE_KEYS = (
    RateKey.HOLIDAY_COMP_UNDER_1Y,
    RateKey.BENEFIT_REDUCTION,
    RateKey.BENEFIT_PROTECTED_MONTH,
    RateKey.TYOSSAOLOEHTO_HALF_MONTH,
    RateKey.TYOSSAOLOEHTO_FULL_MONTH,
)
"""The dated figures that the estimate rests on."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the programme: how many days, and paid minutes in all."""

    number: int
    days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Pay:
    """What the programme pays for the whole term, before tax, by its own terms."""

    hourly: Money
    minutes: int
    wage: Money
    allowance: Money
    bonus: Money


def pay_of(weeks: Sequence[Week], hourly: Money, allowance: Money, bonus: Money) -> Pay:
    """The pay of all weeks together, rounded once."""
    minutes = sum(week.minutes for week in weeks)
    return Pay(hourly, minutes, wage(minutes, hourly), allowance, bonus)


@dataclass(frozen=True, slots=True)
class BenefitEstimate:
    """What the pay does to unemployment benefit if all of it is paid on one day: an estimate.

    `finland/law.md` section 8: half of gross pay (wage and holiday compensation) reduces the
    benefit of the month of payment, above a protected sum where there is one; the wage alone
    counts toward the employment condition, in the calendar month in which it is paid.
    """

    day: date
    holiday: Money
    gross: Money
    protected: Money
    reduction: Rate
    less: Money
    left: Money
    half_month_from: Money | None
    counts_as_half: bool
    counts_as_full: bool
    sources: tuple[RateRow, ...]


def estimate(pay: Pay, table: RateTable, day: date) -> BenefitEstimate | None:
    """The estimate by the figures of a day; None where one is not known, never a guess.

    The allowance may add to it and the bonus comes later, if at all; neither is in the sum.
    """
    holiday = table.find(RateKey.HOLIDAY_COMP_UNDER_1Y, day)
    if holiday is None:
        return None
    half = table.find(RateKey.TYOSSAOLOEHTO_HALF_MONTH, day)
    full = table.find(RateKey.TYOSSAOLOEHTO_FULL_MONTH, day)
    compensation = Rate(holiday.value).of_money(pay.wage)
    gross = pay.wage + compensation
    reduction = reduce_benefit(gross, table, day)
    if reduction is None:
        return None
    return BenefitEstimate(
        day=day,
        holiday=compensation,
        gross=gross,
        protected=reduction.protected,
        reduction=reduction.share,
        less=reduction.less,
        left=gross - reduction.less,
        half_month_from=Money(half.value) if half else None,
        counts_as_half=half is not None and pay.wage >= Money(half.value),
        counts_as_full=full is not None and pay.wage >= Money(full.value),
        sources=(*reduction.sources, holiday, *([half] if half else [])),
    )


def longest_trial_days(calendar_days: int) -> int:
    """How long a trial period may be: at most half of the fixed term (TSL 1:4)."""
    return calendar_days // 2


class Question(StrEnum):
    """What the self-check asks; nothing about health, and nothing is kept."""

    DAYS = "days"
    PHONE = "phone"
    COMPUTER = "computer"
    CONTACT = "contact"
    GROUP = "group"
    BENEFIT = "benefit"


class Reply(StrEnum):
    """The replies to every question."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


QUESTIONS: Mapping[Question, str] = {
    Question.DAYS: N_("Can you be there on the twelve days, at the hours above?"),
    Question.PHONE: N_("Do you have a telephone with which you can call and read messages?"),
    Question.COMPUTER: N_("Can you use a computer or a tablet, your own or ours?"),
    Question.CONTACT: N_("Are you ready to get in touch with employers, with our help?"),
    Question.GROUP: N_("Does it suit you to work in a small group?"),
    Question.BENEFIT: N_("Do you know what the pay does to your benefit?"),
}
_HELP: Mapping[Question, str] = {
    Question.DAYS: N_(
        "Tell us which days are difficult. Another group may start at a better time."
    ),
    Question.PHONE: N_("Tell us about the telephone. We can often find a way."),
    Question.COMPUTER: N_(
        "A computer need not be your own, and nobody has to be good at it. We help."
    ),
    Question.CONTACT: N_(
        "Getting in touch feels hard to most people at first. It is practised together."
    ),
    Question.GROUP: N_(
        "The group has six people at most. Ask at the info session how the mornings go."
    ),
    Question.BENEFIT: N_(
        "Ask Kela or your unemployment fund about your own case before you decide."
    ),
}


class Verdict(StrEnum):
    """What the self-check says in the end; none of them is a no."""

    FITS = "fits"
    TALK = "talk"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Advice:
    """What the self-check says: a verdict in kind words, and what to talk about."""

    verdict: Verdict
    talk_about: tuple[str, ...]


def advise(replies: Mapping[Question, Reply]) -> Advice:
    """What to say to these replies.

    Only being there is a condition; everything else can be helped. Raises RuleBroken when a
    question has no reply.
    """
    missing = [question for question in Question if question not in replies]
    if missing:
        raise RuleBroken(N_("Reply to every question, please. “Not sure” is a good reply."))
    talk = tuple(_HELP[question] for question in Question if replies[question] is not Reply.YES)
    if replies[Question.DAYS] is Reply.NO:
        return Advice(Verdict.LATER, talk)
    return Advice(Verdict.TALK if talk else Verdict.FITS, talk)


def check_words(words: Words) -> None:
    """The provider's own words, in the languages of the house, are short. Raises RuleBroken."""
    for language in LANGUAGES:
        if len(words.get(language, "")) > LONGEST_WORDS:
            raise RuleBroken(
                N_("At most %(most)d characters fit here."),
                field=f"words_{language}",
                most=LONGEST_WORDS,
            )
