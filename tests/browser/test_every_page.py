"""Every page of every role in Chromium: nothing that axe objects to, nothing too wide."""

import pytest

from tests.addresses import pages_of
from tests.furnished import furnish
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations

ROLES = ("aino", "stig", "paula", "pia", "mia", "olga")


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(LAPTOP, "light"), (PHONE, "light"), (SMALL, "dark")],
    ids=["laptop", "phone", "small and dark"],
)
@pytest.mark.parametrize("name", ["", *ROLES])
@pytest.mark.timeout(900)
def test_every_page_of_a_role_is_accessible(app, world, context, window, name, size, scheme):
    furnished = furnish(world)
    member = getattr(world, name) if name else None
    one = window(member, size, scheme=scheme)
    problems = []
    for path in pages_of(app, member.actor if member else None, furnished):
        answer = one.page.goto(one.address + path)
        problems += [f"{path}: {violation}" for violation in violations(one.page)]
        if answer.status not in (200, 404):
            problems.append(f"{path}: {answer.status}")
        if too_wide(one.page):
            problems.append(f"{path}: scrolls sideways at {size[0]} px")
    assert not problems, "\n".join(problems)
