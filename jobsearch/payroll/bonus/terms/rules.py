"""What earns a bonus, how much, and with which proof by when; pure.

A contract promises one figure for finding work "on the programme's terms"; these are the terms.
The rule that was in force on the first day of the employment holds for it, whatever comes later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, add_months
from jobsearch.core.text import mark as N_

DEFAULT_PROOF_DAYS = 30
MOST_PROOF_DAYS = 365
MOST_MONTHS = 24


class BonusEvent(StrEnum):
    """What earns a bonus."""

    WORK_DURING = "work_during"
    WORK_AFTER = "work_after"
    STUDIES = "studies"
    LASTED = "lasted"


EVENT_NAMES: Mapping[BonusEvent, str] = {
    BonusEvent.WORK_DURING: N_("Work begins during the employment"),
    BonusEvent.WORK_AFTER: N_("Work begins within some months of its end"),
    BonusEvent.STUDIES: N_("Studies begin during it or within some months of its end"),
    BonusEvent.LASTED: N_("The new job lasts for some months"),
}
WORK = frozenset({BonusEvent.WORK_DURING, BonusEvent.WORK_AFTER})


class ProofAsked(StrEnum):
    """What shows that it is so."""

    WORK_CONTRACT = "work_contract"
    EMPLOYERS_LETTER = "employers_letter"
    PAYSLIP = "payslip"
    STUDY_PLACE = "study_place"


PROOF_NAMES: Mapping[ProofAsked, str] = {
    ProofAsked.WORK_CONTRACT: N_("The contract of the new job"),
    ProofAsked.EMPLOYERS_LETTER: N_("A letter or a message from the new employer"),
    ProofAsked.PAYSLIP: N_("A payslip from the new job"),
    ProofAsked.STUDY_PLACE: N_("A certificate of the study place"),
}


@dataclass(frozen=True, slots=True)
class BonusTerms:
    """One rule: what earns how much, and which proof is asked within how many days.

    `months` is how long after the end work or studies may begin, or how long the job has lasted;
    0 for work that begins during the employment. `amount` None pays what each contract says.
    """

    event: BonusEvent
    months: int
    amount: Money | None
    proof: ProofAsked
    proof_days: int

    @property
    def slot(self) -> str:
        """Which rule it is: a later one of the same slot takes its place."""
        return f"lasted-{self.months}" if self.event is BonusEvent.LASTED else self.event.value

    @property
    def promise(self) -> str:
        """What a person gets once, whichever rule earns it: work, studies, or so long a job."""
        return "work" if self.event in WORK else self.slot


@dataclass(frozen=True, slots=True)
class DatedTerms:
    """A rule with the days on which an employment must begin for it; `rule_id` None by default."""

    terms: BonusTerms
    days: Span
    rule_id: str | None = None


def default_terms(follow_up_months: int) -> tuple[BonusTerms, ...]:
    """What holds while a programme has no rule for finding work: the contract's figure, once."""
    proof = ProofAsked.WORK_CONTRACT, DEFAULT_PROOF_DAYS
    return (
        BonusTerms(BonusEvent.WORK_DURING, 0, None, *proof),
        BonusTerms(BonusEvent.WORK_AFTER, follow_up_months, None, *proof),
    )


def in_force(
    rules: Iterable[DatedTerms], first_day: date, follow_up_months: int
) -> list[DatedTerms]:
    """The rules for an employment that begins on the day, in the order of events.

    Of one slot the latest counts, also when it has been ended. Without a rule for finding work the
    default holds, so that what a contract promises can always be earned.
    """
    newest: dict[str, DatedTerms] = {}
    for rule in sorted(rules, key=lambda one: one.days.first):
        if rule.days.first <= first_day:
            newest[rule.terms.slot] = rule
    found = [rule for rule in newest.values() if rule.days.contains(first_day)]
    if not any(rule.terms.event in WORK for rule in found):
        always = Span(date.min)
        found += [DatedTerms(terms, always) for terms in default_terms(follow_up_months)]
    order = list(BonusEvent)
    return sorted(found, key=lambda one: (order.index(one.terms.event), one.terms.months))


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody found: work or studies, from when, and until when if it ends."""

    is_work: bool
    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Earned:
    """A rule that what was found fulfils, and on which day it is fulfilled."""

    rule: DatedTerms
    on: date


def what_is_earned(rules: Iterable[DatedTerms], found: Happening, term: Span) -> list[Earned]:
    """What a finding earns under the rules of an employment; one rule of each promise."""
    rules = list(rules)
    at_work = any(_begins(rule.terms, found, term) for rule in rules if rule.terms.event in WORK)
    earned: dict[str, Earned] = {}
    for rule in rules:
        terms = rule.terms
        if terms.event is not BonusEvent.LASTED and _begins(terms, found, term):
            earned.setdefault(terms.promise, Earned(rule, found.began_on))
        elif terms.event is BonusEvent.LASTED and at_work:
            on = add_months(found.began_on, terms.months)
            if found.ended_on is None or found.ended_on >= on:
                earned.setdefault(terms.promise, Earned(rule, on))
    return list(earned.values())


def _begins(terms: BonusTerms, found: Happening, term: Span) -> bool:
    last = term.last or term.first
    until = add_months(last, terms.months)
    if terms.event is BonusEvent.WORK_DURING:
        return found.is_work and term.contains(found.began_on)
    if terms.event is BonusEvent.WORK_AFTER:
        return found.is_work and last < found.began_on <= until
    return not found.is_work and term.first <= found.began_on <= until


def amount_of(terms: BonusTerms, contract: Money) -> Money:
    """What a rule pays under a contract: for finding work never less than the contract promises."""
    amount = terms.amount or Money.zero()
    return max(amount, contract) if terms.event in WORK else amount


def due_on(terms: BonusTerms, on: date, promised_on: date) -> date:
    """The last day for the proof: so many days after it happened, or was promised if later."""
    return max(on, promised_on) + timedelta(days=terms.proof_days)


def check_terms(terms: BonusTerms) -> None:
    """Refuse a rule that cannot be: months, amount or days that make no sense."""
    if terms.event is BonusEvent.WORK_DURING and terms.months:
        raise RuleBroken(N_("This rule needs no months. Leave them empty."), field="months")
    if terms.event is not BonusEvent.WORK_DURING and not 1 <= terms.months <= MOST_MONTHS:
        raise RuleBroken(N_("Between 1 and %(most)d months."), field="months", most=MOST_MONTHS)
    if terms.amount is None and terms.event not in WORK:
        raise RuleBroken(
            N_("Enter the amount: contracts promise one for finding work only."), field="amount"
        )
    if terms.amount is not None and terms.amount <= Money.zero():
        raise RuleBroken(N_("A bonus is more than 0 €."), field="amount")
    if not 1 <= terms.proof_days <= MOST_PROOF_DAYS:
        raise RuleBroken(
            N_("Between 1 and %(most)d days."), field="proof_days", most=MOST_PROOF_DAYS
        )


def check_first_day(valid_from: date, last_signed: date | None) -> None:
    """Refuse a rule that would change what a signed contract rests on."""
    if last_signed is not None and valid_from <= last_signed:
        raise RuleBroken(
            N_("A contract that begins on %(day)s is signed already. Choose a later day."),
            field="valid_from",
            day=last_signed,
        )


def check_end(rule: Span, last_day: date, last_signed: date | None) -> None:
    """Refuse an end before the beginning, or before contracts that rest on the rule."""
    if rule.last is not None:
        raise RuleBroken(N_("This rule has been ended already."), field="valid_to")
    if last_day < rule.first:
        raise RuleBroken(N_("The rule would end before it begins."), field="valid_to")
    if last_signed is not None and last_day < last_signed:
        raise RuleBroken(
            N_("A contract that begins on %(day)s is signed already. Choose that day or a later."),
            field="valid_to",
            day=last_signed,
        )
