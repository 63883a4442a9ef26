"""The headers of every answer."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_SECRETS = frozenset({"secret", "link_secret"})
_BY_HTTPS = (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)


def init_headers(app: Flask) -> None:
    """Strict policy on every answer, also on one that no view of ours has made.

    They are the same words always, so they are added where the answer is sent: each one that goes
    through the answer's own headers is looked through for line breaks again.
    """
    constant = [*_ALWAYS, *(_BY_HTTPS if app.config["SESSION_COOKIE_SECURE"] else ())]
    inner = app.wsgi_app

    def with_headers(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def start_with(status: str, fields: list[tuple[str, str]], *error: Any) -> Any:
            return start(status, fields + constant, *error)

        return inner(environ, start_with)

    app.wsgi_app = with_headers  # type: ignore[assignment,method-assign]


def set_headers(response: Response) -> Response:
    """Nothing cached of what is personal, nothing told to other sites."""
    headers = response.headers
    if request.endpoint != "static":
        # a board is asked for again with its version: kept by the browser, never shown unasked
        headers["Cache-Control"] = "private, no-cache" if "ETag" in headers else "no-store"
        headers.add("Vary", "Cookie")
    # an address may open something by itself: it is told to nobody
    told = "no-referrer" if _SECRETS.intersection(request.view_args or ()) else "same-origin"
    headers["Referrer-Policy"] = told
    return response
