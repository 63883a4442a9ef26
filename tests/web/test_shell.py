"""The shell that every page stands in, and the error pages."""

import pytest
from flask import Flask, render_template
from lxml import html

from jobsearch.core.access import Role
from tests.shell import PAGE, bare_app, context, failed, page


@pytest.fixture(scope="module")
def app() -> Flask:
    return bare_app()


@pytest.mark.parametrize("role", [None, *Role])
def test_the_shell_opens_for_every_role_and_for_nobody(app, role):
    tree = page(app, role)
    assert tree.findtext(".//title") == "Groups – Työnhakutyö"
    assert tree.get("lang") == "en"
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    assert len(tree.xpath("//main[@id='main']")) == 1
    assert len(tree.xpath("//nav[@aria-label='Main menu']")) == (1 if role else 0)


@pytest.mark.parametrize(
    ("role", "classes", "kind"),
    [
        (Role.PARTICIPANT, "app solo day has-tabs", "tabbar"),
        (Role.MUNICIPAL_COACH, "app solo has-row", "toprow"),
        (Role.MUNICIPAL_ADMIN, "app solo has-row", "toprow"),
        (Role.COACH, "app", "nav"),
    ],
)
def test_each_kind_of_reader_has_her_own_menu(app, role, classes, kind):
    tree = page(app, role)
    assert tree.find("body").get("class") == classes
    assert len(tree.xpath(f"//nav[@class='{kind}']")) == 1


def test_the_menu_of_the_staff_opens_on_a_phone_without_a_script(app):
    tree = page(app, Role.MANAGER)
    assert tree.xpath("//a[@class='menu']/@href") == ["#nav"]
    assert tree.xpath("//nav[@id='nav']//a[@class='close']/@href") == ["#main"]


def test_the_current_page_is_marked_once(app):
    assert len(page(app, Role.COACH).xpath("//nav[@id='nav']//*[@aria-current='page']")) == 1


def test_language_theme_and_sign_out_are_posts_with_the_token(app):
    tree = page(app, Role.COACH)
    forms = {form.get("action"): form for form in tree.xpath("//header//form")}
    assert set(forms) == {
        "/accounts.choose_language", "/accounts.choose_theme", "/accounts.sign_out",
    }  # fmt: skip
    for form in forms.values():
        assert form.get("method") == "post"
        assert form.xpath("input[@name='csrf_token']/@value") == ["the-token"]
    assert forms["/accounts.choose_theme"].xpath("input[@name='next']/@value") == ["/groups?page=2"]


def test_a_setting_may_be_sent_twice_but_a_deed_carries_its_key(app):
    tree = page(app, Role.COACH)
    assert not tree.xpath("//form[@action='/accounts.choose_theme']/input[@name='_once']")
    assert tree.xpath("//form[@action='/accounts.sign_out']/input[@name='_once']")


def test_the_theme_is_written_by_the_server(app):
    assert page(app).get("data-theme") is None
    tree = page(app, theme="dark")
    assert tree.get("data-theme") == "dark"
    assert tree.xpath("//button[@name='theme']/@value") == ["light"]


def test_demo_data_is_marked(app):
    assert not page(app).xpath("//*[@class='demo']")
    assert page(app, is_demo=True).xpath("//header//*[@class='demo']")


def test_the_title_begins_with_error_when_the_form_has_one(app):
    assert page(app, form=failed(app)).findtext(".//title") == "Error: Groups – Työnhakutyö"


def test_live_parts_are_loaded_only_where_a_page_asks_for_them(app):
    assert len(page(app).xpath("//script")) == 1
    live = page(app, source="{% set live = true %}" + PAGE)
    assert len(live.xpath("//script")) == 2
    assert live.xpath("//meta[@name='htmx-config']")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429])
def test_a_refusal_keeps_the_menu_and_says_what_to_do(app, status):
    with app.test_request_context("/"):
        text = render_template(
            "error/page.html", status=status, reference="K7Q2", detail=None, **context(Role.COACH)
        )
    tree = html.document_fromstring(text)
    assert tree.xpath("//nav[@id='nav']")
    assert len(tree.xpath("//h1")) == 1
    assert "K7Q2" in tree.text_content()


@pytest.mark.parametrize("status", [500, 503])
def test_a_failure_is_drawn_without_person_session_or_database(app, status):
    with app.test_request_context("/"):
        template = app.jinja_env.get_template("error/page.html")
        tree = html.document_fromstring(template.render(status=status, reference="K7", detail=None))
    assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//form")


def test_the_words_of_a_broken_rule_stand_first(app):
    with app.test_request_context("/"):
        text = render_template(
            "error/page.html", status=422, reference="K7", detail="At most 6 people", **context()
        )
    assert html.document_fromstring(text).xpath("//h1/following-sibling::p/text()")[0] == (
        "At most 6 people"
    )
