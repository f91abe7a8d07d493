"""What the demo's first line says of its chats is enough for a client of one's own to play them."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.request
from typing import Any  # JSON of another process
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

from adapters.main.real_clock import real_now

from .conftest import SECONDS, Demo, Shell

TEAMS = {"messages", "app_id", "tenant", "users", "service"}
SLACK = {"events", "signing_secret", "team", "users", "api", "token"}
WORDS = "/book with my mentor"
ANSWER = "Times for you and Sam Okoye, 45 min, Google Meet."


def asked(url: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Posts where there is a body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, named), timeout=SECONDS) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        return refused.code, refused.read()


def messages(demo: Demo, chat: str, who: str, words: str) -> list[dict[str, Any]]:
    """What this person sees, once it has these words."""
    seen, until, found = 0, time.monotonic() + SECONDS, list[dict[str, Any]]()
    while time.monotonic() < until:
        query = urlencode({"as": who, "seen": seen})
        shown: dict[str, Any] = json.loads(asked(f"{demo.sandbox}/_/{chat}/screen?{query}")[1])
        found = list(shown["messages"])
        if words in json.dumps(found):
            return found
        seen = shown["seen"]
    raise AssertionError(found)


def calls(demo: Demo, operation: str) -> list[dict[str, Any]]:
    return [each for each in json.loads(asked(f"{demo.sandbox}/_/log")[1])["calls"] if each["operation"] == operation]


def test_anybody_can_play_both(shell: Shell) -> None:
    with shell.demo() as demo:
        play_teams(demo)
        play_slack(demo)


def play_teams(demo: Demo) -> None:
    teams = demo.line["teams"]
    assert set(teams) == TEAMS
    assert urlsplit(teams["messages"]).netloc == urlsplit(demo.url).netloc
    signed = asked(f"{demo.sandbox}/_/teams/token", json.dumps({"claims": {}}).encode())[1]
    good = f"Bearer {json.loads(signed)['token']}"
    users = teams["users"]
    for number, (who, words, answer, chat) in enumerate(
        [
            ("ana@example.com", WORDS, ANSWER, users["ana@example.com"]["conversation"]),
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
            "conversation": {
                "id": chat,
                "conversationType": "personal",
                "tenantId": teams["tenant"],
            },
        }
        body = json.dumps(activity).encode()
        assert asked(teams["messages"], body, Content_Type="application/json")[0] == 401
        assert asked(teams["messages"], body, Content_Type="application/json", Authorization=good)[0] == 202
        [card] = messages(demo, "teams", who, answer)[-1]["cards"]
        assert card["fallbackText"].startswith(answer)
        sent = calls(demo, "activities.send")[-1]
        assert (sent["vendor"], sent["mailbox"], sent["status"]) == ("teams", who, 201)


def play_slack(demo: Demo) -> None:
    slack = demo.line["slack"]
    assert set(slack) == SLACK
    query = urlencode({"as": "ana@example.com"})
    channel = json.loads(asked(f"{demo.sandbox}/_/slack/screen?{query}")[1])["channel"]
    said = {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": slack["users"]["ana@example.com"],
        "text": WORDS.removeprefix("/"),
        "ts": "1795340000.000100",
    }
    envelope = {"type": "event_callback", "team_id": slack["team"], "event_id": "Ev0PLAYED", "event": said}
    body, now = json.dumps(envelope).encode(), str(int(real_now().timestamp()))
    digest = hmac.new(slack["signing_secret"].encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    signed = {"Content_Type": "application/json", "X_Slack_Request_Timestamp": now}
    assert asked(slack["events"], body, **signed, X_Slack_Signature=f"v0={'0' * 64}")[0] == 401
    assert asked(slack["events"], body, **signed, X_Slack_Signature=f"v0={digest}")[0] == 200
    assert ANSWER in json.dumps(messages(demo, "slack", "ana@example.com", ANSWER)[-1])
    assert calls(demo, "chat.postMessage")
    head = {"Authorization": f"Bearer {slack['token']}"}
    assert json.loads(asked(f"{slack['api']}/auth.test", b"", **head)[1])["team_id"] == slack["team"]
