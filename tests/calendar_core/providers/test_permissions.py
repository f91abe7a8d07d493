"""What is asked for is what the page says, and each of it is needed: with any one taken away its row fails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import aiohttp
import pytest

from adapters.doctor import for_it
from calendar_core.errors import CalendarError, ProviderUnavailable
from calendar_core.event import EventDraft, Person
from calendar_core.examining import mailboxes
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.interval import Interval
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Calendar, Consent, Extra, NotGranted
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google import consent as google_consent
from calendar_core.providers.google import scopes as google_scopes
from calendar_core.providers.google.delegation import Delegation
from calendar_core.providers.google.opening import GoogleIndividual, token_endpoint
from calendar_core.providers.google.scopes import PREFIX
from calendar_core.providers.microsoft import scopes as microsoft_scopes
from calendar_core.providers.microsoft.consent import MicrosoftConsent
from calendar_core.providers.microsoft.opening import OutlookIndividual
from calendar_core.providers.patience import Patience
from calendar_core.store import Store
from sandbox.app import Sandbox
from sandbox.login.directory import CLIENT_ID, TENANT
from sandbox.world import Mailbox
from tests.contracts.store.cast import NOW

from .at_the_page import STATE, answered
from .google import opened as google
from .keeping import kept, person
from .microsoft import opened as microsoft

PAGE = (Path(__file__).parents[3] / "docs/providers.md").read_text()
ROW = re.compile(r"^\| ((?:Google|Outlook) - [\w /]+) \| `([\w.]+)` \| (always|if wanted) \| (.+) \|$", re.MULTILINE)
PERMISSIONS = [(IntegrationKind(kind), permission, when, use) for kind, permission, when, use in ROW.findall(PAGE)]
GRAPH = "https://graph.microsoft.com/"
DAY = Interval.lasting(NOW, 24 * 60)
SOON = Interval.lasting(NOW, 45)
ADDRESS = {"Google": "ana@example.com", "Microsoft": "ines@example.com"}
DRAFT = EventDraft(
    key="1" * 32,
    uid="session-1",
    title="Mentoring session",
    when=SOON,
    zone="Europe/Berlin",
    organizer=Person("ana@example.com", "Ana"),
    attendee=Person("gil@example.com", "Gil"),
    conference=False,
)


def listed(kind: IntegrationKind, asked_for: str | None = None) -> set[str]:
    return {each for of, each, when, _ in PERMISSIONS if of is kind and asked_for in (None, when)}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox(ADDRESS["Google"], "Ana", "google", "America/New_York"))
        running.world.add_mailbox(Mailbox("gil@example.com", "Gil", "google", "Europe/Madrid"))
        running.world.add_mailbox(Mailbox(ADDRESS["Microsoft"], "Ines", "microsoft", "Europe/Berlin"))
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with kept(tmp_path) as store:
        yield store


class Trial:
    """One kind of connection, asked for without one permission of the page."""

    def __init__(self, sandbox: Sandbox, connections: aiohttp.ClientSession, store: Store) -> None:
        self.sandbox = sandbox
        self.connections = connections
        self.store = store
        self.google = google.settings_for(sandbox, google.account_of(sandbox), Patience(tries=1))
        self.microsoft = microsoft.settings_for(sandbox, Patience(tries=1))

    def consent(self, kind: IntegrationKind) -> Consent:
        if kind is IntegrationKind.GOOGLE_INDIVIDUAL:
            return google.consent_for(self.sandbox, self.google, self.connections)
        return microsoft.consent_for(self.sandbox, self.microsoft, self.connections)

    async def calendar(self, kind: IntegrationKind, without: str) -> Calendar | None:
        """Opened by whatever consent is left; None where nobody can connect so."""
        if kind is IntegrationKind.GOOGLE_DOMAIN:
            assert self.google.service_account is not None
            rest = listed(kind) - {without}
            self.sandbox.google.access.delegate(self.google.service_account.email, "example.com", rest)
            domain = google.domain_for(self.sandbox, self.google, self.connections)
            return await google.open_for(domain, ADDRESS["Google"])
        if kind in (IntegrationKind.OUTLOOK_DOMAIN, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY):
            self.sandbox.entra.directory.consent(TENANT, CLIENT_ID, listed(kind) - {without})
            outlook = microsoft.domain_for(self.sandbox, self.microsoft, self.connections)
            return await microsoft.open_for(outlook, ADDRESS["Microsoft"])
        return await self.own_calendar(kind, without)

    async def own_calendar(self, kind: IntegrationKind, without: str) -> Calendar | None:
        consent, user = self.consent(kind), await person(self.store, ADDRESS[kind.suite.value])
        redirect = google.REDIRECT if kind is IntegrationKind.GOOGLE_INDIVIDUAL else microsoft.REDIRECT
        begun = await consent.begin(user, state=STATE, redirect=redirect, extras=frozenset(Extra))
        granted = await consent.finish(begun.flow, await answered(self.sandbox, less(begun.url, without), user.email))
        if isinstance(granted, NotGranted):
            return None
        await self.store.credentials.put(user.id, replace(granted, access=None))
        integration = Integration(user.id, kind, Health.OK, granted.account)
        now, credentials = self.sandbox.clock.real_now, self.store.credentials
        if isinstance(consent, google_consent.GoogleConsent):
            opener = GoogleIndividual(self.google, consent, self.connections, now, credentials)
            return await opener.open(user, integration)
        assert isinstance(consent, MicrosoftConsent)
        return await OutlookIndividual(self.microsoft, consent, self.connections, now, credentials).open(
            user, integration
        )


def less(url: str, without: str) -> str:
    """The page's address, as if that had not been asked for."""
    asked = urlsplit(url)
    query = dict(parse_qsl(asked.query))
    gone = {without, PREFIX + without, GRAPH + without}
    query["scope"] = " ".join(each for each in query["scope"].split() if each not in gone)
    return asked._replace(query=urlencode(query)).geturl()


async def works(calendar: Calendar | None, use: str) -> bool:
    """Whether what a row names can be done."""
    if calendar is None:
        return False
    try:
        if use.startswith("booking"):
            return bool(await calendar.events.create(DRAFT))
        if use.startswith("working hours"):
            return calendar.hours is not None and await calendar.hours.working_hours() is not None
        if use.startswith("telling"):
            return calendar.owner is not None and await calendar.owner.insist_on_person()
        if use.startswith("choosing"):
            return calendar.others is not None and await calendar.others.own_calendars() is not None
        return (await calendar.free_busy.free_busy(DAY)).window == DAY
    except CalendarError:
        return False


@pytest.fixture
def trial(sandbox: Sandbox, connections: aiohttp.ClientSession, store: Store) -> Trial:
    return Trial(sandbox, connections, store)


@pytest.mark.parametrize(
    ("kind", "permission", "use"),
    [(kind, permission, use) for kind, permission, _, use in PERMISSIONS],
    ids=[f"{kind.value} {permission}" for kind, permission, _, _ in PERMISSIONS],
)
async def test_with_everything_it_works_and_without_this_one_it_does_not(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, kind: IntegrationKind, permission: str, use: str
) -> None:
    assert await works(await trial.calendar(kind, "nothing"), use)
    # Those who leave it out are told so at once. Here they are let go on, to see what it is for.
    monkeypatch.setattr(google_consent, "SCOPES", ())
    if permission in microsoft_scopes.NEEDED:
        monkeypatch.setattr(microsoft_scopes, "NEEDED", ())
    trial.sandbox.world.revoke(ADDRESS[kind.suite.value])
    trial.sandbox.world.restore(ADDRESS[kind.suite.value])
    assert not await works(await trial.calendar(kind, permission), use)


@pytest.mark.parametrize("kind", [IntegrationKind.GOOGLE_INDIVIDUAL, IntegrationKind.OUTLOOK_INDIVIDUAL])
async def test_a_person_is_asked_for_what_the_page_says_and_for_extras_only_if_wanted(
    trial: Trial, kind: IntegrationKind
) -> None:
    user = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana", "UTC")
    consent = trial.consent(kind)
    for extras in (frozenset[Extra](), frozenset(Extra)):
        begun = await consent.begin(user, state=STATE, redirect=google.REDIRECT, extras=extras)
        (scope,) = parse_qs(urlsplit(begun.url).query)["scope"]
        asked = {each.removeprefix(PREFIX).removeprefix(GRAPH) for each in scope.split()}
        wanted = {"always", "if wanted"} if extras else {"always"}
        assert asked == {permission for each, permission, when, _ in PERMISSIONS if each is kind and when in wanted}


@dataclass
class Noting:
    """A Signer that signs nothing, and takes note of what was to be asked for."""

    scopes: set[str] = field(default_factory=set)

    async def signed(self, claims: Mapping[str, object]) -> str:
        self.scopes |= {each.removeprefix(PREFIX) for each in str(claims["scope"]).split()}
        raise ProviderUnavailable("noted")


async def test_a_domain_is_asked_for_what_the_page_says(trial: Trial) -> None:
    noting = Noting()
    endpoint = token_endpoint(trial.google, trial.connections, trial.sandbox.clock.real_now)
    with pytest.raises(ProviderUnavailable):
        await Delegation("bot@example.com", noting, endpoint).token("ana@example.com")
    assert noting.scopes == listed(IntegrationKind.GOOGLE_DOMAIN, "always")
    extras = {each.removeprefix(PREFIX) for each in google_scopes.BY_EXTRA.values()}
    assert extras == listed(IntegrationKind.GOOGLE_DOMAIN, "if wanted")


@pytest.mark.parametrize(
    ("kind", "always", "if_wanted"),
    [
        (IntegrationKind.GOOGLE_DOMAIN, for_it.GOOGLE_SCOPES, for_it.GOOGLE_OPTIONAL),
        (IntegrationKind.OUTLOOK_DOMAIN, for_it.MICROSOFT_ROLES, for_it.MICROSOFT_OPTIONAL),
        (IntegrationKind.OUTLOOK_FREE_BUSY_ONLY, for_it.FREE_BUSY_ONLY, ()),
    ],
)
def test_it_is_asked_to_enter_what_the_page_says(
    kind: IntegrationKind, always: for_it.Purposes, if_wanted: for_it.Purposes
) -> None:
    """Microsoft gives an application whatever was entered, so that this is what is asked for. And the doctor tries
    no other."""
    assert {each.removeprefix(PREFIX) for each, _ in always} == listed(kind, "always")
    assert {each.removeprefix(PREFIX) for each, _ in if_wanted} == listed(kind, "if wanted")
    assert set(mailboxes.PERMISSIONS[kind]) - {""} <= listed(kind)


def test_the_page_names_every_permission_once() -> None:
    names = [(kind, permission) for kind, permission, _, _ in PERMISSIONS]
    assert len(names) == len(set(names)) == 17
    assert {kind for kind, _ in names} == set(IntegrationKind)
