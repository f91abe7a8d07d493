"""What Bolt falls over is refused before it: a fuzz of 50,000 has found the first of them."""

from __future__ import annotations

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from adapters.slack.shape import is_shaped

from .signed import TEAM

EVENT: dict[str, object] = {"type": "app_home_opened", "user": "U0ANA"}
WHOLE: dict[str, object] = {
    "type": "event_callback",
    "team_id": TEAM,
    "event_id": "Ev1",
    "event": EVENT,
    "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
}


@pytest.mark.parametrize(
    "others",
    [
        {"authorizations": [{"authorizations": {"a": 1}}]},
        {"authorizations": [{"authorizations": [{"enterprise": True}]}]},
        {"authorizations": [{"enterprise": True}]},
        {"authorizations": [{"team": 1.5}]},
        {"authorizations": {"0": {}}},
        {"authorizations": ["x"]},
        {"response_urls": None},
        {"response_urls": ["x"]},
        {"event": {**EVENT, "enterprise": True}},
        {"event": {**EVENT, "channel": 7}},
        {"event": {**EVENT, "authorizations": ["x"]}},
        {"event": {**EVENT, "item": {"channel": True}}},
        {"event": {**EVENT, "message": {"previous_message": {"user": True}}}},
        {"event": {**EVENT, "item": {"item": {"item": {"item": {"item": {"item": {"channel": "C1"}}}}}}}},
    ],
    ids=str,
)
def test_what_bolt_does_not_read_is_no_known_shape(others: dict[str, object]) -> None:
    assert not is_shaped({**WHOLE, **others})


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"authorizations": None},
        {"authorizations": []},
        {
            "event": {
                **EVENT,
                "channel": {"id": "C1"},
                "item": {"channel": "C1"},
                "message": {"user": "U0ANA", "ts": "1.1"},
            }
        },
        {"event": {**EVENT, "view": {"id": "V1"}, "assistant_thread": {"channel_id": "C1", "thread_ts": "1.1"}}},
        {"response_urls": [{"response_url": "https://hooks.slack.com/x"}]},
    ],
    ids=str,
)
def test_what_slack_sends_is_read(others: dict[str, object]) -> None:
    payload = {**WHOLE, **others}
    assert is_shaped(payload)
    assert AsyncBoltRequest(body=payload, mode="socket_mode").context.team_id == TEAM
