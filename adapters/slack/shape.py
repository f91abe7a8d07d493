"""Whether a payload has the shape that listeners may rely on. Signed it may be, and nonsense still."""

from __future__ import annotations

from collections.abc import Mapping

from .payload import Payload, list_at, object_at, text_at

LONGEST = 200
INTERACTIONS = ("block_actions", "block_suggestion", "view_submission", "view_closed", "shortcut", "message_action")


def is_shaped(payload: Payload) -> bool:
    """One of the kinds that are known here, with what each of them must have."""
    if not _is_plain(payload):
        return False
    kind = payload.get("type")
    if kind is None:
        return bool(text_at(payload, "command")) and bool(text_at(payload, "user_id"))
    if kind == "event_callback":
        return bool(text_at(payload, "event", "type"))
    if kind not in INTERACTIONS or not text_at(payload, "user", "id"):
        return False
    match kind:
        case "block_actions":
            actions = list_at(payload, "actions")
            return bool(actions) and all(text_at(each, "action_id") for each in actions)
        case "block_suggestion":
            return bool(text_at(payload, "action_id"))
        case "view_submission" | "view_closed":
            return isinstance(object_at(payload, "view").get("callback_id"), str)
        case _:
            return bool(text_at(payload, "callback_id"))


def _is_plain(payload: Payload) -> bool:
    """What has an id in it is an object, and ids are texts of a sensible length."""
    for name in ("user", "event", "view", "container", "message", "channel", "team", "enterprise"):
        told = payload.get(name)
        if told is not None and not isinstance(told, Mapping):
            return False
        if isinstance(told, Mapping) and not _is_id(told.get("id")):
            return False
    names = ("team_id", "enterprise_id", "user_id", "channel_id", "command", "callback_id", "action_id", "event_id")
    return all(_is_id(payload.get(name)) for name in names) and _are_plain(payload.get("authorizations"))


def _are_plain(authorizations: object) -> bool:
    if authorizations is None:
        return True
    return isinstance(authorizations, list) and all(isinstance(each, Mapping) for each in authorizations)


def _is_id(told: object) -> bool:
    return told is None or (isinstance(told, str) and len(told) <= LONGEST)
