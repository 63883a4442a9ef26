"""Says how the installation is to whoever keeps it alive: no personal data, no secrets."""

import hmac
from ipaddress import ip_address

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from jobsearch.config import Config
from jobsearch.core.errors import NotVisible
from jobsearch.health import metrics, queries
from jobsearch.health.rules import Part, is_well
from jobsearch.web.gate import public
from jobsearch.web.unit import by_itself

blueprint = Blueprint("health", __name__)

_FORWARDED = ("Forwarded", "X-Forwarded-For", "Via")


@blueprint.get("/health")
@public
def check() -> ResponseReturnValue:
    """200 ok when the database answers; otherwise the page for 503."""
    queries.ask_database()
    return "ok", 200, {"Content-Type": "text/plain"}


@blueprint.get("/healthz")
@public
@by_itself
def report() -> ResponseReturnValue:
    """Which part is well: 200 when all are, else 503."""
    figures = queries.look(sends=_sends())
    if figures is None:
        return {"status": "degraded", "parts": {Part.DATABASE: "degraded"}}, 503
    well = is_well(figures.findings)
    parts = {one.part: "ok" if one.is_well else "degraded" for one in figures.findings}
    return {"status": "ok" if well else "degraded", "parts": parts}, 200 if well else 503


@blueprint.get("/metrics")
@public
@by_itself
def show_metrics() -> ResponseReturnValue:
    """The figures for Prometheus: with the token; where there is none, from this machine."""
    if not _may_measure(current_app.config["JOBSEARCH"]):
        raise NotVisible
    kind = "text/plain; version=0.0.4; charset=utf-8"
    return metrics.exposition(queries.look(sends=_sends())), 200, {"Content-Type": kind}


def _sends() -> bool:
    return bool(current_app.config["JOBSEARCH"].smtp_url)


def _may_measure(config: Config) -> bool:
    """A token where one is set; else only who is on this machine and not led here by a proxy."""
    if config.metrics_token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), config.metrics_token.encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104
