"""What is around every page: its language, its menu, and the words of its head."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_wtf.csrf import generate_csrf

from jobsearch.accounts.members.queries import list_own_roles
from jobsearch.config import Config, Mode
from jobsearch.core.access import Actor, LinkHolder, Permission, Role, may
from jobsearch.core.clock import now
from jobsearch.core.text import DEFAULT_LANGUAGE, LANGUAGES
from jobsearch.organisations.queries import is_demo
from jobsearch.people.restrictions.models import ProcessingRestriction
from jobsearch.people.restrictions.queries import find_restriction
from jobsearch.web.filters import current_language
from jobsearch.web.formats import LOCALES
from jobsearch.web.gate import gate_of
from jobsearch.web.icons import icon
from jobsearch.web.navigation import ROLE_NAMES, Group, menu
from jobsearch.web.once import once
from jobsearch.web.templating import address
from jobsearch.web.unit import is_of_demo
from jobsearch.web.waiting import waits_for

_OPEN_TO_ALL = Permission.DESK_READ
_STATIC = Path(__file__).parent / "static"


def init_shell(app: Flask) -> None:
    """Give the templates what every page has around it."""
    app.jinja_env.globals.update(
        once=once,
        static=_static,
        icon=icon,
        url_for=address,
        csrf_token=_token,
        waits_for=waits_for,
    )
    app.context_processor(_page_words)


def _token() -> str:
    """The token of every form of a page; made once, where the library looks it up six times."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token


def locale() -> Locale:
    """The locale of the page that is being made."""
    return _locale_of(language() if has_request_context() else DEFAULT_LANGUAGE)


def language() -> str:
    """The reader's language: her account's, else the cookie's, else the browser's, else Finnish."""
    actor: Actor | None = g.get("actor")
    if actor is not None:
        return actor.language
    chosen = request.cookies.get("language") or _language_of_link() or ""
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def _language_of_link() -> str | None:
    holder: LinkHolder | None = g.get("link")
    return holder.language if holder is not None else None


@lru_cache
def _locale_of(name: str) -> Locale:
    return Locale.parse(LOCALES[name])


@lru_cache
def _digest_of(name: str) -> str:
    file = _STATIC / name
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.exists() else "0"


def _static(name: str) -> str:
    return address("static", filename=name, v=_digest_of(name))


def _page_words() -> dict[str, Any]:
    """What every template knows."""
    actor: Actor | None = g.get("actor")
    theme = request.cookies.get("theme")
    config: Config = current_app.config["JOBSEARCH"]
    made_up = _is_made_up(actor, config)
    head = g.get("head")
    asks = not g.get("asks_nothing")
    return {
        "actor": actor,
        "may": lambda permission: may(actor, Permission(permission)),
        "language": current_language(),
        "theme": theme if theme in ("light", "dark") else None,
        "navigation": _menu(actor),
        "product_name": head.service_name if head else "Työnhakutyö",
        "role_names": ROLE_NAMES,
        "unread": head.unread if actor is not None else 0,
        "own_roles": list_own_roles(actor) if asks and actor and head.other_roles else [],
        "is_demo": made_up,
        "is_plain": config.mode is Mode.DEMO and not config.secure and not made_up,
        "reads_outbox": config.reads_outbox,
        "glass_minutes": _minutes_left(actor),
        "restricted": _restriction(actor),
    }


def _minutes_left(actor: Actor | None) -> int:
    """For how many minutes more an operator looks at a provider's data; a begun one is one."""
    if actor is None or actor.glass is None:
        return 0
    return max(0, -(-int((actor.glass.ends_at - now()).total_seconds()) // 60))


def _restriction(actor: Actor | None) -> ProcessingRestriction | None:
    """On a page of staff that is about one person: the restriction of her data, if one holds."""
    if actor is None or actor.role is Role.PARTICIPANT or not g.head.restricted:
        return None
    if not request.view_args:
        return None  # a list that happens to hold one person only
    people = {trace.person_id for trace in g.get("traces", ())}
    return find_restriction(people.pop()) if len(people) == 1 else None


def _is_made_up(actor: Actor | None, config: Config) -> bool:
    """Whether the people of this page are made up: its organisation's, else the installation's."""
    if is_of_demo():
        return True
    if actor is not None or g.get("link") is not None or config.mode is not Mode.DEMO:
        return False
    return not g.get("asks_nothing") and is_demo()


def _menu(actor: Actor | None) -> list[Group]:
    if actor is None:
        return []
    there: frozenset[str] = current_app.config["JOBSEARCH_PAGES"]
    if actor.glass is not None:
        there = frozenset(name for name in there if may(actor, gate_of(name) or _OPEN_TO_ALL))
    return _menu_at(actor.role, request.endpoint, there)


@lru_cache(1024)
def _menu_at(role: Role, here: str | None, there: frozenset[str]) -> list[Group]:
    return menu(role, here, there)
