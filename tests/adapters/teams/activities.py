"""Activities as Teams sends them."""

from __future__ import annotations

from .microsoft import APP_ID, SERVICE, TENANT

BOT = f"28:{APP_ID}"
OBJECT_ID = "aaaaaaaa-2222-3333-4444-555555555555"


def message(text: object = None, **changes: object) -> dict[str, object]:
    """Of Sam, in his chat with the bot; None leaves something out."""
    whole: dict[str, object] = {
        "type": "message",
        "id": "1606059120000",
        "timestamp": "2026-11-22T16:02:00.000Z",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {"id": "29:sam", "name": "Sam Okoye", "aadObjectId": OBJECT_ID},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": "a:1"},
        "recipient": {"id": BOT, "name": "Pairtime"},
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "en-GB",
        "localTimezone": "Europe/Berlin",
        "text": text,
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def mention(name: str, whom: str) -> dict[str, object]:
    """An entity."""
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": whom, "name": name}}
