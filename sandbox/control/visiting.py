"""A person in front of a consent page, without the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from multidict import MultiDict

from sandbox.consent import Blocked, Outcome, Page
from sandbox.control.reading import Mistake, Told
from sandbox.google.consenting import PATH as GOOGLE_PATH
from sandbox.google.consenting import ConsentScreen
from sandbox.login import Directory
from sandbox.login.admin_consent import AdminConsentPages
from sandbox.login.consenting import ConsentPages
from sandbox.world import Json, World

DECISIONS = ("allow", "cancel", "return")
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
        asked = urlsplit(url)
        query = MultiDict(parse_qsl(asked.query, keep_blank_values=True))
        boxes = told.texts("scopes") if told.has("scopes") else tuple(query.get("scope", "").split())
        told.done()
        said = MultiDict([("account", address), ("decision", decision), *(("scope", each) for each in boxes)])
        try:
            outcome = self._page(asked.path)(query, said)
        except Blocked as wrong:
            raise Mistake(f"The page says: {wrong}") from wrong
        if isinstance(outcome, Page):
            raise Mistake(f"There is no such button. The page is {_title(outcome)!r}.")
        return outcome.json()

    def _page(self, path: str) -> Callable[[Pairs, Pairs], Outcome]:
        if path.endswith(GOOGLE_PATH):
            return self._google.visit
        for pattern, visit in ((ENTRA_PATH, self._entra.visit), (ADMIN_PATH, self._administrators.visit)):
            if (found := pattern.fullmatch(path)) is not None:
                return partial(visit, found[1])
        raise Mistake(f"There is no consent page at {path!r}.")


def _title(page: Page) -> str:
    return page.html.partition("<title>")[2].partition("</title>")[0]
