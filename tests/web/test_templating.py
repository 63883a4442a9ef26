"""Templates that are made ready for a language say exactly what they say without it."""

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup

from jobsearch.web.formats import LOCALES
from jobsearch.web.templating import SpokenTemplates

_MACROS = (
    "{%- macro box(text, kind='', attrs={}) -%}<b{{ attrs|xmlattr }} class='{{ kind }}'>{{ text }}"
    "{% if caller is defined %}: {{ caller() }}{% endif %}</b>{%- endmacro -%}"
)
_PIECES = (
    "{{ _('Today') }}",
    "{{ _('Today') if yes else _('Sign out') }}",
    "{{ _('Page %(page)d of %(pages)d', page=2, pages=7) }}",
    "{{ _('%(name)s, mark away', name=name) }}",
    "{{ _(label) }} and {{ _(label)|upper }}",
    "{{ _(gap, name=name) }}",
    "{{ _('Today') ~ ' ' ~ _('%(name)s, mark away', name=name)|lower }}",
    "{{ icon('check') }}{{ icon('check', 'big', label=_('Today')) }}{{ icon(name) }}",
    _MACROS + "{{ box(_('Today'), kind='x', attrs={'id': name}) }}",
    _MACROS + "{% call box(name) %}{{ _('Today') }} {{ name }}{% endcall %}",
    _MACROS + "{% for n in [1, 2] %}{{ box(loop.index ~ _('Today')) }}{% endfor %}",
    "{{ 1|of(3) }} {{ url_for('accounts.sign_in', next=name) }}",
)
_VALUES = {
    "yes": False,
    "name": "<Zoë & 100 %>",
    "label": "Sign out",
    "gap": "%(name)s, mark away",
}


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("piece", _PIECES)
def test_a_piece_reads_the_same(app: Flask, piece: str, language: str) -> None:
    templates = app.jinja_env
    assert isinstance(templates, SpokenTemplates)
    with app.test_request_context(), force_locale(LOCALES[language]):
        plain = templates.from_string(piece).render(**_VALUES)
        spoken = templates.in_language(language).from_string(piece).render(**_VALUES)
    assert spoken == plain
    assert "<Zoë" not in spoken


def test_what_is_marked_is_text_once_a_template_is_ready(app: Flask) -> None:
    templates = app.jinja_env
    assert isinstance(templates, SpokenTemplates)
    with app.test_request_context():
        swedish = templates.in_language("sv").from_string("<p>{{ _('Sign out') }}</p>")
        finnish = templates.in_language("fi").from_string("<p>{{ _('Sign out') }}</p>")
    # no locale is asked for any more: each says its own language to whoever comes
    assert swedish.render() == "<p>Logga ut</p>"
    assert finnish.render() == "<p>Kirjaudu ulos</p>"


@pytest.mark.parametrize("language", LOCALES)
def test_every_template_is_made_ready_in_every_language(app: Flask, language: str) -> None:
    templates = app.jinja_env
    assert isinstance(templates, SpokenTemplates)
    spoken = templates.in_language(language)
    with app.test_request_context():
        for name in templates.list_templates(filter_func=lambda name: not name.startswith(".")):
            assert spoken.get_template(name) is not None


def test_what_is_shown_is_made_safe_unless_it_is_markup_of_ours(app: Flask) -> None:
    template = app.jinja_env.from_string("<p title='{{ said }}'>{{ said }}</p>{{ ours }}")
    with app.test_request_context():
        page = template.render(said="<b onload='x'>\"&", ours=Markup("<br>"))
    safe = "&lt;b onload=&#39;x&#39;&gt;&#34;&amp;"
    assert page == f"<p title='{safe}'>{safe}</p><br>"
