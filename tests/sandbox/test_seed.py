"""Seeded people and calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sandbox.clock import WorldClock
from sandbox.seed import fill, plausible_mailboxes
from sandbox.world import AllDay, World

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def a_world(seed: int = 1) -> World:
    world = World(WorldClock(NOW, real=lambda: NOW))
    for mailbox in plausible_mailboxes(130, seed):
        world.add_mailbox(mailbox)
    fill(world, date(2026, 11, 23), seed=seed)
    return world


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    first, again, other = a_world(), a_world(), a_world(seed=2)
    assert first.mailboxes == again.mailboxes != other.mailboxes
    assert all(first.events(address) == again.events(address) for address in first.mailboxes)


def test_calendars_are_full_but_not_packed_and_hold_something_of_everything() -> None:
    world = a_world()
    assert len(world.mailboxes) == 130
    counts = [len(world.events(address)) for address in world.mailboxes]
    assert min(counts) >= 30
    assert max(counts) <= 250
    everything = [event for address in world.mailboxes for event in world.events(address)]
    assert {event.shows for event in everything} == {"busy", "tentative", "oof", "free"}
    assert {event.private for event in everything} == {True, False}
    assert any(isinstance(event.when, AllDay) and not event.is_busy for event in everything)
    assert len({event.id for event in everything}) == len(everything)


def test_a_calendar_that_holds_something_is_left_alone() -> None:
    world = a_world()
    revision = world.revision
    fill(world, date(2026, 11, 23))
    assert world.revision == revision
