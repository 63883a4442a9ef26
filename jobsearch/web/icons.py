"""Icons: Lucide drawings put into the page itself, so that they need no request and no font."""

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

_FOLDER = Path(__file__).parent.parent / "static" / "vendor" / "icons"
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_SVG = Markup('<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>')
_UNSPOKEN = Markup('aria-hidden="true"')


@lru_cache
def _drawing(name: str) -> str:
    """The shapes inside the file; nothing where the file is not installed."""
    try:
        found = _INSIDE.search((_FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return " ".join(found[1].split()).replace(" />", "/>") if found else ""


@lru_cache(maxsize=512)
def icon(name: str, cls: str = "", label: str | None = None) -> Markup:
    """An icon by its Lucide name; with a label it speaks, without one it is decoration.

    A drawing that is not installed leaves nothing behind, or its label as plain words.
    """
    drawing = _drawing(name)
    if not drawing:
        return Markup('<span class="sr">{}</span>').format(label) if label else Markup("")
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else _UNSPOKEN
    # the drawing is a file of ours, never a person's input
    inside = Markup(drawing)  # noqa: S704
    return _SVG.format(f"ic {cls}".strip(), spoken, inside)
