"""Which machines may be asked, and which addresses are people's own networks."""

import socket
import threading
import time
from contextlib import suppress
from ipaddress import ip_address

import pytest

from jobsearch.core import outside
from jobsearch.core.outside import OutsideRefused, ask, is_public, may_be_asked


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example.org",
        "ftp://id.example.org",
        "file:///etc/passwd",
        "https://",
        "https://user:word@id.example.org",
        "https://id.example.org#part",
        "https://id.example.org:port",
        "https://id.example.org/a b",
        "https://id.example.org/\n",
        "https://idé.example.org",
        "javascript:alert(1)",
        "",
    ],
)
def test_only_plain_https_addresses_may_be_asked(url) -> None:
    assert not may_be_asked(url)
    with pytest.raises(OutsideRefused):
        ask(url)


@pytest.mark.parametrize("url", ["https://id.example.org", "https://id.example.org:8443/a?b=c"])
def test_an_https_address_may_be_asked(url) -> None:
    assert may_be_asked(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:db8::1",
    ],
)
def test_an_address_inside_is_not_public(address) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_an_address_outside_is_public(address) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "found", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"], ["169.254.169.254"]]
)
def test_a_name_that_leads_inside_is_never_reached(monkeypatch, found) -> None:
    def look_up(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    reached = []
    monkeypatch.setattr(outside.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(outside.socket, "create_connection", lambda *a, **_: reached.append(a))
    with pytest.raises(OutsideRefused, match="private"):
        ask("https://id.example.org/")
    assert reached == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "https://localhost/", "https://[::1]/", "https://0x7f.1/"]
)
def test_this_machine_is_reached_only_where_people_try_things_out(url) -> None:
    with pytest.raises(OutsideRefused):
        ask(url)


def test_other_machines_inside_are_not_reached_even_there() -> None:
    with pytest.raises(OutsideRefused):
        ask("http://192.168.1.1/", allow_here=True)
    with pytest.raises(OutsideRefused, match="private"):
        ask("https://192.168.1.1/", allow_here=True)


@pytest.mark.parametrize("opening", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n{"])
def test_a_machine_that_answers_in_drops_is_hung_up_on(monkeypatch, opening) -> None:
    monkeypatch.setattr(outside, "_ALTOGETHER", 0.5)
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        line, _ = server.accept()
        with line, suppress(OSError):
            line.sendall(opening)
            while not over.wait(0.05):
                line.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(OutsideRefused):
            ask(f"http://127.0.0.1:{server.getsockname()[1]}/", allow_here=True)
        took = time.monotonic() - began
        over.set()
    assert took < 3
