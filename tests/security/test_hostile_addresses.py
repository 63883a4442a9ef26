"""Odd numbers, days and words in addresses: a page, a refusal or nothing there, never a fault."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.routing import BuildError

from jobsearch.core.access import may
from tests.addresses import filled
from tests.furnished import furnish
from tests.pages import client_of

pytestmark = pytest.mark.usefixtures("context")
_ASKED = re.compile(r"args\.(?:get|getlist)\(\s*\"(\w+)\"")
_CODE = Path(__file__).parents[2] / "jobsearch"
NUMBERS = (0, 99, 9999, 2**31, 2**63 - 1, 2**63, 10**30)
WORDS = ("9" * 30, "-1", "\x00", "2026-13-45", "9999-12-31")


def _names() -> set[str]:
    """Whatever any page reads from its address, beside what forms read from it."""
    read = {name for file in _CODE.rglob("*.py") for name in _ASKED.findall(file.read_text())}
    return read | {"since", "until", "account", "person", "act", "day", "text", "municipality"}


def _addresses(app, member, furnished):
    """Every address that this person may open by a GET, each with odd numbers or odd words."""
    every = [dict.fromkeys(_names(), word) for word in WORDS]
    for rule in app.url_map.iter_rules():
        gate = getattr(app.view_functions[rule.endpoint], "gate", None)
        purpose = getattr(app.view_functions[rule.endpoint], "link_purpose", None)
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static" or purpose is not None:
            continue
        if gate is None or not may(member.actor, gate):
            continue
        known = filled(rule.arguments, furnished)
        odd = [name for name, value in known.items() if type(value) is int]
        with app.test_request_context():
            for number in NUMBERS if odd else ():
                try:
                    yield app.url_for(rule.endpoint, **{**known, **dict.fromkeys(odd, number)})
                except (BuildError, ValueError):
                    continue
            for asked in every:
                yield f"{app.url_for(rule.endpoint, **known)}?{urlencode(asked)}"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["aino", "stig", "paula", "pia", "mia", "hilla", "olga"])
def test_no_odd_word_in_an_address_is_a_fault(app, world, name) -> None:
    member, faults, tried = world.cast[name], [], 0
    client = client_of(app, member)
    for address in _addresses(app, member, furnish(world)):
        with client.get(address) as answer:
            tried += 1
            if answer.status_code >= 500:
                faults.append((address, answer.status_code))
    assert not faults, "\n".join(map(str, faults))
    assert tried >= len(WORDS) * 5
