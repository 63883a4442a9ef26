"""The drawings of the charts; words and figures stand beside them in the page.

A drawing without a label is decoration beside printed figures; with a label it is an image that
says the same in words. Colours come from classes (`k1` to `k4` are the four activities), so light,
dark and paper each have their own. Bars begin at zero.
"""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup, escape

Figure = int | float | Decimal

_HEADROOM = 6  # pixels above the tallest column, for the mark of its goal


# Shapes are plain text of our own figures and classes; the label alone is somebody's words.
def _image(shapes: Sequence[str], height: int, label: str, width: str = "100%") -> Markup:
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    cls = "ch" if width == "100%" else "ch spark"
    inside = "".join(shapes)
    return Markup(  # noqa: S704
        f'<svg class="{cls}" height="{height}" width="{width}" {spoken}>{inside}</svg>'
    )


def _share(value: Figure, most: Figure) -> float:
    """How many percent of the whole width, never outside it; nothing of nothing is nothing."""
    return 0.0 if most <= 0 else min(100.0, max(0.0, 100 * float(value) / float(most)))


def _percent(size: float) -> str:
    return f"{size:.2f}%"


def _rect(cls: str, left: float, width: float, height: float, top: float = 0) -> str:
    return (
        f'<rect class="{cls}" x="{left:.2f}%" y="{top:.1f}" width="{width:.2f}%"'
        f' height="{height:.1f}" rx="2"/>'
    )


def _line(cls: str, x1: str, x2: str, y1: float | str, y2: float | str) -> str:
    return f'<line class="{cls}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>'


def bar(
    value: Figure,
    most: Figure,
    *,
    low: Figure | None = None,
    mark: Figure | None = None,
    height: int = 18,
    label: str = "",
) -> Markup:
    """One bar from zero to `value` on a scale up to `most`.

    With `low` the figure is a range and low..value is drawn lighter; `mark` is a goal across it.
    """
    shapes = [_rect("s", 0, 100, height), _rect("f", 0, _share(value, most), height)]
    if low is not None:
        shapes[1:] = [
            _rect("f2", 0, _share(value, most), height),
            _rect("f", 0, _share(low, most), height),
        ]
    if mark is not None:
        at = _percent(_share(mark, most))
        shapes.append(_line("goal", at, at, -3, height + 3))
    return _image(shapes, height, label)


def interval(
    value: Figure, low: Figure, high: Figure, *, height: int = 22, label: str = ""
) -> Markup:
    """A share of 0 to 100 percent as a dot, with the line of its interval through it."""
    middle = height // 2
    ends = _percent(_share(low, 100)), _percent(_share(high, 100))
    shapes = [_line("axis", "0", "100%", middle, middle)]
    shapes += [_line("axis edge", at, at, middle - 4, middle + 4) for at in ("0%", "50%", "100%")]
    shapes.append(_line("ln", *ends, middle, middle))
    shapes += [_line("ln", at, at, middle - 5, middle + 5) for at in ends]
    shapes.append(f'<circle class="f" cx="{_percent(_share(value, 100))}" cy="{middle}" r="6"/>')
    return _image(shapes, height, label)


def stacked(
    parts: Sequence[tuple[str, Figure]], most: Figure, *, height: int = 14, label: str = ""
) -> Markup:
    """One bar of several parts, each with the class of its colour: `[("k1", 4), ("k2", 6)]`."""
    left = 0.0
    shapes: list[str] = []
    for cls, value in parts:
        width = _share(value, most)
        if width:
            shapes.append(_rect(f"f {escape(cls)}", left, max(width - 0.4, 0.2), height))
        left += width
    return _image(shapes, height, label)


def dot(
    value: Figure, *, first: int = 1, last: int = 5, height: int = 22, label: str = ""
) -> Markup:
    """A score on its whole scale, as a dot: 4.42 of 1 to 5."""
    middle = height // 2

    def at(figure: Figure) -> str:
        return _percent(_share(float(figure) - first, last - first))

    shapes = [_line("axis edge", "0", "100%", middle, middle)]
    shapes += [
        _line("axis edge", at(tick), at(tick), middle - 4, middle + 4)
        for tick in range(first, last + 1)
    ]
    circle = f'<circle class="f" cx="{at(value)}" cy="{middle}" r="8"/>'
    return _image([*shapes, circle], height, label)


def columns(
    values: Sequence[Figure | None],
    goals: Sequence[Figure | None] = (),
    *,
    today: int | None = None,
    height: int = 120,
    label: str = "",
) -> Markup:
    """A column a day, a dashed mark where its goal was; None is a day still ahead.

    `today` is the number of the day drawn in yellow, the first being 1.
    """
    most = max([*_known(values), *_known(goals), 0]) or 1
    step, tall = 100 / max(len(values), 1), height - _HEADROOM
    shapes = []
    for place, value in enumerate(values):
        if value:
            size = tall * float(value) / float(most)
            cls = "sun" if place + 1 == today else "f"
            shapes.append(_rect(cls, (place + 0.16) * step, 0.68 * step, size, height - size))
    for place, goal in enumerate(goals):
        if goal:
            top = f"{height - tall * float(goal) / float(most):.1f}"
            ends = (_percent((place + 0.06) * step), _percent((place + 0.94) * step))
            shapes += [_line(cls, *ends, top, top) for cls in ("halo", "goal")]
    base = f"{height - 0.5:.1f}"
    shapes.append(_line("axis edge", "0", "100%", base, base))
    return _image(shapes, height, label)


def spark(
    values: Sequence[Figure], *, width: int = 96, height: int = 28, label: str = ""
) -> Markup:
    """A small line of how a figure went, with a dot at its end; nothing under two values."""
    if len(values) < 2:
        return Markup("")
    most, gap = float(max([*values, 0]) or 1), (width - 8) / (len(values) - 1)
    points = [
        (f"{4 + place * gap:.1f}", f"{height - 4 - (height - 8) * float(value) / most:.1f}")
        for place, value in enumerate(values)
    ]
    line = f'<polyline class="ln" points="{" ".join(",".join(p) for p in points)}"/>'
    x, y = points[-1]
    end = f'<circle class="f" cx="{x}" cy="{y}" r="3.5"/>'
    return _image([line, end], height, label, str(width))


def _known(values: Sequence[Figure | None]) -> list[Figure]:
    return [value for value in values if value is not None]
