"""Matches, memberships and programmes end: what their people are told, what they decide, what the calendars show."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from calendar_core.ended import Leaver
from calendar_core.people import MatchId, User
from calendar_core.ports import Receipt
from sandbox.faults import Fault
from sandbox.world import Event
from tests.visiting import Reply, Visitor

PLANNED = "Tue 24 Nov, 09:00 New York (15:00 Berlin)"


async def user(visitor: Visitor, who: str) -> User:
    (found,) = await visitor.stage.application.store.people.at_address(f"{who}@example.com")
    return found


async def match_of(visitor: Visitor, who: str) -> MatchId:
    (matched,) = await visitor.stage.application.store.programmes.matched((await user(visitor, who)).id)
    return matched.match.id


async def receipts(visitor: Visitor, who: str) -> tuple[Receipt, ...]:
    """Who was shown that person's times."""
    return await visitor.stage.application.store.receipts.of((await user(visitor, who)).id, date(2026, 1, 1))


async def booked(visitor: Visitor) -> None:
    await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    await visitor.hears("sam", "booked a session with you")


async def ended(visitor: Visitor) -> tuple[Reply, Reply]:
    """The match of Ana and Sam ends; what both are asked."""
    application = visitor.stage.application
    await application.store.endings.end(await match_of(visitor, "ana"), application.clock.now())
    await visitor.drive("clock", now="2026-11-23T14:00:30Z")  # Ana's working hours begin; Sam's have
    words = "has ended"
    return await visitor.hears("ana", words), await visitor.hears("sam", words)


def shown(visitor: Visitor, who: str) -> list[Event]:
    """Sessions in that person's calendar, without what is struck out there."""
    events = visitor.stage.sandbox.world.events(f"{who}@example.com")
    ours = [each for each in events if each.title.endswith("Mentoring session")]
    return [each for each in ours if not each.deleted and each.status != "cancelled"]


async def clear(visitor: Visitor, *people: str) -> bool:
    """Their calendars show no session any more, once they do."""
    async with asyncio.timeout(60):
        while any(shown(visitor, who) for who in people):  # noqa: ASYNC110 - a job's work
            await asyncio.sleep(0.05)
    return True


async def test_look_ups_stop_at_once_and_every_old_button_answers_as_to_strangers(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    shown = await visitor.press("ana", offered, "See both calendars")
    assert shown["picture"]
    await visitor.press("sam", await visitor.say("sam", "book with my mentee"), "More")
    await visitor.press("ana", await visitor.press("ana", offered, "More"), "Ask Sam")
    request = await visitor.hears("sam", "would like 45 min with you")
    await ended(visitor)
    before = [await receipts(visitor, who) for who in ("ana", "sam")]
    strange = await visitor.press_token("uma", offered["choices"][0]["token"])
    replies = [
        *[await visitor.press_token("ana", each["token"]) for each in offered["choices"]],
        *[await visitor.press_token("sam", each["token"]) for each in request["choices"]],
    ]
    assert {each["text"] for each in replies} == {strange["text"]}
    assert strange["text"].startswith("That button leads nowhere any more")
    named = await visitor.say("ana", "book with Sam")
    assert named["text"] == (await visitor.say("uma", "book with Sam"))["text"]
    assert [await receipts(visitor, who) for who in ("ana", "sam")] == before, "somebody was looked up"
    async with visitor.http.get(shown["picture"]["light"]) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(("first", "second"), [("ana", "sam"), ("sam", "ana")])
async def test_the_first_answer_cancels_for_both(visitor: Visitor, first: str, second: str) -> None:
    await booked(visitor)
    asked = dict(zip(("ana", "sam"), await ended(visitor), strict=True))
    assert (
        f"Still planned: {PLANNED}. The first of you to answer decides; without an answer they stay."
        in (asked["ana"]["text"])
    )
    assert [each["label"] for each in asked["ana"]["choices"]] == ["Keep the planned sessions", "Cancel them"]
    reply = await visitor.press(first, asked[first], "Cancel them")
    assert reply["text"].startswith("Cancelled: Tue 24 Nov,")
    await visitor.hears(second, "cancelled your planned sessions: Tue 24 Nov,")
    late = await visitor.press(second, asked[second], "Keep the planned sessions")
    assert late["text"].endswith("has decided already: your planned sessions are cancelled. Nothing was changed.")
    assert await clear(visitor, "ana", "sam")
    again = await visitor.press(first, asked[first], "Cancel them")
    assert again["text"] == "You decided already: your planned sessions are cancelled. Nothing was changed."
    assert (await visitor.say("ana", "sessions"))["text"].startswith("You have no sessions planned.")


async def test_kept_sessions_remind_settle_and_can_be_answered(visitor: Visitor) -> None:
    await visitor.drive("conference", suite="google", pending_answers=3)
    await booked(visitor)
    told = await visitor.hears("sam", "booked a session with you")
    asked = await ended(visitor)
    kept = await visitor.press("sam", asked[1], "Keep the planned sessions")
    assert kept["text"].startswith("All right, they stay: Tue 24 Nov, 15:00 Berlin")
    await visitor.hears("ana", "Sam wants to keep your planned sessions")
    async with asyncio.timeout(60):
        while not any("The meeting link for" in each["text"] for each in await visitor.inbox("ana")):
            await visitor.drive("clock", jump_seconds=310)
    await visitor.press("sam", told, "Cannot make it")
    declined = await visitor.hears("ana", "declined")
    assert declined["choices"] == [], "no other time can be found any more"
    await visitor.press("sam", told, "Looks good")
    assert len(await visitor.events("ana")) == len(await visitor.events("sam")) == 1
    await visitor.drive("clock", now="2026-11-24T13:45:01Z")
    await visitor.hears("ana", "In 15 minutes: your session with Sam")
    await visitor.hears("sam", "In 15 minutes: your session with Ana")


async def test_without_an_answer_they_are_kept(visitor: Visitor) -> None:
    await booked(visitor)
    await ended(visitor)
    await visitor.drive("clock", now="2026-11-24T13:45:01Z")
    await visitor.hears("sam", "In 15 minutes")


async def test_nobody_else_decides(visitor: Visitor) -> None:
    await booked(visitor)
    asked, _ = await ended(visitor)
    strange = await visitor.press("uma", asked, "Cancel them")
    assert strange["text"].startswith("That button leads nowhere any more")
    assert len(await visitor.events("sam")) == 1


async def test_a_leaver_s_sessions_go_and_the_partner_learns_no_reason(visitor: Visitor) -> None:
    await booked(visitor)
    application, sam = visitor.stage.application, await user(visitor, "sam")
    visitor.stage.sandbox.faults.add(Fault("status", operation="events.delete", status=503, times=2))
    (membership,) = await application.store.people.memberships(sam.id)
    await application.store.endings.leave(Leaver(sam.id, membership.programme), application.clock.now())
    heard = await visitor.hears("ana", "no longer in the programme")
    assert heard["text"] == (
        f"Sam Okoye is no longer in the programme Leaders 2026. Cancelled by that: {PLANNED}. The calendar entries go."
    )
    told = await visitor.hears("sam", "no longer in the programme")
    assert told["text"].startswith("You are no longer in the programme Leaders 2026. Cancelled by that: Tue 24 Nov,")
    assert (await visitor.inbox("sam"))[-1] == told
    assert await clear(visitor, "ana", "sam")
    unknown = await visitor.say("ana", "book with Sam")
    assert unknown["text"].replace("Sam", "Nobody") == (await visitor.say("ana", "book with Nobody"))["text"]


async def test_a_programme_that_is_over_asks_about_what_lies_beyond_it(visitor: Visitor) -> None:
    await booked(visitor)
    store = visitor.stage.application.store
    matched = await store.programmes.match(await match_of(visitor, "ana"))
    assert matched
    programme = await store.programmes.programme(matched.programme)
    await store.programmes.update(replace(programme, ends=date(2026, 11, 22)))
    await visitor.drive("clock", now="2026-11-23T15:00:30Z")  # the hourly look at programmes, in both's working hours
    asked = await visitor.hears("sam", "Your programme Leaders 2026 has ended, and with it your match with Ana Ruiz.")
    await visitor.press("sam", asked, "Cancel them")
    assert await clear(visitor, "ana", "sam")
    closed = await visitor.say("ana", "book with my mentor")
    assert closed["text"].startswith("Your programme Leaders 2026 ended on")
