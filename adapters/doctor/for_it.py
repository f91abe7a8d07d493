"""The page to hand to IT: what exactly is asked of them, and what it lets Pairtime do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

Purposes = tuple[tuple[str, str], ...]  # a permission, and what it is for

GOOGLE_SCOPES = (
    ("https://www.googleapis.com/auth/calendar.events.owned", "write and change the sessions themselves"),
    ("https://www.googleapis.com/auth/calendar.freebusy", "see when somebody is free or busy, without titles"),
)
GOOGLE_OPTIONAL = (
    ("https://www.googleapis.com/auth/calendar.calendars.readonly", "read working hours and time zone"),
    (
        "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
        "let people choose further calendars",
    ),
)
MICROSOFT_ROLES = (("Calendars.ReadWrite", "write and change the sessions, and see when somebody is free or busy"),)
MICROSOFT_OPTIONAL = (("MailboxSettings.Read", "tell people's mailboxes from rooms and shared ones"),)
FREE_BUSY_ONLY = (
    ("Calendars.ReadBasic.All", "see when somebody is free or busy; Pairtime calls getSchedule and nothing else"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A service account: its address, and the number that the administrator enters, where the key file tells it."""

    email: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An application in Entra, and where it is approved: `redirect` is where the browser comes back to, None where no
    browser finds this installation."""

    client_id: str | None
    tenant: str | None
    login_base: str
    scope: str
    redirect: str | None

    @property
    def approval(self) -> str | None:
        """The link that an administrator opens; it has to name all three."""
        if self.client_id is None or self.redirect is None:
            return None
        query = {"client_id": self.client_id, "scope": self.scope, "redirect_uri": self.redirect}
        return f"{self.login_base}/{self.tenant or 'organizations'}/v2.0/adminconsent?{urlencode(query, safe='/:')}"


def google_sheet(account: Account, domains: tuple[str, ...]) -> Iterator[str]:
    """For a Workspace super administrator."""
    yield f"Google Workspace ({', '.join(domains) or 'your domain'}): domain-wide delegation"
    yield "1. Admin console > Security > Access and data control > API controls > Manage domain-wide delegation >"
    yield "   Add new."
    number = account.number or "the numeric one"
    yield f"2. Client ID: {number}, of the service account {account.email or '(ask the operator)'}."
    yield "3. Scopes, exactly these, separated by a comma:"
    for scope, purpose in GOOGLE_SCOPES:
        yield f"   {scope}  ({purpose})"
    for scope, purpose in GOOGLE_OPTIONAL:
        yield f"   optional: {scope}  ({purpose})"
    yield "4. Authorize. It takes minutes, sometimes a day, to spread. To take it back, delete the entry."
    yield "It gives no access to mail, files or contacts. The first scope would let an application read the events of"
    yield "people's own calendars; Pairtime asks for free or busy, and for the fields it needs of its own events."


def microsoft_sheet(of: Registration, *, free_busy_only: bool) -> Iterator[str]:
    """For an Entra administrator."""
    roles = FREE_BUSY_ONLY if free_busy_only else MICROSOFT_ROLES
    mode = ", Free/Busy Only" if free_busy_only else ""
    yield f"Microsoft 365 (tenant {of.tenant or 'yours'}): administrator's consent{mode}"
    yield "1. Application permissions, of Microsoft Graph:"
    for role, purpose in roles:
        yield f"   {role}  ({purpose})"
    if not free_busy_only:
        for role, purpose in MICROSOFT_OPTIONAL:
            yield f"   optional: {role}  ({purpose})"
    if of.approval is not None:
        yield f"2. Consent at {of.approval}"
        yield "   or in Entra > Enterprise applications > Pairtime > Permissions > Grant admin consent."
    else:
        yield "2. Consent in Entra > Enterprise applications > Pairtime > Permissions > Grant admin consent."
    if free_busy_only:
        yield "3. Exchange has no role for this permission alone: it reaches every mailbox of the tenant. It would let"
        yield "   an application read titles, too; that Pairtime never asks for them is Pairtime's own duty."
    else:
        yield "3. To keep it to some mailboxes, leave step 2 out and use RBAC for Applications in Exchange Online:"
        yield "   New-ServicePrincipal, New-ManagementScope, New-ManagementRoleAssignment -App CLIENT"
        yield '   -Role "Application Calendars.ReadWrite" -CustomResourceScope SCOPE. Both grants add up: with a'
        yield "   tenant-wide consent the scope limits nothing. `pairtime doctor --outside ADDRESS` proves it."
        yield "It would let an application read all of a calendar, private events, too; Pairtime asks for free or busy,"
        yield "and for the fields it needs of its own events."
    yield "To take it back, delete Pairtime under Enterprise applications."
