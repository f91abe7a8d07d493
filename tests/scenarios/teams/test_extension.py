"""The message extension: one's own sessions alone, no free times, no link into a call; and the dialog from anywhere."""

from __future__ import annotations

import json

import pytest

from .member import Members
from .sessions import cancelled


async def test_own_sessions_are_found_and_put_into_a_message(teams_stage: Members) -> None:
    await teams_stage.say("ana", "book with my mentor")
    await teams_stage.say("ana", "1")
    found = await teams_stage.drive("search", "ana", command="sessions")
    [one] = found["attachments"]
    assert one["content"]["fallbackText"] == "Mentoring session\nTue 24 Nov, 09:00 (15:00 Berlin), with Sam Okoye"
    assert "meet.google.com" not in json.dumps(one)
    assert "actions" not in one["content"]
    assert (await teams_stage.drive("choose", "ana", attachment=one))["message"]
    named = await teams_stage.drive("search", "ana", command="sessions", parameters={"query": "oko"})
    assert len(named["attachments"]) == 1
    nobody = await teams_stage.drive("search", "ana", command="sessions", parameters={"query": "Lea"})
    assert nobody["said"] == "You have no planned session with anybody of that name."


async def test_a_session_far_away_is_found_and_is_no_strangers(
    teams_stage: Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list shows the next twenty of them; whoever looks for one means any."""
    monkeypatch.setattr("bot.handlers.booking.SESSIONS_SHOWN", 1)
    for _ in range(2):
        await teams_stage.say("ana", "book with my mentor")
        await teams_stage.say("ana", "2")
    found = await teams_stage.drive("search", "ana", command="sessions")
    _, far = found["attachments"]
    sent = (await teams_stage.drive("choose", "ana", attachment=far))["message"]
    own = (await teams_stage.drive("refresh", "ana", message=sent, manual=True))["card"]
    assert "with Sam Okoye" in own["fallbackText"]


async def test_nobody_finds_what_is_not_theirs(teams_stage: Members) -> None:
    await teams_stage.say("ana", "book with my mentor")
    await teams_stage.say("ana", "1")
    found = await teams_stage.drive("search", "priya", command="sessions")
    assert (found["attachments"], found["said"]) == ([], "You have no sessions planned.")
    await teams_stage.drive("person", "uma", guest=True)
    guest = await teams_stage.drive("search", "uma", command="sessions")
    assert guest["attachments"] == []
    assert guest["said"]


async def test_a_session_is_booked_about_a_message_whose_words_are_not_taken(teams_stage: Members) -> None:
    here = await teams_stage.drive("group", name="All", members=["ana@example.com", "priya@example.com"])
    said = await teams_stage.drive("say", "priya", text="Secret plans", conversation=here["conversation"])
    opened = await teams_stage.drive("ask", "ana", command="book", message=said["message"], **here)
    fields = {each["id"]: each for each in opened["card"]["body"] if "id" in each}
    address = fields["topic"]["value"]
    assert address.startswith("https://teams.microsoft.com/l/message/19%3A")
    assert address.endswith(f"/{said['message']}")
    chosen = {"slot": fields["slot"]["choices"][0]["value"]}
    done = await teams_stage.drive("submit", "ana", title="Book", values=chosen)
    told = await teams_stage.told("sam", "booked a session with you")
    for card in (done["card"], told.card):
        assert f"About: {address}" in card["fallbackText"]
        assert f"]({address})" in json.dumps(card)
        assert "Secret plans" not in json.dumps(card)


async def test_what_others_see_of_a_session_is_bare_and_the_two_see_their_own_view_of_it(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", "book with my mentor")
    opened = await teams_stage.drive("press", "ana", message=offered.id, title="Choose a day")
    [slot] = [each for each in opened["card"]["body"] if each.get("id") == "slot"]
    values = {"slot": slot["choices"][0]["value"], "topic": "My first talk"}
    await teams_stage.drive("submit", "ana", title="Book", values=values)
    everybody = ["ana@example.com", "sam@example.com", "priya@example.com"]
    here = await teams_stage.drive("group", name="All", members=everybody, bot=True)
    found = await teams_stage.drive("search", "ana", command="sessions", **here)
    [one] = found["attachments"]
    sent = (await teams_stage.drive("choose", "ana", attachment=one, **here))["message"]
    card = one["content"]
    assert card["fallbackText"] == "Mentoring session\nTue 24 Nov, 09:00 (15:00 Berlin), with Sam Okoye"
    ids = [(await teams_stage.drive("person", who))["id"] for who in ("ana", "sam")]
    assert card["refresh"]["userIds"] == ids
    assert "My first talk" not in json.dumps(one)
    for who, when in (
        ("ana", "09:00 (15:00 Berlin), with Sam Okoye"),
        ("sam", "15:00 (09:00 New York), with Ana Ruiz"),
    ):
        own = (await teams_stage.drive("refresh", who, message=sent, **here))["card"]
        assert own["fallbackText"].startswith(f"Mentoring session\nTue 24 Nov, {when}. About: My first talk")
        assert [each["title"] for each in own["actions"]] == ["Join"]
        assert sorted(own["refresh"]["userIds"]) == sorted(ids)
    assert (await teams_stage.drive("refresh", "priya", message=sent, **here))["status"] is None
    asked = await teams_stage.drive("refresh", "priya", message=sent, manual=True, **here)
    assert "none of your planned sessions" in asked["card"]["fallbackText"]
    await cancelled(teams_stage)
    own = (await teams_stage.drive("refresh", "ana", message=sent, **here))["card"]
    assert "none of your planned sessions" in own["fallbackText"]
    assert "24 Nov" not in json.dumps(own)


async def test_a_search_is_answered_in_time(teams_stage: Members) -> None:
    await teams_stage.drive("person", "uma", guest=True)
    await teams_stage.fail("members.get", kind="delay", delay_ms=3_500)
    found = await teams_stage.drive("search", "uma", command="sessions")
    assert (found["attachments"], found["said"]) == ([], "Still working on it...")
