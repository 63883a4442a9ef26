"""Rate limits, counted in the database so that all workers share them."""

from flask import request
from flask_limiter import Limiter
from limits.storage import Storage

from jobsearch.core.hits import DatabaseTries
from jobsearch.core.tokens import digest

_REGISTERED: type[Storage] = DatabaseTries  # naming it registers its scheme with `limits`


def _who_tries() -> str:
    """Address and account together: one person's tries cannot lock another out."""
    name = request.form.get("email", "").strip().lower()
    return digest(f"{request.remote_addr}:{name}")[:32]


limiter = Limiter(_who_tries, storage_uri="database://", strategy="fixed-window")
