"""Signing in and out."""

import re

import pytest

from tests.factors import PASSWORD, code_at, give_app, give_password


@pytest.fixture
def aino_has_a_password(context, world):
    give_password(world.aino)
    give_app(world.aino)


def test_staff_sign_in_by_password_and_app(sign_in, world, aino_has_a_password):
    client = sign_in(None)
    answer = client.send("/sign-in/staff", email="Aino@Example.org ", password=PASSWORD)
    assert answer.location == "/sign-in/second-step"
    assert client.get("/today").status_code == 303
    assert client.send("/sign-in/second-step", code=code_at()).location == "/today"
    assert client.get("/today").status_code == 200


def test_a_wrong_password_and_an_unknown_address_read_the_same(sign_in, world, aino_has_a_password):
    wrong = sign_in(None).send("/sign-in/staff", email="aino@example.org", password="x" * 15)
    unknown = sign_in(None).send("/sign-in/staff", email="nobody@example.org", password="x" * 15)
    assert wrong.status_code == unknown.status_code == 422
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", wrong.text) == strip.sub("", unknown.text)


def test_the_session_changes_when_somebody_signs_in(sign_in, world, aino_has_a_password):
    client = sign_in(None)
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    client.send("/sign-in/staff", email="aino@example.org", password=PASSWORD)
    client.send("/sign-in/second-step", code=code_at())
    with client.session_transaction() as cookie:
        assert not {"planted", "half_sign_in"} & set(cookie)
        assert cookie["sign_in"]


def test_after_sign_out_the_cookie_opens_nothing(sign_in, world):
    client = sign_in(world.pia)
    assert client.get("/today").status_code == 200
    client.send("/sign-out")
    client.sign_in(world.pia)  # the old cookie again
    assert client.get("/today").status_code == 303


def test_an_idle_sign_in_of_staff_ends(sign_in, world, clock):
    client = sign_in(world.aino)
    assert client.get("/today").status_code == 200
    clock.shift(3 * 3600)
    assert client.get("/today").status_code == 303


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\tevil",
        "javascript:alert(1)",
        "http:evil",
        "/x@evil.example",
        "\\\\evil",
        "///evil.example",
    ],
)
def test_sign_in_never_leads_off_the_site(sign_in, world, aino_has_a_password, target):
    client = sign_in(None)
    answer = client.send("/sign-in/staff", email="aino@example.org", password=PASSWORD, next=target)
    assert answer.location == "/sign-in/second-step"
    assert client.send("/sign-in/second-step", code=code_at(), next=target).location == "/today"


def test_a_form_without_its_token_changes_nothing(sign_in, world):
    assert sign_in(world.pia).post("/sign-out").status_code == 400


def test_no_page_says_by_get_what_only_a_post_does(sign_in, world):
    client = sign_in(world.pia)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/today").status_code == 200
