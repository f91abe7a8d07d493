"""The settings as the vendors' code takes them."""

from __future__ import annotations

import base64
from datetime import datetime

from adapters.settings import Settings
from adapters.vendor_values import MicrosoftApp
from calendar_core.integration import IntegrationKind
from calendar_core.providers import ProviderSettings
from calendar_core.providers.google.consent import OAuthClient
from calendar_core.providers.google.opening import GoogleSettings
from calendar_core.providers.google.signing import KeylessAccount, ServiceAccount
from calendar_core.providers.microsoft.auth import Application as EntraApplication
from calendar_core.providers.microsoft.auth import ClientCertificate, ClientSecret
from calendar_core.providers.microsoft.opening import MicrosoftSettings
from calendar_core.store.vault import Vault


def vault_of(settings: Settings) -> Vault:
    """What seals secrets; without a key it seals nothing."""
    return Vault((each.id, base64.b64decode(each.key.reveal())) for each in settings.encryption_keys)


def providers_of(settings: Settings) -> ProviderSettings:
    """Each vendor as far as it is set up. Raises ValueError for a key that is none."""
    account, client, microsoft = _service_account(settings), settings.google_client, settings.microsoft
    return ProviderSettings(
        google=GoogleSettings(
            service_account=account,
            client=OAuthClient(client.client_id, client.client_secret.reveal()) if client else None,
            api_base=settings.google_api_base,
            oauth_base=settings.google_oauth_base,
            accounts_base=settings.google_accounts_base,
        )
        if account or client
        else None,
        microsoft=MicrosoftSettings(
            application=EntraApplication(microsoft.client_id, _proof(microsoft)),
            graph_base=settings.graph_base,
            login_base=settings.login_base,
            personal_accounts=settings.microsoft_personal_accounts,
        )
        if microsoft
        else None,
    )


def _service_account(settings: Settings) -> ServiceAccount | KeylessAccount | None:
    if settings.google_keyless is not None:
        return KeylessAccount(settings.google_keyless, settings.google_iam_base, settings.google_metadata_base)
    key = settings.google_service_account
    return ServiceAccount.from_json(key.reveal()) if key else None


def _proof(app: MicrosoftApp) -> ClientSecret | ClientCertificate:
    """The certificate, where there is one: it can be read when it ends, and cannot be typed anywhere."""
    if app.certificate is not None:
        key, _, certificate = app.certificate.reveal().partition("\n-----BEGIN CERTIFICATE")
        return ClientCertificate(key, f"-----BEGIN CERTIFICATE{certificate}")
    return ClientSecret(app.client_secret.reveal() if app.client_secret else "")


def ends_of(settings: Settings) -> dict[IntegrationKind, datetime]:
    """When what lets us into whole tenants ends, as far as that is known."""
    ends_at = settings.microsoft.ends_at if settings.microsoft else None
    kinds = (IntegrationKind.OUTLOOK_DOMAIN, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY)
    return dict.fromkeys(kinds, ends_at) if ends_at else {}
