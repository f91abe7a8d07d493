"""A message's address, made of what Slack signed: right as Slack's own, and nothing for what is no message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.permalink import addresses_in, permalink
from calendar_core.topic import LONGEST, topic_of

PAYLOAD = {
    "type": "message_action",
    "team": {"id": "T0123", "domain": "example"},
    "channel": {"id": "C0123456789", "name": "general"},
    "message": {"ts": "1732276920.000100", "text": "about the merger"},
}
ADDRESS = "https://example.slack.com/archives/C0123456789/p1732276920000100"


def test_it_is_the_address_that_slack_gives() -> None:
    assert permalink(PAYLOAD) == ADDRESS


def test_in_a_thread_it_leads_into_the_thread() -> None:
    message = {"ts": "1732276920.000100", "thread_ts": "1732276900.000000"}
    made = permalink({**PAYLOAD, "message": message})
    assert made == f"{ADDRESS}?thread_ts=1732276900.000000&cid=C0123456789"
    assert addresses_in(f"see {made}, please") == [made]
    assert len(topic_of(made)) < LONGEST
    first = {"ts": "1732276920.000100", "thread_ts": "1732276920.000100"}
    assert permalink({**PAYLOAD, "message": first}) == ADDRESS


@pytest.mark.parametrize(
    "other",
    [
        {"team": {"domain": "evil.example/"}},
        {"team": {"domain": ""}},
        {"team": None},
        {"channel": {"id": "C1/../x"}},
        {"channel": {}},
        {"message": {"ts": "now"}},
        {"message": {"ts": "1732276920.000100/x"}},
        {"message": {}},
    ],
)
def test_what_is_no_message_has_no_address(other: dict[str, Any]) -> None:
    assert permalink({**PAYLOAD, **other}) == ""


@pytest.mark.parametrize(
    "text",
    [
        "https://example.slack.com.evil.example/archives/C1/p1732276920000100",
        "https://evil.example/https://example.slack.com/x",
        f"{ADDRESS}/../../evil",
        f"{ADDRESS}?thread_ts=1",
        f"{ADDRESS}.evil.example",
        "http://example.slack.com/archives/C0123456789/p1732276920000100",
        "javascript:alert(1)",
    ],
)
def test_what_only_looks_like_one_is_text(text: str) -> None:
    assert addresses_in(text) == []


@given(st.text(max_size=300))
def test_any_other_text_leads_nowhere_else(text: str) -> None:
    assert all(each.partition("/archives/")[0].endswith(".slack.com") for each in addresses_in(text))
