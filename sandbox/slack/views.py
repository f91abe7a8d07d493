"""Modals, stacked at most three high, and App Homes, one a person. What was typed stays while its block and action
are called the same."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any  # views were checked, and are looked into

from sandbox.rules.slack_views import VIEWS_AT_MOST
from sandbox.slack.naming import named
from sandbox.slack.refusals import Refused
from sandbox.world import Json, World

INITIAL: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("initial_value", "value"),
    "email_text_input": ("initial_value", "value"),
    "url_text_input": ("initial_value", "value"),
    "number_input": ("initial_value", "value"),
    "static_select": ("initial_option", "selected_option"),
    "external_select": ("initial_option", "selected_option"),
    "radio_buttons": ("initial_option", "selected_option"),
    "multi_static_select": ("initial_options", "selected_options"),
    "multi_external_select": ("initial_options", "selected_options"),
    "checkboxes": ("initial_options", "selected_options"),
    "datepicker": ("initial_date", "selected_date"),
    "timepicker": ("initial_time", "selected_time"),
    "datetimepicker": ("initial_date_time", "selected_date_time"),
    "users_select": ("initial_user", "selected_user"),
    "conversations_select": ("initial_conversation", "selected_conversation"),
    "channels_select": ("initial_channel", "selected_channel"),
}
"""By element: what it begins with, and under which name its state is told."""


@dataclass(frozen=True, slots=True)
class View:
    """`view` is what the application sent, with names for nameless blocks. `entered` by block and action."""

    id: str
    user: str
    team: str
    bot: str
    view: Mapping[str, Json]
    hash: str
    root: str
    previous: str = ""
    entered: Mapping[tuple[str, str], Json] = field(default_factory=dict)

    @property
    def is_home(self) -> bool:
        return self.view["type"] == "home"

    def state(self) -> dict[str, Json]:
        """Every input's present value."""
        found: dict[str, Json] = {}
        for block, element in inputs(self.view):
            initial, name = INITIAL[element["type"]]
            begins = element.get(initial, [] if name == "selected_options" else None)
            value = self.entered.get((block, element["action_id"]), begins)
            inside: Any = found.setdefault(block, {})
            inside[element["action_id"]] = {"type": element["type"], name: value}
        return found

    def json(self, app: str) -> dict[str, Json]:
        """As Slack answers and tells it."""
        usual: dict[str, Json] = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None}
        if not self.is_home:
            usual |= {"submit": None, "clear_on_close": False, "notify_on_close": False}
        return {
            **usual,
            **self.view,
            "id": self.id,
            "team_id": self.team,
            "app_id": app,
            "app_installed_team_id": self.team,
            "bot_id": self.bot,
            "hash": self.hash,
            "root_view_id": self.root,
            "previous_view_id": self.previous or None,
            "state": {"values": self.state()},
        }


def inputs(view: Mapping[str, Json]) -> Iterator[tuple[str, Any]]:
    """Block ids and the elements that have a state."""
    blocks: Any = view["blocks"]
    for block in blocks:
        elements = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        for element in elements if block["type"] in ("input", "section", "actions") else []:
            if isinstance(element, dict) and element.get("type") in INITIAL:
                yield block["block_id"], element


class Views:
    def __init__(self, world: World) -> None:
        self._world = world
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}

    def of(self, id: str) -> View | None:
        return self._views.get(id)

    def shown(self, user: str) -> View | None:
        """The modal on top, if one is open."""
        stack = self._stacks.get(user)
        return self._views[stack[-1]] if stack else None

    def home(self, user: str, bot: str) -> View | None:
        kept = self._world.fact(f"slack home {user} {bot}")
        if not isinstance(kept, dict):
            return None
        id, view = str(kept["id"]), kept["view"]
        assert isinstance(view, dict)  # noqa: S101  as it was kept
        return self._views.setdefault(id, View(id, user, str(kept["team"]), bot, view, str(kept["hash"]), id))

    def open(self, user: str, team: str, bot: str, view: Mapping[str, Json]) -> View:
        """In the place of whatever modals are open. Raises Refused for an external id that is taken."""
        self._refuse_taken(view)
        self.clear(user)
        return self._push(user, team, bot, view)

    def push(self, user: str, team: str, bot: str, view: Mapping[str, Json]) -> View:
        """On top of the open ones. Raises Refused."""
        if len(self._stacks.get(user, ())) >= VIEWS_AT_MOST:
            raise Refused("push_limit_reached")
        self._refuse_taken(view)
        return self._push(user, team, bot, view)

    def update(self, old: View, view: Mapping[str, Json]) -> View:
        new = replace(old, view=named(view), hash=_hash())
        names = {(block, element["action_id"]) for block, element in inputs(new.view)}
        kept = {name: value for name, value in {**_begun(old), **old.entered}.items() if name in names}
        return self._keep(replace(new, entered=kept))

    def publish(self, user: str, team: str, bot: str, view: Mapping[str, Json]) -> View:
        known = self.home(user, bot)
        if known is None:
            id = _id()
            return self._keep(View(id, user, team, bot, named(view), _hash(), id))
        return self._keep(replace(known, view=named(view), hash=_hash(), entered={}))

    def enter(self, view: View, block: str, action: str, value: Json) -> View:
        """Somebody typed or chose; the hash stays, as nothing was updated."""
        return self._keep(replace(view, entered={**view.entered, (block, action): value}))

    def by_external(self, external: str, team: str) -> View | None:
        found = (each for each in self._views.values() if each.team == team)
        return next((each for each in found if external and each.view.get("external_id") == external), None)

    def close(self, view: View) -> None:
        """This one alone; what is below shows again."""
        stack = self._stacks.get(view.user, [])
        if view.id in stack:
            stack.remove(view.id)
            del self._views[view.id]

    def clear(self, user: str) -> None:
        for id in self._stacks.pop(user, []):
            del self._views[id]

    def _push(self, user: str, team: str, bot: str, view: Mapping[str, Json]) -> View:
        stack = self._stacks.setdefault(user, [])
        id = _id()
        root, previous = (stack[0], stack[-1]) if stack else (id, "")
        stack.append(id)
        return self._keep(View(id, user, team, bot, named(view), _hash(), root, previous))

    def _refuse_taken(self, view: Mapping[str, Json]) -> None:
        external = view.get("external_id")
        if external and any(each.view.get("external_id") == external for each in self._views.values()):
            raise Refused("duplicate_external_id")

    def _keep(self, view: View) -> View:
        self._views[view.id] = view
        if view.is_home:
            kept: Json = {"id": view.id, "team": view.team, "view": dict(view.view), "hash": view.hash}
            self._world.remember(f"slack home {view.user} {view.bot}", kept)
        return view


def _begun(view: View) -> dict[tuple[str, str], Json]:
    """What stood in the inputs from the start: a later initial value does not change it."""
    return {
        (block, element["action_id"]): element[INITIAL[element["type"]][0]]
        for block, element in inputs(view.view)
        if INITIAL[element["type"]][0] in element
    }


def _id() -> str:
    return "V0" + secrets.token_hex(5).upper()[:9]


def _hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
