"""The world: invitations travel, answers travel back, and what a folder holds survives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.clock import WorldClock
from sandbox.world import Attendee, Event, Mailbox, Minting, Person, Timed, World

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
ANA = Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York")
GIL = Mailbox("gil@example.com", "Gil Mora", "google", "Europe/Madrid")
SAM = Mailbox("sam@example.com", "Sam Okoye", "microsoft", "Europe/Berlin")


def a_world(folder: Path | None = None) -> World:
    world = World(WorldClock(datetime(2026, 11, 23, 8, tzinfo=UTC)), folder)
    for mailbox in (ANA, GIL, SAM):
        world.add_mailbox(mailbox)
    return world


def a_session(organizer: Mailbox, *attendees: Mailbox) -> Event:
    return Event(
        mailbox=organizer.address,
        id="",
        uid="",
        title="Mentoring",
        when=Timed(MONDAY, MONDAY + timedelta(minutes=45)),
        organizer=Person(organizer.address, organizer.name),
        attendees=tuple(Attendee(each.address, each.name) for each in attendees),
    )


def copy_of(world: World, mailbox: Mailbox, event: Event) -> Event:
    found = world.by_uid(mailbox.address, event.uid)
    assert found is not None
    return found


@pytest.mark.parametrize(("organizer", "guest"), [(ANA, SAM), (SAM, ANA), (ANA, GIL)], ids=str)
def test_an_invitation_lands_in_the_other_calendar_unanswered_and_not_free(organizer: Mailbox, guest: Mailbox) -> None:
    world = a_world()
    made = world.create(a_session(organizer, guest))
    copy = copy_of(world, guest, made)
    assert (copy.when, copy.organizer.email) == (made.when, organizer.address)
    assert (copy.response, copy.availability, copy.is_busy) == ("needsAction", "tentative", True)
    assert made.availability == "busy"


def test_an_untold_guest_outside_the_suite_never_hears_of_it() -> None:
    world = a_world()
    made = world.create(a_session(ANA, SAM, GIL), tell="none")
    assert world.by_uid(SAM.address, made.uid) is None
    assert copy_of(world, GIL, made).id == made.id


@pytest.mark.parametrize(("organizer", "guest"), [(ANA, SAM), (SAM, ANA)], ids=str)
def test_an_answer_travels_back_and_a_declined_time_is_free(organizer: Mailbox, guest: Mailbox) -> None:
    world = a_world()
    made = world.create(a_session(organizer, guest))
    world.answer(copy_of(world, guest, made), "declined", "No time")
    assert copy_of(world, guest, made).availability == "free"
    [attendee] = copy_of(world, organizer, made).attendees
    assert (attendee.response, attendee.comment) == ("declined", "No time")


def test_a_new_time_raises_sequence_everywhere_and_asks_again() -> None:
    world = a_world()
    made = world.create(a_session(ANA, SAM))
    world.answer(copy_of(world, SAM, made), "accepted")
    later = Timed(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1, minutes=45))
    world.update(replace(copy_of(world, ANA, made), when=later))
    for mailbox in (ANA, SAM):
        copy = copy_of(world, mailbox, made)
        assert (copy.when, copy.sequence, copy.attendees[0].response) == (later, 1, "needsAction")
        assert copy.revision > made.revision


def test_a_new_title_leaves_sequence_and_answers_alone() -> None:
    world = a_world()
    made = world.create(a_session(ANA, SAM))
    world.answer(copy_of(world, SAM, made), "accepted")
    world.update(replace(copy_of(world, ANA, made), title="Mentoring, part 2"))
    copy = copy_of(world, SAM, made)
    assert (copy.title, copy.sequence, copy.response) == ("Mentoring, part 2", 0, "accepted")


def test_a_cancelled_event_goes_from_google_and_stays_marked_in_outlook() -> None:
    world = a_world()
    made = world.create(a_session(ANA, SAM, GIL))
    world.cancel(made)
    assert [copy_of(world, each, made).status for each in (ANA, SAM, GIL)] == ["cancelled"] * 3
    assert [copy_of(world, each, made).deleted for each in (ANA, SAM, GIL)] == [True, False, True]
    assert not copy_of(world, SAM, made).is_busy


def test_deleting_an_invitation_declines_in_google_and_tells_nobody_in_outlook() -> None:
    world = a_world()
    in_google, in_outlook = world.create(a_session(SAM, ANA)), world.create(a_session(ANA, SAM))
    world.remove(copy_of(world, ANA, in_google))
    world.remove(copy_of(world, SAM, in_outlook))
    assert copy_of(world, SAM, in_google).attendees[0].response == "declined"
    assert copy_of(world, ANA, in_outlook).attendees[0].response == "needsAction"


def test_a_conference_stays_pending_for_as_many_answers_as_asked_and_then_reaches_everybody() -> None:
    world = a_world()
    world.minting["google"] = Minting(pending_answers=2)
    conference = world.begin_conference(ANA, "once")
    made = world.create(replace(a_session(ANA, GIL), conference=conference))
    states = []
    for _ in range(3):
        shown = world.seen(copy_of(world, ANA, made)).conference
        states.append(shown and shown.state)
    assert states == ["pending", "pending", "success"]
    theirs = copy_of(world, GIL, made).conference
    assert theirs is not None
    assert theirs.state == "success"
    assert theirs.url.startswith("https://meet.google.com/")


def test_what_it_begins_with_is_as_it_says_and_what_comes_later_is_newer() -> None:
    world = a_world()
    begun = replace(a_session(ANA), id="begun", uid="begun@example.com", revision=3, updated=MONDAY)
    world.begin_with([begun])
    assert (world.events(ANA.address), world.revision) == ([begun], 3)
    assert world.update(replace(begun, title="Another")).revision == 4


def test_a_folder_gives_the_same_world_again(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    conference = world.begin_conference(SAM, "r1")
    made = world.create(replace(a_session(SAM, ANA), conference=conference, private_properties={"k": "v"}))
    world.answer(copy_of(world, ANA, made), "accepted")
    world.remember("token x", {"sub": "ana@example.com"})
    world.clock.jump(timedelta(days=3))
    # Not closed: what was answered must be on disk already.
    again = World(WorldClock(), tmp_path)
    assert again.mailboxes == world.mailboxes
    assert {a: again.events(a) for a in again.mailboxes} == {a: world.events(a) for a in world.mailboxes}
    assert again.fact("token x") == {"sub": "ana@example.com"}
    assert again.revision == world.revision
    assert abs(again.clock.now() - world.clock.now()) < timedelta(seconds=5)
    again.close()
    world.close()
