"""The address of a message: made of what leads there, and recognised in a topic."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.message_link import addresses_in, message_link
from adapters.teams.render.markdown import escaped, linked
from calendar_core.topic import LONGEST, topic_of

THREAD = "19:0123456789abcdef0123456789abcdef@thread.tacv2"
BASE = f"https://teams.microsoft.com/l/message/{quote(THREAD, safe='')}/1603000000001"
TENANT = "11111111-2222-4333-8444-555555555555"


def link(told: object) -> str:
    return message_link({"messagePayload": {"linkToMessage": told}})


def test_names_and_what_is_not_needed_are_left_out() -> None:
    told = f"{BASE}?tenantId={TENANT}&parentMessageId=1603000000001&teamName=Secret%20team&createdTime=1603000000001"
    assert link(told) == f"{BASE}?tenantId={TENANT}"
    in_a_chat = quote('{"contextType":"chat"}', safe="")
    assert link(f"{BASE}?context={in_a_chat}") == f"{BASE}?context={in_a_chat}"
    assert link(f"https://teams.microsoft.com/l/message/{THREAD}/1603000000001") == BASE


def test_it_is_never_longer_than_a_topic() -> None:
    told = f"{BASE}?tenantId={TENANT}&groupId={TENANT}&parentMessageId=1600000000000"
    assert link(told) == f"{BASE}?tenantId={TENANT}&groupId={TENANT}"
    assert topic_of(link(told)) == link(told)
    assert len(link(told)) <= LONGEST


@pytest.mark.parametrize(
    "told",
    [
        None,
        7,
        "",
        "https://teams.microsoft.com.evil.example/l/message/19:a@thread.v2/1",
        "https://user@teams.microsoft.com/l/message/19:a@thread.v2/1",
        "http://teams.microsoft.com/l/message/19:a@thread.v2/1",
        "https://teams.microsoft.com/l/meetup-join/19:a@thread.v2/1",
        "https://teams.microsoft.com/l/message/19:a@thread.v2/../../1",
        "https://teams.microsoft.com/l/message/19:a@thread.v2/x",
        "https://teams.microsoft.com/l/message/19:[a](b)/1",
        "https://[/l/message/19:a/1",
    ],
)
def test_what_leads_elsewhere_is_none(told: object) -> None:
    assert link(told) == ""


@given(st.text(max_size=200) | st.from_regex(r"https://teams\.microsoft\.com/l/message/.{1,60}/\d{1,9}(\?.{0,60})?"))
def test_whatever_is_told_comes_out_as_an_address_that_is_recognised_or_not_at_all(told: str) -> None:
    made = link(told)
    assert addresses_in(made) == ([made] if made else [])


def test_in_a_text_of_others_only_such_an_address_can_be_pressed() -> None:
    topic = f"see {BASE}?tenantId={TENANT} and https://evil.example/l/message/1/2 and {BASE}@evil.example"
    [address] = addresses_in(topic)
    assert address == f"{BASE}?tenantId={TENANT}"
    shown = linked(escaped(topic), [address])
    assert shown.count("](") == 1
    assert f"[{escaped(address)}]({address})" in shown
