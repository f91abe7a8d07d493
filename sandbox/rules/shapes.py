"""The shape of what may be sent, said in a few words, and the check of a JSON value against it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sandbox.world import Json

Fault = Literal["unknown", "type", "choice", "limit", "missing"]


class Misshapen(ValueError):
    """Where (`attendees/0/type`), which fault, and a sentence about it."""

    def __init__(self, path: str, fault: Fault, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path
        self.fault = fault


class Shape(Protocol):
    """What a value may be."""

    def checked(self, value: Json, path: str = "") -> Json:
        """The value with names and words spelt as in the table. Raises Misshapen for the first fault."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string of at most `longest` characters, wholly matching `pattern`."""

    longest: int | None = None
    pattern: str = ""

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, str):
            raise _wrong_type(path, "a string")
        if self.longest is not None and len(value) > self.longest:
            raise Misshapen(path, "limit", f"{path} may have at most {self.longest} characters.")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise Misshapen(path, "limit", f"{path} is not well formed.")
        return value


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, bool):
            raise _wrong_type(path, "true or false")
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both included."""

    least: int = -(2**31)
    most: int = 2**31 - 1

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wrong_type(path, "a whole number")
        if not self.least <= value <= self.most:
            raise Misshapen(path, "limit", f"{path} must lie between {self.least} and {self.most}.")
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these words, in any case. `name` is the vendor's for the set."""

    name: str
    words: tuple[str, ...]

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, str):
            raise _wrong_type(path, "a string")
        for word in self.words:
            if word.lower() == value.lower():
                return word
        raise Misshapen(path, "choice", f"Cannot convert the literal '{value}' to the expected type '{self.name}'.")


@dataclass(frozen=True, slots=True)
class Listing:
    """An array of one shape."""

    of: Shape
    most: int | None = None

    def checked(self, value: Json, path: str = "") -> Json:
        if not isinstance(value, list):
            raise _wrong_type(path, "an array")
        if self.most is not None and len(value) > self.most:
            raise Misshapen(path, "limit", f"{path} may hold at most {self.most}.")
        return [self.of.checked(each, f"{path}/{index}") for index, each in enumerate(value)]


@dataclass(frozen=True, slots=True)
class Record:
    """An object of these fields and no others. `name` is the vendor's for the type; `any_case`: of its fields'
    names too."""

    name: str
    fields: Mapping[str, Shape]
    required: frozenset[str] = field(default_factory=frozenset)
    any_case: bool = False

    def checked(self, value: Json, path: str = "") -> dict[str, Json]:
        if not isinstance(value, dict):
            raise _wrong_type(path, "an object")
        spelt = {name.lower(): name for name in self.fields} if self.any_case else {}
        found: dict[str, Json] = {}
        for given, each in value.items():
            name, inside = spelt.get(given.lower(), given), f"{path}/{given}".lstrip("/")
            if name not in self.fields:
                raise Misshapen(inside, "unknown", f"The property '{given}' does not exist on type '{self.name}'.")
            found[name] = self.fields[name].checked(each, inside)
        for name in sorted(self.required - found.keys()):
            raise Misshapen(f"{path}/{name}".lstrip("/"), "missing", f"The property '{name}' is required.")
        return found


def _wrong_type(path: str, expected: str) -> Misshapen:
    return Misshapen(path, "type", f"The value of '{path or 'the body'}' must be {expected}.")
