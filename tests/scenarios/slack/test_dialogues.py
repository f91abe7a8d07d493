"""Product dialogues 4.1, 4.4 - 4.6 and 4.9, as they read in Slack."""

from __future__ import annotations

from .member import Members


async def test_ana_books_with_her_mentor(slack_stage: Members) -> None:
    offered = await slack_stage.command("ana", "/book with my mentor")
    assert offered.only
    assert offered.lines == [
        "Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).",
        "1. Tue 24 Nov, 09:00 (15:00)",
        "2. Wed 25 Nov, 10:00 (16:00)",
        "3. Tue 1 Dec, 09:00 (15:00)",
        "Checked 11:02. Each of you sees only free or busy.",
        "[1] [2] [3] [See both calendars] [More]",
    ]
    seen = await slack_stage.press(offered, "See both calendars")
    assert "Both free: 09:00" in seen.text
    booked = await slack_stage.press(seen, "Book 09:00")
    assert not booked.only, "what must last is a message of its own"
    assert booked.lines[0] == (
        "Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye."
    )
    assert "Join: https://meet.google.com/" in booked.text
    assert len([each for each in await slack_stage.messages("ana") if each.message["bot"]]) == 1  # each in its place


async def test_a_number_takes_what_the_list_says(slack_stage: Members) -> None:
    await slack_stage.command("ana", "/book with Sam")
    booked = await slack_stage.command("ana", "/book 2")
    assert booked.lines[0].startswith("Booked. Wed 25 Nov 2026, 10:00 - 10:45 New York")
    listed = await slack_stage.command("ana", "/sessions")
    assert "Wed 25 Nov, 10:00" in listed.text


async def test_what_was_read_is_said_and_a_gone_slot_is_explained(slack_stage: Members) -> None:
    offered = await slack_stage.say("ana", "book with Sam next Friday morning 30 min")
    assert offered.lines[0] == "I read: Sam Okoye, Fri 27 Nov, 08:00 - 12:00 New York, 30 min."
    theirs = await slack_stage.command("sam", "/book with my mentee next Friday afternoon 30 min")
    taken = next(label for label in theirs.buttons if label.isdigit())
    booked = await slack_stage.press(theirs, taken)
    assert booked.text.startswith("Booked.")


async def test_in_a_channel_nobody_else_sees_what_was_asked_or_answered(slack_stage: Members) -> None:
    channel = await slack_stage.channel("general", "ana", "sam", "priya")
    offered = await slack_stage.command("ana", "/book with my mentor", channel)
    assert offered.only
    report = await slack_stage.command("priya", "/pairtime admin who hasn't integrated their calendar?", channel)
    assert report.only
    assert "Not working:" in report.text
    assert await slack_stage.messages("sam", channel) == []
    refused = await slack_stage.command("sam", "/pairtime admin who hasn't integrated their calendar?", channel)
    assert refused.lines[0].startswith("That needs the programme-admin role.")
    assert "Not working" not in refused.text


async def test_status_privacy_and_connecting(slack_stage: Members) -> None:
    status = await slack_stage.command("sam", "/pairtime status")
    assert status.lines[0].startswith("Calendar: Outlook - Domain, working, checked ")
    await slack_stage.command("ana", "/book with my mentor")
    receipts = await slack_stage.say("sam", "privacy")
    assert "Ana Ruiz (your mentee) was shown your free times on 1 day" in receipts.text
    connect = await slack_stage.say("ana", "connect")
    assert connect.lines[0] == "Nothing to do: your organisation connected your calendar (Google - Domain)."


async def test_what_is_not_understood_is_said_with_what_can_be(slack_stage: Members) -> None:
    helped = await slack_stage.say("sam", "helo")
    assert helped.lines[0].startswith("I did not understand helo. You can say: book")
    assert "Times for you" not in (await slack_stage.command("sam", "/pairtime help")).text


async def test_an_account_that_is_nobodys_is_linked_by_a_mailed_code(slack_stage: Members) -> None:
    offered = await slack_stage.command("lea", "/book with my mentee")
    sent = await slack_stage.press(offered, "Send me a code")
    assert "10 minutes" in sent.text
