"""Free/Busy Only switched on and off across sessions that lie ahead: every status word, calendar and letter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.cli.playing import Stage
from calendar_core.errors import SessionIsFrozen
from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import User
from calendar_core.session import Session
from sandbox.faults import Fault
from sandbox.world import Timed
from tests.faults.couples import ORGANISATION, Couple, Hamlet, Suites, settled
from tests.visiting import Visitor

from .own_consent import connect_own

LIMITED = IntegrationKind.OUTLOOK_FREE_BUSY_ONLY
OPERATOR = "root"


@dataclass(frozen=True)
class Town:
    """Two couples, each with a session ahead: one connected by their domains, one by themselves."""

    hamlet: Hamlet
    visitor: Visitor
    sessions: tuple[Session, Session]

    @property
    def people(self) -> list[User]:
        return [user for couple in self.hamlet.couples for user in (couple.mentee, couple.mentor)]

    async def switch(self, *, on: bool, convert: bool) -> None:
        """Decided, and carried out."""
        switching = self.hamlet.application.switching
        assert await switching.switch(await switching.plan(ORGANISATION, on=on), by=OPERATOR, convert=convert)
        await self.finished()

    async def look_around(self) -> None:
        """At everybody's calendar, as the daily round does."""
        for user in self.people:
            await self.hamlet.application.connecting.probing.look_at(user)

    async def finished(self) -> None:
        """Nothing is left to be done; the clock runs on, for what waits."""
        organisation = self.people[0].organisation
        async with asyncio.timeout(60):
            while await self.hamlet.application.store.modes.unfinished(organisation):
                await self.visitor.drive("clock", jump_seconds=1)

    async def words(self) -> list[tuple[str, Trouble | None]]:
        """The status of each of the four, as administrators read it."""
        store = self.hamlet.application.store
        found = [await store.integrations.of(user.id) for user in self.people]
        return [(each.kind.value if each.kind else "", each.trouble) for each in found]

    async def words_of_the_first(self) -> list[str]:
        """Of the couple that is connected by its domains."""
        return [word for word, _ in (await self.words())[:2]]

    async def present(self) -> list[Session]:
        stored = [await self.hamlet.application.store.sessions.session(each.uid) for each in self.sessions]
        return [each for each in stored if each is not None]

    async def kept(self) -> list[bool]:
        """Whether a token of each of the four is kept here."""
        credentials = self.hamlet.application.store.credentials
        return [await credentials.of(user.id) is not None for user in self.people]

    async def alive_at_google(self) -> int:
        """How many refresh tokens of theirs Google would still take."""
        url = f"{self.hamlet.sandbox.url}/_/world"
        async with self.visitor.http.get(url) as answer:
            mailboxes = (await answer.json())["mailboxes"]
        grants = [grant for user in self.people for grant in mailboxes[user.email]["grants"]]
        return sum(grant["refresh_tokens"] for grant in grants if grant["vendor"] == "google")

    def in_calendars(self) -> list[int]:
        """How many entries of sessions each of the four sees."""
        return [sum(each.title == "Mentoring session" for each in self.hamlet.shown(user)) for user in self.people]

    async def methods(self) -> list[list[str]]:
        """What came to each of the four by mail."""
        letters = [await self.visitor.letters(user.email) for user in self.people]
        return [[letter["invitation"]["method"] for letter in each if letter["invitation"]] for each in letters]


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    suites = Suites("google", "microsoft")
    async with settled(folder, [suites, suites]) as hamlet:
        store = hamlet.application.store
        (organisation,) = await store.people.organisations()
        await store.people.update_organisation(replace(organisation, google_domains=(ORGANISATION,)))
        own = hamlet.couples[1]
        await connect_own(hamlet, own.mentee, IntegrationKind.GOOGLE_INDIVIDUAL)
        await connect_own(hamlet, own.mentor, IntegrationKind.OUTLOOK_INDIVIDUAL)
        visitor = Visitor(hamlet.http, Stage("", hamlet.sandbox, hamlet.application))
        by_domain, by_themselves = hamlet.couples
        sessions = (
            await booked(visitor, by_domain, by_domain.mentor),  # Outlook carries it
            await booked(visitor, by_themselves, by_themselves.mentee),  # Google carries it
        )
        yield Town(hamlet, visitor, sessions)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as standing:
        yield standing


async def booked(visitor: Visitor, couple: Couple, asker: User) -> Session:
    """By one of them, with a link."""
    role = "mentor" if asker == couple.mentee else "mentee"
    reply = await visitor.press(asker.email, await visitor.say(asker.email, f"book with my {role}"), "1")
    assert reply["text"].startswith("Booked.")
    (session,) = await visitor.stage.application.store.sessions.of_match(couple.match.id, 5)
    return session


NOT_CONNECTED = ("", Trouble.FREE_BUSY_ONLY)
BY_DOMAIN = [(IntegrationKind.GOOGLE_DOMAIN.value, None), (IntegrationKind.OUTLOOK_DOMAIN.value, None)]


async def test_with_convert_each_session_is_taken_out_of_the_calendars_and_mailed(two: Town) -> None:
    calls = two.hamlet.sandbox.log
    assert two.in_calendars() == [1, 1, 1, 1]
    await two.switch(on=True, convert=True)
    assert await two.words() == [NOT_CONNECTED, (LIMITED.value, None), NOT_CONNECTED, (LIMITED.value, None)]
    for before, now in zip(two.sessions, await two.present(), strict=True):
        assert (now.uid, now.when, now.people, now.state) == (before.uid, before.when, before.people, before.state)
        assert (now.mailed, now.frozen, now.conference) == (True, False, None)
    for user in two.people:
        (letter,) = await two.visitor.gets(user.email, 1)
        assert letter["invitation"] is not None
        assert letter["invitation"]["method"] == "REQUEST"
        assert letter["invitation"]["link"] is None
        assert "It has no meeting link." in letter["text"]
        assert "http" not in letter["text"]
        told = await two.visitor.hears(user.email, "takes place as before, but its calendar entry is replaced")
        assert "changes made in Outlook do not move it" in told["text"]
        assert "http" not in told["text"]
    assert two.in_calendars() == [0, 1, 0, 1], "Outlook shows the mailed one, Gmail waits for an answer"
    assert await two.kept() == [False] * 4
    assert [call.status for call in calls.of(vendor="google", operation="revoke")] == [200]
    calls.clear()
    await two.look_around()
    assert {call.operation for call in calls.of(vendor="graph")} == {"getSchedule"}
    assert not calls.of(vendor="google")


async def test_without_convert_sessions_are_frozen_and_that_is_said_wherever_they_are_shown(two: Town) -> None:
    before = two.in_calendars()
    await two.switch(on=True, convert=False)
    for session, now in zip(two.sessions, await two.present(), strict=True):
        assert now == replace(session, frozen=True, revision=session.revision + 1)
    assert two.in_calendars() == before
    assert await two.methods() == [[], [], [], []]
    for user in two.people:
        told = await two.visitor.hears(user.email, "stays as it is, and I can no longer move or cancel it")
        assert "change it in your calendar" in told["text"]
        listed = await two.visitor.say(user.email, "sessions")
        assert "(change it in your calendar)" in listed["text"]
    told = await two.visitor.hears(two.people[3].email, "booked a session with you")
    for button in ("Looks good", "Cannot make it"):
        refused = await two.visitor.press(two.people[3].email, told, button)
        assert "that session was booked before: change it in your calendar." in refused["text"]
    with pytest.raises(SessionIsFrozen):
        await two.hamlet.application.scheduling.cancelling.cancel(two.people[0], two.sessions[0].uid)
    assert [each.frozen for each in await two.present()] == [True, True]
    assert two.in_calendars() == before


@pytest.mark.parametrize("mailed", [True, False], ids=["mailed", "frozen"])
async def test_a_move_in_outlook_after_that_is_not_seen(two: Town, mailed: bool) -> None:
    await two.switch(on=True, convert=mailed)
    mentor = two.hamlet.couples[0].mentor
    if mailed:
        await two.visitor.gets(mentor.email, 1)
    was, shown = await two.present(), (await two.visitor.say(mentor.email, "sessions"))["text"]
    told = len(await two.visitor.inbox(mentor.email))
    (copy,) = [each for each in two.hamlet.shown(mentor) if each.title == "Mentoring session"]
    assert isinstance(copy.when, Timed)
    assert (copy.when.start, copy.when.end) == (was[0].when.start, was[0].when.end)
    assert copy.is_organizer_copy is not mailed
    later = replace(copy.when, start=copy.when.start + timedelta(days=1), end=copy.when.end + timedelta(days=1))
    calls = two.hamlet.sandbox.log
    calls.clear()
    if mailed:  # Outlook lets somebody who is invited drag it in the own calendar
        two.hamlet.sandbox.world.update(replace(copy, when=later))
    else:
        times = {"start": later.start.isoformat(), "end": later.end.isoformat()}
        await two.visitor.drive("move", mailbox=mentor.email, uid=copy.uid, **times)
    (moved,) = [each for each in two.hamlet.shown(mentor) if each.title == "Mentoring session"]
    assert isinstance(moved.when, Timed)
    assert (moved.when.start, moved.when.end) == (later.start, later.end)
    await two.visitor.drive("clock", jump_seconds=3600)
    assert (await two.visitor.say(mentor.email, "sessions"))["text"] == shown
    await two.look_around()
    assert await two.present() == was
    since = [each["text"] for each in (await two.visitor.inbox(mentor.email))[told:]]
    assert all(each.startswith("Tomorrow: Mon 23 Nov 2026, 16:15 - 17:00 Lisbon") for each in since), since
    assert {call.operation for call in calls.of(vendor="graph")} == {"getSchedule"}


@pytest.mark.parametrize("off", [True, False], ids=["off with --convert", "off without"])
@pytest.mark.parametrize("on", [True, False], ids=["on with --convert", "on without"])
async def test_either_way_no_token_is_left_and_each_status_word_is_right(two: Town, on: bool, off: bool) -> None:
    assert await two.kept() == [False, False, True, True]
    assert await two.alive_at_google() == 1
    await two.switch(on=True, convert=on)
    assert await two.words() == [NOT_CONNECTED, (LIMITED.value, None)] * 2
    assert await two.kept() == [False] * 4
    assert await two.alive_at_google() == 0
    assert await two.hamlet.application.store.secrets.sealed_by() == {}
    assert [(each.mailed, each.frozen) for each in await two.present()] == [(on, not on)] * 2
    await two.switch(on=False, convert=off)
    assert await two.words() == BY_DOMAIN * 2
    assert await two.kept() == [False] * 4
    assert await two.alive_at_google() == 0
    assert await two.hamlet.application.store.secrets.sealed_by() == {}
    assert [(each.mailed, each.frozen) for each in await two.present()] == [(on and not off, False)] * 2


async def test_frozen_sessions_thaw_when_it_is_switched_off(two: Town) -> None:
    await two.switch(on=True, convert=False)
    await two.switch(on=False, convert=False)
    assert await two.words() == BY_DOMAIN * 2
    assert [(each.frozen, each.mailed) for each in await two.present()] == [(False, False)] * 2
    for user in two.people:
        await two.visitor.hears(user.email, "can be changed here again.")
    await two.hamlet.application.scheduling.cancelling.cancel(two.people[0], two.sessions[0].uid)
    assert two.in_calendars()[:2] == [0, 0]


async def test_mailed_sessions_stay_mailed_unless_they_are_converted(two: Town) -> None:
    await two.switch(on=True, convert=True)
    for user in two.people:
        await two.visitor.gets(user.email, 1)
    await two.switch(on=False, convert=False)
    assert [each.mailed for each in await two.present()] == [True, True]
    assert await two.methods() == [["REQUEST"]] * 4
    await two.hamlet.application.scheduling.cancelling.cancel(two.people[0], two.sessions[0].uid)
    for user in two.people[:2]:
        await two.visitor.gets(user.email, 2)
    assert (await two.methods())[:2] == [["REQUEST", "CANCEL"]] * 2


async def test_switched_off_with_convert_they_are_in_the_calendars_again_with_a_link(two: Town) -> None:
    await two.switch(on=True, convert=True)
    for user in two.people:
        await two.visitor.gets(user.email, 1)
    await two.switch(on=False, convert=True)
    for user in two.people:
        _, cancel = await two.visitor.gets(user.email, 2)
        assert cancel["invitation"] is not None
        assert (cancel["invitation"]["method"], cancel["invitation"]["sequence"]) == ("CANCEL", 1)
        await two.visitor.hears(user.email, "is in both calendars again; the invitation by mail is cancelled.")
    assert two.in_calendars() == [1, 1, 1, 1]
    for before, now in zip(two.sessions, await two.present(), strict=True):
        assert (now.uid, now.when, now.state, now.mailed) == (before.uid, before.when, before.state, False)
        assert now.conference is not None


async def test_twice_is_once_and_who_did_it_is_kept(two: Town) -> None:
    application = two.hamlet.application
    await two.switch(on=True, convert=True)
    plan = await application.switching.plan(ORGANISATION.upper(), on=True)
    assert plan.nothing_to_do
    assert plan.latest is not None
    assert (plan.latest.by, plan.latest.free_busy_only) == (OPERATOR, True)
    assert not await application.switching.switch(plan, by="somebody", convert=False)
    again = await application.switching.plan(ORGANISATION, on=True)
    assert again.latest == plan.latest
    assert [each.mailed for each in again.sessions] == [True, True]


@pytest.mark.parametrize("kind", ["refuses", "is silent"])
async def test_what_cannot_be_taken_out_of_a_calendar_is_frozen_and_both_are_told(two: Town, kind: str) -> None:
    fault = Fault("status", status=403 if kind == "refuses" else 503, times=None, reason=None)
    for operation in ("events.cancel", "events.delete"):
        two.hamlet.sandbox.faults.add(replace(fault, operation=operation))
    switching = two.hamlet.application.switching
    await switching.switch(await switching.plan(ORGANISATION, on=True), by=OPERATOR, convert=True)
    async with asyncio.timeout(60):
        while await two.hamlet.application.store.modes.unfinished(two.people[0].organisation):
            await two.visitor.drive("clock", jump_seconds=120)
    assert [(each.frozen, each.mailed) for each in await two.present()] == [(True, False)] * 2
    assert two.in_calendars() == [1, 1, 1, 1]
    assert await two.methods() == [[], [], [], []]
    for user in two.people:
        await two.visitor.hears(user.email, "I could not take it out of the calendar. It stays there")


async def test_a_session_that_is_just_being_booked_is_neither_lost_nor_there_twice(two: Town) -> None:
    """The calendar is slow, and the mode changes while it thinks."""
    couple = two.hamlet.couples[0]
    offered = await two.visitor.say(couple.mentee.email, "book with my mentor")
    two.hamlet.sandbox.faults.add(Fault("delay", operation="events.insert", delay_ms=700))
    pressed = asyncio.create_task(two.visitor.press(couple.mentee.email, offered, "1"))
    store = two.hamlet.application.store
    async with asyncio.timeout(60):
        while len(two.hamlet.sandbox.log.of(operation="events.insert")) < 2:
            await two.visitor.drive("clock", jump_seconds=0)
    await two.switch(on=True, convert=False)
    await pressed
    await two.finished()
    sessions = await store.sessions.of_match(couple.match.id, 5)
    assert len(sessions) == 2
    assert all(each.frozen for each in sessions)
    assert two.in_calendars()[:2] == [2, 2]
    assert await two.methods() == [[], [], [], []]
    assert two.hamlet.sandbox.clock.now() > sessions[0].looked_at - timedelta(days=1)
