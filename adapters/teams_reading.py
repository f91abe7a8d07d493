"""Settings about Teams, read and compared with each other."""

from __future__ import annotations

from adapters.secret import Secret
from adapters.setting_reading import Reading
from adapters.setting_values import Listen, base_in, is_loopback, yes_or_no_in
from adapters.teams_values import (
    TEAMS_CLOUDS,
    AppType,
    InboxKind,
    TeamsSettings,
    app_type_in,
    guid_in,
    guids_in,
    inbox_in,
    service_urls_in,
    teams_cloud_named,
)
from adapters.vendor_values import certificate_of

NONE: frozenset[str] = frozenset()
PLAYED_APP = "00000000-0000-0000-0000-000000000000"  # of a development server that asks nobody for a token


def teams_of(reading: Reading, listen: Listen) -> TeamsSettings | None:
    """None where nothing says which bot we are. What is there has to be enough to hear, and to speak."""
    anonymous = reading.one("TEAMS_DEV_ANONYMOUS", yes_or_no_in, False)
    app_type = reading.one("TEAMS_APP_TYPE", app_type_in, AppType.SINGLE_TENANT)
    tenant = reading.one("TEAMS_TENANT_ID", guid_in, "")
    cloud = reading.one("TEAMS_CLOUD", teams_cloud_named, TEAMS_CLOUDS["public"])
    certificate = reading.one("TEAMS_CERTIFICATE", certificate_of, None)
    found = TeamsSettings(
        app_id=reading.one("TEAMS_APP_ID", guid_in, PLAYED_APP),
        app_type=app_type,
        tenant=tenant,
        tenants=reading.one("TEAMS_ALLOWED_TENANTS", guids_in, NONE) | ({tenant} - {""}),
        secret=reading.one("TEAMS_APP_SECRET", Secret, None),
        certificate=Secret(certificate.pem) if certificate else None,
        login_base=reading.one("TEAMS_LOGIN_BASE", base_in, cloud.login),
        metadata_url=reading.one("TEAMS_METADATA_URL", base_in, cloud.metadata),
        issuer=cloud.issuer,
        resource=cloud.resource,
        service=reading.one("TEAMS_SERVICE_BASE", base_in, cloud.service),
        service_urls=reading.one("TEAMS_SERVICE_URLS", service_urls_in, cloud.services),
        inbox=reading.one("TEAMS_INBOX", inbox_in, InboxKind.DURABLE),
        anonymous=anonymous,
    )
    if anonymous:
        return _for_development(reading, listen, found)
    if not reading.has("TEAMS_APP_ID"):
        _note_what_is_alone(reading)
        return None
    _note_what_is_missing(reading, app_type)
    return found


def _for_development(reading: Reading, listen: Listen, found: TeamsSettings) -> TeamsSettings:
    """Whoever can reach the server may speak as anybody."""
    if not is_loopback(listen.host):
        reading.mistakes.append(
            "PAIRTIME_TEAMS_DEV_ANONYMOUS is yes, but PAIRTIME_LISTEN is not this machine alone. Set PAIRTIME_LISTEN to"
            " 127.0.0.1:8100: whoever reaches such a server speaks as anybody."
        )
    if reading.has("PUBLIC_URL"):
        reading.mistakes.append(
            "PAIRTIME_TEAMS_DEV_ANONYMOUS is yes, but PAIRTIME_PUBLIC_URL is set. Leave one of them out: a server that"
            " others reach has to ask who they are."
        )
    return found


def _note_what_is_alone(reading: Reading) -> None:
    for name in ("TEAMS_APP_SECRET", "TEAMS_CERTIFICATE", "TEAMS_TENANT_ID", "TEAMS_ALLOWED_TENANTS"):
        if reading.has(name):
            reading.mistakes.append(
                f"PAIRTIME_{name} is set but PAIRTIME_TEAMS_APP_ID is not. Set the id as the Azure Bot shows it under"
                " Configuration."
            )
            return


def _note_what_is_missing(reading: Reading, app_type: AppType) -> None:
    proofs = [name for name in ("TEAMS_APP_SECRET", "TEAMS_CERTIFICATE") if reading.has(name)]
    if app_type is AppType.MANAGED_IDENTITY and proofs:
        reading.mistakes.append(
            f"PAIRTIME_TEAMS_APP_TYPE is managed-identity, but PAIRTIME_{proofs[0]} is set. Leave it out: the machine"
            " itself proves who it is."
        )
    if app_type is not AppType.MANAGED_IDENTITY and not proofs:
        reading.mistakes.append(
            "PAIRTIME_TEAMS_APP_SECRET is not set. Set it, or PAIRTIME_TEAMS_CERTIFICATE, as the app registration in"
            " Entra shows it: without it nothing can be answered."
        )
    if not reading.has("TEAMS_TENANT_ID"):
        reading.mistakes.append(
            "PAIRTIME_TEAMS_TENANT_ID is not set. Set the tenant in which the bot is registered; further ones that it"
            " serves go into PAIRTIME_TEAMS_ALLOWED_TENANTS."
        )
