"""Own figures in the database: four eyes, days, corrections, and pay that uses them."""

from datetime import date

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Rate
from jobsearch.core.periods import Span
from jobsearch.rates.own import queries, service
from jobsearch.rates.own.rules import Figure, ProposalState
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import Confidence, RateKey
from jobsearch.rates.service import load_shipped_rates

pytestmark = pytest.mark.usefixtures("context")
DAY = date(2027, 3, 1)


def figure(value: int = 91, first: date = date(2027, 1, 1), last: date | None = None) -> Figure:
    return Figure(RateKey.UI_EMPLOYEE, value, Span(first, last), "stm.fi 2027", Confidence.H)


@pytest.fixture
def entered(world, as_) -> str:
    """A figure of 2027 that Paula has entered."""
    with as_(world.paula):
        load_shipped_rates()
        return service.propose_rate(world.paula.actor, figure()).id


def in_force(world, as_, who=None) -> Rate | None:
    with as_(who or world.paula):
        row = load_rate_table().find(RateKey.UI_EMPLOYEE, DAY)
        return row and Rate(row.value)


def approve(world, as_, own_rate_id: str, who=None) -> None:
    who = who or world.aino
    with as_(who):
        row = queries.get_own_rate(own_rate_id)
        service.approve_rate(who.actor, own_rate_id, row.version)


def test_a_figure_is_used_once_another_person_has_approved_it(world, as_, entered) -> None:
    assert in_force(world, as_) is None
    with pytest.raises(RuleBroken):
        approve(world, as_, entered, world.paula)
    assert in_force(world, as_) is None
    approve(world, as_, entered)
    assert in_force(world, as_) == Rate(91)


def test_another_provider_neither_sees_nor_uses_it(world, as_, entered) -> None:
    approve(world, as_, entered)
    assert in_force(world, as_, world.sam) is None
    with as_(world.sam), pytest.raises(NotVisible):
        queries.get_own_rate(entered)


def test_a_correction_takes_the_place_of_the_figure_when_it_is_approved(
    world, as_, entered
) -> None:
    approve(world, as_, entered)
    with as_(world.aino):
        corrected = service.propose_rate(world.aino.actor, figure(95), entered).id
    assert in_force(world, as_) == Rate(91)
    approve(world, as_, corrected, world.paula)
    assert in_force(world, as_) == Rate(95)
    with as_(world.paula):
        assert queries.get_own_rate(entered).state is ProposalState.REPLACED


def test_days_that_an_own_figure_has_are_refused_also_when_it_came_in_between(
    world, as_, entered
) -> None:
    with as_(world.paula):
        second = service.propose_rate(world.paula.actor, figure(99)).id
    approve(world, as_, entered)
    with as_(world.paula), pytest.raises(RuleBroken) as refused:
        service.propose_rate(world.paula.actor, figure(97, date(2027, 6, 1)))
    assert refused.value.field == "valid_from"
    with pytest.raises(RuleBroken):
        approve(world, as_, second)


def test_of_two_corrections_of_one_figure_the_second_is_refused(world, as_, entered) -> None:
    approve(world, as_, entered)
    with as_(world.paula):
        one = service.propose_rate(world.paula.actor, figure(93), entered).id
        two = service.propose_rate(world.paula.actor, figure(94), entered).id
    approve(world, as_, one)
    with pytest.raises(RuleBroken):
        approve(world, as_, two)


def test_who_looked_at_an_older_version_decides_nothing(world, as_, entered) -> None:
    with as_(world.aino), pytest.raises(Conflict):
        service.approve_rate(world.aino.actor, entered, 7)


def test_a_refused_and_a_withdrawn_figure_are_never_used(world, as_, entered) -> None:
    with as_(world.aino):
        service.refuse_rate(world.aino.actor, entered, 1, "Another page says 0.95.")
    with as_(world.paula):
        other = service.propose_rate(world.paula.actor, figure(92))
        service.withdraw_rate(world.paula.actor, other.id, other.version)
    for key in (entered, other.id):
        with pytest.raises(RuleBroken):
            approve(world, as_, key)
    assert in_force(world, as_) is None


def test_the_database_itself_refuses_one_pair_of_eyes(world, as_, entered) -> None:
    with pytest.raises(Conflict, match=r"CHECK|check"), as_(world.paula):
        row = queries.get_own_rate(entered)
        row.state = ProposalState.APPROVED
        row.decided_by_id = row.proposed_by_id
        db.session.flush()
