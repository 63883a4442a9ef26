"""Exact counts: statements, transactions, and the same of them however many rows there are."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from jobsearch.core.access import Permission, may
from jobsearch.web.gate import gate_of
from tests.bench.deeds import Product, board_address, request_to
from tests.world import Member

pytestmark = pytest.mark.timeout(300)
MOST = 8  # statements of any page
MOST_OF_A_FILE = 20  # a download may hold what many pages show, once
ROLES = ("aino", "stig", "paula", "pia", "olga")


def _asked(counted: Callable, product: Product, who: str, path: str) -> int:
    act = product.get(_member(product, who), path)
    act()
    with counted(product) as seen:
        act()
    return len(seen.statements)


def _pages(product: Product, who: str) -> list[str]:
    """The pages of a menu that this role may open."""
    actor = _member(product, who).actor
    with product.app.test_request_context():
        return sorted(
            rule.rule
            for rule in product.app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and not rule.arguments
            and _is_open(rule.endpoint, actor)
        )


def _is_open(endpoint: str, actor: object) -> bool:
    permission: Permission | None = gate_of(endpoint)
    return permission is not None and may(actor, permission)


@pytest.mark.parametrize(
    ("who", "most", "path"),
    [("stig", 4, "board"), ("pia", 5, "/today")],
)
def test_the_pages_that_are_opened_most_ask_little(
    product: Product, counted: Callable, report: Callable, who: str, most: int, path: str
) -> None:
    address = board_address(product) if path == "board" else path
    asked = _asked(counted, product, who, address)
    report(f"{path:40} {asked:3} statements, allowed {most}")
    assert asked <= most


def test_an_unchanged_poll_asks_once_and_says_nothing(product: Product, counted: Callable) -> None:
    poll = product.poll(product.world.stig, f"{board_address(product)}/poll")
    with counted(product) as seen:
        assert poll() == b""
    assert len(seen.statements) == 1


def test_logging_is_one_transaction(product: Product, counted: Callable, report: Callable) -> None:
    tap = product.post(product.world.pia, "/job-search/log/employer_contact")
    with counted(product) as seen:
        tap()
    report(f"{'logging an action':40} {len(seen.statements):3} statements, one transaction")
    assert seen.commits == 1
    assert len(seen.statements) <= 9


def test_a_board_of_thirty_asks_as_often_as_a_board_of_one(
    product: Product, counted: Callable
) -> None:
    crowd = product.crowd
    boards = (crowd.cohort_of_one_id, crowd.cohort_id, crowd.cohort_of_many_id)
    asked = {_asked(counted, product, "stig", f"/cohorts/{key}/board") for key in boards}
    assert len(asked) == 1


@pytest.mark.parametrize("who", ROLES)
def test_a_page_asks_as_often_of_300_groups_as_of_few(
    product: Product, few: Product, counted: Callable, report: Callable, who: str
) -> None:
    worse, opened = [], 0
    for path in _pages(product, who):
        small, large = (_asked_if_there(counted, one, who, path) for one in (few, product))
        opened += large is not None
        if large is None:
            continue
        most = MOST_OF_A_FILE if large.is_file else MOST
        if large.asked > min(most, small.asked if small else most):
            worse.append(f"{path}: {small} of few, {large} of many")
    report(f"{'pages of ' + who:40} {opened:3} of at most {MOST} statements each")
    assert worse == []
    assert opened >= 3


class _Asked(NamedTuple):
    asked: int
    is_file: bool


def _asked_if_there(counted: Callable, product: Product, who: str, path: str) -> _Asked | None:
    act, answered = request_to(product.app, path, 0, product.headers(_member(product, who)))
    act()
    if not answered["status"].startswith("200"):
        return None  # it leads on to another page
    is_file = answered.get("Content-Disposition", "").startswith("attachment")
    return _Asked(_asked(counted, product, who, path), is_file)


def _member(product: Product, who: str) -> Member:
    member: Member = getattr(product.world, who)
    return member
