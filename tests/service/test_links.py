"""Personal links in the database: issued, found, spent once, closed."""

import threading

import pytest
from sqlalchemy import select

from jobsearch.core.access import LinkState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import RuleBroken
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import digest
from jobsearch.links.models import PersonalLink
from jobsearch.links.queries import find_holder, list_links
from jobsearch.links.service import issue_link, revoke_link, revoke_links, spend_link


@pytest.fixture
def link(world, as_, context):
    """A link's secret and its key."""
    with as_(world.stig):
        secret = issue_link("tests.look", "subject", expires_at=None, language="sv")
        db.session.flush()
        return secret, list_links("tests.look", "subject")[0].id


def _holder(world, as_, secret, purpose="tests.look"):
    with as_(world.bo):  # whoever asks: a link is found before there is a scope
        return find_holder(purpose, secret)


def test_a_link_brings_its_purpose_its_subject_its_organisation_and_its_language(
    world, as_, link
) -> None:
    holder = _holder(world, as_, link[0])
    assert holder is not None
    assert (holder.link_id, holder.purpose, holder.subject_id) == (
        link[1],
        "tests.look",
        "subject",
    )
    assert holder.organisation_id == world.a.organisation_id
    assert (holder.state, holder.language) == (LinkState.LIVE, "sv")


def test_a_secret_of_another_purpose_finds_nobody(world, as_, link) -> None:
    assert _holder(world, as_, link[0], "tests.use") is None
    assert _holder(world, as_, link[0] + "x") is None


def test_only_the_digest_of_a_secret_is_stored(world, as_, link) -> None:
    with as_(world.stig):
        row = db.session.scalars(select(PersonalLink)).one()
        assert row.secret_digest == digest(link[0])
        assert all(value != link[0] for value in vars(row).values())


def test_a_link_is_spent_once(world, as_, link) -> None:
    with as_(world.stig):
        spend_link(link[1])
    with as_(world.stig), pytest.raises(RuleBroken, match="used already"):
        spend_link(link[1])
    assert _holder(world, as_, link[0]).state is LinkState.SPENT


def test_another_provider_can_neither_see_nor_close_a_link(world, as_, link) -> None:
    with as_(world.sam):
        revoke_link(link[1])
        assert list_links("tests.look", "subject") == []
    assert _holder(world, as_, link[0]).state is LinkState.LIVE


def test_closing_a_things_links_closes_those_that_are_open(world, as_, link) -> None:
    with as_(world.stig):
        other = issue_link("tests.use", "subject", expires_at=None)
        revoke_links("tests.look", "subject")
    assert _holder(world, as_, link[0]).state is LinkState.REVOKED
    assert _holder(world, as_, other, "tests.use").state is LinkState.LIVE


def test_of_two_who_spend_a_link_at_once_one_wins(app, world, as_, link) -> None:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    gate, outcomes = threading.Barrier(6), []

    def spend() -> None:
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work(scope, world.stig.actor):
                    spend_link(link[1])
                outcomes.append("won")
            except RuleBroken:
                outcomes.append("refused")

    threads = [threading.Thread(target=spend) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 5 + ["won"]
