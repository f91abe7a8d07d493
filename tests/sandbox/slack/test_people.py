"""users.*, team.info: people derived from the world."""

from __future__ import annotations

from dataclasses import replace

from sandbox.world import Mailbox

from .conftest import Api


async def test_a_member_as_slack_shows_one(api: Api) -> None:
    user = (await api.good("users.info", user=api.user()))["user"]
    assert (user["tz"], user["tz_label"], user["tz_offset"]) == ("America/New_York", "EST", -18000)
    assert user["profile"]["email"] == "ana@example.com"
    assert "locale" not in user
    flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted")
    assert [user[flag] for flag in flags] == [False] * 4


async def test_a_locale_on_request_and_as_described(api: Api) -> None:
    api.slack.people.describe("ana@example.com", locale="fr-FR", time_zone="Europe/Paris")
    user = (await api.good("users.info", user=api.user(), include_locale=True))["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("fr-FR", "Europe/Paris", 3600)


async def test_guests_bots_and_those_who_left(api: Api) -> None:
    people = api.slack.people
    people.describe("ana@example.com", guest="single")
    people.describe("gil@example.com", bot=True)
    people.describe("sam@example.com", deleted=True)
    guest = (await api.good("users.info", user=api.user()))["user"]
    assert guest["is_restricted"] is True
    assert guest["is_ultra_restricted"] is True
    bot = (await api.good("users.info", user=api.user("gil")))["user"]
    assert bot["is_bot"] is True
    assert "email" not in bot["profile"]
    gone = (await api.good("users.info", user=api.user("sam")))["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone
    assert await api.refused("users.lookupByEmail", email="sam@example.com") == "users_not_found"


async def test_another_workspace_is_out_of_sight_unless_met(api: Api) -> None:
    api.sandbox.world.add_mailbox(Mailbox("kim@example.org", "Kim", "google", "UTC"))
    kim = api.slack.people.id_of("kim@example.org")
    assert await api.refused("users.info", user=kim) == "user_not_found"
    assert await api.refused("users.lookupByEmail", email="kim@example.org") == "users_not_found"
    api.slack.people.describe("kim@example.org", stranger=True)
    user = (await api.good("users.info", user=kim))["user"]
    assert user["is_stranger"] is True
    assert "email" not in user["profile"]
    users = [api.user(), kim]
    assert await api.refused("conversations.open", users=",".join(users)) == "invalid_user_combination"


async def test_addresses_need_their_own_scope(api: Api) -> None:
    token = api.slack.installed.install("example.org", ["users:read"]).access
    api.sandbox.world.add_mailbox(Mailbox("kim@example.org", "Kim", "google", "UTC"))
    other = replace(api, token=token)
    kim = api.slack.people.id_of("kim@example.org")
    assert "email" not in (await other.good("users.info", user=kim))["user"]["profile"]
    assert await other.refused("users.lookupByEmail", email="kim@example.org") == "missing_scope"


async def test_an_address_finds_its_member(api: Api) -> None:
    assert (await api.good("users.lookupByEmail", email="Ana@example.com"))["user"]["id"] == api.user()
    assert await api.refused("users.info", user="U0NOBODY00") == "user_not_found"


async def test_a_workspace_tells_of_itself(api: Api) -> None:
    team = (await api.good("team.info"))["team"]
    assert (team["name"], team["email_domain"]) == ("Example", "example.com")
    assert await api.refused("team.info", team="T0ELSEWHER") == "team_not_found"


async def test_an_organisation_has_global_ids_and_one_token(api: Api) -> None:
    people = api.slack.people
    before = api.user()
    enterprise = people.organise("Grid", ["example.com", "example.org"])
    assert api.user() != before
    assert api.user().startswith("W")
    org = replace(api, token=api.slack.installed.install_org(enterprise).access)
    told = await org.good("auth.test")
    assert (told["is_enterprise_install"], told["enterprise_id"]) == (True, enterprise)
    assert (await org.good("users.info", user=api.user()))["user"]["enterprise_user"]["enterprise_id"] == enterprise
    assert await org.refused("team.info") == "missing_argument"
    team = people.team_of("example.com").id
    assert (await org.good("team.info", team=team))["team"]["enterprise_id"] == enterprise
    await org.good("chat.postMessage", channel=api.user(), text="Hello")
