"""A confirmation in Slack says what holds now: once its link comes, when the other declines, and comes after all."""

from __future__ import annotations

import asyncio

from calendar_core.people import User
from tests.faults.couples import Couple, Hamlet
from tests.visiting import Visitor

from .in_hamlet import couple, hamlet, members
from .member import Members, Message

__all__ = ["couple", "hamlet", "members"]

LATE = "The meeting link is not ready yet; I will post it here within a few minutes."


async def booked(members: Members, couple: Couple) -> Message:
    """The mentee books in Slack: the confirmation that stays there."""
    offered = await members.command(couple.mentee.email, "/book with my mentor")
    confirmed = await members.press(offered, "1")
    assert confirmed.lines[0].startswith("Booked. ")
    assert not confirmed.only
    return confirmed


async def message(members: Members, user: User, words: str, *, at: str = "", but: str = "") -> Message:
    """With these words before that person's eyes, once there is one: where a message stood, or anywhere `but` there."""
    changes = -1
    async with asyncio.timeout(60):
        while True:
            for each in await members.messages(user.email):
                if words in each.text and each.ts != but and at in ("", each.ts):
                    return each
            changes = await members.changed_since(user.email, changes)


async def test_a_late_link_is_in_the_confirmation_once_it_is_there(
    hamlet: Hamlet, couple: Couple, members: Members
) -> None:
    visitor = Visitor(members.http, members.stage)
    await visitor.drive("conference", suite="google", pending_answers=2)
    confirmed = await booked(members, couple)
    told = await message(members, couple.mentor, "booked a session with you")
    assert LATE in confirmed.lines
    assert "The meeting link comes within a few minutes." in told.text
    await visitor.drive("clock", jump_seconds=310)
    ready = await message(members, couple.mentee, "is ready")
    stands = await message(members, couple.mentee, "Join: https://meet.google.com/", at=confirmed.ts)
    assert stands.lines[1] == f"{ready.lines[1]}. It is in both calendars; you are the organizer."
    assert stands.lines[2:] == confirmed.lines[3:], "what else it said still holds"
    await message(members, couple.mentor, "The link is in your calendar.", at=told.ts)


async def test_a_decline_and_an_acceptance_are_seen_in_the_confirmation(
    hamlet: Hamlet, couple: Couple, members: Members
) -> None:
    confirmed = await booked(members, couple)
    told = await message(members, couple.mentor, "booked a session with you")
    await members.press(told, "Cannot make it")
    news = await message(members, couple.mentee, "Mentor declined", but=confirmed.ts)
    stands = await message(members, couple.mentee, "Mentor declined", at=confirmed.ts)
    assert stands.text == news.text
    await members.press(await message(members, couple.mentor, "", at=told.ts), "Looks good")
    await message(members, couple.mentee, "can make", but=confirmed.ts)
    again = await message(members, couple.mentee, "Booked.", at=confirmed.ts)
    assert again.lines == confirmed.lines
