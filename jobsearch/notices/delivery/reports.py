"""What a gateway reports of text messages: whether it is the gateway, and what it says."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from jobsearch.config import SmsGateway
from jobsearch.core.tokens import same
from jobsearch.notices.delivery.rules import MessageState

_MOST = 1000  # reports in one request


def is_proven(settings: SmsGateway, signature: str, authorization: str, body: bytes) -> bool:
    """Whether whoever reports knows the secret.

    Either the body is signed (HMAC-SHA256, hexadecimal, with or without `sha256=`), or the secret
    comes as `Authorization: Bearer …`. Without a secret of ours nobody is believed.
    """
    secret = settings.report_secret
    if not secret:
        return False
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = signature.strip().lower().removeprefix("sha256=")
    bearer = authorization.removeprefix("Bearer ").strip()
    # each is compared in full: how far it agrees is told to nobody
    return same(_plain(given), signed) | same(_plain(bearer), secret)


def _plain(text: str) -> str:
    return text if text.isascii() else ""


def read_reports(settings: SmsGateway, body: bytes) -> list[tuple[str, MessageState]]:
    """The messages that a request tells of, by the gateway's or our name, and what became of them.

    The body is a JSON object, a list of them, or a form. What is no news to us is left out.
    """
    found = []
    for entry in list(_entries(body))[:_MOST]:
        reference = str(entry.get(settings.report_id) or "")[:120]
        state = _state(settings, str(entry.get(settings.report_state) or ""))
        if reference and state is not None:
            found.append((reference, state))
    return found


def _entries(body: bytes) -> Iterator[dict[str, Any]]:
    try:
        text = body.decode()
        if not text.lstrip().startswith(("{", "[")):
            yield dict(parse_qsl(text, max_num_fields=100))
            return
        told = json.loads(text)
    except ValueError:
        return
    for entry in told if isinstance(told, list) else [told]:
        if isinstance(entry, dict):
            yield entry


def _state(settings: SmsGateway, word: str) -> MessageState | None:
    word = word.strip().lower()
    if word in settings.delivered:
        return MessageState.DELIVERED
    return MessageState.REFUSED if word in settings.refused else None
