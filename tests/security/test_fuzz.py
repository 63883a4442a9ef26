"""Hostile values in every form of every role: refused in words, and every page still opens.

The short run; the long one is a command (see tests/security/fuzz.py).
"""

import pytest

from tests.conftest import Bench
from tests.security.forms import forms_of
from tests.security.fuzz import EVERYONE, Mischief
from tests.security.judging import faults_of

INPUTS = 400


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("app")
def test_no_hostile_value_in_any_form_breaks_a_page_or_shows_a_fault(bench: Bench) -> None:
    mischief = Mischief(bench, seed=7)
    mischief.run(EVERYONE, INPUTS, together=True)
    figures = mischief.figures
    assert not figures.findings, str(figures)
    assert figures.inputs == INPUTS and figures.forms > 400 and figures.pages > 1_000
    assert figures.answers[422] > INPUTS // 10, "most are to reach a form, not to be turned away"
    assert figures.p95 < 1.0


def test_every_field_of_a_form_is_found_and_the_houses_own_are_left_alone() -> None:
    page = """<form action="/a" method="post"><input name="csrf_token"><input name="_once">
      <input name="x" value="1"><select name="y"><option value="1"><option value="2"></select>
      <input type="radio" name="z" value="a"><input type="radio" name="z" value="b">
      <textarea name="t">words</textarea><button name="b" value="go">Go</button></form>"""
    (form,) = forms_of("/a", page)
    assert {one.name: (one.kind, one.options) for one in form.fields} == {
        "x": ("text", ()),
        "y": ("select", ("1", "2")),
        "z": ("select", ("a", "b")),
        "t": ("text", ()),
        "b": ("button", ()),
    }


@pytest.mark.parametrize(
    "body",
    [
        "<p><script>zq7()</script>",
        "<p><img src=x onerror=zq7()>",
        "<p><a href='javascript:zq7()'>x</a>",
        "<p><form action=' data:text/html,zq7'></form>",
    ],
)
def test_code_that_was_typed_is_noticed(app, body) -> None:
    answer = app.response_class(body, mimetype="text/html")
    answer.request = app.test_request_context("/").request
    assert faults_of(answer)


def test_what_is_shown_as_text_is_no_fault(app) -> None:
    answer = app.response_class("<p>&lt;script&gt;zq7()&lt;/script&gt;", mimetype="text/html")
    answer.request = app.test_request_context("/").request
    assert not faults_of(answer)
    answer.status_code = 500
    assert faults_of(answer) == ["answer 500"]
