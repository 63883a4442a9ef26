"""A QR code as an SVG drawing inside the page, for a telephone to read."""

import segno
from markupsafe import Markup, escape


def qr_code(text: str, label: str) -> Markup:
    """The code of a text, black on white in light and dark; `label` says what it is."""
    # a telephone reads a code only with its white frame of four modules
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    named = f'<svg class="qr" role="img" aria-label="{escape(label)}"'
    return Markup(svg.replace("<svg", named, 1))  # noqa: S704 - drawn by us, the label is escaped
