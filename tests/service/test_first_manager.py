"""The first manager of an empty installation."""

import re

import pytest

from jobsearch.accounts.recovery.service import set_password_by_link
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation


@pytest.fixture
def invite(app):
    return lambda: app.test_cli_runner().invoke(
        args=["accounts", "first-manager", "Eeva@firma.example"]
    )


def _secret(output: str) -> str:
    return re.search(r"/new-password/(\S+)", output)[1]


def test_she_gets_a_link_and_sets_her_password_once(invite, sign_in):
    client, address = sign_in(None), f"/new-password/{_secret(invite().output)}"
    words = "merituuli kantaa kauas"
    assert client.get(address).status_code == 200
    assert client.send(address, password="lyhyt").status_code == 422
    assert client.send(address, password=words).status_code == 303
    assert client.with_token().send(address, password=words).status_code == 422
    answer = client.send("/sign-in/staff", email="eeva@firma.example", password=words)
    assert answer.status_code == 303
    assert client.get(answer.location).location == "/account/set-up"


def test_asked_again_a_new_link_comes_and_nothing_is_founded_twice(invite):
    first, second = _secret(invite().output), _secret(invite().output)
    assert first != second


def test_asked_again_after_that_it_says_where_she_signs_in(invite, context):
    secret = _secret(invite().output)
    with unit_of_work(whole_installation("test")):
        set_password_by_link(secret, "merituuli kantaa kauas")
    assert invite().output.strip().endswith("/sign-in/staff")
