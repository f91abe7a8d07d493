"""Google's consent screen: which account, what is asked in words with a box before each, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from multidict import MultiMapping

from sandbox.consent import Blocked, Code, Codes, Grants, Outcome, Page, Return
from sandbox.consent.asking import Asking, what_was_said
from sandbox.consent.pages import Item, blocked, consent, picker
from sandbox.google.access import Access
from sandbox.google.clients import Client, Clients
from sandbox.google.contract import document
from sandbox.google.people import ISSUER, SHORT, SIGN_IN, google_accounts, is_account
from sandbox.world import Mailbox, World

PATH = "/o/oauth2/v2/auth"
PROMPTS = frozenset({"none", "consent", "select_account"})


@dataclass(frozen=True, slots=True)
class Request:
    """A checked authorization request."""

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    nonce: str
    challenge: str
    offline: bool
    prompts: frozenset[str]
    hint: str
    also_granted: bool
    """include_granted_scopes: what was allowed before counts as asked for too."""

    def back(self, answer: Mapping[str, str]) -> Return:
        state = {} if self.state is None else {"state": self.state}
        return Return(self.redirect_uri, {**state, "iss": ISSUER, **answer})


class ConsentScreen:
    """One address; each step is a form that comes back to it with the whole request."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._clients = Clients(world)
        self._access = Access(world)
        self._grants = Grants(world, "google")
        self._codes = Codes(world, "google")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        said = await what_was_said(request)
        try:
            return self.visit(request.query, said).response()
        except Blocked as wrong:
            return Page(blocked("Google", wrong.code, wrong.sentence), wrong.status).response()

    def visit(self, query: MultiMapping[str], said: MultiMapping[str]) -> Outcome:
        """One step: `said` is what the person chose so far ("account", "decision", "scope"). Raises Blocked."""
        asked = self._checked(query)
        if said.get("decision") == "cancel":
            return asked.back({"error": "access_denied"})
        if "none" in asked.prompts:
            # No browser is signed in here, so nothing ever goes without a question.
            return asked.back({"error": "interaction_required"})
        if not said.get("account"):
            return Page(picker("Google", asked.client.name, google_accounts(self._world), asked.hint))
        mailbox = self._account(said["account"])
        granted = self._grants.of(asked.client.client_id, mailbox.address).scopes
        missing = [each for each in asked.scopes if "consent" in asked.prompts or each not in granted]
        if missing and said.get("decision") != "allow":
            return Page(consent("Google", asked.client.name, mailbox, map(_item, missing)))
        return self._allowed(asked, mailbox, missing, frozenset(said.getall("scope", [])))

    def _checked(self, query: MultiMapping[str]) -> Request:
        asking = Asking(query, "invalid_request")
        client = self._clients.client(asking.required("client_id"))
        if client is None:
            raise Blocked("invalid_client", "The OAuth client was not found.", status=401)
        redirect_uri = asking.required("redirect_uri")
        if redirect_uri not in client.redirect_uris:
            raise Blocked(
                "redirect_uri_mismatch",
                "You can't sign in because this app sent an invalid request. Register the redirect URI in the Google "
                f"Cloud Console: redirect_uri={redirect_uri}",
            )
        if asking.required("response_type") != "code":
            raise Blocked("unsupported_response_type", "Invalid response_type: only code is supported here.")
        prompts = asking.words("prompt")
        if not set(prompts) <= PROMPTS or ("none" in prompts and len(prompts) > 1):
            raise asking.refusal(f"Invalid parameter value for prompt: {' '.join(prompts)!r}")
        return Request(
            client=client,
            redirect_uri=redirect_uri,
            scopes=_scopes(asking),
            state=asking.get("state") if "state" in query else None,
            nonce=asking.get("nonce"),
            challenge=asking.challenge(),
            offline=asking.choice("access_type", ("online", "offline"), "online") == "offline",
            prompts=frozenset(prompts),
            hint=asking.get("login_hint"),
            also_granted=asking.choice("include_granted_scopes", ("true", "false"), "false") == "true",
        )

    def _account(self, address: str) -> Mailbox:
        mailbox = self._world.mailbox(address)
        if mailbox is None or not is_account(mailbox):
            raise Blocked("account_not_found", "Couldn't find your Google Account")
        if mailbox.suspended:
            raise Blocked("account_disabled", "Your account has been disabled. Ask your administrator.", status=403)
        if self._access.is_blocked(mailbox.domain):
            raise Blocked(
                "admin_policy_enforced",
                "Access to your account's data is restricted by policies within your organization. Please contact "
                "your organization administrator.",
            )
        return mailbox

    def _allowed(self, asked: Request, mailbox: Mailbox, shown: list[str], ticked: frozenset[str]) -> Outcome:
        """A refresh token comes with the first consent to offline access, and whenever consent is asked for anew."""
        client_id, address = asked.client.client_id, mailbox.address
        before = self._grants.of(client_id, address)
        new = {each for each in shown if each in ticked or each in SIGN_IN}
        offline = asked.offline and (not before.offline or "consent" in asked.prompts)
        after = self._grants.allow(client_id, address, new, offline=asked.offline)
        scopes = [each for each in asked.scopes if each in new or each not in shown]
        if asked.also_granted:
            scopes += sorted(after.scopes - set(scopes))
        if not scopes:
            return asked.back({"error": "access_denied"})
        code = self._codes.issue(
            Code(client_id, asked.redirect_uri, address, tuple(scopes), asked.challenge, asked.nonce, offline)
        )
        return asked.back(
            {
                "code": code,
                "scope": " ".join(scopes),
                "authuser": "0",
                "hd": mailbox.domain,
                "prompt": "consent" if shown else "none",
            }
        )


def _scopes(asking: Asking) -> tuple[str, ...]:
    asking.required("scope")
    wanted = dict.fromkeys(SHORT.get(each, each) for each in asking.words("scope"))
    known = {*document()["auth"]["oauth2"]["scopes"], *SIGN_IN}
    if invalid := [each for each in wanted if each not in known]:
        raise Blocked("invalid_scope", f"Some requested scopes were invalid. {{invalid=[{', '.join(invalid)}]}}")
    return tuple(wanted)


def _item(scope: str) -> Item:
    """In Google's own words."""
    if scope in SIGN_IN:
        return Item(scope, SIGN_IN[scope])
    return Item(scope, str(document()["auth"]["oauth2"]["scopes"][scope]["description"]), optional=True)
