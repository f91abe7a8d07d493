"""Socket Mode."""

from __future__ import annotations

from dataclasses import replace

import aiohttp
import pytest

from .conftest import Api
from .test_delivery import ANA, drive


async def test_a_line_brings_envelopes_until_it_is_told_to_go(api: Api) -> None:
    app = replace(api, token=api.slack.installed.app.app_token)
    url = (await app.good("apps.connections.open"))["url"]
    async with api.http.ws_connect(url) as line:
        hello = await line.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        command = api.slack.hands.command(ANA, "", "/book with my mentor")
        api.slack.courier.later(_ignored(command))
        envelope = await line.receive_json()
        assert envelope["type"] == "slash_commands"
        assert envelope["payload"]["text"] == "with my mentor"
        assert envelope["accepts_response_payload"] is True
        await line.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Looking"}})
        api.slack.courier.later(_ignored(api.slack.hands.say(ANA, "", "hello")))
        event = await line.receive_json()
        assert (event["type"], event["retry_attempt"]) == ("events_api", 0)
        assert event["payload"]["event"]["text"] == "hello"
        await line.send_json({"envelope_id": event["envelope_id"]})
        api.slack.courier.later(_ignored(drive(api, "lines", reason="warning")))
        goodbye = await line.receive_json()
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "warning")
        assert (await line.receive()).type == aiohttp.WSMsgType.CLOSE
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await api.http.ws_connect(url)


async def test_there_are_at_most_ten(api: Api) -> None:
    app = replace(api, token=api.slack.installed.app.app_token)
    lines = [await api.http.ws_connect((await app.good("apps.connections.open"))["url"]) for _ in range(10)]
    for line in lines:
        await line.receive_json()
    assert await app.refused("apps.connections.open") == "too_many_websockets"
    for line in lines:
        await line.close()


async def _ignored(work: object) -> None:
    await work  # type: ignore[misc]  # whatever it gives
