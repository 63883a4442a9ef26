"""The formats of `web.formats` as filters of the templates, in the reader's language."""

from collections.abc import Callable
from typing import Final

from flask import Flask
from flask_babel import get_locale, gettext

from jobsearch.core.access import Role
from jobsearch.core.text import DEFAULT_LANGUAGE
from jobsearch.web.formats import (
    LOCALES,
    amount,
    at_time,
    bare_day,
    date_text,
    day_range,
    duration,
    hour_count,
    hours,
    iban,
    initials,
    long_day,
    moment,
    money,
    month_text,
    names,
    number,
    of,
    percent,
    phone,
    short_day,
    time_range,
    time_text,
    week_text,
)
from jobsearch.web.icons import icon
from jobsearch.web.navigation import ROLE_NAMES

__all__ = [
    "amount",
    "at_time",
    "bare_day",
    "date_text",
    "day_range",
    "duration",
    "hour_count",
    "hours",
    "iban",
    "initials",
    "long_day",
    "moment",
    "money",
    "month_text",
    "names",
    "number",
    "of",
    "percent",
    "phone",
    "register_filters",
    "short_day",
    "time_range",
    "time_text",
    "week_text",
]


def role_name(role: Role | str) -> str:
    """What a role is called, in the reader's language."""
    return str(gettext(ROLE_NAMES[Role(role)]))


def current_language() -> str:
    """The language of the page being made, Finnish where there is none."""
    found = get_locale()
    return found.language if found and found.language in LOCALES else DEFAULT_LANGUAGE


def _for_reader(form: Callable[..., str]) -> Callable[..., str]:
    def shown(*values: object, **options: object) -> str:
        return form(*values, **{"language": current_language(), **options})

    return shown


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "date": date_text,
    "bare_day": bare_day,
    "day": short_day,
    "long_day": long_day,
    "month": month_text,
    "week": week_text,
    "span": day_range,
    "time": time_text,
    "at": at_time,
    "times": time_range,
    "moment": moment,
    "number": number,
    "money": money,
    "amount": amount,
    "percent": percent,
    "hours": hours,
    "hour_count": hour_count,
    "of": of,
    "names": names,
}
PLAIN_FILTERS: Final[dict[str, Callable[..., str]]] = {
    "duration": duration,
    "initials": initials,
    "iban": iban,
    "phone": phone,
    "role_name": role_name,
}


def register_filters(app: Flask) -> None:
    """Give the templates the formats above, in the reader's language, and `icon(...)`."""
    app.jinja_env.filters.update({name: _for_reader(form) for name, form in FILTERS.items()})
    app.jinja_env.filters.update(PLAIN_FILTERS)
    app.jinja_env.globals.setdefault("icon", icon)
