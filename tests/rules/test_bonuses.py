"""What earns a bonus, how far it may go, and until when its proof is waited for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.payroll.bonus.rules import (
    ENDED,
    NEXT,
    BonusState,
    Reminder,
    check_four_eyes,
    check_new_deadline,
    check_step,
    check_time,
    is_late,
    reminder_on,
)
from jobsearch.payroll.bonus.terms.rules import (
    BonusEvent,
    BonusTerms,
    DatedTerms,
    Happening,
    ProofAsked,
    amount_of,
    check_end,
    check_first_day,
    check_terms,
    due_on,
    in_force,
    what_is_earned,
)

TERM = Span(date(2026, 11, 16), date(2026, 12, 3))
CONTRACT = Money.of("150")
DAY = timedelta(days=1)


def terms(event: BonusEvent, months: int = 0, amount: str | None = None) -> BonusTerms:
    money = None if amount is None else Money.of(amount)
    return BonusTerms(event, months, money, ProofAsked.WORK_CONTRACT, 30)


def dated(event: BonusEvent, months: int = 0, amount: str | None = None, first=date(2026, 1, 1)):
    return DatedTerms(terms(event, months, amount), Span(first), f"{event}-{months}-{first}")


def earned(rules, began_on, ended_on=None, *, is_work=True):
    found = what_is_earned(rules, Happening(is_work, began_on, ended_on), TERM)
    return {one.rule.terms.event: one.on for one in found}


DEFAULT = in_force([], TERM.first, 3)


@pytest.mark.parametrize("now", BonusState)
@pytest.mark.parametrize("then", BonusState)
def test_a_bonus_goes_only_the_ways_of_the_table(now: BonusState, then: BonusState) -> None:
    if then in NEXT[now]:
        check_step(now, then)
    else:
        with pytest.raises(RuleBroken):
            check_step(now, then)


@given(st.lists(st.sampled_from(BonusState), max_size=40))
def test_nothing_is_paid_without_proof_and_approval_and_nothing_twice(wishes) -> None:
    state, path = BonusState.PROMISED, [BonusState.PROMISED]
    for wish in wishes:
        try:
            check_step(state, wish)
        except RuleBroken:
            continue
        state = wish
        path.append(wish)
    assert path.count(BonusState.PAID) <= 1
    if BonusState.PAID in path:
        assert path[-3:] == [BonusState.PROOF, BonusState.APPROVED, BonusState.PAID]


def test_what_ended_unpaid_can_be_promised_again_and_what_is_paid_never() -> None:
    assert {one for one in BonusState if NEXT[one] == {BonusState.PROMISED}} == ENDED
    assert not NEXT[BonusState.PAID]


@pytest.mark.parametrize(
    ("began_on", "event"),
    [
        (TERM.first - DAY, None),
        (TERM.first, BonusEvent.WORK_DURING),
        (date(2026, 12, 3), BonusEvent.WORK_DURING),
        (date(2026, 12, 4), BonusEvent.WORK_AFTER),
        (date(2027, 3, 3), BonusEvent.WORK_AFTER),
        (date(2027, 3, 4), None),
    ],
)
def test_work_earns_by_the_day_on_which_it_begins(began_on, event) -> None:
    assert earned(DEFAULT, began_on) == ({event: began_on} if event else {})


def test_studies_earn_only_by_a_rule_of_their_own() -> None:
    assert earned(DEFAULT, date(2026, 12, 1), is_work=False) == {}
    rules = [*DEFAULT, dated(BonusEvent.STUDIES, 2, "100")]
    for day, is_earned in ((date(2026, 11, 16), True), (date(2027, 2, 3), True)):
        assert bool(earned(rules, day, is_work=False)) is is_earned
    assert earned(rules, date(2027, 2, 4), is_work=False) == {}
    assert BonusEvent.STUDIES not in earned(rules, date(2026, 12, 1))


def test_a_job_that_lasts_earns_on_the_day_when_it_has_lasted() -> None:
    rules = [*DEFAULT, dated(BonusEvent.LASTED, 3, "50"), dated(BonusEvent.LASTED, 6, "75")]
    found = what_is_earned(rules, Happening(True, date(2026, 12, 7)), TERM)
    assert [(one.rule.terms.promise, one.on) for one in found] == [
        ("work", date(2026, 12, 7)),
        ("lasted-3", date(2027, 3, 7)),
        ("lasted-6", date(2027, 6, 7)),
    ]
    short = earned(rules, date(2026, 12, 7), date(2027, 3, 7))
    assert short == {
        BonusEvent.WORK_AFTER: date(2026, 12, 7),
        BonusEvent.LASTED: date(2027, 3, 7),
    }
    assert BonusEvent.LASTED not in earned(rules, date(2026, 12, 7), date(2027, 3, 6))
    assert earned(rules, date(2027, 5, 1)) == {}  # begun too late to be of the programme


def test_a_contract_promises_finding_work_once() -> None:
    promises = {rule.terms.promise for rule in DEFAULT}
    assert promises == {"work"}


def test_the_rule_of_the_first_day_of_the_employment_holds() -> None:
    old = dated(BonusEvent.WORK_DURING, 0, "100", date(2026, 1, 1))
    new = dated(BonusEvent.WORK_DURING, 0, "200", date(2026, 12, 1))
    assert in_force([new, old], date(2026, 11, 16), 3) == [old]
    assert in_force([new, old], date(2026, 12, 1), 3) == [new]


def test_an_ended_rule_does_not_bring_its_forerunner_back() -> None:
    old = dated(BonusEvent.STUDIES, 3, "100", date(2026, 1, 1))
    ended = DatedTerms(
        terms(BonusEvent.STUDIES, 6, "80"), Span(date(2026, 6, 1), date(2026, 6, 30)), "x"
    )
    events = [rule.terms.event for rule in in_force([old, ended], date(2026, 7, 1), 3)]
    assert BonusEvent.STUDIES not in events


def test_a_programme_without_a_rule_for_work_pays_what_the_contract_says() -> None:
    found = in_force([dated(BonusEvent.STUDIES, 3, "80")], TERM.first, 4)
    assert [(one.terms.event, one.terms.months, one.terms.amount) for one in found] == [
        (BonusEvent.WORK_DURING, 0, None),
        (BonusEvent.WORK_AFTER, 4, None),
        (BonusEvent.STUDIES, 3, Money.of("80")),
    ]


@pytest.mark.parametrize(
    ("rule", "contract", "amount"),
    [
        (terms(BonusEvent.WORK_DURING), "150", "150"),
        (terms(BonusEvent.WORK_DURING, 0, "100"), "150", "150"),
        (terms(BonusEvent.WORK_AFTER, 3, "200"), "150", "200"),
        (terms(BonusEvent.WORK_AFTER, 3), "0", "0"),
        (terms(BonusEvent.STUDIES, 3, "80"), "150", "80"),
    ],
)
def test_nobody_gets_less_for_work_than_the_contract_promises(rule, contract, amount) -> None:
    assert amount_of(rule, Money.of(contract)) == Money.of(amount)


def test_the_deadline_counts_from_the_later_of_the_event_and_the_promise() -> None:
    rule = terms(BonusEvent.WORK_DURING)
    assert due_on(rule, date(2026, 12, 1), date(2026, 11, 24)) == date(2026, 12, 31)
    assert due_on(rule, date(2026, 11, 1), date(2026, 11, 24)) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (terms(BonusEvent.WORK_DURING, 3), "months"),
        (terms(BonusEvent.WORK_AFTER), "months"),
        (terms(BonusEvent.LASTED, 25, "10"), "months"),
        (terms(BonusEvent.STUDIES, 3), "amount"),
        (terms(BonusEvent.WORK_DURING, 0, "0"), "amount"),
        (terms(BonusEvent.WORK_DURING, 0, "-1"), "amount"),
        (BonusTerms(BonusEvent.WORK_DURING, 0, None, ProofAsked.PAYSLIP, 0), "proof_days"),
        (BonusTerms(BonusEvent.WORK_DURING, 0, None, ProofAsked.PAYSLIP, 366), "proof_days"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_on_its_field(rule, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_terms(rule)
    assert broken.value.field == field


def test_a_new_rule_and_an_end_leave_signed_contracts_alone() -> None:
    signed = date(2026, 12, 14)
    check_first_day(signed + DAY, signed)
    check_end(Span(date(2026, 1, 1)), signed, signed)
    with pytest.raises(RuleBroken, match="signed already"):
        check_first_day(signed, signed)
    with pytest.raises(RuleBroken, match="signed already"):
        check_end(Span(date(2026, 1, 1)), signed - DAY, signed)
    with pytest.raises(RuleBroken, match="before it begins"):
        check_end(Span(date(2026, 1, 1)), date(2025, 12, 31), None)
    with pytest.raises(RuleBroken, match="ended already"):
        check_end(Span(date(2026, 1, 1), date(2026, 2, 1)), date(2026, 3, 1), None)


def test_a_proof_comes_between_the_event_and_the_last_day() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    check_time(first, last, first)
    check_time(first, last, last)
    for day in (first - DAY, last + DAY):
        with pytest.raises(RuleBroken):
            check_time(first, last, day)
    assert is_late(BonusState.PROMISED, last, last + DAY)
    assert not is_late(BonusState.PROMISED, last, last)
    assert not is_late(BonusState.PROOF, last, last + DAY)


def test_reminders_come_first_a_week_before_and_the_day_before() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    found = [reminder_on(first, last, first + DAY * n) for n in range(-1, 32)]
    assert found[0] is None
    assert found[-1] is None
    assert found[1:-1] == [Reminder.FIRST] * 23 + [Reminder.WEEK] * 6 + [Reminder.LAST] * 2


@pytest.mark.parametrize("approver", ["maker", "bringer"])
def test_who_registered_or_brought_the_proof_does_not_approve(approver: str) -> None:
    check_four_eyes("maker", "bringer", "other")
    with pytest.raises(RuleBroken, match="Another person"):
        check_four_eyes("maker", "bringer", approver)


@pytest.mark.parametrize("day", [None, date(2026, 11, 23), date(2027, 11, 25)])
def test_a_new_deadline_is_ahead_and_within_a_year(day) -> None:
    with pytest.raises(RuleBroken):
        check_new_deadline(day, date(2026, 11, 24))
    check_new_deadline(date(2026, 11, 24), date(2026, 11, 24))
