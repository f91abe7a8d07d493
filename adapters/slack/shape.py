"""Whether a payload has the shape that listeners may rely on. Signed it may be, and nonsense still."""

from __future__ import annotations

import re

from .payload import Payload, list_at, object_at, text_at

USER = re.compile(r"[UW][A-Z0-9]{1,40}", re.ASCII)  # a person or a bot; an organisation's begin with either
LONGEST = 200
WITH_ID = frozenset({"user", "event", "view", "container", "message", "channel", "team", "enterprise"})
IDS = frozenset(
    {"team_id", "enterprise_id", "user_id", "channel_id", "command", "callback_id", "action_id", "event_id"}
)
INSIDE = frozenset({"event", "message", "previous_message", "item", "assistant_thread"})
DEEPEST = 4
INTERACTIONS = ("block_actions", "block_suggestion", "view_submission", "view_closed", "shortcut", "message_action")


def is_shaped(payload: Payload) -> bool:
    """One of the kinds that are known here, with what each of them must have."""
    if not _is_plain(payload):
        return False
    kind = payload.get("type")
    if kind is None:
        return bool(text_at(payload, "command")) and USER.fullmatch(text_at(payload, "user_id")) is not None
    if kind == "event_callback":
        return bool(text_at(payload, "event", "type")) and _is_about_a_user(object_at(payload, "event"))
    if kind not in INTERACTIONS or not USER.fullmatch(text_at(payload, "user", "id")):
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


def _is_about_a_user(event: Payload) -> bool:
    """Or about nobody."""
    user = event.get("user")
    told = user if isinstance(user, str) else text_at(user, "id")
    return user is None or USER.fullmatch(told) is not None


def _is_plain(payload: Payload) -> bool:
    """What has an id in it is an object, and ids are texts of a sensible length."""
    for name, told in payload.items():
        if name in WITH_ID and told is not None and not (isinstance(told, dict) and _is_id(told.get("id"))):
            return False
        if name in IDS and not _is_id(told):
            return False
    if not (payload.get("authorizations") is None or _is_list_of_objects(payload["authorizations"])):
        return False
    if not _is_list_of_objects(payload.get("response_urls", [])):
        return False
    inside = [*list_at(payload, "authorizations"), object_at(payload, "event"), object_at(payload, "message")]
    return all(_is_readable(each) for each in inside)


def _is_list_of_objects(told: object) -> bool:
    return isinstance(told, list) and all(isinstance(each, dict) for each in told)


def _is_readable(part: object, depth: int = 0) -> bool:
    """Bolt looks for ids in there, too: it takes texts and objects for them, and falls over everything else."""
    if not isinstance(part, dict):
        return True
    if depth > DEEPEST or part.get("authorizations"):
        return False
    return all(
        not (name in WITH_ID and told is not None and not isinstance(told, (str, dict)))
        and (name not in INSIDE or _is_readable(told, depth + 1))
        for name, told in part.items()
    )


def _is_id(told: object) -> bool:
    return told is None or (isinstance(told, str) and len(told) <= LONGEST)
