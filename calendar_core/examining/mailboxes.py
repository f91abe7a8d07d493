"""One mailbox, used for everything that Pairtime will ever do there; and one that must be refused.

What is created is far ahead, private, invites nobody, and is deleted again. Nothing that is stored changes: whoever is
examined need not be known.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from calendar_core.errors import (
    CalendarError,
    ConsentRevoked,
    DomainRefused,
    NotIntegrated,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
)
from calendar_core.event import EventDraft, Person
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.interval import Interval, first_whole_minute
from calendar_core.people import Organisation, User, UserId
from calendar_core.ports import Calendar, Clock

from .finding import Finding, left_out, ok, problem

NOBODY = UserId(0)  # whoever is examined need not be enrolled
GLIMPSE = 15  # minutes
FAR_AHEAD = timedelta(days=300)
TITLE = "Pairtime is being checked; this entry is removed again"
PERMISSIONS = {  # what a mailbox is used for, and by which permission
    IntegrationKind.GOOGLE_DOMAIN: ("calendar.freebusy", "calendar.events.owned", "calendar.calendars.readonly"),
    IntegrationKind.OUTLOOK_DOMAIN: ("Calendars.ReadWrite", "Calendars.ReadWrite", "Calendars.ReadWrite"),
    IntegrationKind.OUTLOOK_FREE_BUSY_ONLY: ("Calendars.ReadBasic.All", "", ""),
}
STEPS = ("an event is created", "it is read back", "it is moved", "it is deleted")
REMEDIES = {
    Trouble.ADMIN_CONSENT_MISSING: (
        "An administrator must approve: `pairtime doctor --for-it` prints what to enter where. It can take a day."
    ),
    Trouble.NOT_COVERED: "The permission is missing, or a policy leaves this mailbox out: ask IT which.",
    Trouble.NO_ACCOUNT: "Nobody has this address as their primary one: look it up, and name the primary address.",
    Trouble.NO_MAILBOX: "This account has no mailbox in the cloud: name another, or have IT license it.",
    Trouble.CALENDAR_OFF: "Google Calendar is switched off for this account: have IT switch it on, or name another.",
    Trouble.API_NOT_ENABLED: "Enable the Google Calendar API in the project of the service account.",
    Trouble.KEY_REFUSED: "The key or secret is not accepted: make a new one, set it, and start again.",
    Trouble.CLOCK_WRONG: "This machine's clock is wrong: set it (NTP).",
    Trouble.NOT_A_PERSON: "It is a room's, a machine's or a shared mailbox: name a person's own.",
    Trouble.ACCESS_WITHDRAWN: "Access was withdrawn: an administrator must approve again.",
}


@dataclass(frozen=True, slots=True)
class Examining:
    """`opened` opens a calendar without telling anybody how it goes; `new_key` makes a key (32 hex digits)."""

    opened: Callable[[User, Integration], Awaitable[Calendar]]
    clock: Clock
    new_key: Callable[[], str]

    async def mailbox(self, organisation: Organisation, kind: IntegrationKind, address: str) -> list[Finding]:
        """Everything, in order; what cannot be tried because something before it failed is left out."""
        area, (reading, writing, knowing) = f"{kind.value}, {address}", PERMISSIONS[kind]
        user = User(NOBODY, organisation.id, address, address, "UTC")
        try:
            calendar = await self.opened(user, Integration(NOBODY, kind, Health.OK, address))
            await calendar.free_busy.free_busy(Interval.lasting(self.clock.now(), GLIMPSE))
        except CalendarError as refused:
            let_in = "let in" if isinstance(refused, DomainRefused | NotIntegrated) else f"free/busy ({reading})"
            return [problem(area, let_in, remedy_for(refused)), left_out(area, "the rest", "It comes after this.")]
        found = [ok(area, "let in"), ok(area, f"free/busy ({reading})")]
        if not writing:
            return [*found, left_out(area, "events", "Free/Busy Only: nothing is ever written.")]
        found += await self._events(calendar, area, writing, user)
        found += [await self._zone(calendar, area, knowing), *await self._others(calendar, area)]
        return [*found, *await self._owner(calendar, area), *await self._excess(calendar, area)]

    async def outside(self, organisation: Organisation, kind: IntegrationKind, address: str) -> Finding:
        """The negative proof: a mailbox that must not be reached. That it can be read is the problem."""
        area, what = f"{kind.value}, {address}", "refused, as it must be"
        user = User(NOBODY, organisation.id, address, address, "UTC")
        try:
            calendar = await self.opened(user, Integration(NOBODY, kind, Health.OK, address))
            await calendar.free_busy.free_busy(Interval.lasting(self.clock.now(), GLIMPSE))
        except DomainRefused as all_of_them:
            return left_out(area, what, f"Nobody is let in, so this proves nothing. {remedy_for(all_of_them)}")
        except ConsentRevoked as refused:
            if refused.trouble in (Trouble.NO_ACCOUNT, Trouble.NO_MAILBOX, Trouble.CALENDAR_OFF):
                return left_out(
                    area, what, f"It has no calendar to be refused ({refused.trouble.value}); name another."
                )
            return ok(area, what)
        except CalendarError as unclear:
            return left_out(area, what, remedy_for(unclear))
        return problem(
            area,
            what,
            "It can be read. Take back the grant for the whole tenant, or narrow the management scope: grants add up. "
            "A change takes up to two hours.",
        )

    async def _events(self, calendar: Calendar, area: str, permission: str, user: User) -> list[Finding]:
        start, person = first_whole_minute(self.clock.now() + FAR_AHEAD), Person(user.email, user.name, user.id)
        key, when = self.new_key(), Interval(start, start + GLIMPSE)
        draft = EventDraft(
            key=key,
            uid=f"{key}@pairtime",
            title=TITLE,
            when=when,
            zone="UTC",
            organizer=person,
            attendee=person,
            conference=False,
            private=True,
            alone=True,
        )
        done, made = 0, ""
        try:
            made = (await calendar.events.create(draft)).id
            done = 1
            await calendar.events.read(made)
            done = 2
            await calendar.events.move(made, Interval(start + GLIMPSE, start + 2 * GLIMPSE), "UTC")
            done = 3
            await calendar.events.cancel(made)
            done = 4
        except ProviderError as refused:
            if made:
                with suppress(ProviderError):
                    await calendar.events.cancel(made)
            failed = problem(area, f"{STEPS[done]} ({permission})", remedy_for(refused))
            return [*(ok(area, f"{step} ({permission})") for step in STEPS[:done]), failed]
        return [ok(area, f"{step} ({permission})") for step in STEPS]

    async def _zone(self, calendar: Calendar, area: str, permission: str) -> Finding:
        """Optional at Google, and part of the answer at Microsoft: without it hours and zone are those of the people
        file."""
        optional = ", optional" if permission.endswith("readonly") else ""
        what = f"working hours and zone are read ({permission}{optional})"
        if calendar.hours is None:
            return left_out(area, what, "This kind has none.")
        try:
            known = await calendar.hours.working_hours()
        except ProviderError:
            return left_out(area, what, "Not granted: hours and zone are those of the people file.")
        return ok(area, what) if known else left_out(area, what, "This calendar has none.")

    async def _others(self, calendar: Calendar, area: str) -> list[Finding]:
        """Google alone tells of further calendars."""
        if calendar.others is None:
            return []
        what = "further calendars are listed (calendar.calendarlist.readonly, optional)"
        try:
            await calendar.others.own_calendars()
        except ProviderError:
            return [left_out(area, what, "Not granted: people's main calendars alone count.")]
        return [ok(area, what)]

    async def _owner(self, calendar: Calendar, area: str) -> list[Finding]:
        """Microsoft alone tells whose a mailbox is."""
        if calendar.owner is None:
            return []
        what = "it is a person's mailbox (MailboxSettings.Read, optional)"
        try:
            told = await calendar.owner.insist_on_person()
        except ConsentRevoked as refused:
            return [problem(area, what, remedy_for(refused))]
        except ProviderError:
            told = False
        if not told:
            return [left_out(area, what, "Not granted: rooms and shared mailboxes are taken for people's.")]
        return [ok(area, what)]

    async def _excess(self, calendar: Calendar, area: str) -> list[Finding]:
        """The other negative proof: at Google nobody is left out of a domain, but a scope has to be."""
        if calendar.excess is None:
            return []
        what = "more than that is refused, as it must be (calendar)"
        try:
            too_far = await calendar.excess.allowed()
        except ProviderError as unclear:
            return [left_out(area, what, remedy_for(unclear))]
        if too_far:
            return [problem(area, what, "It was delegated, too: take it off the list, as `--for-it` prints it.")]
        return [ok(area, what)]


def remedy_for(error: CalendarError) -> str:
    """What to do, in a sentence; never what the vendor said."""
    if isinstance(error, NotIntegrated):
        return "This installation is not set up for it: see the settings in docs/operations.md."
    if isinstance(error, ConsentRevoked):
        return REMEDIES.get(error.trouble, f"The vendor refused: {error.trouble.value}.")
    if isinstance(error, ProviderUnavailable):
        return "The vendor did not answer: try again, and look at its status page and at this machine's network."
    if isinstance(error, ProviderRejected):
        return f"The vendor refused it ({error.code}): the log says more."
    return "It did not work: the log says more."
