"""Every address that is open by link: what a link opens, and what it does not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.links.models import PersonalLink
from jobsearch.links.service import issue_link
from tests.addresses import filled
from tests.furnished import Furnished, furnish
from tests.pages import client_of
from tests.world import World


@pytest.fixture
def furnished(world: World, context: None) -> Furnished:
    return furnish(world)


def _by_link(app: Flask) -> Iterator[tuple[str, set[str], set[str], str]]:
    for rule in app.url_map.iter_rules():
        purpose = getattr(app.view_functions[rule.endpoint], "link_purpose", None)
        if purpose is not None:
            methods = (rule.methods or set()) & {"GET", "POST"}
            yield rule.endpoint, set(rule.arguments), methods, purpose


def _answers(app: Flask, furnished: Furnished, secrets: dict[str, str]) -> dict[str, set[int]]:
    """What each address answers to nobody who comes with these secrets."""
    answers: dict[str, set[int]] = {}
    for endpoint, arguments, methods, purpose in _by_link(app):
        values = filled(arguments - {"link_secret"}, furnished)
        with app.test_request_context():
            address = app.url_for(endpoint, link_secret=secrets[purpose], **values)
        client = client_of(app, None)
        answers[endpoint] = {
            (client.get(address) if method == "GET" else client.send(address)).status_code
            for method in methods
        }
    assert answers
    return answers


def test_a_link_that_nobody_issued_opens_nothing(app, furnished) -> None:
    unknown = dict.fromkeys(furnished.links, "x" * 43)
    assert set().union(*_answers(app, furnished, unknown).values()) == {404}


def test_a_link_for_one_purpose_opens_nothing_of_another(app, world, as_, furnished) -> None:
    with as_(world.stig):
        other = issue_link("tests.other", world.pia.person_id, expires_at=None)
    swapped = dict.fromkeys(furnished.links, other)
    assert set().union(*_answers(app, furnished, swapped).values()) == {404}


@pytest.mark.parametrize("end", ["expires_at", "revoked_at", "spent_at"])
def test_a_link_that_has_ended_says_so_and_opens_nothing(app, furnished, end) -> None:
    with unit_of_work(whole_installation("test")):
        for link in db.session.scalars(select(PersonalLink)):
            setattr(link, end, now() - timedelta(seconds=1))
    assert set().union(*_answers(app, furnished, furnished.links).values()) == {410}


def test_opening_a_link_changes_nothing_however_often(app, furnished) -> None:
    for endpoint, arguments, methods, purpose in _by_link(app):
        if "GET" in methods:
            with app.test_request_context():
                address = app.url_for(endpoint, **filled(arguments, furnished, purpose))
            client = client_of(app, None)
            codes = {client.get(address).status_code for _time in range(3)}
            codes.add(client.head(address).status_code)
            assert codes == {200}, endpoint
    with unit_of_work(whole_installation("test")):
        statement = select(PersonalLink).where(PersonalLink.spent_at.is_not(None))
        assert db.session.scalars(statement).all() == []


def test_who_is_signed_in_beside_a_link_acts_as_nobody(app, world, furnished) -> None:
    for endpoint, arguments, methods, purpose in _by_link(app):
        if "GET" in methods:
            with app.test_request_context():
                address = app.url_for(endpoint, **filled(arguments, furnished, purpose))
            page = client_of(app, world.sam).get(address).get_data(as_text=True)
            assert world.sam.actor.name not in page, endpoint
