"""Who calls Graph, whether that call is permitted, and whose mailbox it is for."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from sandbox.graph.errors import GraphError
from sandbox.login import CONSUMERS, Access, AccessTokens, Directory, object_id
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
        token = _token(request)
        if not token:
            raise GraphError(401, "InvalidAuthenticationToken", "Access token is empty.")
        access = self._tokens.read(token)
        if access is None:
            raise GraphError(401)
        if access.challenge:
            header = self._tokens.challenges.header(access.challenge)
            raise GraphError(401, sentence="Continuous access evaluation resulted in challenge.", challenge=header)
        if not access.permissions & ALLOWED_BY[permission]:
            raise GraphError(403)
        return access

    def mailbox(self, access: Access, named: str | None) -> Mailbox:
        """The mailbox of a person of the token's tenant, named by address or object id, or (None: /me) of whoever
        the token acts for. Raises GraphError."""
        person = access.person if named is None else self._named(access, named)
        if person is None:
            raise GraphError(400, "BadRequest", "/me request is only valid with delegated authentication flow.")
        if access.person is not None and person.address != access.person.address:
            # Nobody here has shared a calendar with a colleague.
            raise GraphError(403)
        if person.suite != "microsoft" or not person.has_calendar:
            raise GraphError(404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox.")
        if access.person is None and (person.apart or self._world.is_revoked(person.address)):
            # An application access policy or RBAC scope that leaves this mailbox out.
            raise GraphError(403, "ErrorAccessDenied", "Access to OData is disabled.")
        # Teams meetings need a licence, which no personal account has.
        return replace(person, conference=False) if access.tenant == CONSUMERS else person

    def address(self, request: web.Request) -> str | None:
        """For the log: the address somebody is named by, or acts for."""
        named = request.match_info.get("user")
        if named is not None:
            return named.lower() if "@" in named else None
        access = self._tokens.read(_token(request))
        return None if access is None or access.person is None else access.person.address

    def _named(self, access: Access, named: str) -> Mailbox:
        own = access.person
        if own is not None and named.lower() in (own.address, object_id(own)):
            return own
        person = self._directory.person(access.tenant, named)
        if person is None or person.suspended:
            raise GraphError(404, "ResourceNotFound", "Resource could not be discovered.")
        return person


def _token(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""
