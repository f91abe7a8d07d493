"""Product dialogues 4.1, 4.5, 4.6 and 4.9, as they read in Teams."""

from __future__ import annotations

from .member import Members


async def test_ana_books_with_her_mentor(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", "/book with my mentor")
    assert offered.lines == [
        "Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).",
        "1. Tue 24 Nov, 09:00 (15:00)",
        "2. Wed 25 Nov, 10:00 (16:00)",
        "3. Tue 1 Dec, 09:00 (15:00)",
        "Checked 11:02. Each of you sees only free or busy.",
        "[1] [2] [3] [See both calendars] [More]",
    ]
    booked = await teams_stage.press(offered, "1")
    assert booked.lines[0] == (
        "Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye."
    )
    assert "Join: https://meet.google.com/" in booked.text
    told = await teams_stage.told("sam", "booked a session with you")
    assert told.lines[0].startswith(
        "Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York)."
    )
    assert told.buttons[:2] == ["Looks good", "Cannot make it"]
    await teams_stage.press(told, "Looks good")
    answered = await teams_stage.newest("sam")
    assert answered.text.startswith("Accepted: ")


async def test_a_number_takes_what_the_list_says_and_sessions_are_listed(teams_stage: Members) -> None:
    await teams_stage.say("ana", "book with Sam")
    booked = await teams_stage.say("ana", "2")
    assert booked.lines[0].startswith("Booked. Wed 25 Nov 2026, 10:00 - 10:45 New York")
    assert "Wed 25 Nov, 10:00" in (await teams_stage.say("ana", "My sessions")).text


async def test_status_privacy_and_connecting(teams_stage: Members) -> None:
    status = await teams_stage.say("sam", "status")
    assert status.lines[0].startswith("Calendar: Outlook - Domain, working, checked ")
    await teams_stage.say("ana", "book with my mentor")
    receipts = await teams_stage.say("sam", "privacy")
    assert "Ana Ruiz (your mentee) was shown your free times on 1 day" in receipts.text
    connect = await teams_stage.say("ana", "connect")
    assert connect.lines[0] == "Nothing to do: your organisation connected your calendar (Google - Domain)."


async def test_what_is_not_understood_is_said_with_what_can_be(teams_stage: Members) -> None:
    helped = await teams_stage.say("sam", "helo")
    assert helped.lines[0].startswith("I did not understand helo. You can say: book")


async def test_whoever_was_just_given_the_app_is_welcomed_once(teams_stage: Members) -> None:
    [welcome] = await teams_stage.messages("ana")
    assert welcome.text.startswith("Hello. I find times at which you and your match are both free")
    await teams_stage.drive("install", "ana", upgrade=True)
    assert len(await teams_stage.messages("ana")) == 1
