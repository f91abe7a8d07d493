"""conversations.history: what stands in direct messages, newest first, with the metadata it was posted with."""

from __future__ import annotations

from .conftest import Api

MARK = {"event_type": "a_notice", "event_payload": {"key": "k1"}}


async def test_it_shows_what_was_posted_and_its_metadata_where_asked(api: Api) -> None:
    posted = await api.call("chat.postMessage", channel=api.user(), text="One", metadata=MARK)
    await api.call("chat.postMessage", channel=api.user(), text="Two")
    past = await api.call("conversations.history", channel=posted["channel"], include_all_metadata=True)
    assert [each["text"] for each in past["messages"]] == ["Two", "One"]
    assert [each.get("metadata") for each in past["messages"]] == [None, MARK]
    plainly = await api.call("conversations.history", channel=posted["channel"], limit=1)
    assert ([each["text"] for each in plainly["messages"]], plainly["has_more"]) == (["Two"], True)
    assert all("metadata" not in each for each in plainly["messages"])


async def test_somebody_elses_channel_is_none(api: Api) -> None:
    assert await api.refused("conversations.history", channel="D000000000") == "channel_not_found"
