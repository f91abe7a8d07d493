"""The message extension: one's own sessions alone, no free times, no link into a call; and the dialog from anywhere."""

from __future__ import annotations

import json

from .member import Members


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


async def test_nobody_finds_what_is_not_theirs(teams_stage: Members) -> None:
    await teams_stage.say("ana", "book with my mentor")
    await teams_stage.say("ana", "1")
    found = await teams_stage.drive("search", "priya", command="sessions")
    assert (found["attachments"], found["said"]) == ([], "You have no sessions planned.")
    await teams_stage.drive("person", "uma", guest=True)
    guest = await teams_stage.drive("search", "uma", command="sessions")
    assert guest["attachments"] == []
    assert guest["said"]


async def test_a_session_can_be_booked_about_a_message_that_is_not_read(teams_stage: Members) -> None:
    said = await teams_stage.say("ana", "help")
    opened = await teams_stage.drive("ask", "ana", command="book", message=said.id)
    slot = next(each for each in opened["card"]["body"] if each.get("id") == "slot")
    done = await teams_stage.drive("submit", "ana", title="Book", values={"slot": slot["choices"][0]["value"]})
    assert done["card"]["fallbackText"].startswith("Booked. Tue 24 Nov 2026, 09:00")
    assert (await teams_stage.newest("ana")).text.startswith("Booked. Tue 24 Nov 2026, 09:00")


async def test_a_search_is_answered_in_time(teams_stage: Members) -> None:
    await teams_stage.drive("person", "uma", guest=True)
    await teams_stage.fail("members.get", kind="delay", delay_ms=3_500)
    found = await teams_stage.drive("search", "uma", command="sessions")
    assert (found["attachments"], found["said"]) == ([], "Still working on it...")
