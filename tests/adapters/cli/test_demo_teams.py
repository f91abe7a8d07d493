"""What the demo's first line says of Teams is enough for a client of one's own to play it."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any  # JSON of another process
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

from .conftest import SECONDS, Demo, Shell


def asked(url: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Posts where there is a body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, named), timeout=SECONDS) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        return refused.code, refused.read()


def messages(demo: Demo, who: str, words: str) -> list[dict[str, Any]]:
    """What this person sees, once it has these words."""
    seen, until, found = 0, time.monotonic() + SECONDS, list[dict[str, Any]]()
    while time.monotonic() < until:
        query = urlencode({"as": who, "seen": seen})
        shown: dict[str, Any] = json.loads(asked(f"{demo.sandbox}/_/teams/screen?{query}")[1])
        found = list(shown["messages"])
        if words in json.dumps(found):
            return found
        seen = shown["seen"]
    raise AssertionError(found)


def test_anybody_can_play_teams(shell: Shell) -> None:
    with shell.demo() as demo:
        play(demo)


def play(demo: Demo) -> None:
    """Ana in her chat with the bot, which she has not looked at yet; Sam in one that only the client knows."""
    teams = demo.teams
    assert set(teams) == {"messages", "app_id", "tenant", "users", "service"}
    assert urlsplit(teams["messages"]).netloc == urlsplit(demo.url).netloc
    signed = asked(f"{demo.sandbox}/_/teams/token", json.dumps({"claims": {}}).encode())[1]
    good = f"Bearer {json.loads(signed)['token']}"
    users = teams["users"]
    for number, (who, words, answer, chat) in enumerate(
        [
            (
                "ana@example.com",
                "/book with my mentor",
                "Times for you and Sam Okoye, 45 min, Google Meet.",
                users["ana@example.com"]["conversation"],
            ),
            ("sam@example.com", "/book with my mentee", "Times for you and Ana", "a:made-up"),
            ("sam@example.com", "1", "Booked.", "a:made-up"),
        ]
    ):
        person = users[who]
        activity = {
            "type": "message",
            "id": f"1606059120{number}",
            "channelId": "msteams",
            "serviceUrl": teams["service"],
            "text": words,
            "from": {"id": person["id"], "aadObjectId": person["aadObjectId"]},
            "recipient": {"id": f"28:{teams['app_id']}"},
            "conversation": {"id": chat, "conversationType": "personal", "tenantId": teams["tenant"]},
        }
        body = json.dumps(activity).encode()
        assert asked(teams["messages"], body, Content_Type="application/json")[0] == 401
        assert asked(teams["messages"], body, Content_Type="application/json", Authorization=good)[0] == 202
        [card] = messages(demo, who, answer)[-1]["cards"]
        assert card["fallbackText"].startswith(answer)
