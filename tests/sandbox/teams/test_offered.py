"""What an uploaded manifest offers, where, and in which language."""

from __future__ import annotations

from typing import Any

from .bot import Heard
from .conftest import ANA, SAM, Api

COMMANDS = [{"title": "Book", "description": "Times"}, {"title": "Help", "description": "Everything"}]
TEXTS = {
    "de": {
        "bots[0].commandLists[0].commands[0].title": "Buchen",
        "composeExtensions[0].commands[0].title": "Meine Sitzungen",
        "composeExtensions[0].commands[0].parameters[0].title": "Worte",
    }
}
SEARCH = {"id": "sessions", "type": "query", "title": "My sessions", "parameters": [{"name": "q", "title": "Words"}]}


def manifest(api: Api, **more: Any) -> dict[str, Any]:
    lists = [
        {"scopes": ["personal"], "commands": COMMANDS},
        {"scopes": ["team", "groupChat"], "triggers": ["mention", "slash"], "commands": COMMANDS[:1]},
    ]
    bot = {"botId": api.sandbox.teams_bot().app_id, "supportsTargetedMessages": True, "commandLists": lists, **more}
    return {"bots": [bot], "composeExtensions": [{"commands": [SEARCH]}]}


async def screen(api: Api, conversation: str = "") -> Any:
    async with api.http.get("/_/teams/screen", params={"as": SAM, "conversation": conversation}) as answer:
        return await answer.json()


async def test_commands_are_listed_by_place_and_language(api: Api) -> None:
    assert (await screen(api))["commands"] == []
    await api.drive("app", manifest=manifest(api), texts=TEXTS)
    shown = await screen(api)
    assert [each["title"] for each in shown["commands"]] == ["Book", "Help"]
    assert shown["extension"] == [
        {
            "id": "sessions",
            "type": "query",
            "title": "My sessions",
            "contexts": ["compose", "commandBox"],
            "parameter": {"name": "q", "title": "Words"},
        }
    ]
    assert (await screen(api, await api.group()))["commands"] == [{"title": "Book", "about": "Times", "slash": True}]
    await api.drive("person", **{"as": SAM, "locale": "de-DE"})
    shown = await screen(api)
    assert [each["title"] for each in shown["commands"]] == ["Buchen", "Help"]
    assert (shown["extension"][0]["title"], shown["extension"][0]["parameter"]["title"]) == ("Meine Sitzungen", "Worte")


async def test_private_commands_are_for_apps_that_take_them(api: Api, heard: Heard) -> None:
    group = await api.group()
    said = {"as": ANA, "text": "Book", "conversation": group, "slash": True}
    await api.drive("app", manifest=manifest(api, supportsTargetedMessages=False))
    await api.drive("say", 400, **said)
    await api.drive("app", manifest=manifest(api))
    await api.drive("say", **said)
    assert len(heard.heard) == 1


async def test_another_bots_manifest_is_refused(api: Api) -> None:
    mistakes: list[Any] = [manifest(api, botId="other"), {"bots": []}, {}]
    for wrong in mistakes:
        await api.drive("app", 400, manifest=wrong)
