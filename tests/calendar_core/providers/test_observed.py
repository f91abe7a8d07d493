"""The integration hears when a calendar stops working, and when it works again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.errors import ConsentRevoked, NotIntegrated, ProviderError, ProviderUnavailable
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.interval import Interval
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Calendar
from calendar_core.providers import OpenedCalendars
from calendar_core.providers.observed import Observer

from .heard import Heard

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
ANA = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana Ruiz", "America/New_York")
WORKING = Integration(ANA.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, ANA.email, checked_at=NOW)
WINDOW = Interval.lasting(NOW, 60)


class StoppedClock:
    """A Clock."""

    def now(self) -> datetime:
        return NOW

    async def sleep_until(self, instant: datetime) -> None:
        """Never needed here."""


@dataclass
class Source:
    """A FreeBusySource that fails with each error in turn, then answers."""

    errors: list[ProviderError]

    async def free_busy(self, window: Interval) -> FreeBusy:
        if self.errors:
            raise self.errors.pop(0)
        return FreeBusy(window, ())


async def ask(source: Source, observer: Observer) -> None:
    await observer.of(source.free_busy(WINDOW))


async def test_withdrawn_consent_is_told_and_so_is_its_return() -> None:
    heard = Heard(WORKING)
    source, observer = Source([ConsentRevoked(Trouble.NOT_COVERED)]), Observer(WORKING, heard, StoppedClock())
    with pytest.raises(ConsentRevoked):
        await ask(source, observer)
    await ask(source, observer)
    await ask(source, observer)
    assert heard.news == [Trouble.NOT_COVERED, "works"]


async def test_a_silent_calendar_says_nothing_about_the_consent() -> None:
    heard = Heard(WORKING)
    with pytest.raises(ProviderUnavailable):
        await ask(Source([ProviderUnavailable("503")]), Observer(WORKING, heard, StoppedClock()))
    assert heard.news == []


async def test_what_was_broken_and_answers_works_again() -> None:
    heard = Heard(WORKING)
    broken = replace(WORKING, health=Health.REVOKED, trouble=Trouble.ACCESS_WITHDRAWN)
    await ask(Source([]), Observer(broken, heard, StoppedClock()))
    assert heard.news == ["works"]


async def test_that_it_works_is_told_once_an_hour() -> None:
    heard = Heard(WORKING)
    for minutes in (59, 61):
        seen = replace(WORKING, checked_at=NOW - timedelta(minutes=minutes))
        observer = Observer(seen, heard, StoppedClock())
        await ask(Source([]), observer)
        await ask(Source([]), observer)
    assert heard.news == ["works"]


@pytest.mark.parametrize(
    ("integration", "trouble"),
    [
        (replace(WORKING, kind=None, trouble=Trouble.OPTED_OUT), Trouble.OPTED_OUT),
        (replace(WORKING, kind=None), Trouble.NEVER_CONNECTED),
        (replace(WORKING, health=Health.REVOKED, trouble=Trouble.ACCESS_WITHDRAWN), Trouble.ACCESS_WITHDRAWN),
        (WORKING, Trouble.NEVER_CONNECTED),  # a kind this installation is not set up for
    ],
)
async def test_without_a_usable_integration_nothing_is_opened(integration: Integration, trouble: Trouble) -> None:
    calendars = OpenedCalendars({}, Heard(integration), StoppedClock())
    with pytest.raises(NotIntegrated) as refusal:
        await calendars.of(ANA)
    assert (refusal.value.user, refusal.value.trouble) == (ANA.id, trouble)


async def test_the_kind_of_integration_alone_decides_who_opens() -> None:
    class Opener:
        async def open(self, user: User, integration: Integration) -> Calendar:
            raise ConsentRevoked(Trouble.NO_MAILBOX)

    calendars = OpenedCalendars({IntegrationKind.OUTLOOK_DOMAIN: Opener()}, Heard(WORKING), StoppedClock())
    with pytest.raises(NotIntegrated):
        await calendars.of(ANA)
    outlook = Heard(replace(WORKING, kind=IntegrationKind.OUTLOOK_DOMAIN))
    with pytest.raises(ConsentRevoked):
        await OpenedCalendars({IntegrationKind.OUTLOOK_DOMAIN: Opener()}, outlook, StoppedClock()).of(ANA)
