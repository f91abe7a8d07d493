"""What settings about Teams can hold: each reader raises ValueError with the rest of a sentence that begins with the
setting's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from adapters.secret import Secret

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?")
EVERY_TENANTS = "botframework.com"  # where a bot of many tenants gets its token


class AppType(StrEnum):
    """How the bot is registered, and so where its token comes from."""

    SINGLE_TENANT = "single-tenant"
    MULTI_TENANT = "multi-tenant"
    MANAGED_IDENTITY = "managed-identity"


class InboxKind(StrEnum):
    """Where it is remembered what was heard already."""

    DURABLE = "durable"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class TeamsCloud:
    """Where one of Microsoft's clouds has what a bot needs. `services`: answers go to these hosts and those below them;
    `service` is where people are found whose own address is out of date. `resource`: what a token is for."""

    login: str
    metadata: str
    issuer: str
    resource: str
    service: str
    services: tuple[str, ...]


TEAMS_CLOUDS: Mapping[str, TeamsCloud] = {
    "public": TeamsCloud(
        "https://login.microsoftonline.com",
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://api.botframework.com",
        "https://api.botframework.com",
        "https://smba.trafficmanager.net/teams",
        ("smba.trafficmanager.net", "botframework.com", "teams.microsoft.com"),
    ),
    "gcc": TeamsCloud(
        "https://login.microsoftonline.com",
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://api.botframework.com",
        "https://api.botframework.com",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
        ("smba.infra.gcc.teams.microsoft.com",),
    ),
    "gcch": TeamsCloud(
        "https://login.microsoftonline.us",
        "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        "https://api.botframework.us",
        "https://api.botframework.us",
        "https://smba.infra.gov.teams.microsoft.us/teams",
        ("gov.teams.microsoft.us", "botframework.us"),
    ),
    "dod": TeamsCloud(
        "https://login.microsoftonline.us",
        "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        "https://api.botframework.us",
        "https://api.botframework.us",
        "https://smba.infra.dod.teams.microsoft.us/teams",
        ("dod.teams.microsoft.us", "botframework.us"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsSettings:
    """One bot in Microsoft's eyes. `tenant` is where it is registered, and gets its token; `tenants` are those whose
    people it serves.

    `service_urls` are hosts, or whole addresses, to which our token may go. `anonymous`: anybody on this machine may
    play Teams, and nothing is signed; for development alone. `identity_base`: who gives tokens to Azure's own machines.
    """

    app_id: str
    app_type: AppType = AppType.SINGLE_TENANT
    tenant: str = ""
    tenants: frozenset[str] = frozenset()
    secret: Secret | None = None
    certificate: Secret | None = None
    login_base: str = TEAMS_CLOUDS["public"].login
    metadata_url: str = TEAMS_CLOUDS["public"].metadata
    issuer: str = TEAMS_CLOUDS["public"].issuer
    resource: str = TEAMS_CLOUDS["public"].resource
    service: str = TEAMS_CLOUDS["public"].service
    service_urls: tuple[str, ...] = TEAMS_CLOUDS["public"].services
    identity_base: str = "http://169.254.169.254"
    inbox: InboxKind = InboxKind.DURABLE
    anonymous: bool = False

    @property
    def token_tenant(self) -> str:
        """Which tenant's sign-in gives the bot its token."""
        return EVERY_TENANTS if self.app_type is AppType.MULTI_TENANT else self.tenant


def guid_in(told: str) -> str:
    """An id as Entra shows it, in small letters."""
    if GUID.fullmatch(told) is None:
        raise ValueError("is no id. Set it as Entra shows it, such as 11111111-2222-3333-4444-555555555555.")
    return told.lower()


def guids_in(told: str) -> frozenset[str]:
    """Several, separated by commas."""
    return frozenset(guid_in(each.strip()) for each in told.split(",") if each.strip())


def app_type_in(told: str) -> AppType:
    """Another word is never taken for the usual one."""
    if told.casefold() not in list(AppType):
        raise ValueError(f"is {told[:40]!r}. Set one of {', '.join(AppType)}.")
    return AppType(told.casefold())


def inbox_in(told: str) -> InboxKind:
    """Where it is remembered what was heard."""
    if told.casefold() not in list(InboxKind):
        raise ValueError(f"is {told[:40]!r}. Set one of {', '.join(InboxKind)}.")
    return InboxKind(told.casefold())


def teams_cloud_named(told: str) -> TeamsCloud:
    """One of Microsoft's clouds by name."""
    if told.casefold() not in TEAMS_CLOUDS:
        raise ValueError(f"is {told[:40]!r}. Set one of {', '.join(TEAMS_CLOUDS)}.")
    return TEAMS_CLOUDS[told.casefold()]


def service_urls_in(told: str) -> tuple[str, ...]:
    """Hosts, each with those below it; or whole addresses, which may be plain http on this machine."""
    found = tuple(each.strip().rstrip("/").lower() for each in told.split(",") if each.strip())
    for each in found:
        if HOST.fullmatch(each) is None and not _is_address(each):
            raise ValueError(
                f"is wrong at {each[:60]!r}. Set hosts such as smba.trafficmanager.net, or whole addresses that begin"
                " with https://, separated by commas."
            )
    return found


def _is_address(told: str) -> bool:
    parts = urlsplit(told)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))
