"""The world: who has a mailbox, what is in it, and what happens when somebody changes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sandbox.clock import WorldClock
from sandbox.world.invitations import Tell, answered, changed_by_organizer, delivered, withdrawn
from sandbox.world.keeping import Kept
from sandbox.world.minting import Minting, event_id, event_uid, settled
from sandbox.world.rows import event_of, event_row, mailbox_of, mailbox_row
from sandbox.world.values import Conference, Event, Json, Mailbox, Response, Suite

GONE = "null"
"""The row of a mailbox that was deleted."""


class World:
    """Everything outside. With a folder it is written through and found again there; without, it is in memory.

    Methods are plain calls without a pause, so within one loop each is one step for everybody else.
    """

    def __init__(self, clock: WorldClock, folder: Path | None = None) -> None:
        self.clock = clock
        self.minting: dict[Suite, Minting] = {
            "google": Minting(pending_answers=1),
            "microsoft": Minting(),
        }
        self.mailboxes: dict[str, Mailbox] = {}
        self._events: dict[str, dict[str, Event]] = {}
        self._by_uid: dict[tuple[str, str], str] = {}
        self._facts: dict[str, Json] = {}
        self._kinds: dict[str, dict[str, None]] = {}
        self._revision = 0
        self._kept = Kept(folder)
        self._read()

    # Mailboxes

    def add_mailbox(self, mailbox: Mailbox) -> None:
        """Add it, or replace the one with this address; its events stay."""
        self.mailboxes[mailbox.address] = mailbox
        self._events.setdefault(mailbox.address, {})
        self._kept.write([("mailbox", mailbox.address, mailbox_row(mailbox))])

    def remove_mailbox(self, address: str) -> None:
        """The account is deleted, with the calendars it owns. What others were invited to stays with them."""
        for each in [mailbox for mailbox in self.mailboxes.values() if address in (mailbox.address, mailbox.owner)]:
            del self.mailboxes[each.address]
            self._kept.write([("mailbox", each.address, GONE)])

    def mailbox(self, address: str) -> Mailbox | None:
        return self.mailboxes.get(address.lower())

    # Reading

    @property
    def revision(self) -> int:
        """The number of the latest change anywhere."""
        return self._revision

    def event(self, mailbox: str, id: str) -> Event | None:
        """The copy with this id, deleted or not."""
        return self._events.get(mailbox, {}).get(id)

    def by_uid(self, mailbox: str, uid: str) -> Event | None:
        id = self._by_uid.get((mailbox, uid))
        return None if id is None else self._events[mailbox][id]

    def events(self, mailbox: str) -> list[Event]:
        """Every copy ever in this mailbox, deleted ones too, oldest first."""
        return list(self._events.get(mailbox, {}).values())

    def between(self, mailbox: Mailbox, start: datetime, end: datetime) -> list[Event]:
        """Copies not deleted that overlap [start, end), by start; all-day ones in the owner's zone."""
        found: list[tuple[datetime, str, Event]] = []
        for event in self._events.get(mailbox.address, {}).values():
            begins, ends = event.when.bounds(mailbox.time_zone)
            if begins < end and start < ends and not event.deleted:
                found.append((begins, event.id, event))
        return [event for *_, event in sorted(found, key=lambda each: each[:2])]

    def seen(self, event: Event) -> Event:
        """The copy as an answer is about to show it: a pending conference comes one answer nearer."""
        original = self.by_uid(event.organizer.email, event.uid) or event
        conference = original.conference
        if conference is None or conference.state != "pending":
            return event
        finished = settled(conference, self.clock.real_now().timestamp())
        if finished.state != "pending":
            with_link = [original] + [
                copy
                for attendee in original.attendees
                if attendee.email != original.mailbox
                and (copy := self.by_uid(attendee.email, original.uid)) is not None
                and copy.conference is not None
            ]
            self._keep(replace(copy, conference=finished) for copy in with_link)
        elif conference.pending_answers > 0:
            # Nothing anybody could see has changed: no new revision.
            waiting = replace(conference, pending_answers=conference.pending_answers - 1)
            self._put([replace(original, conference=waiting)])
        return self._events[event.mailbox][event.id]

    # Changing

    def begin_conference(self, mailbox: Mailbox, request_id: str) -> Conference:
        """A link asked of the organizer's suite; how and when it comes is `minting`'s to say."""
        minting = self.minting[mailbox.suite]
        key = f"{mailbox.address} {request_id}"
        return minting.begin(mailbox.suite, key, request_id, self.clock.real_now().timestamp())

    def create(self, event: Event, tell: Tell = "all") -> Event:
        """Put an organizer's new event in its mailbox and invite. Empty id and uid are made up; raises
        ValueError for an id already taken."""
        suite = self.mailboxes[event.mailbox].suite
        id = event.id or event_id(suite)
        if self.event(event.mailbox, id) is not None:
            raise ValueError(f"{event.mailbox} already has an event {id}")
        now = self.clock.now()
        made = replace(event, id=id, uid=event.uid or event_uid(suite, id), created=now)
        return self._keep([made, *delivered(self, None, made, tell)])[0]

    def update(self, event: Event, tell: Tell = "all") -> Event:
        """Replace a copy by this new value of it. On the organizer's copy a new time raises SEQUENCE, asks
        everybody again and travels on; on an attendee's only what is his own is changed by this."""
        old = self._events[event.mailbox][event.id]
        if not old.is_organizer_copy:
            return self._keep([event])[0]
        new = changed_by_organizer(old, event)
        return self._keep([new, *delivered(self, old, new, tell)])[0]

    def cancel(self, event: Event, tell: Tell = "all") -> Event:
        """The organizer cancels: gone from the own calendar, withdrawn from the others'. Twice is once."""
        if event.deleted:
            return event
        gone = replace(event, status="cancelled", deleted=True, sequence=event.sequence + 1)
        return self._keep([gone, *delivered(self, event, gone, tell)])[0]

    def remove(self, event: Event, tell: Tell = "all") -> Event:
        """An attendee deletes the own copy: in Google that declines, in Outlook nobody hears of it."""
        owner = self.mailboxes[event.mailbox]
        if owner.suite == "google" and event.status != "cancelled" and event.response is not None:
            event = self.answer(event, "declined", tell=tell)
        return self._keep([replace(withdrawn(event, owner, event.sequence), deleted=True)])[0]

    def answer(self, event: Event, response: Response, comment: str = "", tell: Tell = "all") -> Event:
        """An attendee accepts, declines or is unsure; the organizer's copy shows it."""
        return self._keep(answered(self, event, response, comment=comment, at=self.clock.now(), tell=tell))[0]

    def load(self, events: Iterable[Event]) -> None:
        """Put many finished copies in at once; nobody is invited."""
        self._keep(events)

    def begin_with(self, events: Iterable[Event]) -> None:
        """Put many finished copies in as they are, revision and all: they were there before
        anybody looked. Nobody is invited."""
        begun = list(events)
        self._revision = max(self._revision, *(event.revision for event in begun), 0)
        self._put(begun)

    # What vendors remember beside mailboxes and events: keys, grants, consents, tokens

    def fact(self, key: str) -> Json:
        """What was remembered under this key, or None."""
        return self._facts.get(key)

    def remember(self, key: str, value: Json) -> None:
        """Remember it under this key, across restarts when the world has a folder. None forgets."""
        self._know(key, value)
        self._kept.write([("fact", key, json.dumps(value))])

    def facts(self, prefix: str) -> Iterator[tuple[str, Json]]:
        """Remembered keys that begin so, without those forgotten."""
        words = prefix.split(" ")
        keys = self._kinds.get(" ".join(words[:2]), {}) if len(words) > 2 else self._facts
        found = [(key, self._facts[key]) for key in keys if key.startswith(prefix)]
        yield from ((key, value) for key, value in found if value is not None)

    def revoke(self, who: str) -> None:
        """Withdraw a mailbox's or a whole domain's consent: its tokens die and no new ones are given."""
        times = self._withdrawn(who)[1]
        self.remember(f"withdrawn {who.lower()}", {"now": True, "times": times + 1})

    def restore(self, who: str) -> None:
        """Give back what `revoke` took. Tokens that died stay dead."""
        self.remember(f"withdrawn {who.lower()}", {"now": False, "times": self._withdrawn(who)[1]})

    def is_revoked(self, who: str) -> bool:
        """Whether this very mailbox's, or this very domain's, consent is withdrawn at present."""
        return self._withdrawn(who)[0]

    def consent(self, address: str) -> int:
        """How often consent for this mailbox was withdrawn: a token is alive while this is what it was."""
        return self._withdrawn(address)[1] + self._withdrawn(address.partition("@")[2])[1]

    def withdrawals(self, who: str) -> int:
        """How often this very mailbox's, or this very domain's, consent was withdrawn."""
        return self._withdrawn(who)[1]

    def _withdrawn(self, who: str) -> tuple[bool, int]:
        kept = self.fact(f"withdrawn {who.lower()}")
        if not isinstance(kept, dict):
            return False, 0
        times = kept["times"]
        return kept["now"] is True, times if isinstance(times, int) else 0

    def close(self) -> None:
        self._kept.close()

    # Keeping

    def _keep(self, events: Iterable[Event]) -> list[Event]:
        now = self.clock.now()
        stamped: list[Event] = []
        for event in events:
            self._revision += 1
            stamped.append(replace(event, revision=self._revision, updated=now))
        self._put(stamped)
        return stamped

    def _put(self, events: list[Event]) -> None:
        for event in events:
            self._index(event)
        if self._kept:
            self._kept.write(("event", f"{event.mailbox} {event.id}", event_row(event)) for event in events)

    def _know(self, key: str, value: Json) -> None:
        """Beside others that begin with the same two words: there are many kinds, and of some very many."""
        self._facts[key] = value
        self._kinds.setdefault(" ".join(key.split(" ", 2)[:2]), {})[key] = None

    def _index(self, event: Event) -> None:
        self._events.setdefault(event.mailbox, {})[event.id] = event
        self._by_uid[(event.mailbox, event.uid)] = event.id

    def _read(self) -> None:
        for kind, key, value in self._kept.read():
            if kind == "mailbox" and value == GONE:
                continue
            if kind == "mailbox":
                self.mailboxes[key] = mailbox_of(value)
                self._events.setdefault(key, {})
            elif kind == "event":
                event = event_of(value)
                self._index(event)
                self._revision = max(self._revision, event.revision)
            else:
                self._know(key, json.loads(value))
        ahead = self._facts.get("clock")
        if isinstance(ahead, float):
            self.clock.run_ahead(timedelta(seconds=ahead))
        self.clock.on_change = lambda by: self.remember("clock", by.total_seconds())
