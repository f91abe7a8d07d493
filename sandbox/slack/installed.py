"""Where the application is installed, and the tokens that come of it. What tokens live by is real time."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.rules.slack_methods import USUAL_SCOPES
from sandbox.slack.people import People, Team, made_id
from sandbox.slack.refusals import Refused
from sandbox.world import Json, World

ROTATED_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class App:
    """The one application registered here. `app_token` is for Socket Mode."""

    id: str
    name: str
    client_id: str
    client_secret: str
    signing_secret: str
    app_token: str


@dataclass(frozen=True, slots=True)
class Token:
    """A bot's token for one workspace, or for a whole organisation (`team` is None)."""

    text: str
    team: Team | None
    enterprise: str
    scopes: frozenset[str]
    bot_user: str
    bot: str

    def reaches(self, team: Team) -> bool:
        return team == self.team if self.team is not None else team.enterprise == self.enterprise


@dataclass(frozen=True, slots=True)
class Fresh:
    """A token as it is handed out. `refresh` is "" where tokens do not rotate."""

    access: str
    refresh: str = ""


class Installed:
    """Installations by workspace or organisation; each has an edition, and tokens of an earlier one are dead."""

    def __init__(self, world: World, people: People) -> None:
        self._world = world
        self._people = people
        self.rotating = False
        """Whether tokens given from now on end after ROTATED_SECONDS."""

    @property
    def app(self) -> App:
        kept = self._world.fact("slack app")
        if not isinstance(kept, dict):
            kept = {
                "id": made_id("A", "pairtime"),
                "name": "Pairtime",
                "client_id": f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**13)}",
                "client_secret": secrets.token_hex(16),
                "signing_secret": secrets.token_hex(16),
                "app_token": f"xapp-1-{made_id('A', 'pairtime')}-{secrets.randbelow(10**13)}-{secrets.token_hex(32)}",
            }
            self._world.remember("slack app", kept)
        return App(**{name: str(value) for name, value in kept.items()})

    def install(self, domain: str, scopes: Iterable[str] = USUAL_SCOPES) -> Fresh:
        """In this domain's workspace; once more gives further tokens, and the older ones live on."""
        return self._install(self._people.team_of(domain).id, scopes)

    def install_org(self, enterprise: str, scopes: Iterable[str] = USUAL_SCOPES) -> Fresh:
        """In every workspace of an organisation at once, under one token."""
        return self._install(enterprise, scopes)

    def uninstall(self, place: str) -> None:
        """`place`: a workspace's or an organisation's id. Its tokens are account_inactive from now on."""
        self._world.remember(f"slack installed {place}", {"live": False, "edition": self._edition(place) + 1})

    def places(self) -> list[str]:
        """Ids of workspaces and organisations that have it."""
        return [
            key.removeprefix("slack installed ")
            for key, kept in self._world.facts("slack installed ")
            if isinstance(kept, dict) and kept["live"] is True
        ]

    def scopes(self, place: str) -> list[str]:
        kept = self._world.fact(f"slack installed {place}")
        scopes = kept.get("scopes") if isinstance(kept, dict) else None
        return [str(each) for each in scopes] if isinstance(scopes, list) else []

    def of(self, team: Team) -> str | None:
        """Through which installation the application is in this workspace."""
        places = self.places()
        return next((place for place in (team.id, team.enterprise) if place and place in places), None)

    def revoke(self, text: str) -> None:
        """Twice is once."""
        kept = self._world.fact(_key(text))
        if isinstance(kept, dict):
            self._world.remember(_key(text), {**kept, "revoked": True})

    def end(self, text: str) -> None:
        """A rotating token's time is over."""
        kept = self._world.fact(_key(text))
        if isinstance(kept, dict):
            self._world.remember(_key(text), {**kept, "ends": 1.0})

    def refreshed(self, refresh: str) -> tuple[Fresh, str]:
        """A new pair for a refresh token, which is used up, and its place. Raises Refused."""
        kept = self._world.fact(f"slack refresh {refresh}")
        if not isinstance(kept, dict) or kept["used"] is True or kept["edition"] != self._edition(str(kept["place"])):
            raise Refused("invalid_refresh_token")
        self._world.remember(f"slack refresh {refresh}", {**kept, "used": True})
        place = str(kept["place"])
        return self._given(place, rotating=True), place

    def read(self, text: str) -> Token:
        """Raises Refused as Slack does."""
        kept = self._world.fact(_key(text))
        if not isinstance(kept, dict):
            raise Refused("invalid_auth")
        place = str(kept["place"])
        if kept["revoked"] is True:
            raise Refused("token_revoked")
        if kept["edition"] != self._edition(place) or place not in self.places():
            raise Refused("account_inactive")
        ends = kept["ends"]
        if isinstance(ends, float) and ends <= self._world.clock.real_now().timestamp():
            raise Refused("token_expired")
        team = self._people.team(place)
        enterprise = team.enterprise if team is not None else place
        return Token(text, team, enterprise, frozenset(self.scopes(place)), bot_user(place), bot_id(place))

    def _install(self, place: str, scopes: Iterable[str]) -> Fresh:
        # As in Slack, scopes add up until the application is removed.
        before = set(self.scopes(place)) if place in self.places() else set()
        together: list[Json] = [*sorted(before | set(scopes))]
        kept: Json = {"live": True, "edition": self._edition(place), "scopes": together}
        self._world.remember(f"slack installed {place}", kept)
        return self._given(place, rotating=self.rotating)

    def _given(self, place: str, *, rotating: bool) -> Fresh:
        number = f"{secrets.randbelow(10**12):012}-{secrets.randbelow(10**13):013}-{secrets.token_urlsafe(18)}"
        number = number.replace("_", "x")
        access = f"xoxe.xoxb-1-{number}" if rotating else f"xoxb-{number}"
        ends = self._world.clock.real_now().timestamp() + ROTATED_SECONDS if rotating else None
        kept: dict[str, Json] = {"place": place, "edition": self._edition(place), "ends": ends, "revoked": False}
        self._world.remember(_key(access), kept)
        if not rotating:
            return Fresh(access)
        refresh = f"xoxe-1-{secrets.token_hex(40)}"
        self._world.remember(f"slack refresh {refresh}", {**kept, "used": False})
        return Fresh(access, refresh)

    def _edition(self, place: str) -> int:
        kept = self._world.fact(f"slack installed {place}")
        edition = kept.get("edition") if isinstance(kept, dict) else None
        return edition if isinstance(edition, int) else 0


def bot_user(place: str) -> str:
    """The application's own user there."""
    return made_id("U", f"bot of {place}")


def bot_id(place: str) -> str:
    return made_id("B", f"bot of {place}")


def _key(token: str) -> str:
    return f"slack token {hashlib.sha256(token.encode()).hexdigest()}"
