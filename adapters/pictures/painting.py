"""A drawing as PNG, light, dark, or for any screen. Kinds of time differ in shape as well as in colour."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from .layout import Box, Drawing, Ink, Label, Paint

SIZES = {Ink.STRONG: 27, Ink.PLAIN: 24, Ink.SOFT: 20}
SMALLEST = 17  # a label that needs more room than it has shrinks so far; then it is cut
ROUND = 9
HATCH = 14
FRAME = 4  # pixels
SYSTEM_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's."""

    paper: str
    ink: str
    soft: str
    line: str
    free: str
    free_edge: str
    not_free: str
    unknown: str
    both_free: str
    frame: str | None = None


class Theme(Enum):
    """As the reader's screen is. ANY is for where nobody knows: black on white, each mark three times as dark as the
    paper or darker, and in a frame that stands out from white and from black."""

    LIGHT = Colours(
        paper="#ffffff",
        ink="#1f2426",
        soft="#5a6265",
        line="#e2ded4",
        free="#e4f1ef",
        free_edge="#8fbfb9",
        not_free="#a9a69d",
        unknown="#c98a2b",
        both_free="#0f766e",
    )
    DARK = Colours(
        paper="#1c2226",
        ink="#e8e6e1",
        soft="#a3abae",
        line="#2d353a",
        free="#1d3d3a",
        free_edge="#3c7f78",
        not_free="#59646a",
        unknown="#e0a64a",
        both_free="#4fd1c5",
    )
    ANY = Colours(
        paper="#ffffff",
        ink="#000000",
        soft="#3d4447",
        line="#d8d4ca",
        free="#e4f1ef",
        free_edge="#0f766e",
        not_free="#6f6c64",
        unknown="#9a5b00",
        both_free="#0f766e",
        frame="#767676",
    )


def painted(drawing: Drawing, theme: Theme) -> bytes:
    """PNG, some 10 kB. Takes about 20 ms of a processor: call it in a thread."""
    colours = theme.value
    image = Image.new("RGB", (drawing.width, drawing.height), colours.paper)
    draw = ImageDraw.Draw(image)
    for x, top, bottom in drawing.hours:
        draw.line(((x, top), (x, bottom)), fill=colours.line, width=2)
    for box in drawing.boxes:
        _paint(draw, box, colours)
    for label in drawing.labels:
        _write(draw, label, colours)
    if colours.frame:
        draw.rectangle((0, 0, drawing.width - 1, drawing.height - 1), outline=colours.frame, width=FRAME)
    written = io.BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _paint(draw: ImageDraw.ImageDraw, box: Box, colours: Colours) -> None:
    left = box.left + 1
    corners = (left, box.top, max(left, box.right - 1), box.bottom)  # a few minutes are narrower than the gaps
    match box.paint:
        case Paint.FREE:
            draw.rounded_rectangle(corners, ROUND, fill=colours.free, outline=colours.free_edge, width=2)
        case Paint.NOT_FREE:
            # Lower than a free stretch: told apart without colour as well.
            inset = (box.bottom - box.top) / 4
            draw.rounded_rectangle(
                (corners[0], box.top + inset, corners[2], box.bottom - inset), ROUND, fill=colours.not_free
            )
        case Paint.UNKNOWN:
            draw.rounded_rectangle(corners, ROUND, outline=colours.unknown, width=2)
            height = box.bottom - box.top
            for x in range(int(box.left + height), int(box.right), HATCH):
                draw.line(((x - height, box.bottom - 3), (x, box.top + 3)), fill=colours.unknown, width=2)
        case Paint.BOTH_FREE:
            draw.rounded_rectangle(corners, ROUND, fill=colours.both_free)


def _write(draw: ImageDraw.ImageDraw, label: Label, colours: Colours) -> None:
    text, size = label.text, SIZES[label.ink]
    if not text.isascii() and _font(size, ascii_only=False) is None:
        text = _unaccented(text)
    while _width(text, size) > label.room and size > SMALLEST:
        size -= 1
    while _width(text, size) > label.room:
        text = f"{text.rstrip('.')[:-1]}..."
    colour = colours.soft if label.ink is Ink.SOFT else colours.ink
    draw.text((label.x, label.y), text, fill=colour, font=_font(size, text.isascii()), anchor=label.anchor)


def _width(text: str, size: int) -> float:
    font = _font(size, text.isascii())
    return font.getlength(text) if font else 0


@cache
def _font(size: int, ascii_only: bool) -> Font | None:
    """Pillow's own holds ASCII alone; for names with other letters one of the system's, or None if it has none."""
    if ascii_only:
        return ImageFont.load_default(size)
    for name in SYSTEM_FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


def _unaccented(text: str) -> str:
    """As near as ASCII comes."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or "?"
