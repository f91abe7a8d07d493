"""The app's two icons: two rings, each somebody's time, and filled what they have in common."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageChops, ImageDraw

COLOUR_SIZE, OUTLINE_SIZE = 192, 32  # pixels, as Teams asks
ACCENT = "#0f766e"
_FINER = 8  # drawn so many times as large, and then made smaller: smooth edges


@cache
def colour_icon() -> bytes:
    """PNG: white on our colour, the whole square filled, the drawing within its middle as Teams asks."""
    icon = Image.new("RGB", (COLOUR_SIZE, COLOUR_SIZE), ACCENT)
    icon.paste("white", mask=_rings(COLOUR_SIZE, margin=36, line=9))
    return _png(icon)


@cache
def outline_icon() -> bytes:
    """PNG: white, and transparent around it."""
    icon = Image.new("RGBA", (OUTLINE_SIZE, OUTLINE_SIZE), (255, 255, 255, 0))
    icon.putalpha(_rings(OUTLINE_SIZE, margin=1, line=2))
    return _png(icon)


def _rings(size: int, *, margin: int, line: int) -> Image.Image:
    """How much of each pixel is covered, 0 to 255."""
    large, edge, pen = size * _FINER, margin * _FINER, line * _FINER
    across = (large - 2 * edge) * 5 // 8  # of one ring
    top = (large - across) // 2
    rings: list[Image.Image] = []
    discs: list[Image.Image] = []
    for left in (edge, large - edge - across):
        corners = (left, top, left + across - 1, top + across - 1)
        for made, filled in ((rings, None), (discs, 255)):
            layer = Image.new("L", (large, large), 0)
            ImageDraw.Draw(layer).ellipse(corners, fill=filled, outline=255, width=pen)
            made.append(layer)
    mask = ImageChops.lighter(ImageChops.lighter(*rings), ImageChops.darker(*discs))
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def _png(icon: Image.Image) -> bytes:
    written = io.BytesIO()
    icon.save(written, "PNG", optimize=True)
    return written.getvalue()
