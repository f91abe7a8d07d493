"""Finding, booking and asking, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calendar_core.event import Person
from calendar_core.ports import Clock
from calendar_core.providers import OpenedCalendars
from calendar_core.scheduling import (
    Asking,
    Booking,
    Cancelling,
    Clearing,
    Looking,
    MailedSessions,
    Pairs,
    Scheduling,
    Settling,
)
from calendar_core.scheduling.evidence import Evidence
from calendar_core.scheduling.lookups import Lookups
from calendar_core.store import Store


@dataclass(frozen=True, slots=True)
class JoinedScheduling:
    """`scheduling` is what chats ask; the others are asked by what is beside them."""

    scheduling: Scheduling
    pairs: Pairs
    evidence: Evidence
    settling: Settling


def scheduling_of(
    store: Store, calendars: OpenedCalendars, clock: Clock, mailbox: Person | None, new_uid: Callable[[], str]
) -> JoinedScheduling:
    """`mailbox` is whom invitations by mail come from; `new_uid` names an event before it is there."""
    pairs = Pairs(store.people, store.programmes, store.integrations, clock)
    evidence = Evidence(store.sessions, calendars, clock)
    lookups = Lookups(store.receipts, clock)
    looking = Looking(evidence, store.sessions, lookups, clock)
    booking = Booking(store.people, pairs, store.sessions, calendars, evidence, lookups, clock, new_uid)
    asking = Asking(store.people, store.programmes, store.requests, pairs, looking, booking, clock, mailbox)
    clearing = Clearing(store.people, store.sessions, calendars, clock)
    settling = Settling(
        store.people, pairs, store.sessions, calendars, evidence, clearing, store.jobs, clock, store.modes
    )
    cancelling = Cancelling(store.sessions, clock)
    mailed = MailedSessions(store.sessions, store.invitations, clock)
    scheduling = Scheduling(pairs, looking, booking, asking, cancelling, settling, mailed)
    return JoinedScheduling(scheduling, pairs, evidence, settling)
