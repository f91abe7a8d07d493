"""What an activity may be that a bot sends: kinds, sizes, who is mentioned."""

from __future__ import annotations

import json
from typing import Any  # JSON from outside, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_shapes import Fields
from sandbox.world import Json

BYTES_AT_MOST = 256 * 1024
"""Of a request; larger ones are not read."""
MESSAGE_AT_MOST = 100 * 1024
"""Of a message with its cards and mentions, as UTF-16."""
KINDS = ("message", "typing")
TEXT_FORMATS = ("markdown", "plain", "xml")
LAYOUTS = ("list", "carousel")
ATTACHMENTS_AT_MOST = 10


class TooBig(ValueError):
    """Well formed, and more than a message holds."""


def check_activity(activity: Fields) -> None:
    """Raises Misshapen for the first fault, TooBig for the sum."""
    kind = activity.get("type")
    if kind not in KINDS:
        raise Misshapen("type", "choice", "Unknown activity type")
    for name, what in (("text", str), ("summary", str), ("attachments", list), ("entities", list)):
        if activity.get(name) is not None and not isinstance(activity[name], what):
            raise Misshapen(name, "type", f"{name} has the wrong type.")
    if activity.get("textFormat", "markdown") not in TEXT_FORMATS:
        raise Misshapen("textFormat", "choice", "textFormat is unknown.")
    if activity.get("attachmentLayout", "list") not in LAYOUTS:
        raise Misshapen("attachmentLayout", "choice", "attachmentLayout is unknown.")
    if kind == "message" and not activity.get("text") and not activity.get("attachments"):
        raise Misshapen("text", "missing", "Activity must have text or attachments.")
    attachments: Any = activity.get("attachments") or []
    if len(attachments) > ATTACHMENTS_AT_MOST:
        raise Misshapen("attachments", "limit", f"At most {ATTACHMENTS_AT_MOST} attachments.")
    check_mentions(activity.get("entities") or [], str(activity.get("text") or ""), "entities")
    if utf16(activity) > MESSAGE_AT_MOST:
        raise TooBig


def check_mentions(entities: Json, text: str, path: str) -> None:
    """Each stands in the text, word for word."""
    listed: Any = entities
    for at, entity in enumerate(listed):
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise Misshapen(f"{path}/{at}", "type", "An entity has a type.")
        if entity["type"] != "mention":
            continue
        mentioned, said = entity.get("mentioned"), entity.get("text")
        if not isinstance(mentioned, dict) or not isinstance(mentioned.get("id"), str) or not mentioned["id"]:
            raise Misshapen(f"{path}/{at}/mentioned", "missing", "A mention says who is meant.")
        if not isinstance(said, str) or not said or said not in text:
            raise Misshapen(f"{path}/{at}/text", "choice", "A mention's text must stand in the message.")


def utf16(value: Json) -> int:
    """How large it is for Teams, in bytes."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le", "surrogatepass"))
