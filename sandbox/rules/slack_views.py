"""Modals and App Homes: their fields, limits, and what a modal with inputs needs."""

from __future__ import annotations

from typing import Any  # checked JSON, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_blocks import BLOCKS_AT_MOST, check_blocks
from sandbox.rules.slack_elements import TYPE, YES, plain
from sandbox.rules.slack_shapes import Several, Thing, Words, thing
from sandbox.world import Json

VIEWS_AT_MOST = 3
"""In one stack."""
BYTES_AT_MOST = 250_000


class _Anything:
    def checked(self, value: Json, path: str = "") -> Json:  # noqa: ARG002  a Shape
        return value


MODAL = thing(
    "type title blocks",
    {
        "type": TYPE,
        "title": plain(24),
        "blocks": Several(_Anything(), 0, BLOCKS_AT_MOST["modal"]),
        "close": plain(24),
        "submit": plain(24),
        "private_metadata": Words(3000, least=0),
        "callback_id": Words(255, least=0),
        "external_id": Words(255, least=0),
        "clear_on_close": YES,
        "notify_on_close": YES,
        "submit_disabled": YES,
    },
)
HOME = Thing(
    {name: MODAL.fields[name] for name in ("type", "blocks", "private_metadata", "callback_id", "external_id")},
    frozenset({"type", "blocks"}),
)


def check_view(view: Json, home: bool) -> None:
    """Raises Misshapen for the first fault."""
    if not isinstance(view, dict):
        raise Misshapen("/view", "type", "must provide an object")
    if view.get("type") != ("home" if home else "modal"):
        raise Misshapen("/view/type", "choice", f"must be {'home' if home else 'modal'} here")
    (HOME if home else MODAL).checked(view, "/view")
    check_blocks(view["blocks"], "home" if home else "modal", "/view/blocks")
    blocks: Any = view["blocks"]
    if not home and "submit" not in view and any(block["type"] == "input" for block in blocks):
        raise Misshapen("/view", "missing", "missing required field: submit, as there is an input block")
