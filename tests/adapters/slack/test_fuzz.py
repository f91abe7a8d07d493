"""Anything at all, signed and forged: never our mistake, never an unforeseen one, and no forgery is believed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from .conftest import NOW, Town
from .signed import FORM, JSON, command, signature

WEIRD: tuple[object, ...] = (
    None,
    True,
    -1,
    2**70,
    1e308,
    "",
    "payload",
    "\u0000\u202e<!channel>*_~`",
    "x" * 5_000,
    [],
    [None],
    ["x", {}],
    {},
    {"id": None},
    {"id": ["x"]},
    {"id": "T" * 300},
    {"type": {}},
    "https://hooks.slack.com/\x7f[",
    "http://[::1",
)
KEYS = (
    "type", "team", "team_id", "enterprise", "enterprise_id", "user", "user_id", "channel", "channel_id", "event",
    "event_id", "event_time", "actions", "action_id", "view", "container", "message", "command", "text",
    "response_url", "trigger_id", "callback_id", "authorizations", "is_enterprise_install", "api_app_id", "state",
    "block_id", "value", "name", "function_data", "bot_access_token", "is_ext_shared_channel",
)  # fmt: skip
KINDS = (
    "event_callback", "block_actions", "block_suggestion", "view_submission", "view_closed", "shortcut",
    "message_action", "interactive_message", "dialog_submission", "app_rate_limited", "workflow_step_edit", "nonsense",
)  # fmt: skip
EVENTS = (
    "message", "app_home_opened", "user_change", "app_uninstalled", "tokens_revoked", "function_executed",
    "app_mention", "team_join", "assistant_thread_started",
)  # fmt: skip


def whole(chance: random.Random) -> dict[str, object]:
    """A payload as it should be."""
    kind = chance.choice(KINDS)
    return {
        "type": kind,
        "team": {"id": "T0123ABCD", "domain": "example"},
        "team_id": "T0123ABCD",
        "user": {"id": "U0FUZZ", "team_id": "T0123ABCD"},
        "channel": {"id": "C1", "name": "payload"},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True},
        "actions": [{"action_id": "press-1", "block_id": "b", "value": "AAAA", "type": "button"}],
        "action_id": "choose",
        "callback_id": "book",
        "view": {"id": "V1", "callback_id": "book", "type": "modal", "state": {"values": {}}},
        "message": {"ts": "1.1", "text": "a secret plan"},
        "event_id": f"Ev{chance.getrandbits(60)}",
        "event": {
            "type": chance.choice(EVENTS),
            "channel_type": "im",
            "channel": "D1",
            "user": "U0FUZZ",
            "text": "a secret plan",
            "tokens": {"oauth": ["U1"]},
        },
        "trigger_id": "1.1.a",
    }


def broken(chance: random.Random, value: object, depth: int = 0) -> object:
    """The same, a few things in it replaced, taken away, or added."""
    if not isinstance(value, dict) or depth > 3:
        return chance.choice(WEIRD)
    made = dict(value)
    for _ in range(chance.randint(0, 3)):
        key = chance.choice([*made, *KEYS])
        match chance.randint(0, 3):
            case 0:
                made.pop(key, None)
            case 1:
                made[key] = chance.choice(WEIRD)
            case 2 if isinstance(made.get(key), dict):
                made[key] = broken(chance, made[key], depth + 1)
            case _:
                made[key] = chance.choice([{}, [{}], "x", [broken(chance, {}, depth + 1)]])
    return made


def request(chance: random.Random) -> tuple[bytes, str]:
    """A body and its content type."""
    payload = broken(chance, whole(chance))
    match chance.randint(0, 6):
        case 0:
            body, kind = json.dumps(payload).encode(), JSON
        case 1 | 2:
            body, kind = urlencode({"payload": json.dumps(payload)}).encode(), FORM
        case 3:
            fields = {
                name: str(chance.choice([value, *WEIRD])) for name, value in command("a secret plan", "U0FUZZ").items()
            }
            for name in chance.sample(list(fields), chance.randint(0, 4)):
                del fields[name]
            body, kind = urlencode(fields, errors="replace").encode(), FORM
        case 4:
            body, kind = json.dumps(payload).encode()[: chance.randint(0, 400)], chance.choice([JSON, FORM])
        case 5:
            body, kind = (
                chance.randbytes(chance.randint(0, 300)),
                chance.choice([JSON, FORM, "text/plain", "", "a/b;c=d"]),
            )
        case _:
            body = b"payload=" + chance.randbytes(50) + b"&payload=%7B%7D&" + b"&" * chance.randint(0, 90)
            kind = FORM
    return body, kind


def proof(chance: random.Random, body: bytes) -> dict[str, str]:
    """Headers of a forger."""
    when = str(NOW + chance.choice([0, 0, 0, -400, 400]))
    return chance.choice(
        [
            {},
            {"X-Slack-Request-Timestamp": when},
            {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": signature(body, when, "guessed")},
            {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": signature(body + b" ", when)},
            {"X-Slack-Request-Timestamp": str(NOW - 301), "X-Slack-Signature": signature(body, str(NOW - 301))},
            {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": signature(body, "soon")},
            {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": "v0=\u00e9"},
        ]
    )


async def test_whatever_comes_is_answered_and_no_forgery_is_believed(
    town: Town, proving: bool, seen: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(20261129)
    count, forged_accepted, statuses = 50_000 if proving else 3_000, 0, dict[int, int]()
    caplog.set_level("DEBUG")
    for _ in range(count):
        body, kind = request(chance)
        if chance.random() < 0.3:
            async with town.slack.http.post(
                "/slack/events", data=body, headers={"Content-Type": kind, **proof(chance, body)}
            ) as answer:
                forged_accepted += answer.status == 200
                status = answer.status
        else:
            status, _ = await town.slack.send(body, kind)
        statuses[status] = statuses.get(status, 0) + 1
    await town.here.tasks.idle()
    assert forged_accepted == 0
    assert statuses.keys() <= {200, 400, 401, 413}
    assert min(statuses[200], statuses[400], statuses[401]) > count / 50
    unforeseen = {record.exc_text for record in caplog.records if "unforeseen" in record.getMessage()}
    assert unforeseen == set()
    assert not any("secret plan" in record.getMessage() for record in caplog.records)
    told = ", ".join(f"{number:,} answered {status}" for status, number in sorted(statuses.items()))
    seen(f"{count:,} requests to Slack's door: {told}; forged and believed: {forged_accepted}")
