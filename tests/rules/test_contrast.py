"""The colours of the style sheet: every pair that parts use can be read, in light and in dark."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "jobsearch" / "static"
CSS = (STATIC / "app.css").read_text(encoding="utf-8")

SURFACES = ("bg", "surface", "sunken")
ON_EVERY_SURFACE = (
    "text",
    "muted",
    "brand",
    "ok-ink",
    "bad-ink",
    "sun-ink",
    "a1",
    "a2",
    "a3",
    "a4",
)
SOFT = ("sun", "ok", "warn", "bad", "brand", "a1", "a2", "a3", "a4")
TEXT = [
    *((ink, surface) for ink in ON_EVERY_SURFACE for surface in SURFACES),
    *(("text", f"{one}-soft") for one in SOFT),
    *((one, f"{one}-soft") for one in ("a1", "a2", "a3", "a4")),
    *((f"{one}-ink", f"{one}-soft") for one in ("brand", "sun", "ok", "warn", "bad")),
    *(("muted", f"{one}-soft") for one in ("sun", "brand")),
    *((ink, bar) for ink in ("on-bar", "bar-muted") for bar in ("bar", "bar-2")),
    *(("on-brand", one) for one in ("brand", "brand-hover")),
    ("on-sun", "sun"),
    ("on-bad", "bad"),
]  # fmt: skip
SHAPES = [
    *((shape, surface) for shape in ("fill", "edge") for surface in SURFACES),
    *((one, "surface") for one in ("ok", "warn", "bad")),
    *(("sun", one) for one in ("bar", "bar-2")),
]


def tokens(pattern: str) -> dict[str, str]:
    found = re.search(pattern + r"\s*\{(.*?)\}", CSS, re.DOTALL)
    assert found, pattern
    return dict(re.findall(r"--([\w-]+)\s*:\s*(#[0-9a-f]{6})", found[1]))


LIGHT = tokens(r"/\*light\*/\s*:root")
DARK = LIGHT | tokens(r'/\*dark\*/\s*:root\[data-theme="dark"\]')
DARK_BY_ITSELF = LIGHT | tokens(r':root:not\(\[data-theme="light"\]\)')


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_four_and_a_half_times(theme):
    weak = [pair for pair in TEXT if contrast(theme[pair[0]], theme[pair[1]]) < 4.5]
    assert not weak


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_that_carry_meaning_stand_out_three_times(theme):
    weak = [pair for pair in SHAPES if contrast(theme[pair[0]], theme[pair[1]]) < 3]
    assert not weak


def test_dark_is_the_same_whether_chosen_or_taken_from_the_system():
    assert DARK == DARK_BY_ITSELF


def test_colours_are_tokens_and_nothing_is_drawn_from_data():
    after_tokens = CSS[CSS.index("/* 2 Base */") : CSS.index("/* 7 Print */")]
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", after_tokens)
    for name in ("app.css", "pages.css"):
        assert not re.search(r"url\(.?data:", (STATIC / name).read_text(encoding="utf-8"))


def packed(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_the_first_view_stays_small():
    # 60 KB in all: the font takes 26.8, htmx 13.4, the page itself 6
    assert packed("app.css", "pages.css") <= 13 * 1024
    assert packed("app.js") <= 15 * 1024 - 13_340  # scripts together 15 KB
