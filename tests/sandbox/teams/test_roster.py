"""Who is in a conversation, as the bot is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sandbox.seed import plausible_mailboxes

from .conftest import ANA, GIL, SAM, Api


async def test_one_member_by_either_id(api: Api) -> None:
    sam = api.teams.hands.person(SAM)
    for id in (sam.id, sam.object_id):
        told = await api.ask("GET", f"conversations/{api.chat()}/members/{id}")
        assert (told["email"], told["aadObjectId"], told["tenantId"]) == (SAM, sam.object_id, sam.tenant)
        assert (told["givenName"], told["userPrincipalName"]) == ("Sam", SAM)
    place = f"conversations/{api.chat()}/members/{api.user(ANA)}"
    assert await api.refused("GET", place) == (404, "MemberNotFoundInConversation")


async def test_the_old_list_names_entras_id_otherwise(api: Api) -> None:
    told = await api.ask("GET", f"conversations/{await api.group()}/members")
    assert [each["email"] for each in told] == [SAM, ANA]
    assert all("objectId" in each and "aadObjectId" not in each for each in told)


async def test_guests_lack_what_teams_does_not_know(api: Api) -> None:
    group = await api.group()
    await api.drive("person", **{"as": ANA, "guest": True})
    told = await api.ask("GET", f"conversations/{group}/members/{api.user(ANA)}")
    assert "#EXT#" in told["userPrincipalName"]
    await api.drive("person", **{"as": ANA, "nameless": True})
    told = await api.ask("GET", f"conversations/{group}/members/{api.user(ANA)}")
    assert "email" not in told
    assert "name" not in told


async def test_many_come_in_pages(api: Api) -> None:
    people = plausible_mailboxes(120)
    for each in people:
        api.sandbox.world.add_mailbox(each)
    members = [SAM, *(each.address for each in people)]
    group = (await api.drive("group", name="Everybody", members=members, bot=True))["conversation"]
    found: list[Any] = []
    query = {"pageSize": "60"}
    for _ in range(3):
        page = await api.ask("GET", f"conversations/{group}/pagedmembers", None, **query)
        found += [each["email"] for each in page["members"]]
        query = {"pageSize": "60", "continuationToken": page.get("continuationToken", "")}
    assert sorted(found) == sorted(members)
    assert query["continuationToken"] == ""
    for bad in ({"pageSize": "x"}, {"continuationToken": "x"}):
        assert (await api.refused("GET", f"conversations/{group}/pagedmembers", None, **bad))[0] == 400


async def test_a_team_and_its_channels(api: Api) -> None:
    channel = await api.channel()
    general = await api.drive("channel", team="Leaders", name="General", members=[SAM, ANA], bot=True)
    team = quote(general["team"])
    told = await api.ask("GET", f"teams/{team}")
    assert (told["name"], told["channelCount"], told["memberCount"]) == ("Leaders", 2, 2)
    channels = (await api.ask("GET", f"teams/{team}/conversations"))["conversations"]
    assert {each["id"]: each["name"] for each in channels} == {channel: "Mentoring", general["team"]: None}
    await api.drive("join", **{"as": GIL, "conversation": channel})
    assert (await api.ask("GET", f"teams/{team}"))["memberCount"] == 3
    assert (await api.refused("GET", "teams/19:nowhere"))[0] == 404
