"""What a person does outside the bot: in the own calendar app, or as the one who grants and withdraws access."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from sandbox.control.reading import Mistake, Told
from sandbox.control.showing import event_json
from sandbox.mailbox import Answering
from sandbox.world import (
    Event,
    Json,
    Mailbox,
    Minting,
    Person,
    Purpose,
    Response,
    Shows,
    Timed,
    WorkingHours,
    World,
)

SHOWS: tuple[Shows, ...] = get_args(Shows)
OUTCOMES: tuple[Literal["success", "failure"], ...] = ("success", "failure")


class Owner:
    """The people behind the mailboxes."""

    def __init__(self, world: World, answering: Answering) -> None:
        self._world = world
        self._answering = answering

    def move(self, told: Told) -> Json:
        event = told.event(self._world)
        when = told.when(self._world.mailboxes[event.mailbox].time_zone)
        told.done()
        if not event.is_organizer_copy:
            raise Mistake(f"Only {event.organizer.email} can move it; {event.mailbox} is invited.")
        return event_json(self._world.update(replace(event, when=when)))

    def cancel(self, told: Told) -> Json:
        event = told.event(self._world)
        told.done()
        if not event.is_organizer_copy:
            raise Mistake(f"Only {event.organizer.email} can cancel it; {event.mailbox} can decline or delete.")
        return event_json(self._world.cancel(event))

    def delete(self, told: Told) -> Json:
        event = told.event(self._world)
        told.done()
        if event.is_organizer_copy:
            return event_json(self._world.cancel(event))
        return event_json(self._world.remove(event))

    def accept(self, told: Told) -> Json:
        return self._answer(told, "accepted")

    def decline(self, told: Told) -> Json:
        return self._answer(told, "declined")

    def tentative(self, told: Told) -> Json:
        return self._answer(told, "tentative")

    def _answer(self, told: Told, response: Response) -> Json:
        event = told.event(self._world)
        comment = told.text("comment", "")
        told.done()
        if event.response is None:
            raise Mistake(f"{event.mailbox} was not invited to it and has nothing to answer.")
        if self._answering.is_mailed(event):
            return event_json(self._answering.reply(event, response, comment))
        return event_json(self._world.answer(event, response, comment))

    def counter(self, told: Told) -> Json:
        event = told.event(self._world)
        when = told.when(self._world.mailboxes[event.mailbox].time_zone)
        comment = told.text("comment", "")
        told.done()
        if not isinstance(when, Timed) or not self._answering.is_mailed(event):
            raise Mistake("Only to an invitation that came by mail is another time proposed, and not a whole day.")
        return event_json(self._answering.counter(event, when, comment))

    def add_event(self, told: Told) -> Json:
        mailbox = told.mailbox(self._world)
        event = Event(
            mailbox=mailbox.address,
            id="",
            uid="",
            title=told.text("title", "Busy"),
            when=told.when(mailbox.time_zone),
            organizer=Person(mailbox.address, mailbox.name),
            shows=told.choice("shows", SHOWS, "busy"),
            private=told.flag("private"),
        )
        told.done()
        return event_json(self._world.create(event))

    def add_mailbox(self, told: Told) -> Json:
        address = told.text("address").lower()
        if "@" not in address:
            raise Mistake(f"address {address!r} is no mail address.")
        hours = WorkingHours()
        if told.has("days"):
            hours = replace(hours, days=told.numbers("days"))
        hours = replace(hours, start=told.number("day_start", hours.start), end=told.number("day_end", hours.end))
        mailbox = Mailbox(
            address=address,
            name=told.text("name", address.partition("@")[0].title()),
            suite=told.suite(),
            time_zone=told.zone("time_zone"),
            hours=hours,
            conference=told.flag("conference", True),
            has_calendar=told.flag("has_calendar", True),
            suspended=told.flag("suspended"),
            purpose=_purpose(told),
            apart=told.flag("apart"),
        )
        told.done()
        self._world.add_mailbox(mailbox)
        return {"address": mailbox.address}

    def revoke(self, told: Told) -> Json:
        who = self._who(told)
        self._world.revoke(who)
        return {"revoked": who}

    def restore(self, told: Told) -> Json:
        who = self._who(told)
        self._world.restore(who)
        return {"restored": who}

    def mint(self, told: Told) -> Json:
        suite = told.suite()
        now = self._world.minting[suite]
        self._world.minting[suite] = Minting(
            told.number("pending_answers", now.pending_answers),
            told.number("pending_ms", now.pending_ms),
            told.choice("outcome", OUTCOMES, now.outcome),
        )
        told.done()
        return {"suite": suite}

    def _who(self, told: Told) -> str:
        if told.has("domain") == told.has("mailbox"):
            raise Mistake("Name either a mailbox or a domain.")
        domain = told.maybe("domain")
        who = domain.lower() if domain else told.mailbox(self._world).address
        told.done()
        return who


def _purpose(told: Told) -> Purpose:
    said = told.text("purpose", "user")
    found: Purpose | None = next((each for each in get_args(Purpose) if each == said), None)
    if found is None:
        raise Mistake(f"purpose {said!r} is none of {', '.join(get_args(Purpose))}.")
    return found
