"""Entra's pages for people: which account, what the application asks for, or that an administrator must decide."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from multidict import MultiMapping

from sandbox.consent import Blocked, Code, Codes, Outcome, Page, Return
from sandbox.consent.asking import Asking, what_was_said
from sandbox.consent.pages import Item, blocked, consent, needs_administrator, picker
from sandbox.login.directory import Application, Directory
from sandbox.login.people import Account, Accounts, blocked_for, client_info
from sandbox.login.refusals import REFUSALS
from sandbox.login.scopes import short, unknown
from sandbox.rules.graph_scopes import DELEGATED
from sandbox.world import World

MALFORMED = "AADSTS90100"
PROMPTS = ("", "login", "none", "consent", "select_account")
FOR_EVERYBODY = "everybody"
"""The box an administrator may tick, among the scopes."""


@dataclass(frozen=True, slots=True)
class Request:
    """A checked authorization request. `place` is a tenant's id, or one of people.SHARED."""

    place: str
    application: Application
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    nonce: str
    challenge: str
    prompt: str
    hint: str
    by_post: bool
    client_info: bool

    def back(self, answer: Mapping[str, str]) -> Return:
        state = {} if self.state is None else {"state": self.state}
        return Return(self.redirect_uri, {**answer, **state}, self.by_post)

    def refused(self, why: str, subcode: str = "") -> Return:
        """By a name in REFUSALS."""
        refusal = REFUSALS[why]
        more = {"error_subcode": subcode} if subcode else {}
        return self.back({"error": refusal.error, "error_description": refusal.description, **more})


class ConsentPages:
    """One address; each step is a form that comes back to it with the whole request."""

    def __init__(self, world: World, directory: Directory) -> None:
        self._directory = directory
        self._accounts = Accounts(world, directory)
        self._codes = Codes(world, "entra")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        said = await what_was_said(request)
        try:
            return self.visit(request.match_info["tenant"], request.query, said).response()
        except Blocked as wrong:
            return Page(blocked("Microsoft", wrong.code, wrong.sentence), wrong.status).response()

    def visit(self, tenant: str, query: MultiMapping[str], said: MultiMapping[str]) -> Outcome:
        """One step: `said` is what the person chose so far ("account", "decision", "scope"). Raises Blocked."""
        asked = self._checked(tenant, query)
        decision = said.get("decision")
        if decision == "cancel":
            return asked.refused("declined", "cancel")
        if asked.prompt == "none":
            # No browser is signed in here, so nothing ever goes without a question.
            return asked.refused("not signed in")
        if not said.get("account"):
            return Page(picker("Microsoft", asked.application.name, self._accounts.everybody(), asked.hint))
        account = self._account(asked.place, said["account"])
        items = [_item(each) for each in self._missing(asked, account)]
        if items and self._needs_administrator(account, items):
            if decision == "return":
                return asked.refused("needs administrator")
            return Page(needs_administrator(asked.application.name, account.mailbox, items))
        if items and decision != "allow":
            if self._is_administrator(account):
                items.append(Item(FOR_EVERYBODY, "Consent on behalf of your organization", optional=True))
            return Page(consent("Microsoft", asked.application.name, account.mailbox, items))
        self._allow(asked, account, items, for_everybody=FOR_EVERYBODY in said.getall("scope", []))
        return self._signed_in(asked, account)

    def _checked(self, tenant: str, query: MultiMapping[str]) -> Request:
        asking = Asking(query, MALFORMED)
        place = self._accounts.place(tenant)
        if place is None:
            raise blocked_for("no tenant")
        application = self._directory.application(asking.required("client_id"))
        if application is None:
            raise blocked_for("no application")
        redirect_uri = asking.required("redirect_uri")
        if redirect_uri not in application.redirect_uris:
            raise Blocked(
                "AADSTS50011",
                f"The redirect URI '{redirect_uri}' specified in the request does not match the redirect URIs "
                f"configured for the application '{application.client_id}'.",
            )
        if asking.required("response_type") != "code":
            raise Blocked("AADSTS700054", "response_type is not enabled for the application: only code is.")
        asking.required("scope")
        scopes = asking.words("scope")
        if strange := unknown(scopes):
            raise Blocked("AADSTS650053", f"The application asked for scope '{strange[0]}' that doesn't exist.")
        return Request(
            place=place,
            application=application,
            redirect_uri=redirect_uri,
            scopes=scopes,
            state=asking.get("state") if "state" in query else None,
            nonce=asking.get("nonce"),
            challenge=asking.challenge(),
            prompt=asking.choice("prompt", PROMPTS, ""),
            hint=asking.get("login_hint"),
            by_post=asking.choice("response_mode", ("query", "form_post"), "query") == "form_post",
            client_info=asking.get("client_info") == "1",
        )

    def _account(self, place: str, address: str) -> Account:
        account = self._accounts.signing_in(address, place)
        if self._directory.is_withdrawn(account.tenant):
            raise blocked_for("application removed")
        return account

    def _missing(self, asked: Request, account: Account) -> list[str]:
        """What must be asked for: short names, each once."""
        wanted = list(dict.fromkeys(map(short, asked.scopes)))
        if asked.prompt == "consent":
            return wanted
        granted = self._directory.delegated.of(
            asked.application.client_id, account.mailbox.address, account.tenant
        ).scopes
        return [each for each in wanted if each not in granted]

    def _needs_administrator(self, account: Account, items: list[Item]) -> bool:
        if account.is_personal or self._is_administrator(account):
            return False
        if not self._directory.delegated.people_decide(account.tenant):
            return True
        return any(DELEGATED[each.scope].administrators for each in items)

    def _is_administrator(self, account: Account) -> bool:
        return self._directory.delegated.is_administrator(account.tenant, account.mailbox.address)

    def _allow(self, asked: Request, account: Account, items: list[Item], *, for_everybody: bool) -> None:
        client_id, scopes = asked.application.client_id, [each.scope for each in items]
        self._directory.delegated.allow(client_id, account.mailbox.address, scopes)
        if for_everybody and self._is_administrator(account):
            self._directory.delegated.allow_everybody(client_id, account.tenant, scopes)
        if not account.is_personal:
            self._directory.join(account.tenant, client_id)

    def _signed_in(self, asked: Request, account: Account) -> Return:
        code = self._codes.issue(
            Code(
                client_id=asked.application.client_id,
                redirect_uri=asked.redirect_uri,
                who=account.mailbox.address,
                scopes=asked.scopes,
                challenge=asked.challenge,
                nonce=asked.nonce,
            )
        )
        more = {"client_info": client_info(account)} if asked.client_info else {}
        return asked.back({"code": code, **more, "session_state": str(uuid.uuid4())})


def _item(scope: str) -> Item:
    return Item(scope, DELEGATED[scope].words)
