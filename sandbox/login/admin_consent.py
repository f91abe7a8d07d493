"""Entra's page for administrators: one consent for everybody in a tenant, to what the application itself may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aiohttp import web
from multidict import MultiMapping

from sandbox.consent import Blocked, Outcome, Page, Return
from sandbox.consent.asking import Asking, what_was_said
from sandbox.consent.pages import Item, blocked, consent, picker
from sandbox.login.consenting import MALFORMED
from sandbox.login.directory import Application, Directory
from sandbox.login.people import Account, Accounts, blocked_for
from sandbox.login.refusals import REFUSALS
from sandbox.login.scopes import RESOURCE, short, unknown
from sandbox.rules.graph_roles import ROLES
from sandbox.rules.graph_scopes import DELEGATED
from sandbox.world import World

DEFAULT = f"{RESOURCE}.default"
REMARK = "If you allow this, the app will get access for all users in your organization. No one else will be asked."


@dataclass(frozen=True, slots=True)
class Request:
    """A checked request. `place` is a tenant's id or "organizations"; `roles` and `scopes` are what it asks for."""

    place: str
    application: Application
    redirect_uri: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    state: str | None

    def back(self, tenant: str | None, answer: Mapping[str, str]) -> Return:
        state = {} if self.state is None else {"state": self.state}
        where = {} if tenant is None else {"tenant": tenant}
        return Return(self.redirect_uri, {"admin_consent": "True", **where, **state, **answer})


class AdminConsentPages:
    """Two addresses, /v2.0/adminconsent and the older one without a version, which is served alike: what is not said
    (redirect_uri, scope) is what the registration lists. Each step is a form that comes back with the whole request."""

    def __init__(self, world: World, directory: Directory) -> None:
        self._directory = directory
        self._accounts = Accounts(world, directory)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        said = await what_was_said(request)
        try:
            return self.visit(request.match_info["tenant"], request.query, said).response()
        except Blocked as wrong:
            return Page(blocked("Microsoft", wrong.code, wrong.sentence), wrong.status).response()

    def visit(self, tenant: str, query: MultiMapping[str], said: MultiMapping[str]) -> Outcome:
        """One step: `said` is what the administrator chose so far ("account", "decision"). Raises Blocked."""
        asked = self._checked(tenant, query)
        if not said.get("account"):
            if said.get("decision") == "cancel":
                return _cancelled(asked, None)
            return Page(picker("Microsoft", asked.application.name, self._accounts.everybody(), ""))
        account = self._accounts.signing_in(said["account"], asked.place)
        if said.get("decision") == "cancel":
            return _cancelled(asked, account)
        if not self._directory.delegated.is_administrator(account.tenant, account.mailbox.address):
            raise blocked_for("needs administrator")
        if said.get("decision") != "allow":
            items = _items(asked.roles, asked.scopes)
            return Page(consent("Microsoft", asked.application.name, account.mailbox, items, remark=REMARK))
        self._allow(asked, account.tenant)
        return asked.back(account.tenant, {"scope": query.get("scope", "")})

    def _checked(self, tenant: str, query: MultiMapping[str]) -> Request:
        asking = Asking(query, MALFORMED)
        place = self._accounts.place(tenant)
        if place is None:
            raise blocked_for("no tenant")
        if place in ("common", "consumers"):
            raise Blocked("AADSTS900144", "Admin consent needs a tenant, or organizations.")
        application = self._directory.application(asking.required("client_id"))
        if application is None:
            raise blocked_for("no application")
        redirect_uri = asking.get("redirect_uri") or next(iter(application.redirect_uris), "")
        if redirect_uri not in application.redirect_uris:
            raise Blocked("AADSTS50011", f"The redirect URI '{redirect_uri}' is not registered for the application.")
        wanted = asking.words("scope") or (DEFAULT,)
        named = [each for each in wanted if each != DEFAULT]
        if strange := unknown(named):
            raise Blocked("AADSTS650053", f"The application asked for scope '{strange[0]}' that doesn't exist.")
        listed = DEFAULT in wanted
        return Request(
            place=place,
            application=application,
            redirect_uri=redirect_uri,
            # An application's own permissions cannot be asked for one by one.
            roles=application.permissions if listed else (),
            scopes=tuple(dict.fromkeys([*map(short, named), *(application.scopes if listed else ())])),
            state=asking.get("state") if "state" in query else None,
        )

    def _allow(self, asked: Request, tenant: str) -> None:
        client_id = asked.application.client_id
        before = self._directory.roles(tenant, client_id) or ()
        self._directory.readmit(tenant)
        self._directory.consent(tenant, client_id, {*before, *asked.roles})
        if asked.scopes:
            self._directory.delegated.allow_everybody(client_id, tenant, asked.scopes)


def _cancelled(asked: Request, account: Account | None) -> Return:
    declined = REFUSALS["declined"]
    return asked.back(
        None if account is None else account.tenant,
        {"error": declined.error, "error_subcode": "cancel", "error_description": declined.description},
    )


def _items(roles: Iterable[str], scopes: Iterable[str]) -> list[Item]:
    return [
        *(Item(each, ROLES[each]) for each in roles),
        *(Item(each, DELEGATED[each].words) for each in scopes),
    ]
