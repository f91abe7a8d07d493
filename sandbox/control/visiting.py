"""A person in front of a consent page, without the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlsplit

from multidict import MultiDict

from sandbox.consent import Blocked, Outcome, Page, Return
from sandbox.control.reading import Mistake, Told
from sandbox.google.consenting import PATH as GOOGLE_PATH
from sandbox.google.consenting import ConsentScreen
from sandbox.login import Directory
from sandbox.login.admin_consent import AdminConsentPages
from sandbox.login.consenting import ConsentPages
from sandbox.world import Json, World

Decision = Literal["allow", "cancel", "return"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
ENTRA_PATH = re.compile(r".*/([^/]+)/oauth2/v2\.0/authorize")
ADMIN_PATH = re.compile(r".*?/([^/]+)(?:/v2\.0)?/adminconsent")

Pairs = MultiDict[str]


class Visitor:
    """Whoever has the browser."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._google = ConsentScreen(world)
        self._entra = ConsentPages(world, Directory(world))
        self._administrators = AdminConsentPages(world, Directory(world))

    def decide(self, told: Told) -> Json:
        url, address = told.text("url"), told.mailbox(self._world).address
        decision = told.choice("decision", DECISIONS, "allow")
        boxes = told.texts("scopes") if told.has("scopes") else None
        told.done()
        return self.pressed(url, address, decision, boxes).json()

    def pressed(
        self, url: str, address: str, decision: Decision = "allow", boxes: tuple[str, ...] | None = None
    ) -> Return:
        """What this person's browser takes back from the page at this address. `boxes`: those that are ticked, None
        for all. Raises Mistake where no such press leads back."""
        asked = urlsplit(url)
        query = MultiDict(parse_qsl(asked.query, keep_blank_values=True))
        ticked = tuple(query.get("scope", "").split()) if boxes is None else boxes
        said = MultiDict([("account", address), ("decision", decision), *(("scope", each) for each in ticked)])
        try:
            outcome = self._page(asked.path)(query, said)
        except Blocked as wrong:
            raise Mistake(f"The page says: {wrong}") from wrong
        if isinstance(outcome, Page):
            raise Mistake(f"There is no such button. The page is {_title(outcome)!r}.")
        return outcome

    def _page(self, path: str) -> Callable[[Pairs, Pairs], Outcome]:
        if path.endswith(GOOGLE_PATH):
            return self._google.visit
        for pattern, visit in ((ENTRA_PATH, self._entra.visit), (ADMIN_PATH, self._administrators.visit)):
            if (found := pattern.fullmatch(path)) is not None:
                return partial(visit, found[1])
        raise Mistake(f"There is no consent page at {path!r}.")


def _title(page: Page) -> str:
    return page.html.partition("<title>")[2].partition("</title>")[0]
