"""Every unordered pair of the six states a person can be in, with either side booking: it books, or it is said exactly
why not and what to do. The table is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from adapters.cli.playing import Stage
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.people import User
from calendar_core.providers import OPENERS
from sandbox.world import Suite
from tests.faults.couples import MAILBOX, ORGANISATION, Couple, Hamlet, Suites, settled
from tests.visiting import Reply, Visitor

from .own_consent import connect_own

State = IntegrationKind | None
STATES: tuple[State, ...] = (*IntegrationKind, None)
PAIRS = tuple(combinations_with_replacement(STATES, 2))
BY_TENANT = (IntegrationKind.OUTLOOK_DOMAIN, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY)
OWN = (IntegrationKind.GOOGLE_INDIVIDUAL, IntegrationKind.OUTLOOK_INDIVIDUAL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one booking."""

    where: str
    organizer: str
    link: str


def test_there_are_twenty_one_pairs_and_every_kind_can_be_opened() -> None:
    assert len(PAIRS) == 21
    assert set(OPENERS) == set(IntegrationKind)


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda state: state or "not connected")
async def test_either_side_books(one: State, other: State, tmp_path: Path, seen: Callable[[str], None]) -> None:
    names = f"{named(one)} + {named(other)}"
    async with settled(tmp_path, [Suites(suite(one), suite(other))]) as hamlet:
        (couple,) = hamlet.couples
        visitor = Visitor(hamlet.http, Stage("", hamlet.sandbox, hamlet.application))
        for user, state in ((couple.mentee, one), (couple.mentor, other)):
            await connect(hamlet, user, state)
        found = [
            await Booking(
                visitor=visitor, hamlet=hamlet, couple=couple, asker=asker, partner=partner, states=states
            ).outcome()
            for asker, partner, states in (
                (couple.mentee, couple.mentor, (one, other)),
                (couple.mentor, couple.mentee, (other, one)),
            )
        ]
    assert found == [expected(one, other), expected(other, one)]
    first, second = found
    said = f"{first.where}, {first.organizer}, {first.link}"
    if second != first:
        said += f"; the other way round {second.where}, {second.organizer}, {second.link}"
    seen(f"{names}: {said}")


def expected(asker: State, partner: State) -> Outcome:
    """Decisions 3, 4 and 11, worked out once more."""
    for who, state in (("booker", asker), ("partner", partner)):
        if state in (IntegrationKind.GOOGLE_DOMAIN, IntegrationKind.GOOGLE_INDIVIDUAL):
            return Outcome("both calendars", f"organized by the {who}", "Meet")
        if state in (IntegrationKind.OUTLOOK_DOMAIN, IntegrationKind.OUTLOOK_INDIVIDUAL):
            return Outcome("both calendars", f"organized by the {who}", "Teams")
    if asker or partner:
        return Outcome("mailed to both", "organized by the programme", "no link")
    return Outcome("agreed and mailed to both", "organized by the programme", "no link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One booking as far as it goes, by whatever is offered on the way. `states` are the asker's and the partner's."""

    visitor: Visitor
    hamlet: Hamlet
    couple: Couple
    asker: User
    partner: User
    states: tuple[State, State]

    async def outcome(self) -> Outcome:
        before = {event.uid for event in self.hamlet.shown(self.asker)}
        letters = len(await self.visitor.letters(self.asker.email))
        said = await self._booked()
        if "Agreed: " in said["text"]:
            return await self._mailed(said, letters, "agreed and mailed to both")
        if "nvitation" in said["text"]:
            return await self._mailed(said, letters, "mailed to both")
        assert "Booked." in said["text"] or "it is booked" in said["text"], said["text"]
        (mine,) = [event for event in self.hamlet.shown(self.asker) if event.uid not in before]
        (theirs,) = [event for event in self.hamlet.shown(self.partner) if event.uid == mine.uid]
        assert mine.organizer == theirs.organizer
        assert mine.is_busy
        assert theirs.is_busy
        who = {self.asker.email: "booker", self.partner.email: "partner"}[mine.organizer.email]
        assert mine.conference is not None
        assert mine.conference.url in said["text"]
        assert len(await self.visitor.letters(self.asker.email)) == letters
        return Outcome("both calendars", f"organized by the {who}", mine.conference.kind)

    async def _mailed(self, said: Reply, letters: int, where: str) -> Outcome:
        assert "http" not in said["text"]
        for user, number in ((self.asker, letters + 1), (self.partner, letters + 1)):
            letter = (await self.visitor.gets(user.email, number))[-1]["invitation"]
            assert letter is not None
            assert (letter["method"], letter["organizer"], letter["link"]) == ("REQUEST", MAILBOX, None)
        return Outcome(where, "organized by the programme", "no link")

    async def _booked(self) -> Reply:
        """Through lists, requests and offers to the sentence that says how it ended, for whoever pressed last."""
        role = "mentor" if self.asker == self.couple.mentee else "mentee"
        reply = await self.visitor.say(self.asker.email, f"book with my {role}")
        if reply["kind"] == "SlotsOffered":
            assert all(self.states)
            return await self.visitor.press(self.asker.email, reply, "1")
        assert not all(self.states)
        assert "connected" in reply["text"], "it says why not"
        labels = [choice["label"] for choice in reply["choices"]]
        assert labels, "and what to do"
        if "Plain times" in labels:
            plain = await self.visitor.press(self.asker.email, reply, "Plain times")
            await self.visitor.press(self.asker.email, plain, "1")
            return await self._picked(self.partner, "would like")
        await self.visitor.press(self.asker.email, reply, labels[0])
        if self.states[0] is not None:
            return await self._picked(self.partner, "would like")
        asked = await self.visitor.hears(self.partner.email, "would like")
        offers = await self.visitor.press(self.partner.email, asked, "Offer other times")
        chosen = await self.visitor.press(self.partner.email, offers, "1")
        await self.visitor.press(self.partner.email, chosen, "Send")
        return await self._picked(self.asker, "offers other times")

    async def _picked(self, chooser: User, words: str) -> Reply:
        request = await self.visitor.hears(chooser.email, words)
        return await self.visitor.press(chooser.email, request, "1")


async def connect(hamlet: Hamlet, user: User, state: State) -> None:
    """As that person does it alone; or as whoever the domain's consent reaches, who is looked at while the organisation
    is connected in that one way. Nobody is said to be connected: that it works is found out."""
    store, probing = hamlet.application.store, hamlet.application.connecting.probing
    await store.integrations.connected(Integration(user.id, None, Health.BROKEN, user.email, Trouble.NEVER_CONNECTED))
    organisation = await store.people.organisation(user.organisation)
    only = replace(
        organisation,
        google_domains=(ORGANISATION,) if state is IntegrationKind.GOOGLE_DOMAIN else (),
        entra_tenant=organisation.entra_tenant if state in BY_TENANT else None,
        free_busy_only=state is IntegrationKind.OUTLOOK_FREE_BUSY_ONLY,
    )
    await store.people.update_organisation(only)
    if state in OWN:
        await connect_own(hamlet, user, state)
    assert await probing.look_at(user) is (None if state else Trouble.NEVER_CONNECTED)
    assert (await store.integrations.of(user.id)).kind is state
    await store.people.update_organisation(organisation)


def suite(state: State) -> Suite:
    return "microsoft" if state is not None and state.value.startswith("Outlook") else "google"


def named(state: State) -> str:
    return state.value if state else "not connected"
