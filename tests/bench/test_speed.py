"""Deeds keep their distance to the least work of the same kind, counted in one run.

Where callgrind counts instructions, the limits are held; where only CPU time can be had, the
figures are printed and nothing is claimed.
"""

from collections.abc import Callable

import pytest

from tests.bench.instrument import is_exact
from tests.bench.limits import SLACK, TABLE, Limit

pytestmark = pytest.mark.timeout(900)  # the first of them waits for the whole run
_UNIT = "million instructions" if is_exact() else "ms of CPU; valgrind is missing: not exact"


@pytest.mark.parametrize("limit", TABLE, ids=lambda limit: limit.says)
def test_a_deed_keeps_its_distance_to_the_limit(
    limit: Limit, cost: dict[str, float], report: Callable[[str], None]
) -> None:
    ratio = limit.ratio(cost)
    aim = "" if limit.aim is None else f"  (aim {limit.aim:.2f})"
    report(f"{limit.says:40} {ratio:7.3f}   allowed {limit.most:6.3f}{aim}")
    assert not is_exact() or ratio <= limit.most * SLACK


def test_the_figures_behind_are_printed(
    cost: dict[str, float], report: Callable[[str], None]
) -> None:
    report("")
    for name, figure in cost.items():
        report(f"{name:40} {figure:9.3f} {_UNIT}")
    assert all(figure > 0 for figure in cost.values())
