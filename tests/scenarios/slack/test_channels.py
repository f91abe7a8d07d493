"""In a channel others look on: nobody but the asker sees what was asked or answered."""

from __future__ import annotations

from .member import Members, Message


async def test_nobody_else_sees_what_was_asked_or_answered(slack_stage: Members) -> None:
    channel = await slack_stage.channel("general", "ana", "sam", "priya")
    offered = await slack_stage.command("ana", "/book with my mentor", channel)
    assert offered.only
    report = await slack_stage.command("priya", "/pairtime admin who hasn't integrated their calendar?", channel)
    assert report.only
    assert report.lines[0] == "I sent this to you privately, because it names people."
    assert "Not working:" in report.text
    assert await slack_stage.messages("sam", channel) == []
    refused = await slack_stage.command("sam", "/pairtime admin who hasn't integrated their calendar?", channel)
    assert refused.lines[0].startswith("That needs the programme-admin role.")
    assert "Not working" not in refused.text


async def test_a_file_goes_to_the_asker_alone_wherever_it_was_asked_for(slack_stage: Members) -> None:
    channel = await slack_stage.channel("general", "priya", "sam")
    asked = await slack_stage.command("priya", "/pairtime admin who hasn't integrated their calendar?", channel)
    taken = await slack_stage.press(asked, "CSV")
    assert "Leaders 2026, 131 people, as a file for you alone." in taken.text
    await slack_stage.here.tasks.idle()
    here = [each for who in ("priya", "sam") for each in await slack_stage.messages(who, channel)]
    assert not any(each.files for each in here)
    (brought,) = [each for each in await slack_stage.messages("priya") if each.files]
    assert brought.files[0]["name"] == "pairtime-statuses-2026-11-22.csv"
    assert not any(each.files for each in await slack_stage.messages("sam"))


async def test_an_answer_stands_where_the_button_was(slack_stage: Members) -> None:
    offered = await slack_stage.command("ana", "/book with my mentor")
    await slack_stage.press(offered, "See both calendars")
    (seen,) = await answers(slack_stage, "ana")
    assert "Both free: " in seen.text
    assert (seen.only, seen.ts) == (True, offered.ts)
    await slack_stage.press(seen, "Book 09:00")
    (booked,) = await answers(slack_stage, "ana")
    assert booked.lines[0].startswith("Booked. ")
    assert not booked.only, "what must last is a message of its own, in the list's stead"


async def answers(here: Members, who: str) -> list[Message]:
    """Without the picture, which stands beside one."""
    return [each for each in await here.messages(who) if each.is_ours and not each.files]


async def test_a_number_behind_the_command_takes_what_the_list_says(slack_stage: Members) -> None:
    channel = await slack_stage.channel("general", "ana", "sam")
    await slack_stage.command("ana", "/book with Sam", channel)
    booked = await slack_stage.command("ana", "/book 2", channel)
    assert booked.lines[0].startswith("Booked. Wed 25 Nov 2026, 10:00 - 10:45 New York")
    listed = await slack_stage.command("ana", "/sessions", channel)
    assert "Wed 25 Nov, 10:00" in listed.text
