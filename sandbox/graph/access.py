"""Who calls Graph, whether that call is permitted, and whose mailbox it is for."""

from __future__ import annotations

from aiohttp import web

from sandbox.graph.errors import GraphError
from sandbox.login import Access, AccessTokens, Directory
from sandbox.rules.graph_permissions import ALLOWED_BY
from sandbox.world import Mailbox, World


class Doorkeeper:
    """Checks a request in the order Graph does: token, permission, mailbox."""

    def __init__(self, world: World, directory: Directory, tokens: AccessTokens) -> None:
        self._world = world
        self._directory = directory
        self._tokens = tokens

    def admitted(self, request: web.Request, permission: str) -> Access:
        """Raises GraphError: 401 without a good token, 403 without one of the permissions."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise GraphError(401, "InvalidAuthenticationToken", "Access token is empty.")
        access = self._tokens.read(token)
        if access is None:
            raise GraphError(401)
        if not access.permissions & ALLOWED_BY[permission]:
            raise GraphError(403)
        return access

    def mailbox(self, access: Access, named: str) -> Mailbox:
        """The mailbox of a person of the token's tenant, named by address or object id. Raises GraphError."""
        person = self._directory.person(access.tenant, named)
        if person is None or person.suspended:
            raise GraphError(404, "ResourceNotFound", "Resource could not be discovered.")
        if person.suite != "microsoft" or not person.has_calendar:
            raise GraphError(404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox.")
        if self._world.is_revoked(person.address):
            # An application access policy or RBAC scope that leaves this mailbox out.
            raise GraphError(403, "ErrorAccessDenied", "Access to OData is disabled.")
        return person

    def address(self, named: str) -> str | None:
        """For the log: the address somebody is named by."""
        return named.lower() if "@" in named else None
