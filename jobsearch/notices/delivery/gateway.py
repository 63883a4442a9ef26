"""Text messages: handed to a gateway over HTTP, as the installation's settings describe it."""

import http.client
import json
import re
import ssl
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jobsearch.config import SmsGateway
from jobsearch.notices.delivery.letter import Letter
from jobsearch.notices.delivery.lines import AddressRefused, ServerDown, TryLater

_SECONDS = 30
_LONGEST_ANSWER = 100_000
_GAP = re.compile(r"\{(to|text|sender|id|secret)\}")
_TRY_LATER = frozenset({408, 409, 425, 429})
_NOT_THE_NUMBER = frozenset({401, 402, 403, 404, 405, 407})  # our settings or account are wrong


class Gateway:
    """One HTTP request for each text message; no redirect is followed."""

    def __init__(self, settings: SmsGateway) -> None:
        self._settings = settings

    def open(self) -> None:
        """Each message has a connection of its own."""

    def close(self) -> None:
        """Nothing to let go."""

    def deliver(self, letter: Letter) -> str | None:
        """Ask the gateway to send one text message; returns its own name for it."""
        try:
            status, answer = self._ask(letter)
        except (OSError, http.client.HTTPException) as error:
            raise ServerDown(type(error).__name__) from error
        if 200 <= status < 300:
            return _name_in(answer, self._settings.id_field)
        if status >= 500 or status in _TRY_LATER:
            raise TryLater(str(status))
        if status < 400 or status in _NOT_THE_NUMBER:
            raise ServerDown(str(status))
        raise AddressRefused(str(status))

    def _ask(self, letter: Letter) -> tuple[int, bytes]:
        given = self._settings
        values = {
            "to": letter.address,
            "text": letter.body,
            "sender": given.sender,
            "id": letter.identifier,
            "secret": given.secret,
        }
        url = urlsplit(_GAP.sub(lambda gap: quote(values[gap[1]], safe=""), given.url))
        headers = {name: _one_line(_fill(text, values)) for name, text in given.headers}
        headers[given.id_header] = letter.identifier
        fields = _fill(json.loads(given.fields), values)
        body: bytes | None = None
        if given.method != "GET" and given.form:
            body = urlencode(fields).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif given.method != "GET":
            body = json.dumps(fields, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json; charset=utf-8"
        link = _connect(url.scheme, url.hostname or "localhost", url.port)
        try:
            path = (url.path or "/") + (f"?{url.query}" if url.query else "")
            link.request(given.method, path, body, headers)
            response = link.getresponse()
            return response.status, response.read(_LONGEST_ANSWER)
        finally:
            link.close()


def _connect(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=context)
    return http.client.HTTPConnection(host, port, timeout=_SECONDS)


def _fill(template: Any, values: dict[str, str]) -> Any:
    """A text, list or object of the settings with its gaps filled; what a value holds is data."""
    if isinstance(template, dict):
        return {key: _fill(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_fill(value, values) for value in template]
    if isinstance(template, str):
        return _GAP.sub(lambda gap: values[gap[1]], template)
    return template


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name_in(answer: bytes, path: str) -> str | None:
    """The gateway's name of the message, by a path such as `messages.0.id`; None without one."""
    try:
        found = json.loads(answer)
    except ValueError:
        return None
    for step in path.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return str(found)[:120] if isinstance(found, str | int) else None
