"""auth.*, team.info and users.*: who one is, and who others are."""

from __future__ import annotations

from sandbox.slack.asked import Asked
from sandbox.slack.people import Team
from sandbox.slack.profiles import member_json, team_json
from sandbox.slack.refusals import Refused
from sandbox.slack.state import State
from sandbox.world import Json


class Knowing:
    def __init__(self, state: State) -> None:
        self._state = state

    def test(self, asked: Asked) -> dict[str, Json]:
        """auth.test."""
        token = asked.token
        place: dict[str, Json] = {"team": "Organisation", "team_id": token.enterprise, "url": f"{asked.base}/slack/"}
        if token.team is not None:
            place = {"team": token.team.name, "team_id": token.team.id, "url": f"{asked.base}/slack/"}
        if token.enterprise:
            place["enterprise_id"] = token.enterprise
        return {
            "ok": True,
            **place,
            "user": "pairtime",
            "user_id": token.bot_user,
            "bot_id": token.bot,
            "is_enterprise_install": token.team is None,
        }

    def revoke(self, asked: Asked) -> dict[str, Json]:
        """auth.revoke."""
        test = asked.given("test") is True
        if not test:
            self._state.installed.revoke(asked.token.text)
        return {"ok": True, "revoked": not test}

    def team(self, asked: Asked) -> dict[str, Json]:
        """team.info."""
        return {"ok": True, "team": team_json(self._team(asked, asked.text("team")))}

    def user(self, asked: Asked) -> dict[str, Json]:
        """users.info."""
        token = asked.token
        member = self._state.member(token, asked.text("user"))
        return {
            "ok": True,
            "user": member_json(
                member,
                self._state.world.clock.now(),
                locale=asked.given("include_locale") is True,
                email="users:read.email" in token.scopes,
            ),
        }

    def by_email(self, asked: Asked) -> dict[str, Json]:
        """users.lookupByEmail."""
        member = self._state.people.at(asked.text("email"))
        if member is None or member.deleted or member.stranger or not asked.token.reaches(member.team):
            raise Refused("users_not_found")
        shown = member_json(member, self._state.world.clock.now(), locale=False, email=True)
        return {"ok": True, "user": shown}

    def _team(self, asked: Asked, id: str) -> Team:
        if not id:
            return asked.team
        team = self._state.people.team(id)
        if team is None or not asked.token.reaches(team):
            raise Refused("team_not_found")
        return team
