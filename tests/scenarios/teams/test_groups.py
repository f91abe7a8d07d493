"""In groups and channels: what concerns somebody is for their eyes alone, and nothing is said twice."""

from __future__ import annotations

from .member import Members

BOOK = "book with my mentor"
EVERYBODY = ["ana@example.com", "sam@example.com", "priya@example.com"]


async def group(stage: Members) -> str:
    told = await stage.drive("group", name="Leaders", members=EVERYBODY, bot=True)
    return str(told["conversation"])


async def channel(stage: Members) -> str:
    told = await stage.drive("channel", team="Leaders", name="General", members=EVERYBODY, bot=True)
    return str(told["conversation"])


async def test_a_mention_in_a_group_is_answered_for_whoever_asked_alone(teams_stage: Members) -> None:
    here = await group(teams_stage)
    offered = await teams_stage.say("ana", BOOK, here, mention=True)
    assert offered.only
    assert offered.lines[0].startswith("Times for you and Sam Okoye")
    seen_by_sam = await teams_stage.messages("sam", here)
    assert [each.text for each in seen_by_sam] == [f"<at>Pairtime</at> {BOOK}"]
    booked = await teams_stage.press(offered, "1")
    assert booked.lines[0].startswith("Booked. Tue 24 Nov 2026, 09:00")
    assert len(await teams_stage.messages("sam", here)) == 1


async def test_a_slash_command_is_private_in_both_directions(teams_stage: Members) -> None:
    here = await group(teams_stage)
    offered = await teams_stage.say("ana", "Book", here, slash=True)
    assert offered.only
    assert offered.lines[0].startswith("Times for you and Sam Okoye")
    assert await teams_stage.messages("sam", here) == []


async def test_in_a_channel_the_thread_is_kept(teams_stage: Members) -> None:
    here = await channel(teams_stage)
    asked = await teams_stage.say("priya", "admin who hasn't integrated their calendar?", here, mention=True)
    assert asked.only
    assert asked.lines[0] == "I sent this to you privately, because it names people."
    assert "Not working:" in asked.text
    messages = await teams_stage.messages("priya", here)
    assert len(messages) == 2
    assert len(await teams_stage.messages("sam", here)) == 1


async def test_words_that_were_not_said_to_us_are_left_alone(teams_stage: Members) -> None:
    here = await group(teams_stage)
    said = await teams_stage.drive("event", "ana", type="message", more={"text": BOOK}, conversation=here)
    assert said["status"] == 202
    assert await teams_stage.messages("ana", here) == []


async def test_what_is_edited_or_taken_back_is_never_done_again(teams_stage: Members) -> None:
    await teams_stage.say("ana", BOOK)
    booked = await teams_stage.say("ana", "1")
    assert booked.text.startswith("Booked.")
    said = (await teams_stage.messages("ana"))[-2]
    count = len(await teams_stage.messages("ana"))
    assert (await teams_stage.drive("edit", "ana", message=said.id, text="2"))["status"] == 202
    assert (await teams_stage.drive("delete", "ana", message=said.id))["status"] == 202
    assert len([each for each in await teams_stage.messages("ana") if each.message["bot"]]) <= count
    assert "Wed 25 Nov" not in (await teams_stage.say("ana", "sessions")).text


async def test_where_no_private_message_can_be_sent_the_own_chat_has_the_answer(teams_stage: Members) -> None:
    here = await group(teams_stage)
    await teams_stage.fail("activities.send", times=1, status=400)
    await teams_stage.say("ana", BOOK, here, mention=True)
    told = (await teams_stage.messages("sam", here))[-1]
    assert told.text == "I have sent the answer to your own chat with me."
    assert (await teams_stage.newest("ana")).lines[0].startswith("Times for you and Sam Okoye")
