"""GET /api/v1/statuses: everybody's calendar status, for other programs. Each shows a token that the operator made."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from calendar_core.api_token import ApiToken
from calendar_core.errors import StoreUnavailable
from calendar_core.health import repairer
from calendar_core.integration import Integration
from calendar_core.people import User, UserId
from calendar_core.publishing import Publishing
from calendar_core.sign_in import hashed

from .allowance import Allowance
from .api_description import DESCRIPTION, MOST, STATUSES, USUAL
from .whence import whence

log = logging.getLogger(__name__)

A_MINUTE = 60  # requests of one token, in each process
GUESSES_A_MINUTE = 20  # tokens that are none, from one network, in each process
NUMBER = re.compile(r"[0-9]{1,18}")
UNKNOWN = (
    "Send a token of this installation as `Authorization: Bearer TOKEN`. Its operator makes one with "
    "`pairtime token new`; one that was revoked counts no more"
)
GROUPS_ONLY = (
    "This organisation's reports are of groups only, so nobody's status is told. Its operator can change that: "
    "`pairtime organisation`"
)
WRONG_PAGE = f"`limit` is a number from 1 to {MOST}, `after` one that `next` brought; there is nothing else to ask for"
TOO_OFTEN = f"This token has asked {A_MINUTE} times in a minute. Ask again when Retry-After says"
GUESSED = "Too many tokens that are none came from your address. Ask again when Retry-After says"
AWAY = "The database does not answer. Ask again in a moment"


@dataclass(frozen=True, slots=True)
class Api:
    """What is read over HTTP. Nothing can be changed by it. `allowance` is each token's, `guesses` each network's from
    which tokens come that are none: soon they are not looked up. `counted` are hashes of those that have counted here,
    which are looked up all the same, so that nobody is kept out by what shares the address."""

    publishing: Publishing
    allowance: Allowance[int]
    guesses: Allowance[str]
    counted: set[str] = field(default_factory=set, repr=False)

    def routes(self) -> list[web.RouteDef]:
        """The one of this module's docstring, and its description."""
        return [web.get(STATUSES, self._statuses), web.get("/api/v1/openapi.json", self._description)]

    async def _description(self, _request: web.Request) -> web.Response:
        return web.json_response(DESCRIPTION)

    async def _statuses(self, request: web.Request) -> web.Response:
        try:
            token = await self._reader(request)
            after, limit = _page(request.query)
            page = await self.publishing.statuses(token, after, limit)
        except StoreUnavailable as away:
            raise web.HTTPServiceUnavailable(reason=AWAY, headers={"Retry-After": "5"}) from away
        if page is None:
            raise web.HTTPForbidden(reason=GROUPS_ONLY)
        following = f"{STATUSES}?after={page.people[-1][0].id}&limit={limit}" if page.more else None
        log.info("statuses read", extra={"count": len(page.people), "code": f"token {token.number}"})
        told = {"people": [status_of(*each) for each in page.people], "next": following}
        return web.json_response(told, headers={"Cache-Control": "no-store"})

    async def _reader(self, request: web.Request) -> ApiToken:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        may_be_one = scheme.casefold() == "bearer" and text.isascii()
        token = await self._known(text.strip() if may_be_one else "", whence(request))
        if token is None:
            raise web.HTTPUnauthorized(reason=UNKNOWN, headers={"WWW-Authenticate": "Bearer"})
        if wait := self.allowance.wait(token.number):
            raise web.HTTPTooManyRequests(reason=TOO_OFTEN, headers={"Retry-After": str(math.ceil(wait))})
        return token

    async def _known(self, text: str, network: str) -> ApiToken | None:
        """Taken for a guess until it is looked up, so that many at once are no more than one after the other."""
        mark, is_none = hashed(text), False
        may_be_guessed = mark not in self.counted
        if may_be_guessed and (wait := self.guesses.wait(network)):
            raise web.HTTPTooManyRequests(reason=GUESSED, headers={"Retry-After": str(math.ceil(wait))})
        try:
            token = await self.publishing.reader(text)
            is_none = token is None
        finally:
            if may_be_guessed and not is_none:
                self.guesses.give_back(network)
        if is_none:
            self.counted.discard(mark)
        else:
            self.counted.add(mark)
        return token


def status_of(user: User, integration: Integration) -> dict[str, str]:
    """One person's, in the words of the CSV; what is not known or does not apply is empty."""
    trouble = None if integration.usable else integration.trouble
    return {
        "email": user.email,
        "name": user.name,
        "calendar_integration": integration.kind.value if integration.kind else "",
        "health": integration.health.value if integration.kind else "",
        "reason": trouble.value if trouble else "",
        "repaired_by": repairer(integration.kind, trouble).value if trouble else "",
        "since": _instant(integration.since),
        "checked": _instant(integration.checked_at),
    }


def _page(asked: Mapping[str, str]) -> tuple[UserId, int]:
    after, limit = _number(asked.get("after", "0")), _number(asked.get("limit", str(USUAL)))
    if after is None or limit is None or not 1 <= limit <= MOST or len(asked) > len({"after", "limit"} & set(asked)):
        raise web.HTTPBadRequest(reason=WRONG_PAGE)
    return UserId(after), limit


def _number(text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None


def _instant(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
