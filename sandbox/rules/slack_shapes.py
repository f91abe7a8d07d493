"""The shapes that Slack's JSON may have, with the sentences in which Slack says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.rules.shapes import Misshapen, Shape
from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Words:
    """A string of `least` to `most` characters, wholly matching `pattern`."""

    most: int
    least: int = 1
    pattern: str = ""

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, str):
            raise Misshapen(path, "type", "must provide a string")
        if len(value) < self.least:
            raise Misshapen(path, "limit", f"must be more than {self.least - 1} characters")
        if len(value) > self.most:
            raise Misshapen(path, "limit", f"must be less than {self.most + 1} characters")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise Misshapen(path, "limit", "failed to match the required pattern")
        return value


@dataclass(frozen=True, slots=True)
class Yes:
    """true or false."""

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, bool):
            raise Misshapen(path, "type", "must provide a boolean")
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds, both included."""

    least: int
    most: int

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Misshapen(path, "type", "must provide a number")
        if not self.least <= value <= self.most:
            raise Misshapen(path, "limit", f"must be between {self.least} and {self.most}")
        return value


@dataclass(frozen=True, slots=True)
class Exactly:
    """One of these words, spelt so."""

    words: tuple[str, ...]

    def checked(self, value: Json, path: str = "") -> Json:
        if value not in self.words:
            raise Misshapen(path, "choice", "must be a valid enum value")
        return value


@dataclass(frozen=True, slots=True)
class Several:
    """An array of `least` to `most` of one shape."""

    of: Shape
    least: int
    most: int

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, list):
            raise Misshapen(path, "type", "must provide an array")
        if len(value) > self.most:
            raise Misshapen(path, "limit", f"no more than {self.most} items allowed")
        if len(value) < self.least:
            raise Misshapen(path, "limit", f"no fewer than {self.least} items allowed")
        return [self.of.checked(each, f"{path}/{index}") for index, each in enumerate(value)]


Fields = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of these fields and no others; `also` looks at the whole and raises Misshapen."""

    fields: Mapping[str, Shape]
    required: frozenset[str] = frozenset()
    also: Callable[[Fields, str], None] | None = None

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, dict):
            raise Misshapen(path, "type", "must provide an object")
        for name in sorted(self.required - value.keys()):
            raise Misshapen(path, "missing", f"missing required field: {name}")
        for name, each in value.items():
            if name not in self.fields:
                raise Misshapen(path, "unknown", f"invalid additional property: {name}")
            self.fields[name].checked(each, f"{path}/{name}")
        if self.also is not None:
            self.also(value, path)
        return value


@dataclass(frozen=True, slots=True)
class ByType:
    """An object whose `type` says which of these it is."""

    kinds: Mapping[str, Shape]

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, dict):
            raise Misshapen(path, "type", "must provide an object")
        kind = value.get("type")
        if not isinstance(kind, str):
            raise Misshapen(path, "missing", "missing required field: type")
        if kind not in self.kinds:
            raise Misshapen(path, "choice", f"unsupported type: {kind}")
        return self.kinds[kind].checked(value, path)


def thing(required: str, fields: Mapping[str, Shape], also: Callable[[Fields, str], None] | None = None) -> Thing:
    """A Thing that needs the fields named in `required`, apart by blanks."""
    return Thing(fields, frozenset(required.split()), also)
