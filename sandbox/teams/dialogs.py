"""Dialogs (task modules): one is open for a person, with a card in it, until what was sent in it closes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal  # JSON from outside, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.teams_cards import check_attachment
from sandbox.teams.activities import Activities
from sandbox.teams.courier import Receipt
from sandbox.teams.filled_in import action_in, data_of, entered, unfinished, wants_inputs
from sandbox.teams.hands import Hands, Impossible
from sandbox.teams.messages import Message
from sandbox.teams.outcome import UNREACHABLE, WRONG, Outcome, of_query
from sandbox.world import Json

Asks = Literal["task", "extension"]
EXTENSION_SECONDS = 5.0
EXTENSION_TIMES = 3
THEME: Mapping[str, Json] = {"theme": "default"}


@dataclass(frozen=True, slots=True)
class Dialog:
    """`card` is None where words alone are `said` in it. `also`: what goes along with everything sent in it."""

    asks: Asks
    told: Activities
    title: str = ""
    card: Json = None
    said: str = ""
    also: Mapping[str, Json] = field(default_factory=dict)
    trouble: str = ""
    thread: str = ""


class Dialogs:
    """Each person's open one."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._open: dict[str, Dialog] = {}

    def of(self, address: str) -> Dialog | None:
        return self._open.get(address)

    async def fetch(self, told: Activities, data: Json, message: Message) -> Outcome:
        """task/fetch: a button asks for a dialog."""
        value: Json = {"data": data, "context": dict(THEME)}
        invoke = told.invoke("task/fetch", value, reply_to=message.id, thread=message.root)
        return self.shown(Dialog("task", told, thread=message.root), await self._hands.courier.ask(invoke))

    async def submit(self, address: str, title: str, values: Mapping[str, Json]) -> Outcome:
        """The button with this title, in the open dialog."""
        dialog = self._of(address)
        action = action_in(dialog.card, title)
        if action["type"] == "Action.OpenUrl":
            return Outcome(url=action["url"])
        if action["type"] not in ("Action.Submit", "Action.Execute"):
            raise Impossible(f"{title!r} only changes what is shown.")
        sent = entered(dialog.card, values)
        if wants_inputs(action) and (errors := unfinished(dialog.card, sent)):
            return Outcome(errors=errors)
        data = data_of(action, sent)
        if dialog.asks == "task":
            value: Json = {"data": data, "context": dict(THEME)}
            invoke = dialog.told.invoke("task/submit", value, thread=dialog.thread)
            return self.shown(dialog, await self._hands.courier.ask(invoke))
        value = {**dialog.also, "data": data, "context": dict(THEME)}
        invoke = dialog.told.invoke("composeExtension/submitAction", value)
        return self.shown(dialog, await self._hands.courier.ask(invoke, EXTENSION_SECONDS, EXTENSION_TIMES))

    def close(self, address: str) -> None:
        """With the cross: the bot does not hear of it."""
        self._open.pop(address, None)
        self._hands.state.changes.tell()

    def shown(self, dialog: Dialog, receipt: Receipt) -> Outcome:
        """What an answer makes of it: another dialog, words, or none any more."""
        address = dialog.told.person.address
        self._hands.state.changes.tell()
        if not receipt.good:
            return self._in_trouble(dialog, receipt, UNREACHABLE)
        told: Any = receipt.json()
        if told is None or told == {}:
            self._open.pop(address, None)
            return Outcome(receipt)
        if isinstance(told, dict) and "composeExtension" in told:
            self._open.pop(address, None)
            return of_query(receipt)
        task = told.get("task") if isinstance(told, dict) else None
        kind, value = (task.get("type"), task.get("value")) if isinstance(task, dict) else (None, None)
        if kind == "message" and isinstance(value, str):
            self._open[address] = replace(dialog, card=None, said=value, trouble="")
            return Outcome(receipt, said=value)
        if kind != "continue" or not isinstance(value, dict) or (card := _card(value)) is None:
            return self._in_trouble(dialog, receipt, WRONG)
        title = value.get("title")
        self._open[address] = replace(
            dialog, card=card, said="", trouble="", title=title if isinstance(title, str) else ""
        )
        return Outcome(receipt, card=card)

    def _of(self, address: str) -> Dialog:
        found = self._open.get(address)
        if found is None or found.card is None:
            raise Impossible("No dialog with a card is open.")
        return found

    def _in_trouble(self, dialog: Dialog, receipt: Receipt, trouble: str) -> Outcome:
        if dialog.told.person.address in self._open:
            self._open[dialog.told.person.address] = replace(dialog, trouble=trouble)
        return Outcome(receipt, trouble=trouble)


def _card(value: Mapping[str, Any]) -> Json:
    """The card of a task's value, None where there is no good one."""
    attachment: Json = value.get("card")
    try:
        check_attachment(attachment)
    except (Misshapen, RecursionError):
        return None
    content = attachment.get("content") if isinstance(attachment, dict) else None
    return content if isinstance(content, dict) and content.get("type") == "AdaptiveCard" else None
