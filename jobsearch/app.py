"""Makes the application: config, database, gate, features, filters, error pages."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, g, request, session
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import ScalarSelect
from werkzeug.middleware.proxy_fix import ProxyFix

from jobsearch import cli
from jobsearch.accounts import queries as account_queries
from jobsearch.accounts.codes.views import blueprint as codes
from jobsearch.accounts.confirming.views import ask_again
from jobsearch.accounts.confirming.views import blueprint as confirming
from jobsearch.accounts.guessable.words import use_word_sources
from jobsearch.accounts.invitations.views import blueprint as invitations
from jobsearch.accounts.members.views import blueprint as members
from jobsearch.accounts.oidc.views import blueprint as oidc
from jobsearch.accounts.own.views import blueprint as own
from jobsearch.accounts.providers.views import blueprint as providers
from jobsearch.accounts.recovery.views import blueprint as recovery
from jobsearch.accounts.rules import Stage, is_alive
from jobsearch.accounts.staff.views import blueprint as staff
from jobsearch.accounts.views import blueprint as accounts
from jobsearch.analyses.clients.views import blueprint as clients
from jobsearch.analyses.decisions.views import blueprint as analyses
from jobsearch.analyses.keeping.views import blueprint as keeping
from jobsearch.analyses.questions.views import blueprint as client_questions
from jobsearch.analyses.receiving.views import blueprint as receiving
from jobsearch.attendance.views import blueprint as attendance
from jobsearch.attendance.weeks.views import blueprint as attendance_weeks
from jobsearch.audit import trail
from jobsearch.charts import register_charts
from jobsearch.coaching.pages import COACHING
from jobsearch.cohorts.changes.views import blueprint as cohort_changes
from jobsearch.cohorts.closures.views import blueprint as closures
from jobsearch.cohorts.views import blueprint as cohorts
from jobsearch.config import Config
from jobsearch.consents.introductions.views import blueprint as introductions
from jobsearch.consents.links.queries import providers_of_town
from jobsearch.consents.queries import providers_open_to
from jobsearch.conversations.views import blueprint as conversations
from jobsearch.core.access import Actor, LinkHolder, Role
from jobsearch.core.clock import now
from jobsearch.core.crypto import read_keyring, use_keyring
from jobsearch.core.db import db
from jobsearch.core.files import use_quota
from jobsearch.core.manners import engine_options
from jobsearch.core.text import DEFAULT_LANGUAGE
from jobsearch.costs.pages import COSTS
from jobsearch.desk.pages import DESK
from jobsearch.feedback.pages import FEEDBACK
from jobsearch.handover.town.views import blueprint as town
from jobsearch.handover.views import blueprint as handover
from jobsearch.health.metrics import init_metrics
from jobsearch.health.views import blueprint as health
from jobsearch.hiring.pages import blueprint as hiring
from jobsearch.intake.views import blueprint as intake
from jobsearch.jobs.views import blueprint as jobs
from jobsearch.links.queries import find_holder
from jobsearch.notices.texts.views import blueprint as message_texts
from jobsearch.notices.views import blueprint as notices
from jobsearch.organisations.queries import name_of, organisation_words
from jobsearch.organisations.views import blueprint as organisations
from jobsearch.outcomes.pages import OUTCOMES
from jobsearch.payroll.bonus.pages import BONUSES
from jobsearch.payroll.certificates.views import blueprint as payroll_certificates
from jobsearch.payroll.exports.pages import EXPORTS
from jobsearch.payroll.pay.parts import PARTS
from jobsearch.payroll.pay.views import blueprint as payroll
from jobsearch.privacy.breakglass.noting import remember
from jobsearch.privacy.breakglass.queries import looking
from jobsearch.privacy.pages import PRIVACY
from jobsearch.programmes.queries import programme_words
from jobsearch.programmes.templates.days.views import blueprint as template_days
from jobsearch.programmes.templates.views import blueprint as templates
from jobsearch.programmes.views import blueprint as programmes
from jobsearch.rates.pages import RATES
from jobsearch.recruitment.funnel import FUNNEL
from jobsearch.recruitment.joining import JOINING
from jobsearch.recruitment.referrals.queries import providers_open_to_referrer
from jobsearch.reports.pages import REPORTS
from jobsearch.shell import init_shell, locale
from jobsearch.standup.views import blueprint as standup
from jobsearch.standup.words.views import blueprint as standup_words
from jobsearch.texts import TEXTS
from jobsearch.tracker.pages import TRACKER
from jobsearch.web.converters import init_addresses
from jobsearch.web.errors import init_errors
from jobsearch.web.filters import register_filters
from jobsearch.web.formats import LOCALES
from jobsearch.web.gate import init_gate
from jobsearch.web.headers import init_headers
from jobsearch.web.limits import init_limits, refuse_when_busy
from jobsearch.web.machines import init_machines
from jobsearch.web.navigation import reachable
from jobsearch.web.sessions import SignedSessions
from jobsearch.web.templating import SpokenTemplates
from jobsearch.web.unit import init_unit, replay_once

FEATURES = (
    accounts,
    attendance,
    attendance_weeks,
    analyses,
    client_questions,
    clients,
    receiving,
    codes,
    closures,
    cohort_changes,
    cohorts,
    conversations,
    confirming,
    *DESK,
    *FEEDBACK,
    handover,
    health,
    hiring,
    intake,
    keeping,
    introductions,
    invitations,
    jobs,
    members,
    message_texts,
    notices,
    oidc,
    organisations,
    *OUTCOMES,
    own,
    *BONUSES,
    payroll,
    *PARTS,
    *EXPORTS,
    payroll_certificates,
    *COSTS,
    programmes,
    providers,
    *PRIVACY,
    *RATES,
    recovery,
    *FUNNEL,
    *JOINING,
    *REPORTS,
    staff,
    *COACHING,
    standup,
    standup_words,
    template_days,
    templates,
    town,
    *TRACKER,
)
"""The only list of features: their blueprints."""

AUDITED_BY = trail.__name__  # importing it puts the trail under every session
_MIGRATIONS = Path(__file__).parents[1] / "migrations"


class _Application(Flask):
    """Flask without asynchronous views: none of ours is one, so nobody needs to ask each time."""

    jinja_environment = SpokenTemplates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def create_app(config: Config | None = None) -> Flask:
    """The application. Raises ConfigRefused or KeysMissing when it would start unsafely."""
    config = config or Config.from_environment()
    ring = read_keyring(config.keys_path)
    use_keyring(ring)
    use_quota(config.most_stored_bytes)
    app = _Application(__name__, instance_path=str(config.instance))
    app.config.update(_settings(config, ring.session_key))
    init_addresses(app)
    app.session_interface = SignedSessions(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, config.proxies, config.proxies, config.proxies)  # type: ignore[method-assign]
    db.init_app(app)
    Migrate(app, db, directory=str(_MIGRATIONS), render_as_batch=True)
    Babel(app, locale_selector=locale)
    init_headers(app)
    init_metrics(app)
    init_errors(app)
    init_limits(app)
    init_unit(app, _identify, _follow, remember)
    app.before_request(refuse_when_busy)
    CSRFProtect(app)
    use_word_sources(organisation_words, programme_words)
    init_gate(app, ask_again)
    app.before_request(replay_once)
    for blueprint in FEATURES:
        app.register_blueprint(blueprint)
    init_machines(app)
    register_filters(app)
    register_charts(app)
    init_shell(app)
    app.config["JOBSEARCH_PAGES"] = reachable(app)
    cli.register(app)
    logging.getLogger("jobsearch").setLevel(logging.INFO)
    return app


def _settings(config: Config, session_key: bytes) -> dict[str, Any]:
    secure = config.secure
    return {
        "JOBSEARCH": config,
        "JOBSEARCH_TEXTS": TEXTS,
        "SECRET_KEY": session_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(config.database_url),
        "SESSION_COOKIE_NAME": "__Host-jobsearch" if secure else "jobsearch",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,  # a sign-in ends after as long, however it is used
        "WTF_CSRF_TIME_LIMIT": None,  # a long form must not be lost; the session ends by itself
        "WTF_CSRF_SSL_STRICT": False,  # Referrer-Policy same-origin and SameSite do its work
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "BABEL_DEFAULT_LOCALE": LOCALES[DEFAULT_LANGUAGE],
        "BABEL_DEFAULT_TIMEZONE": "Europe/Helsinki",
        "SEND_FILE_MAX_AGE_DEFAULT": 31536000,  # addresses of static files carry their digest
        "TRUSTED_HOSTS": None,
    }


def _identify(rider: ScalarSelect[Any] | None) -> Actor | None:
    """Who asks, by the secret in the cookie; None when signed out or timed out."""
    secret = session.get("sign_in")
    if not secret:
        return None
    asked = request.view_args if rider is not None else None
    row = account_queries.find_sign_in(secret, rider, asked or {})
    if row is None or not is_alive(row.role, row.started_at, row.last_seen_at, now()):
        return None
    g.head = row
    organisations = frozenset({row.organisation_id})
    if row.role is Role.MUNICIPAL_COACH:
        organisations = providers_open_to(row.account_id)
        organisations |= providers_open_to_referrer(row.account_id)
    if row.role is Role.MUNICIPAL_ADMIN:
        organisations |= providers_of_town(row.organisation_id)
    actor = Actor(
        account_id=row.account_id,
        membership_id=row.membership_id,
        name=row.name,
        role=row.role,
        organisation_id=row.organisation_id,
        organisation_ids=organisations,
        person_id=row.person_id,
        language=row.language,
        sign_in_id=row.id,
        zone=row.zone,
        proven_at=row.proven_at,
        is_setting_up=row.stage is Stage.SET_UP,
    )
    return looking(actor, now())


def _follow(purpose: str, secret: str) -> LinkHolder | None:
    """Who holds the link, on the page of the provider that gave it."""
    holder = find_holder(purpose, secret)
    if holder is not None:
        g.head = name_of(holder.organisation_id)
    return holder
