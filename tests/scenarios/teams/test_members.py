"""Who it is: by tenant and Entra's id, as the roster says; guests and strangers get one answer and nothing else."""

from __future__ import annotations

import pytest

from calendar_core.people import Identity

from .member import Members
from .sessions import booked

BOOK = "book with my mentor"


async def account(stage: Members, who: str) -> Identity:
    told = await stage.drive("person", who)
    return Identity(f"teams:{told['tenant']}", told["aadObjectId"])


async def test_the_rosters_address_is_used_once_and_the_id_after(teams_stage: Members) -> None:
    await teams_stage.say("ana", "status")
    store = teams_stage.stage.application.store
    link = await store.accounts.link(await account(teams_stage, "ana"))
    [ana] = await store.people.at_address("ana@example.com")
    assert link is not None
    assert (link.user, link.suspended) == (ana.id, None)


async def test_guests_are_refused_and_told_nothing(teams_stage: Members) -> None:
    await teams_stage.drive("person", "uma", guest=True)
    await teams_stage.drive("install", "uma")
    answer = await teams_stage.say("uma", BOOK)
    assert "Sam" not in answer.text
    assert await teams_stage.stage.application.store.accounts.link(await account(teams_stage, "uma")) is None


async def test_a_guest_without_a_name_or_address_is_answered_too(teams_stage: Members) -> None:
    await teams_stage.drive("person", "uma", guest=True, nameless=True)
    await teams_stage.drive("install", "uma")
    answer = await teams_stage.say("uma", BOOK)
    assert answer.message["bot"]


async def test_another_tenant_is_not_served(teams_stage: Members) -> None:
    told = await teams_stage.drive("install", "mia@example.org")
    assert told["status"] == 403


async def test_the_apps_removal_is_seen_where_admins_look_and_news_goes_by_mail(teams_stage: Members) -> None:
    store = teams_stage.stage.application.store
    await teams_stage.say("sam", "status")
    [sam] = await store.people.at_address("sam@example.com")
    who = await account(teams_stage, "sam")
    assert await store.teams_places.of(who) is not None
    known = await store.accounts.account(who)
    assert known is not None
    assert known.address == "sam@example.com"
    await teams_stage.drive("uninstall", "sam")
    assert await store.teams_places.of(who) is None
    assert await store.accounts.account(who) is None
    assert await store.accounts.link(who) is not None  # so that nothing is begun anew where it comes back
    homes = teams_stage.stage.application.monitoring.home_chats
    assert (await homes.why_not([sam.id]))[sam.id].name == "NOT_INSTALLED"
    await teams_stage.drive("install", "sam")
    assert await homes.of([sam.id]) == {sam.id: "Teams"}
    assert await store.accounts.account(who) == known


async def test_removed_from_a_group_it_is_gone_from_there_alone(teams_stage: Members) -> None:
    members = ["ana@example.com", "sam@example.com"]
    here = (await teams_stage.drive("group", name="Leaders", members=members, bot=True))["conversation"]
    await teams_stage.say("ana", "status", here, mention=True)
    who = await account(teams_stage, "ana")
    store = teams_stage.stage.application.store
    before = await store.teams_places.of(who), await store.accounts.account(who)
    assert None not in before
    await teams_stage.drive("uninstall", "ana", conversation=here)
    assert (await store.teams_places.of(who), await store.accounts.account(who)) == before
    assert (await teams_stage.say("ana", "status")).lines[0].startswith("Calendar: Google - Domain")


async def test_an_update_of_the_app_takes_nothing_away(teams_stage: Members) -> None:
    """Teams tells of the older version's removal, too."""
    who, store = await account(teams_stage, "ana"), teams_stage.stage.application.store
    before = await store.teams_places.of(who), await store.accounts.account(who)
    assert None not in before
    await teams_stage.drive("uninstall", "ana", upgrade=True)
    assert (await store.teams_places.of(who), await store.accounts.account(who)) == before


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "<at>Pairtime</at>"])
async def test_nothing_said_is_helped(teams_stage: Members, text: str) -> None:
    await teams_stage.drive("event", "ana", type="message", more={"text": text})
    assert "You can say" in (await teams_stage.newest("ana")).text


async def test_no_text_and_nothing_pressed_is_helped(teams_stage: Members) -> None:
    await teams_stage.drive("event", "ana", type="message", more={"text": None})
    assert "You can say" in (await teams_stage.newest("ana")).text


async def test_a_click_by_somebody_else_shows_them_nothing_of_it(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    token = next(each for each in offered.actions if each["title"] == "1")["data"]
    value = {"action": {"type": "Action.Execute", "verb": "press", "data": token}, "trigger": "manual"}
    told = await teams_stage.drive("invoke", "priya", name="adaptiveCard/action", value=value, message="1")
    assert told["status"] == 200
    assert "Booked" not in told["text"]
    assert "You have no sessions planned" in (await teams_stage.say("ana", "sessions")).text


async def test_what_a_sessions_card_carries_is_worth_nothing_to_anybody_else(teams_stage: Members) -> None:
    """Forwarded, copied out, or with another person's id in it: whose button it is, the store says."""
    await booked(teams_stage)
    told = await teams_stage.told("sam", "booked a session with you")
    cannot = next(each for each in told.actions if each["title"] == "Cannot make it")["data"]
    [sam] = await teams_stage.stage.application.store.people.at_address("sam@example.com")
    for data in (cannot, {**cannot, "user": str(sam.id), "aadObjectId": (await account(teams_stage, "sam")).subject}):
        value = {"action": {"type": "Action.Execute", "verb": "press", "data": data}, "trigger": "manual"}
        pressed = await teams_stage.drive("invoke", "priya", name="adaptiveCard/action", value=value, message=told.id)
        assert pressed["status"] == 200
        assert "24 Nov" not in pressed["text"]
        assert "Ana" not in pressed["text"]
    [still] = [each for each in await teams_stage.messages("sam") if each.id == told.id]
    assert still.buttons == ["Join", "Looks good", "Cannot make it"]
    assert "cannot make" not in (await teams_stage.newest("ana")).text
