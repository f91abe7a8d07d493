"""An administrator's approval for everybody of an Entra tenant: where it is given, and whether it was.

https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
"""

from __future__ import annotations

from urllib.parse import urlencode

from calendar_core.errors import ConsentRevoked

from .auth import Application, Entra


class MicrosoftApproval:
    """The port `DomainApproval`."""

    def __init__(self, application: Application, entra: Entra) -> None:
        self._application = application
        self._entra = entra

    def page(self, tenant: str, *, state: str, redirect: str) -> str:
        query = {
            "client_id": self._application.client_id,
            "scope": self._entra.scope,  # all that the registration lists: an application's own permissions as a whole
            "redirect_uri": redirect,
            "state": state,
        }
        return f"{self._entra.login_base}/{tenant}/v2.0/adminconsent?{urlencode(query)}"

    async def lets_in(self, tenant: str) -> bool:
        try:
            await self._entra.exchange(self._application, tenant)
        except ConsentRevoked:
            return False
        return True
