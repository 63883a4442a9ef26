"""What a browser keeps between two pages: a signed cookie, checked once and then known."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from jobsearch.core.clock import now

_KNOWN = 2048  # cookies of people who are at work now


class SignedSessions(SecureCookieSessionInterface):
    """Flask's own sessions. A cookie that was found good stays good until it is too old.

    A board asks every few seconds with the same cookie: checking its signature anew was a fifth of
    what its unchanged poll costs. Who is signed in stands in the database and is asked every time.
    """

    def __init__(self, app: Flask) -> None:
        signer = super().get_signing_serializer(app)
        assert signer is not None, "the application has a secret key before it has sessions"
        self._signer = signer
        self._read = lru_cache(maxsize=_KNOWN)(self._check)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """The one signer of this application."""
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the cookie holds; nothing when it is not ours or too old."""
        try:
            values, signed_at = self._read(request.cookies.get(self.get_cookie_name(app), ""))
        except BadSignature:
            return self.session_class()
        if now() - signed_at > app.permanent_session_lifetime:
            return self.session_class()
        # lists are the messages for the next page; the page takes them out
        return self.session_class(
            {key: list(kept) if type(kept) is list else kept for key, kept in values.items()}
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send what has changed; `headers` says of every answer that it depends on the cookie."""
        if session.modified:
            super().save_session(app, session, response)

    def _check(self, cookie: str) -> tuple[dict[str, Any], datetime]:
        values, signed_at = self._signer.loads(cookie, return_timestamp=True)
        return values, signed_at
