"""Every line of a menu leads where its reader may go."""

import pytest
from flask import Flask

from jobsearch.core.access import GRANTS, Role
from jobsearch.web.gate import gate_of
from jobsearch.web.navigation import MENUS, menu, reachable


@pytest.mark.parametrize("role", list(Role))
def test_a_menu_shows_nothing_that_its_role_may_not_open(app: Flask, role: Role) -> None:
    entries = [entry for group in menu(role, None, reachable(app)) for entry in group.entries]
    with app.app_context():
        asked = {entry.endpoint: gate_of(entry.endpoint) for entry in entries}
    refused = {
        name for name, gate in asked.items() if gate is not None and gate not in GRANTS[role]
    }
    assert not refused


def test_every_entry_names_a_page_of_the_application(app: Flask) -> None:
    named = {
        page.endpoint for groups in MENUS.values() for _title, pages in groups for page in pages
    }
    assert named <= reachable(app)
