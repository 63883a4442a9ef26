"""A browser window of the tests, and what axe and the width of the page say about it."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "jobsearch" / "static" / "vendor" / "axe.min.js"
LAPTOP, PHONE, SMALL = (1440, 900), (375, 812), (320, 640)


@dataclass
class Window:
    """Somebody's browser window; it collects what the browser complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the application."""
        self.page.goto(self.address + path)
        return self.page


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page that is open, once it is there whole; a line each."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def too_wide(page: Page) -> bool:
    """Whether the page itself scrolls sideways (tables may, inside their region)."""
    page.wait_for_load_state()
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
    )
