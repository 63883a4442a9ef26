"""Every page of every role in Chromium: nothing that axe objects to, nothing too wide."""

from itertools import islice

import pytest

from tests.addresses import pages_of
from tests.furnished import furnish
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations

ROLES = ("aino", "stig", "paula", "pia", "mia", "olga")
PARTS = 3  # of a role's pages, so that two workers have as much to do


def _resize(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _problems(page):
    """At a laptop's width in the light, at a phone's in the dark, and on the smallest screen."""
    found = [f"laptop: {violation}" for violation in violations(page)]
    page.emulate_media(color_scheme="dark")
    _resize(page, PHONE)
    found += [f"phone, dark: {violation}" for violation in violations(page)]
    found += ["scrolls sideways at 375 px"] if too_wide(page) else []
    _resize(page, SMALL)
    found += ["scrolls sideways at 320 px"] if too_wide(page) else []
    page.emulate_media(color_scheme="light")
    _resize(page, LAPTOP)
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", ["", *ROLES])
@pytest.mark.timeout(600)
def test_every_page_of_a_role_is_accessible(app, world, context, window, name, part):
    furnished = furnish(world)
    member = getattr(world, name) if name else None
    one = window(member, LAPTOP)
    problems = []
    pages = pages_of(app, member.actor if member else None, furnished)
    for path in islice(pages, part, None, PARTS):
        answer = one.page.goto(one.address + path)
        if answer.status not in (200, 404):
            problems.append(f"{path}: {answer.status}")
        problems += [f"{path}: {problem}" for problem in _problems(one.page)]
    assert not problems, "\n".join(problems)
