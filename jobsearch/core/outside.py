"""The way out to other machines: https to public addresses, no redirects, in little time."""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

_SECONDS = 5.0
_ALTOGETHER = 10.0
_MOST_BYTES = 256 * 1024
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutsideRefused(Exception):
    """The other machine may not be asked, or did not answer as it should; says which, no more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other machine answered; `content` is a JSON object."""

    status: int
    content: dict[str, Any]


def ask(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    allow_here: bool = False,
) -> Answer:
    """GET an address, or POST a form to it, and read the JSON object that it answers.

    `allow_here` lets plain http reach this machine itself, for the demo and the tests. Raises
    OutsideRefused for a private or forbidden address, a redirect, silence, or anything but JSON.
    """
    host, port, path, encrypted = _parts(url, allow_here=allow_here)
    connection = _connect(host, port, encrypted=encrypted, allow_here=allow_here)
    body = None if form is None else urlencode(form)
    sent = {"Accept": "application/json", "User-Agent": "jobsearch", **(headers or {})}
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    end = threading.Timer(_ALTOGETHER, _hang_up, (connection.sock,))
    end.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        connection.request("GET" if body is None else "POST", path, body, sent)
        response = connection.getresponse()
        content = _read(response)
    except (OSError, http.client.HTTPException) as error:
        raise OutsideRefused(f"{host} does not answer: {type(error).__name__}") from error
    finally:
        end.cancel()
        connection.close()
    if 300 <= response.status < 400:
        raise OutsideRefused(f"{host} sends us elsewhere")
    return Answer(response.status, _as_object(content, host))


def may_be_asked(url: str, *, allow_here: bool = False) -> bool:
    """Whether an address has the shape of one that may be asked; its host is not looked up."""
    try:
        _parts(url, allow_here=allow_here)
    except OutsideRefused:
        return False
    return True


def is_public(address: _Address) -> bool:
    """Whether an address is on the open internet, also where it hides another one inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return is_public(inner)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


def _parts(url: str, *, allow_here: bool) -> tuple[str, int, str, bool]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise OutsideRefused("this is no address") from error
    here = allow_here and host in _HERE
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise OutsideRefused("the address must begin with https://")
    if not host or parts.username or parts.password or parts.fragment or not url.isascii():
        raise OutsideRefused("this is no address")
    if any(letter <= " " for letter in url):
        raise OutsideRefused("this is no address")
    encrypted = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if encrypted else 80), path, encrypted


def _connect(
    host: str, port: int, *, encrypted: bool, allow_here: bool
) -> http.client.HTTPConnection:
    """A connection to an address that was looked at: a name cannot change its mind in between."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutsideRefused(f"{host} is not found") from error
    places = [place for *_rest, place in found]
    for place in places:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not (is_public(address) or (allow_here and address.is_loopback)):
            raise OutsideRefused(f"{host} is inside a private network")
    try:
        raw = _reach(places)
        if not encrypted:
            plain = http.client.HTTPConnection(host, port, timeout=_SECONDS)
            plain.sock = raw
            return plain
        secure = http.client.HTTPSConnection(host, port, timeout=_SECONDS)
        secure.sock = ssl.create_default_context().wrap_socket(
            raw, server_hostname=host, do_handshake_on_connect=False
        )
    except (OSError, ssl.SSLError) as error:
        raise OutsideRefused(f"{host} does not answer: {type(error).__name__}") from error
    return secure


def _reach(places: list[Any]) -> socket.socket:
    for place in places[:-1]:
        try:
            return socket.create_connection(place[:2], timeout=_SECONDS)
        except OSError:
            continue
    return socket.create_connection(places[-1][:2], timeout=_SECONDS)


def _hang_up(line: socket.socket) -> None:
    """End a talk that takes too long, wherever it is: a greeting or a header can drip too."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _read(response: http.client.HTTPResponse) -> bytes:
    content = b""
    while chunk := response.read1(16 * 1024):
        content += chunk
        if len(content) > _MOST_BYTES:
            raise http.client.HTTPException("too much")
    return content


def _as_object(content: bytes, host: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise OutsideRefused(f"{host} does not answer in JSON") from error
    if not isinstance(value, dict):
        raise OutsideRefused(f"{host} does not answer in JSON")
    return value
