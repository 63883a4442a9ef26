"""Tax cards for the clerk: entered, put right by new rows, and counted against their ceiling."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.hiring.cards.queries import show_cards
from jobsearch.payroll.contracts.details.service import correct_tax_card, enter_tax_card
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.rules import TaxCardKind, card_on, check_old_enough
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from jobsearch.rates.models import EmployerSetting
from tests.paid import CARD, PAYS_ON, prepare
from tests.world import Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]


@pytest.fixture
def ready(world: World, as_: As) -> World:
    """Pia has a card: 20 % to 20 000 €, then 42 %."""
    with as_(world.aino):
        prepare(world.a, "pia")
    return world


def the_card() -> TaxCard:
    return db.session.scalars(select(TaxCard)).one()


def test_a_card_is_put_right_by_a_new_row_that_takes_its_place(ready: World, as_: As) -> None:
    with as_(ready.paula):
        old = the_card()
        right = replace(CARD, base=Rate.of("12.5"))
        new = correct_tax_card(ready.pia.person_id, old.id, right)
        shown = show_cards(ready.pia.person_id)
        assert [card.id for card in shown.cards] == [new.id]
        assert [card.id for card in shown.corrected] == [old.id]
        assert old.base_bp == 2000
        assert shown.in_force is not None and shown.in_force.base_bp == 1250


def test_a_card_is_put_right_once(ready: World, as_: As) -> None:
    with as_(ready.paula):
        old_id = the_card().id
        correct_tax_card(ready.pia.person_id, old_id, CARD)
        with pytest.raises(NotVisible):
            correct_tax_card(ready.pia.person_id, old_id, CARD)


def test_a_card_of_somebody_else_is_not_put_right(ready: World, as_: As) -> None:
    with as_(ready.paula), pytest.raises(NotVisible):
        correct_tax_card(ready.otto.person_id, the_card().id, CARD)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (replace(CARD, base=Rate.of("100.01")), "more than 100 percent"),
        (replace(CARD, additional=Rate.of("101")), "more than 100 percent"),
        (replace(CARD, base=Rate(-1)), "between 0 and 100"),
        (replace(CARD, kind=TaxCardKind.BENEFIT), "made for benefits"),
        (replace(CARD, valid_from=date(2025, 1, 1)), "within its year"),
    ],
)
def test_what_is_impossible_is_refused_each_in_its_own_words(
    ready: World, as_: As, terms: object, sentence: str
) -> None:
    with as_(ready.paula), pytest.raises(RuleBroken, match=sentence):
        correct_tax_card(ready.pia.person_id, the_card().id, terms)


def test_a_card_of_a_closed_year_is_not_put_right(ready: World, as_: As) -> None:
    with as_(ready.paula):
        setting = db.session.scalars(select(EmployerSetting)).one()
        setting.closed_at = datetime(2027, 2, 1, tzinfo=UTC)
        setting.closed_by_id = ready.paula.account_id
        db.session.flush()
        with pytest.raises(RuleBroken, match="is closed") as refused:
            correct_tax_card(ready.pia.person_id, the_card().id, CARD)
        assert refused.value.field == "valid_from"


def test_of_two_cards_from_one_day_the_later_one_holds() -> None:
    later = replace(CARD, base=Rate.of("15"))
    assert card_on([CARD, later], PAYS_ON) == later


def test_payments_of_the_year_count_against_the_ceiling(ready: World, as_: As) -> None:
    with as_(ready.paula):
        actor = ready.paula.actor
        run = make_pay_run(actor, RunKind.WAGES, PAYS_ON, ready.a.cohort_ids[0])
        run = compute_pay_run(run.id, run.version)
        run_id = review_pay_run(run.id, run.version, actor).id
        assert show_cards(ready.pia.person_id).counted == []
    with as_(ready.aino):
        approve_pay_run(run_id, get_run(run_id).version, ready.aino.actor)
    with as_(ready.paula):
        (row,) = show_cards(ready.pia.person_id, 2026).counted
        assert (row.gross, row.together) == (Money.of("601.68"), Money.of("601.68"))
        assert row.left == Money.of("19398.32")


def test_without_a_card_the_page_names_what_is_withheld(ready: World, as_: As) -> None:
    with as_(ready.paula):
        shown = show_cards(ready.otto.person_id)
        assert shown.in_force is None
        assert shown.no_card is not None and shown.no_card.figure == Rate.of("60")


def test_another_provider_sees_no_cards(ready: World, as_: As) -> None:
    with as_(ready.sam), pytest.raises(NotVisible):
        show_cards(ready.pia.person_id)


def test_the_same_card_twice_on_a_day_is_refused(ready: World, as_: As) -> None:
    with as_(ready.paula):
        enter_tax_card(ready.pia.person_id, CARD)
        with pytest.raises(RuleBroken, match="entered today already"):
            enter_tax_card(ready.pia.person_id, CARD)


@pytest.mark.parametrize(
    ("code", "is_old_enough"), [("221111A123X", True), ("231111A123X", False), ("nothing", True)]
)
def test_nobody_under_fifteen_is_employed(code: str, is_old_enough: bool) -> None:
    day = date(2026, 11, 22)
    if is_old_enough:
        check_old_enough(code, day)
        return
    with pytest.raises(RuleBroken, match="under 15 years") as refused:
        check_old_enough(code, day)
    assert refused.value.field == "identity_code"
