"""Takes the pictures of docs/screenshots/; called by scripts/screenshots."""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jobsearch.app import create_app  # noqa: E402 - the path above finds it
from jobsearch.config import Config, Mode  # noqa: E402
from jobsearch.core.crypto import new_keyring, write_keyring  # noqa: E402
from jobsearch.demo.accounts import EVERYONE, PASSPHRASE  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
HOST = "127.0.0.1"
# A Tuesday of November, the sixth day of the demo's group: its goals are set at 9.20 by the clock
# of the wall, and its assignment runs at 10.15.
MEETING = datetime(2026, 11, 24, 7, 20, tzinfo=UTC)
ASSIGNMENT = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
PHONE, DESK = (375, 812), (1440, 900)
PATIENCE = 30_000  # milliseconds
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: who opens it, on what screen, how she gets there, and what the file is called."""

    name: str
    email: str
    size: tuple[int, int]
    go: Callable[[Page], object]
    whole: bool = True  # the page to its end, not only what the screen shows


def opens(path: str) -> Callable[[Page], object]:
    """Goes straight to an address."""
    return lambda page: page.goto(path)


def run_the_meeting(page: Page) -> None:
    """The morning as far as the goals, everybody there but one, and Mira speaking."""
    page.goto("/board")
    for phase in range(1, 5):
        page.locator("[data-key=n]").click()
        expect(page.locator("ol.phases li.done")).to_have_count(phase - 1)
        if phase == 1:
            mark_everyone(page)
    row = page.locator("tbody tr").filter(has_text="Mira")
    row.locator("button[id^=t-]").click()
    expect(page.locator("tr.turn")).to_contain_text("Mira")


def mark_everyone(page: Page) -> None:
    """All present but Petri."""
    rows = page.locator("tbody tr")
    for at in range(rows.count()):
        button = rows.nth(at).locator("button[id^=a-]")
        button.click()
        expect(button).to_have_attribute("value", "away")
    last = rows.filter(has_text="Petri")
    last.locator("button[id^=a-]").click()
    expect(last).to_have_class("away")


def show_timetable(page: Page) -> None:
    """The group that runs, and its weeks."""
    page.goto("/cohorts")
    page.get_by_role("link", name="Ryhmä 7").first.click()
    page.locator("main a[href$='/timetable']").click()


def show_pay_run(page: Page) -> None:
    """The pay run of the group that has ended."""
    page.goto("/pay-runs")
    page.locator("main tbody a[href^='/pay-runs/']").first.click()


def show_results(page: Page) -> None:
    """The results of the pilot."""
    page.goto("/reports")
    page.get_by_role("link", name="Kokeilu 2021").first.click()


def write_analysis(page: Page) -> None:
    """The analysis that coach and participant are writing."""
    page.goto("/analyses")
    page.locator("tr").filter(has_text="Lehtoranta").locator("a[href*='/analyses/']").click()


def read_received(page: Page) -> None:
    """The one analysis that was released."""
    page.goto("/inbox")
    page.locator("main a.item").first.click()


MANAGER, COACH = "johto@example.org", "valmentaja@example.org"
PARTICIPANT, CLERK = "osallistuja@example.org", "palkat@example.org"
MUNICIPAL = "omavalmentaja@example.org"
PICTURES = {
    MEETING: (Picture("board", COACH, DESK, run_the_meeting, whole=False),),
    ASSIGNMENT: (
        Picture("day", PARTICIPANT, PHONE, opens("/today")),
        Picture("log", PARTICIPANT, PHONE, opens("/job-search")),
        Picture("timetable", MANAGER, DESK, show_timetable),
        Picture("manager", MANAGER, DESK, opens("/today")),
        Picture("recruitment", MANAGER, DESK, opens("/candidates")),
        Picture("results", MANAGER, DESK, show_results),
        Picture("pay-run", CLERK, DESK, show_pay_run),
        Picture("analysis", COACH, DESK, write_analysis),
        Picture("inbox", MUNICIPAL, DESK, read_received),
    ),
}


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, *_: object, **__: object) -> None:
        """Nobody reads it."""


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """A server of the demo on a free port, for as long as the block runs; gives its address."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_keyring(folder / "keys", new_keyring())
        server = make_server(HOST, 0, lambda *_: [], threaded=True, request_handler=Quiet)
        address = f"http://{HOST}:{server.server_port}"
        server.app = load(Config(Mode.DEMO, folder, f"sqlite:///{folder}/demo.db", address))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield address
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def load(config: Config) -> Flask:
    """The application with the demo in its database."""
    app = create_app(config)
    for words in (["db", "upgrade"], ["demo", "load"]):
        result = app.test_cli_runner().invoke(args=words)
        if result.exit_code:
            raise SystemExit(f"flask {' '.join(words)}: {result.output}{result.exception}")
    return app


def sign_in(page: Page, email: str) -> None:
    """Staff by their password and the app's code, others by the code that lies in the outbox."""
    line = next(one for one in EVERYONE if one.email == email)
    page.goto("/sign-in/staff" if line.by_password else "/sign-in")
    page.locator("#email, #address").fill(email)
    if line.by_password:
        page.locator("#password").fill(PASSPHRASE)
    page.locator("main form button").first.click()
    page.locator("#code").wait_for()
    said = page.locator("[data-demo-code]")
    page.locator("#code").fill(said.inner_text() if line.by_password else newest_code(page.context))
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/(today|inbox)$"))


def newest_code(context: BrowserContext) -> str:
    """The code of the newest message."""
    outbox = context.new_page()
    outbox.goto("/outbox")
    found = CODE.search(outbox.locator("main").inner_text())
    outbox.close()
    if found is None:
        raise SystemExit("There is no code in the outbox.")
    return found[0]


def at_work(browser: Browser, address: str, email: str, size: tuple[int, int]) -> Page:
    """Somebody's browser window, signed in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, email)
    return page


def take(page: Page, picture: Picture) -> int:
    """Takes one picture; returns its size in bytes."""
    picture.go(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    if picture.whole:  # on a screen that shows it all, what sticks to an edge is at the edge
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": picture.size[0], "height": height})
    shot = page.screenshot(animations="disabled")
    page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
    return keep(shot, FOLDER / f"{picture.name}.png")


def take_all(browser: Browser, address: str, pictures: list[Picture]) -> None:
    """Takes these pictures; who is in several signs in once."""
    pages: dict[tuple[str, tuple[int, int]], Page] = {}
    for picture in pictures:
        who = picture.email, picture.size
        if who not in pages:
            pages[who] = at_work(browser, address, *who)
        print(f"{picture.name}.png, {take(pages[who], picture) // 1000} kB", flush=True)


def keep(shot: bytes, file: Path) -> int:
    """Writes the picture with a palette of 256 colours, which these pages do with."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    small = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    return file.stat().st_size


def main(names: list[str]) -> int:
    """Takes the pictures that are named, or all of them."""
    known = {picture.name for pictures in PICTURES.values() for picture in pictures}
    unknown = set(names) - known
    if unknown:
        print(f"scripts/screenshots: there is no picture {', '.join(unknown)}.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # tidying up on the way
    FOLDER.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    expect.set_options(timeout=PATIENCE)
    with time_machine.travel(MEETING) as clock, demo() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        for at, pictures in PICTURES.items():
            clock.move_to(at)
            take_all(browser, address, [one for one in pictures if not names or one.name in names])
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
