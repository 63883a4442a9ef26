"""The macros that pages are made of: forms, tables and parts."""

import re

import pytest
from flask import Flask
from lxml import html

from jobsearch.web.icons import icon
from jobsearch.web.navigation import MENUS
from tests.shell import ROOT, ContactForm, bare_app, failed, part


@pytest.fixture(scope="module")
def app() -> Flask:
    return bare_app()


def test_a_form_carries_its_token_and_its_key(app):
    (form,) = part(app, "{% call post('/here', files=true) %}x{% endcall %}").xpath("form")
    assert (form.get("method"), form.get("action")) == ("post", "/here")
    assert form.get("enctype") == "multipart/form-data"
    assert form.get("novalidate") is not None  # the server says what is wrong, in words
    assert form.xpath("input/@name") == ["csrf_token", "_once"]


FIELDS = "{% for f in form %}{{ field(f) }}{% endfor %}"


def fields(app: Flask, form: ContactForm) -> html.HtmlElement:
    return part(app, FIELDS.replace("in form", "in form if f.name != 'rows'"), form=form)


def test_every_control_has_a_label_and_every_description_is_there(app):
    for form in (failed(app), None):
        with app.test_request_context("/"):
            tree = fields(app, form or ContactForm())
        ids = set(tree.xpath("//@id"))
        labels = set(tree.xpath("//label/@for"))
        for control in tree.xpath("//input[@type!='hidden'] | //select | //textarea"):
            assert control.get("id") in labels
            assert set((control.get("aria-describedby") or "").split()) <= ids
        assert len(tree.xpath("//fieldset/legend")) == 2


def test_a_wrong_field_says_what_to_mend_and_keeps_its_hint(app):
    (control,) = fields(app, failed(app)).xpath("//input[@name='employer']")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "employer-hint employer-error"
    assert "err" in control.getparent().get("class").split()


def test_only_what_may_be_left_out_says_so(app):
    with app.test_request_context("/"):
        tree = fields(app, ContactForm())
    optional = [
        one for one in tree.xpath("//label | //legend") if "(optional)" in one.text_content()
    ]
    assert [one.text_content().split(" (")[0] for one in optional] == [
        "Hours", "State", "Note", "Tax card",
    ]  # fmt: skip


def test_the_summary_links_to_each_wrong_field(app):
    form = failed(app)
    form.form_errors = ["The group is full"]
    tree = part(app, "{{ errors(form) }}" + FIELDS.replace("in form", "in form if f.name != 'rows'")
                + "{{ field(form.rows[0]) }}", form=form)  # fmt: skip
    (summary,) = tree.xpath("//div[@class='errors']")
    assert summary.get("role") == "alert"
    assert summary.get("tabindex") == "-1"
    targets = [href.removeprefix("#") for href in summary.xpath(".//a/@href")]
    assert targets == ["employer", "way-0", "share", "rows-0"]
    assert set(targets) <= set(tree.xpath("//@id"))
    assert summary.xpath("ul/li[1]/text()") == ["The group is full"]


def test_a_form_without_errors_has_no_summary(app):
    with app.test_request_context("/"):
        assert not part(app, "{{ errors(form) }}", form=ContactForm()).xpath("//*[@role='alert']")


def test_what_a_person_typed_is_escaped(app):
    with app.test_request_context("/", method="POST", data={"employer": "<b>x</b>"}):
        tree = fields(app, ContactForm())
    assert tree.xpath("//input[@name='employer']/@value") == ["<b>x</b>"]


def test_a_deed_that_cannot_be_done_yet_says_why(app):
    (button,) = part(app, "{{ not_yet('Send', 'Mend 2 first', 'why') }}").xpath("//button")
    assert (button.get("aria-disabled"), button.get("aria-describedby")) == ("true", "why")


# Parts ----------------------------------------------------------------------------------------


def test_goals_can_be_counted_and_above_six_become_a_bar(app):
    assert part(app, "{{ pips(2, 3) }}").xpath("//span/i/@class") == ["on", "on"]
    assert part(app, "{{ pips(3, 2) }}").xpath("//span/i/@class") == ["on", "on", "on plus"]
    assert part(app, "{{ pips(1, 2) }}").xpath("//span/@aria-label") == ["1 of 2 done"]
    (bar,) = part(app, "{{ pips(9, 14) }}").xpath("//progress")
    assert (bar.get("value"), bar.get("max")) == ("9", "14")


def test_the_ribbon_has_a_piece_a_day(app):
    days = [
        {"state": state, "long": long, "new_week": week}
        for state, long, week in (
            ("done", False, True),
            ("today", True, True),
            ("missed", True, False),
            ("ahead", True, False),
        )
    ]
    pieces = part(app, "{{ ribbon(days, 'Day 2 of 4') }}", days=days).xpath("//i/@class")
    assert pieces == ["d", "t l w", "m l", "a l"]


def test_a_dialog_opens_without_a_script_too(app):
    tree = part(app, "{{ opener('lock', 'Lock') }}{% call dialog('lock', 'Lock?') %}x{% endcall %}")
    assert tree.xpath("a/@href") == ["#lock"]
    assert tree.xpath("dialog/@id") == ["lock"]
    assert tree.xpath("dialog//a[@data-close]/@href") == ["#main"]


def test_the_pager_keeps_the_filters_and_goes_no_further_than_it_can(app):
    source = "{{ pager(page, 3, 'tracker.list_actions', {'q': 'x'}) }}"
    assert part(app, source, page=1).xpath("//a/@href") == ["/tracker.list_actions?q=x&page=2"]
    assert len(part(app, source, page=2).xpath("//a")) == 2
    assert part(app, source, page=3).xpath("//a/@rel") == ["prev"]
    assert not part(app, "{{ pager(1, 1, 'tracker.list_actions') }}").xpath("//nav")


def test_undo_is_a_post(app):
    tree = part(app, "{{ toast('Logged', url_for('tracker.undo')) }}")
    assert tree.xpath("//form/@action") == ["/tracker.undo"]
    assert tree.xpath("div/@role") == ["status"]


def test_bad_news_is_an_alert_and_good_news_a_status(app):
    tree = part(app, "{{ flashes([('ok', 'Saved'), ('bad', 'Not saved')]) }}")
    assert tree.xpath("div/@role") == ["status", "alert"]


def test_a_table_can_be_scrolled_by_keyboard_and_has_its_caption(app):
    source = """{% call table('Pay') %}
      {{ columns([('Person', 'stick'), ('Net', 'num', '/?s', 'net')], {'by': 'net', 'up': false}) }}
      <tbody><tr>{{ figure(none) }}{{ figure(0) }}</tr></tbody>{% endcall %}"""
    tree = part(app, source)
    assert tree.xpath("div/@tabindex") == ["0"]
    assert tree.xpath("//caption/text()") == ["Pay"]
    assert tree.xpath("//th[2]/@aria-sort") == ["descending"]
    assert [cell.text_content() for cell in tree.xpath("//td")] == ["–", "0"]


def test_an_icon_speaks_only_with_a_label_and_may_be_missing():
    assert 'aria-hidden="true"' in icon("check") or icon("check") == ""
    assert "&lt;b&gt;" in icon("check", label="<b>")
    assert icon("no-such-icon") == ""
    assert icon("no-such-icon", label="Away") == '<span class="sr">Away</span>'


def test_every_icon_that_a_page_names_is_on_the_list_of_drawings():
    listed = set((ROOT / "static" / "icons.txt").read_text(encoding="utf-8").split())
    assert {
        page.icon for groups in MENUS.values() for _, pages in groups for page in pages
    } <= listed
    for file in (ROOT / "templates").rglob("*.html"):
        named = set(re.findall(r"icon\('([a-z0-9-]+)'", file.read_text(encoding="utf-8")))
        assert named <= listed, file


def test_templates_write_no_style_and_no_script_of_their_own():
    for file in (ROOT / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert " style=" not in text, file
        assert "<style" not in text, file
        assert not [
            one for one in ("onclick=", "onsubmit=", "hx-on", "javascript:") if one in text
        ], file
