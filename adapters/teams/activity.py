"""What Teams sends, read once: everything that is used of it, with its bounds. The rest stays in `raw`."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from calendar_core.people import Identity

LONGEST_ID = 500  # of a conversation; a channel's carries its thread
LONGEST_TEXT = 8_000  # letters that are read
MOST_ENTITIES = 100
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TAG = re.compile(r"</?at(?: [^<>]*)?>", re.IGNORECASE)

Json = Mapping[str, object]


class Scope(StrEnum):
    """Who else is there."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that happened. `kind` is Teams' type and `name` says which invoke; `sender` is the account's id in this
    bot's chats ("29:..."), `object_id` its id in Entra (empty for what nobody did). `text` is what was said, without
    the mention of the bot; `value` what a card or an invoke carries, unchecked.

    `action` says what an installation's news is; `reply_to` is the message that a pressed button is on.
    `addressed`: it was said to the bot. `targeted`: for one person's eyes in a group, and so has to be the answer.
    """

    kind: str
    name: str
    action: str
    id: str
    reply_to: str
    tenant: str
    scope: Scope
    conversation: str
    service_url: str
    bot: str
    sender: str
    object_id: str
    sender_name: str = field(repr=False)
    text: str = field(repr=False)
    value: object = field(repr=False)
    addressed: bool
    targeted: bool
    language: str
    zone: str
    raw: Json = field(repr=False)

    @property
    def issuer(self) -> str:
        """Whose accounts are meant, as the core is told."""
        return f"teams:{self.tenant}"

    @property
    def account(self) -> Identity:
        """Whoever did it: by the id in Entra. Whoever has none there is somebody from outside, known by the chat's."""
        return Identity(self.issuer, self.object_id or self.sender)


def activity_of(raw: Json) -> Activity:
    """Raises ValueError, without quoting it, where something that every activity has is missing or has another form."""
    conversation, sender, recipient = _object(raw, "conversation"), _object(raw, "from"), _object(raw, "recipient")
    bot, mentions = _text(recipient, "id"), list(_mentions(raw))
    scope = _scope(conversation)
    targeted = recipient.get("isTargeted") is True
    return Activity(
        kind=_needed(raw, "type"),
        name=_text(raw, "name"),
        action=_text(raw, "action"),
        id=_text(raw, "id"),
        reply_to=_text(raw, "replyToId"),
        tenant=_tenant(raw, conversation),
        scope=scope,
        conversation=_needed(conversation, "id"),
        service_url=_needed(raw, "serviceUrl"),
        bot=bot,
        sender=_text(sender, "id"),
        object_id=_object_id(sender),
        sender_name=_text(sender, "name"),
        text=_said(raw, [said for whom, said in mentions if whom == bot and bot]),
        value=raw.get("value"),
        addressed=scope is Scope.PERSONAL or targeted or any(whom == bot for whom, _ in mentions if bot),
        targeted=targeted,
        language=_text(raw, "locale"),
        zone=_zone(raw),
        raw=raw,
    )


def _tenant(raw: Json, conversation: Json) -> str:
    """Both places agree, or one is silent. Raises ValueError otherwise."""
    told = {_text(conversation, "tenantId"), _text(_object(_object(raw, "channelData"), "tenant"), "id")} - {""}
    if len(told) != 1 or not _GUID.fullmatch(tenant := told.pop()):
        raise ValueError("no tenant, or two")
    return tenant.lower()


def _scope(conversation: Json) -> Scope:
    """Whatever is not known for certain to be between two is taken for a group."""
    kind = conversation.get("conversationType")
    return next((each for each in (Scope.PERSONAL, Scope.CHANNEL) if each == kind), Scope.GROUP)


def _object_id(sender: Json) -> str:
    found = _text(sender, "aadObjectId")
    if found and not _GUID.fullmatch(found):
        raise ValueError("no object id")
    return found.lower()


def _mentions(raw: Json) -> Iterator[tuple[str, str]]:
    """Who is mentioned, and the words that do it."""
    for entity in _entities(raw):
        if entity.get("type") == "mention":
            yield _text(_object(entity, "mentioned"), "id"), _text(entity, "text")


def _entities(raw: Json) -> Iterator[Json]:
    entities = raw.get("entities")
    for entity in entities[:MOST_ENTITIES] if isinstance(entities, list) else []:
        if isinstance(entity, dict):
            yield entity


def _said(raw: Json, of_the_bot: list[str]) -> str:
    """One line of what a person typed. A press has none."""
    value = raw.get("text")
    text = value[:LONGEST_TEXT] if isinstance(value, str) else ""
    for mention in of_the_bot:
        text = text.replace(mention, " ") if mention else text
    return " ".join(unicodedata.normalize("NFKC", html.unescape(_TAG.sub("", text))).split())


def _zone(raw: Json) -> str:
    """Where the client says it is: a guess, for whoever has told us none."""
    clients = (_text(each, "timezone") for each in _entities(raw) if each.get("type") == "clientInfo")
    return next((zone for zone in clients if zone), "") or _text(raw, "localTimezone")


def _object(raw: Json, name: str) -> Json:
    """Empty where there is none."""
    value = raw.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no object")
    return value


def _text(raw: Json, name: str) -> str:
    """Empty where there is none."""
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_ID or "\x00" in value:
        raise ValueError(f"{name} is no text, or too long")
    return value


def _needed(raw: Json, name: str) -> str:
    value = _text(raw, name)
    if not value:
        raise ValueError(f"{name} is missing")
    return value
