"""Who is in a conversation, as a bot asks: one, a page, or the old list of everybody; and what a team is made of."""

from __future__ import annotations

import base64

from aiohttp import web

from sandbox.teams.asked import Asked, refuse_unwritable
from sandbox.teams.conversations import Conversation
from sandbox.teams.people import Person
from sandbox.teams.refusals import Refused
from sandbox.teams.state import State
from sandbox.world import Json

PAGE_AT_LEAST, PAGE_AT_MOST = 50, 500


class Roster:
    def __init__(self, state: State) -> None:
        self._state = state

    async def everybody(self, asked: Asked) -> web.Response:
        """GET v3/conversations/{id}/members, which names Entra's id in another way than the others."""
        found = self._people(self._of(asked))
        return web.json_response([member_json(each, "objectId") for each in found])

    async def one(self, asked: Asked) -> web.Response:
        """GET v3/conversations/{id}/members/{member}."""
        member = asked.member(self._of(asked), asked.request.match_info["member"])
        return web.json_response(member_json(member, "aadObjectId"))

    async def page(self, asked: Asked) -> web.Response:
        """GET v3/conversations/{id}/pagedmembers."""
        people = self._people(self._of(asked))
        size = asked.request.query.get("pageSize", str(PAGE_AT_MOST))
        if not size.isdecimal():
            raise Refused(400, "BadArgument", "pageSize is no number.")
        count = min(max(int(size), PAGE_AT_LEAST), PAGE_AT_MOST)
        first = _place(asked.request.query.get("continuationToken", ""))
        members: list[Json] = [member_json(each, "aadObjectId") for each in people[first : first + count]]
        more: dict[str, Json] = {}
        if len(people) > first + count:
            more["continuationToken"] = base64.urlsafe_b64encode(str(first + count).encode()).decode()
        return web.json_response({**more, "members": members})

    async def team(self, asked: Asked) -> web.Response:
        """GET v3/teams/{team}."""
        general = self._team(asked)
        channels = self._state.conversations.channels(general.id)
        return web.json_response(
            {
                "id": general.id,
                "name": general.team_name,
                "tenantId": general.tenant,
                "channelCount": len(channels),
                "memberCount": len(general.members),
            }
        )

    async def channels(self, asked: Asked) -> web.Response:
        """GET v3/teams/{team}/conversations. The general channel has no name."""
        general = self._team(asked)
        found: list[Json] = [
            {"id": each.id, "name": None if each.id == general.id else each.name, "type": "standard"}
            for each in self._state.conversations.channels(general.id)
        ]
        return web.json_response({"conversations": found})

    def _of(self, asked: Asked) -> Conversation:
        conversation = asked.conversation()
        self._state.rates.count("members", conversation.tenant, conversation.id)
        refuse_unwritable(self._state, conversation)
        return conversation

    def _team(self, asked: Asked) -> Conversation:
        found = self._state.conversations.of(asked.request.match_info["team"])
        if found is None or not found.team:
            raise Refused(404)
        asked.at(found.tenant)
        self._state.rates.count("members", found.tenant, found.id)
        refuse_unwritable(self._state, found)
        return found

    def _people(self, conversation: Conversation) -> list[Person]:
        found = [self._state.people.at(address) for address in conversation.members]
        return [each for each in found if each is not None and not each.deleted]


def member_json(person: Person, key: str) -> dict[str, Json]:
    """`key`: what Entra's id is called."""
    told: dict[str, Json] = {"id": person.id, key: person.object_id, "tenantId": person.tenant}
    if person.nameless:
        return {**told, "userRole": "anonymous" if not person.guest else "guest"}
    given, _, surname = person.name.partition(" ")
    return {
        **told,
        "name": person.name,
        "givenName": given,
        "surname": surname,
        "email": person.address,
        "userPrincipalName": person.principal_name,
        "userRole": "guest" if person.guest else "user",
    }


def _place(token: str) -> int:
    """Raises Refused."""
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token.encode()).decode())
    except ValueError:
        raise Refused(400, "BadArgument", "The continuation token is unknown.") from None
