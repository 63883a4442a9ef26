"""The demo says the codes of its made-up people, and nothing else ever does."""

import re
from dataclasses import replace

import pytest

from jobsearch.config import Mode
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.demo.accounts import STAFF
from jobsearch.organisations.models import Organisation
from tests.factors import PASSWORD, code_at, give_app, give_password, grow_stale


@pytest.fixture
def in_mode(app):
    """`in_mode(Mode.DEMO)`: the installation runs so."""
    config = app.config["JOBSEARCH"]

    def run(mode: Mode) -> None:
        app.config["JOBSEARCH"] = replace(config, mode=mode)

    yield run
    app.config["JOBSEARCH"] = config


@pytest.fixture
def aino(context, world):
    give_password(world.aino)
    give_app(world.aino)
    return world.aino


def _made_up(world) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get_one(Organisation, world.a.organisation_id).demo_since = now()


def _said(page: str) -> str | None:
    found = re.search(r"data-demo-code>(\d{6})<", page)
    return found and found[1]


def _second_step(client) -> str:
    client.send("/sign-in/staff", email="aino@example.org", password=PASSWORD)
    return client.get("/sign-in/second-step").text


def test_the_page_of_the_demo_says_a_code_that_works_and_then_another(
    sign_in, world, aino, in_mode
):
    _made_up(world)
    in_mode(Mode.DEMO)
    codes = []
    for _ in range(2):
        client = sign_in(None)
        codes.append(_said(_second_step(client)))
        assert client.send("/sign-in/second-step", code=codes[-1]).status_code == 303
    assert codes[0] == code_at() != codes[1]
    assert _said(_second_step(sign_in(None))) is None  # those of now are used: wait


def test_the_page_that_asks_for_a_proof_says_it_too(sign_in, world, aino, in_mode):
    _made_up(world)
    in_mode(Mode.DEMO)
    grow_stale(aino)
    assert _said(sign_in(aino).get("/account/confirm").text) == code_at()


@pytest.mark.parametrize("mode", [Mode.PRODUCTION, Mode.TEST])
def test_elsewhere_no_page_says_a_code(sign_in, world, aino, in_mode, mode):
    _made_up(world)
    in_mode(mode)
    assert _said(_second_step(sign_in(None))) is None
    assert _said(sign_in(aino).get("/account/confirm").text) is None


def test_in_demo_mode_no_code_of_a_true_organisation_is_said(sign_in, world, aino, in_mode):
    in_mode(Mode.DEMO)
    assert _said(_second_step(sign_in(None))) is None


def test_the_command_tells_a_code_in_the_demo_alone(app, world, aino, in_mode):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["accounts", "demo-code", "aino@example.org"]).exit_code == 1
    _made_up(world)
    in_mode(Mode.DEMO)
    told = runner.invoke(args=["accounts", "demo-code", "aino@example.org"])
    assert told.output.strip() == code_at()
    assert runner.invoke(args=["accounts", "demo-code", "nobody@example.org"]).exit_code == 1


def test_the_demos_secrets_are_always_the_same_and_each_its_own():
    secrets = [line.app_secret for line in STAFF]
    assert len(set(secrets)) == len(STAFF)
    assert all(re.fullmatch("[A-Z2-7]{32}", secret) for secret in secrets)
