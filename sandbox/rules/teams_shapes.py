"""The words and shapes of which Adaptive Cards (1.6) are made: whatever is neither an element nor an action."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.rules.shapes import Flag, Misshapen, OneOf, Record, Shape, Text
from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes; what is wrong is said of the first."""

    shapes: tuple[Shape, ...]

    def checked(self, value: Json, path: str = "") -> Json:
        wrong: Misshapen | None = None
        for shape in self.shapes:
            try:
                return shape.checked(value, path)
            except Misshapen as fault:
                wrong = wrong or fault
        raise wrong or Misshapen(path, "type", f"{path} has no shape.")


@dataclass(frozen=True, slots=True)
class Nothing:
    """null."""

    def checked(self, value: Json, path: str = "") -> Json:
        if value is not None:
            raise Misshapen(path, "type", f"{path} must be null.")
        return value


@dataclass(frozen=True, slots=True)
class Anything:
    """An object, whatever is in it."""

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, dict):
            raise Misshapen(path, "type", f"The value of '{path}' must be an object.")
        return value


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, with a fraction or without."""

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Misshapen(path, "type", f"The value of '{path}' must be a number.")
        return value


@dataclass(frozen=True, slots=True)
class Address:
    """A URL of one of these schemes; http to this machine alone, for the sandbox's own."""

    schemes: tuple[str, ...]

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, str):
            raise Misshapen(path, "type", f"The value of '{path}' must be a string.")
        if not self._fits(value):
            raise Misshapen(path, "limit", f"{path} is no address that Teams follows.")
        return value

    def _fits(self, value: str) -> bool:
        if value.startswith("data:"):
            return (
                "data" in self.schemes and re.match(r"data:image/(png|jpe?g|gif|svg\+xml);base64,", value) is not None
            )
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        if parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"):
            return True
        return parts.scheme in self.schemes and bool(parts.hostname or parts.scheme not in ("http", "https"))


@dataclass(frozen=True, slots=True)
class Kinds:
    """An object whose `type` says which of these it is; filled in by whoever knows them all."""

    name: str
    by_type: Mapping[str, Shape]

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, dict):
            raise Misshapen(path, "type", f"The value of '{path}' must be an object.")
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.by_type:
            raise Misshapen(f"{path}/type", "choice", f"{kind!r} is no {self.name}.")
        return self.by_type[kind].checked(value, path)


def or_null(shape: Shape) -> Either:
    return Either((shape, Nothing()))


def record(name: str, fields: Mapping[str, Shape], required: str = "") -> Record:
    """An object of this type, and with the fields named in `required`, apart by blanks."""
    return Record(name, {"type": OneOf(name, (name,)), **fields}, frozenset(required.split()))


TEXT, FLAG, FIGURE = Text(), Flag(), Figure()
PICTURE = Address(("https", "data"))
LINK = Address(("https", "http", "mailto", "tel", "msteams"))
DATE = Text(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])|")
TIME = Text(pattern=r"([01]\d|2[0-3]):[0-5]\d|")
SPACING = OneOf("Spacing", ("default", "none", "small", "medium", "large", "extraLarge", "padding"))
HEIGHT = OneOf("BlockElementHeight", ("auto", "stretch"))
ACROSS = or_null(OneOf("HorizontalAlignment", ("left", "center", "right")))
DOWN = or_null(OneOf("VerticalAlignment", ("top", "center", "bottom")))
STYLE = or_null(OneOf("ContainerStyle", ("default", "emphasis", "good", "attention", "warning", "accent")))
COLOUR = or_null(OneOf("Colors", ("default", "dark", "light", "accent", "good", "warning", "attention")))
FONT = or_null(OneOf("FontType", ("default", "monospace")))
FONT_SIZE = or_null(OneOf("FontSize", ("default", "small", "medium", "large", "extraLarge")))
WEIGHT = or_null(OneOf("FontWeight", ("default", "lighter", "bolder")))
IMAGE_SIZE = OneOf("ImageSize", ("auto", "stretch", "small", "medium", "large"))
ASSOCIATED = OneOf("AssociatedInputs", ("auto", "none"))
WIDTH = Either((Text(pattern=r"auto|stretch|\d+(\.\d+)?|\d+px"), FIGURE))
BACKGROUND = Either(
    (
        PICTURE,
        record(
            "BackgroundImage",
            {
                "url": PICTURE,
                "fillMode": OneOf("ImageFillMode", ("cover", "repeatHorizontally", "repeatVertically", "repeat")),
                "horizontalAlignment": ACROSS,
                "verticalAlignment": DOWN,
            },
            "url",
        ),
    )
)
