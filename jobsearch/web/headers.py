"""The headers of every answer."""

from flask import Response, current_app, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)


_ALWAYS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_SECRETS = frozenset({"secret", "link_secret"})
_BY_HTTPS = (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)


def set_headers(response: Response) -> Response:
    """Strict policy, nothing cached of what is personal, nothing told to other sites."""
    headers = response.headers
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    headers.extend(_ALWAYS + _BY_HTTPS if secure else _ALWAYS)
    if request.endpoint != "static":
        # a board is asked for again with its version: kept by the browser, never shown unasked
        headers["Cache-Control"] = "private, no-cache" if "ETag" in headers else "no-store"
        headers.add("Vary", "Cookie")
    if _SECRETS & set(request.view_args or ()):
        headers["Referrer-Policy"] = "no-referrer"  # the address itself opens something
    return response
