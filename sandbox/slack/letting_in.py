"""OAuth v2: the page on which somebody installs the application, the code it gives, and what becomes of it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping

from aiohttp import web

from sandbox.consent import pages
from sandbox.consent.outcome import Blocked, Outcome, Page, Return
from sandbox.rules.slack_methods import SCOPES
from sandbox.slack.asked import Asked
from sandbox.slack.installed import ROTATED_SECONDS, Fresh, bot_user
from sandbox.slack.refusals import Refused
from sandbox.slack.state import State
from sandbox.world import Json

CODE_SECONDS = 600  # of real time


class LettingIn:
    def __init__(self, state: State) -> None:
        self._state = state

    def register(self, redirect_uris: Iterable[str]) -> None:
        """Where codes may be sent, beside what was named before."""
        known = self._state.world.fact("slack redirects")
        together = {*(map(str, known) if isinstance(known, list) else ()), *redirect_uris}
        self._state.world.remember("slack redirects", [*sorted(together)])

    async def page(self, request: web.Request) -> web.StreamResponse:
        """/oauth/v2/authorize: who one is, then what is asked for."""
        form = await request.post() if request.method == "POST" else {}
        told = {name: str(value) for name, value in form.items()}
        try:
            return self.visit(dict(request.query), told.get("account", ""), told.get("decision", "")).response()
        except Blocked as blocked:
            return Page(pages.blocked("Slack", blocked.code, blocked.sentence), blocked.status).response()

    def visit(self, query: Mapping[str, str], account: str, decision: str, *, org: bool = False) -> Outcome:
        """`org`: for every workspace of the person's organisation. Raises Blocked."""
        scopes = self._scopes(query)
        back, state = self._back(query), {"state": query["state"]} if "state" in query else {}
        if decision == "cancel":
            return Return(back, {"error": "access_denied", **state})
        name = self._state.installed.app.name
        mailbox = self._state.world.mailbox(account)
        if mailbox is None:
            people = [self._state.world.mailboxes[member.address] for member in self._state.people.everybody()]
            return Page(pages.picker("Slack", name, people, account))
        if decision != "allow":
            items = [pages.Item(scope, scope) for scope in scopes]
            return Page(pages.consent("Slack", name, mailbox, items, remark=f"Workspace: {mailbox.domain}"))
        code = self._code(mailbox.address, scopes, query.get("redirect_uri", ""), org)
        return Return(back, {"code": code, **state})

    def exchange(self, asked: Asked) -> dict[str, Json]:
        """oauth.v2.access: a code or a refresh token for tokens."""
        app = self._state.installed.app
        id, secret = asked.text("client_id"), asked.text("client_secret")
        if id != app.client_id:
            raise Refused("invalid_client_id")
        if not hmac.compare_digest(secret.encode(), app.client_secret.encode()):
            raise Refused("bad_client_secret")
        kind = asked.text("grant_type") or "authorization_code"
        if kind == "refresh_token":
            fresh, place = self._state.installed.refreshed(asked.text("refresh_token"))
            return self._answer(fresh, place, "")
        if kind != "authorization_code":
            raise Refused("invalid_grant_type")
        return self._redeemed(asked)

    def _redeemed(self, asked: Asked) -> dict[str, Json]:
        key = f"slack code {asked.text('code')}"
        kept = self._state.world.fact(key)
        if not isinstance(kept, dict):
            raise Refused("invalid_code")
        if kept["used"] is True:
            raise Refused("code_already_used")
        self._state.world.remember(key, {**kept, "used": True})
        ends = kept["ends"]
        if not isinstance(ends, float) or ends <= self._state.world.clock.real_now().timestamp():
            raise Refused("invalid_code")
        if kept["redirect_uri"] != asked.text("redirect_uri"):
            raise Refused("bad_redirect_uri")
        address, scopes = str(kept["address"]), str(kept["scopes"]).split(",")
        member = self._state.people.at(address)
        if member is None:
            raise Refused("invalid_code")
        if kept["org"] is True:
            fresh, place = self._state.installed.install_org(member.team.enterprise, scopes), member.team.enterprise
        else:
            fresh, place = self._state.installed.install(member.team.domain, scopes), member.team.id
        return self._answer(fresh, place, member.id)

    def _answer(self, fresh: Fresh, place: str, installer: str) -> dict[str, Json]:
        team = self._state.people.team(place)
        enterprise = team.enterprise if team is not None else place
        answer: dict[str, Json] = {
            "ok": True,
            "access_token": fresh.access,
            "token_type": "bot",
            "scope": ",".join(self._state.installed.scopes(place)),
            "bot_user_id": bot_user(place),
            "app_id": self._state.installed.app.id,
            "team": {"id": team.id, "name": team.name} if team is not None else None,
            "enterprise": {"id": enterprise, "name": "Organisation"} if enterprise else None,
            "is_enterprise_install": team is None,
        }
        if installer:
            answer["authed_user"] = {"id": installer}
        if fresh.refresh:
            answer |= {"refresh_token": fresh.refresh, "expires_in": ROTATED_SECONDS}
        return answer

    def _scopes(self, query: Mapping[str, str]) -> list[str]:
        if query.get("client_id") != self._state.installed.app.client_id:
            raise Blocked("invalid_client_id", "There is no application with this client id.")
        scopes = [scope for scope in query.get("scope", "").split(",") if scope]
        if unknown := [scope for scope in scopes if scope not in SCOPES]:
            raise Blocked("invalid_scope", f"There is no scope {', '.join(unknown)}.")
        if not scopes:
            raise Blocked("no_scopes", "The application asks for nothing.")
        return scopes

    def _back(self, query: Mapping[str, str]) -> str:
        known = self._state.world.fact("slack redirects")
        known = known if isinstance(known, list) else []
        asked = query.get("redirect_uri") or (str(known[0]) if known else "")
        # Slack takes whatever lies below an address that was registered.
        if not any(asked == str(each) or asked.startswith(f"{str(each).rstrip('/')}/") for each in known):
            raise Blocked("bad_redirect_uri", f"{asked!r} is not registered.")
        return asked

    def _code(self, address: str, scopes: list[str], redirect_uri: str, org: bool) -> str:
        code = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**13)}.{secrets.token_hex(32)}"
        kept: Json = {
            "address": address,
            "scopes": ",".join(scopes),
            "redirect_uri": redirect_uri,
            "org": org,
            "ends": self._state.world.clock.real_now().timestamp() + CODE_SECONDS,
            "used": False,
        }
        self._state.world.remember(f"slack code {code}", kept)
        return code
