"""What a person does in a modal: chooses, sends it, closes it, and what the application's answer does to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # what the application answered, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_elements import GROUPS, OPTION
from sandbox.rules.slack_shapes import Several, Thing
from sandbox.slack.courier import Receipt
from sandbox.slack.filled_in import Impossible, element_in, entered, unfinished
from sandbox.slack.hands import Hands
from sandbox.slack.messages import Message
from sandbox.slack.refusals import Refused
from sandbox.slack.viewing import checked_view
from sandbox.slack.views import View
from sandbox.world import Json

TROUBLE = "We had some trouble connecting. Try again?"
SUGGESTED = Thing({"options": Several(OPTION, 0, 100), "option_groups": GROUPS})


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a form: what stands beside its fields, or trouble; neither, and it was taken."""

    errors: Mapping[str, str]
    trouble: str = ""


class Forms:
    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._state = hands.state

    def view(self, address: str, id: str) -> View:
        """Somebody's own. Raises Impossible."""
        view = self._state.views.of(id)
        member = self._state.people.at(address)
        if view is None or member is None or view.user != member.id:
            raise Impossible("That view is not open.")
        return view

    async def choose(self, address: str, id: str, block: str, action: str, value: Json) -> Receipt | None:
        """Press or choose; of an input the application hears only where it asked to."""
        view = self.view(address, id)
        in_block, element = element_in(view.view["blocks"], block, action)
        if in_block["type"] == "input" and in_block.get("dispatch_action") is not True:
            self._state.views.enter(view, block, action, entered(element, value))
            self._state.changes.tell()
            return None
        return await self._hands.press_in_home(address, view, block, action, value)

    def fill(self, address: str, id: str, values: Mapping[str, Mapping[str, Json]]) -> View:
        """Enter these, by block and action; nobody hears of it yet."""
        view = self.view(address, id)
        for block, inside in values.items():
            for action, value in inside.items():
                _, element = element_in(view.view["blocks"], block, action)
                view = self._state.views.enter(view, block, action, entered(element, value))
        return view

    async def submit(self, address: str, id: str, values: Mapping[str, Mapping[str, Json]]) -> Sent:
        """`values` by block and action are entered first."""
        view = self.fill(address, id, values)
        if errors := unfinished(view):
            return Sent(errors)
        told = self._hands.payloads(address)
        receipt = await self._hands.courier.bring("interactive", told.submission(view))
        if not receipt.good:
            return Sent({}, TROUBLE)
        try:
            return self._answered(view, receipt)
        except (Refused, Misshapen):
            return Sent({}, TROUBLE)
        finally:
            self._state.changes.tell()

    async def close(self, address: str, id: str, *, all: bool = False) -> None:
        """This one, or the whole stack; who asked to hear of it does."""
        view = self.view(address, id)
        told = self._hands.payloads(address)
        payload = told.closed(view, cleared=all) if view.view.get("notify_on_close") is True else None
        if all or view.view.get("clear_on_close") is True:
            self._state.views.clear(view.user)
        else:
            self._state.views.close(view)
        self._state.changes.tell()
        if payload is not None:
            await self._hands.courier.bring("interactive", payload)

    async def suggest(self, address: str, where: View | Message, block: str, action: str, typed: str) -> list[Any]:
        """The options the application offers in an external select; none where it fails. Raises Impossible."""
        told = self._hands.payloads(address)
        view, message = (where, None) if isinstance(where, View) else (None, where)
        blocks = where.view["blocks"] if isinstance(where, View) else where.blocks
        _, element = element_in(blocks, block, action)
        if len(typed) < element.get("min_query_length", 3):
            return []
        payload = told.suggestion(view, message, block, action, typed)
        answer: Any = (await self._hands.courier.bring("interactive", payload)).json()
        try:
            SUGGESTED.checked(answer)
        except Misshapen:
            return []
        groups = answer.get("option_groups") or [{"options": answer.get("options", [])}]
        return [option for group in groups for option in group["options"]]

    def _answered(self, view: View, receipt: Receipt) -> Sent:
        """Raises Refused or Misshapen for an answer that Slack does not understand."""
        answer: Any = receipt.json()
        if not receipt.text.strip():
            self._state.views.close(view)
            return Sent({})
        if not isinstance(answer, dict):
            raise Refused("invalid_response")
        action = answer.get("response_action")
        if action == "clear":
            self._state.views.clear(view.user)
        elif action == "update":
            self._state.views.update(view, checked_view(answer.get("view")))
        elif action == "push":
            self._state.views.push(view.user, view.team, view.bot, checked_view(answer.get("view")))
        elif action == "errors":
            return Sent(_errors(view, answer.get("errors")))
        else:
            raise Refused("invalid_response")
        return Sent({})


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Only input blocks can have one."""
    blocks: Any = view.view["blocks"]
    inputs = {block["block_id"] for block in blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise Refused("invalid_errors")
    return {block: str(sentence) for block, sentence in errors.items()}
