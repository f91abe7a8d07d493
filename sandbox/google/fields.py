"""Partial responses: `fields=items(id,start/dateTime),nextPageToken`, refused when they name what is not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.google.contract import Schema, document
from sandbox.google.errors import GoogleError
from sandbox.world import Json

TOKEN = re.compile(r"[A-Za-z0-9_*-]+|[(),/]")


@dataclass
class Mask:
    """Which fields to show, each with its own mask; an empty one shows all below."""

    inner: dict[str, Mask] = field(default_factory=dict)

    def of(self, value: Json) -> Json:
        if not self.inner:
            return value
        if isinstance(value, list):
            return [self.of(each) for each in value]
        if not isinstance(value, dict):
            return value
        everything = self.inner.get("*")
        shown = {name: self.inner.get(name, everything) for name in value}
        return {name: mask.of(value[name]) for name, mask in shown.items() if mask is not None}


def parse(selector: str, schema_name: str) -> Mask:
    """The mask a selector means for answers of this schema. Raises GoogleError invalidParameter."""
    tokens = TOKEN.findall(selector)
    if "".join(tokens) != selector.replace(" ", ""):
        raise _invalid(selector)
    mask = Mask()
    rest = _list(tokens, mask, selector)
    if rest or not mask.inner:
        raise _invalid(selector)
    _check(mask, document()["schemas"][schema_name])
    return mask


def _list(tokens: list[str], into: Mask, selector: str) -> list[str]:
    """`a/b(c,d),e` up to a closing bracket or the end; answers what follows."""
    while True:
        target = into
        while True:
            if not tokens or tokens[0] in "(),/":
                raise _invalid(selector)
            target = target.inner.setdefault(tokens[0], Mask())
            tokens = tokens[1:]
            if tokens[:1] != ["/"]:
                break
            tokens = tokens[1:]
        if tokens[:1] == ["("]:
            tokens = _list(tokens[1:], target, selector)
            if tokens[:1] != [")"]:
                raise _invalid(selector)
            tokens = tokens[1:]
        if tokens[:1] != [","]:
            break
        tokens = tokens[1:]
    return tokens


def _check(mask: Mask, rule: Schema) -> None:
    while "$ref" in rule or rule.get("type") == "array":
        rule = document()["schemas"][rule["$ref"]] if "$ref" in rule else rule["items"]
    properties: Mapping[str, Schema] = rule.get("properties", {})
    for name, inner in mask.inner.items():
        found = properties.get(name) or rule.get("additionalProperties")
        if name == "*":
            continue
        if found is None:
            raise _invalid(name)
        if inner.inner:
            _check(inner, found)


def _invalid(selector: str) -> GoogleError:
    return GoogleError("invalidParameter", f"Invalid field selection {selector}", "fields")
