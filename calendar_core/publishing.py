"""What an organisation's other programs may read, by a token that the operator makes: each status (row S6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calendar_core.api_token import ApiToken
from calendar_core.integration import Integration
from calendar_core.people import OrganisationId, ProgrammeId, User, UserId
from calendar_core.ports import ApiTokens, Clock, People, Programmes, Verifications
from calendar_core.sign_in import hashed, new_secret

MARK = "pairtime_"  # by which whoever looks for lost secrets knows one
TOKEN = re.compile(rf"{MARK}[A-Za-z0-9_-]{{32}}")


@dataclass(frozen=True, slots=True)
class Statuses:
    """Some people, by id, each with how they are connected; `more` come after them."""

    people: tuple[tuple[User, Integration], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Publishing:
    """Reads the store only, and asks no calendar."""

    tokens: ApiTokens
    people: People
    programmes: Programmes
    verifications: Verifications
    clock: Clock

    async def make(self, organisation: OrganisationId, programme: ProgrammeId | None) -> tuple[ApiToken, str]:
        """A token for that organisation, or for that programme of it, and its text: nobody is told that again."""
        text = MARK + new_secret()
        return await self.tokens.made(hashed(text), organisation, programme, self.clock.now()), text

    async def named(self, token: ApiToken) -> str:
        """What it reads, for the operator."""
        own = (await self.people.organisation(token.organisation)).name
        return own if token.programme is None else f"{own}, {(await self.programmes.programme(token.programme)).name}"

    async def reader(self, text: str) -> ApiToken | None:
        """The token of that text, if there is one that counts."""
        return await self.tokens.known(hashed(text)) if TOKEN.fullmatch(text) else None

    async def statuses(self, token: ApiToken, after: UserId, count: int) -> Statuses | None:
        """Of the first `count` people with ids above `after`. None where reports are of groups alone (decision 22)."""
        if (await self.people.organisation(token.organisation)).groups_only:
            return None
        found = await self.verifications.statuses(token.organisation, after, count + 1, token.programme)
        return Statuses(found[:count], len(found) > count)
