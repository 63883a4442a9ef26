"""An application with nothing in it but the shell, for the tests of shell and macros."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import FlaskForm
from jinja2 import StrictUndefined
from lxml import html
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from jobsearch.core.access import Role
from jobsearch.web.filters import register_filters
from jobsearch.web.navigation import MENUS, menu

ROOT = Path(__file__).parents[1] / "jobsearch"
SHELL = "accounts.choose_language accounts.choose_theme accounts.sign_out accounts.my_account"
PAGES = {page.endpoint for groups in MENUS.values() for _title, pages in groups for page in pages}


class ContactForm(FlaskForm):
    """One field of each kind."""

    employer = StringField("Employer", [InputRequired("Write its name")], description="A bakery")
    hours = StringField("Hours")
    way = RadioField(
        "Way",
        [InputRequired("Choose how")],
        choices=[SelectChoice("call", "Call"), SelectChoice("v", "Visit")],
    )
    state = SelectField("State", choices=[SelectChoice("", "Any"), SelectChoice("b", "Interview")])
    days = SelectMultipleField(
        "Days",
        choices=[SelectChoice("1", "Monday")],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    share = BooleanField("Share", [InputRequired("Say yes")])
    note = TextAreaField("Note")
    file = FileField("Tax card")
    rows = FieldList(StringField("Row", [InputRequired("Fill the row")]), min_entries=1)
    step = HiddenField()


def bare_app() -> Flask:
    """The templates and filters, every address that the shell names, and no database."""
    made = Flask("look", static_folder=None, template_folder=str(ROOT / "templates"))
    made.config.update(SECRET_KEY="look", WTF_CSRF_ENABLED=False)
    made.jinja_env.undefined = StrictUndefined
    made.jinja_env.trim_blocks = made.jinja_env.lstrip_blocks = True
    Babel(made, default_locale="en_FI")
    register_filters(made)
    made.jinja_env.globals.update(
        csrf_token=lambda: "the-token",
        once=lambda: "the-key",
        waits_for=lambda _actor: "the-mark",
        static=lambda name: f"/static/{name}",
    )
    for endpoint in {*SHELL.split(), *PAGES, "tracker.undo"}:
        made.add_url_rule(f"/{endpoint}", endpoint, lambda: "", methods=["GET", "POST"])
    return made


def context(
    role: Role | None = None, here: str = "desk.today", **more: object
) -> dict[str, object]:
    """What every page is told, for a reader with this role or for nobody."""
    actor = role and SimpleNamespace(
        name="Aino Lehto",
        initials="AL",
        role=role,
        role_in_trail=role,
        glass=None,
        language="en",
    )
    return {
        "actor": actor,
        "language": "en",
        "theme": None,
        "is_demo": False,
        "restricted": None,
        "navigation": menu(role, here, PAGES) if role else [],
        **more,
    }


PAGE = """{% extends 'layout.html' %}{% block title %}Groups{% endblock %}
{% block main %}<h1>Groups</h1>{% endblock %}"""


def page(
    app: Flask, role: Role | None = None, source: str = PAGE, **more: object
) -> html.HtmlElement:
    with app.test_request_context("/groups?page=2"):
        return html.document_fromstring(render_template_string(source, **context(role, **more)))


def part(app: Flask, source: str, **more: object) -> html.HtmlElement:
    """The macros called in `source`, drawn."""
    imports = (
        "{% from 'ui/forms.html' import post, field, errors, button, link, act, not_yet, filters %}"
        "{% from 'ui/parts.html' import chip, pips, ribbon, pager, toast, opener %}"
        "{% from 'ui/parts.html' import dialog, flashes %}"
        "{% from 'ui/tables.html' import table, columns, figure %}"
    )
    with app.test_request_context("/"):
        return html.fromstring(f"<div>{render_template_string(imports + source, **more)}</div>")


def failed(app: Flask) -> ContactForm:
    """The form after nothing was filled in."""
    with app.test_request_context("/", method="POST", data={"rows-0": "", "state": ""}):
        form = ContactForm()
        assert not form.validate_on_submit()
        return form
