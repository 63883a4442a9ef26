"""Fixtures of the browser tests: a real server on a real port, and Chromium as anybody."""

import os
import threading
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright
from werkzeug.serving import make_server

from tests.windows import LAPTOP, Window
from tests.world import NOW, Member

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    with sync_playwright() as driver:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is Tuesday 24.11.2026, 10.00 in Helsinki, and the clock goes on: browsers wait by it."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the pages are served, by threads of a real server."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _cookie(app: Flask, member: Member) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"sign_in": member.secret, "_permanent": True}))


def _note(window: Window, said: ConsoleMessage) -> None:
    # an answer of 422 or 404 is wanted in some tests; the browser calls it an error
    if said.type == "error" and "Failed to load resource" not in said.text:
        window.complaints.append(said.text)


@pytest.fixture
def window(app: Flask, address: str, chromium: Browser) -> Iterator[Callable[..., Window]]:
    """`window(world.pia, PHONE)`: a browser window signed in as one of the cast."""
    contexts: list[BrowserContext] = []
    windows: list[Window] = []

    def make(
        member: Member | None,
        size: tuple[int, int] = LAPTOP,
        *,
        script: bool = True,
        scheme: str = "light",
    ) -> Window:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
            java_script_enabled=script,
            reduced_motion="reduce",
            color_scheme="dark" if scheme == "dark" else "light",
        )
        context.set_default_timeout(15000)
        contexts.append(context)
        if member is not None:
            context.add_cookies(
                [{"name": "jobsearch", "value": _cookie(app, member), "url": address}]
            )
        made = Window(context.new_page(), address)
        made.page.on("console", lambda said: _note(made, said))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        windows.append(made)
        return made

    yield make
    for context in contexts:
        context.close()
    complaints = [text for one in windows for text in one.complaints if "favicon" not in text]
    assert complaints == []
