"""Presses on cards: executed, submitted, opened; cards that ask for a person's own view; inputs that suggest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # cards that were checked, looked into

from sandbox.teams.activities import Activities
from sandbox.teams.courier import Receipt
from sandbox.teams.dialogs import Dialogs
from sandbox.teams.filled_in import action_in, data_of, entered, inputs_in, unfinished, wants_inputs
from sandbox.teams.hands import Hands, Impossible
from sandbox.teams.messages import Message, View
from sandbox.teams.outcome import WRONG, Outcome, of_card_action
from sandbox.teams.people import Person
from sandbox.world import Json

SUGGESTIONS_AT_MOST = 15
CARD_INVOKE, SEARCH = "adaptiveCard/action", "application/search"
SMALL = 60
"""Members of a conversation in which everybody's card draws itself anew unless it says whose."""
FOUND = "application/vnd.microsoft.search.searchResponse"


@dataclass(frozen=True, slots=True)
class Pressing:
    hands: Hands
    dialogs: Dialogs

    async def press(
        self,
        address: str,
        conversation: str,
        message: str,
        title: str,
        values: Mapping[str, Json],
        *,
        at: int = 0,
        old: bool = False,
    ) -> Outcome:
        """The button with this title on the card as this person sees it. `old`: with a client that submits where a
        newer one executes."""
        person = self.hands.person(address)
        where = self.hands.message(person, conversation, message)
        card = self.card(person, where)
        action = action_in(card, title, at)
        if old and action["type"] == "Action.Execute":
            fallback = action.get("fallback")
            if not isinstance(fallback, dict):
                raise Impossible("This client does not show that button.")
            action = fallback
        if action["type"] == "Action.OpenUrl":
            return Outcome(url=action["url"])
        if action["type"] not in ("Action.Execute", "Action.Submit"):
            raise Impossible(f"{title!r} only changes what is shown.")
        sent = entered(card, values)
        if wants_inputs(action) and (errors := unfinished(card, sent)):
            return Outcome(errors=errors)
        data = data_of(action, sent)
        if action["type"] == "Action.Execute":
            return await self._execute(person, where, action, data, "manual")
        return await self._submit(person, where, data)

    async def refresh(self, address: str, conversation: str, message: str, *, manual: bool = False) -> Outcome | None:
        """The person looks at a card that draws itself anew for them. None where it does not, for them."""
        person = self.hands.person(address)
        where = self.hands.message(person, conversation, message)
        told: Any = (where.card or {}).get("refresh")
        if not isinstance(told, dict) or not (manual or self._is_asked(person, where, told)):
            return None
        trigger = "manual" if manual else "automatic"
        return await self._execute(person, where, told["action"], data_of(told["action"], {}), trigger)

    async def suggest(self, address: str, conversation: str, message: str, input: str, text: str) -> list[Json]:
        """What an input offers for what was typed so far; nothing where the bot's answer is no good."""
        person = self.hands.person(address)
        where = self.hands.message(person, conversation, message)
        element = next((each for each in inputs_in(self.card(person, where)) if each["id"] == input), None)
        if element is None or "choices.data" not in element:
            raise Impossible(f"There is no input {input!r} that suggests.")
        value: Json = {
            "queryText": text,
            "queryOptions": {"skip": 0, "top": SUGGESTIONS_AT_MOST},
            "dataset": element["choices.data"]["dataset"],
            "kind": "search",
        }
        receipt = await self.hands.courier.ask(
            self._told(person, where).invoke(SEARCH, value, reply_to=where.id, thread=where.root)
        )
        return suggestions(receipt)

    def card(self, person: Person, message: Message) -> dict[str, Any]:
        """As this person sees it. Raises Impossible."""
        own = self.hands.state.messages.view(message, person.address).card
        card = own if isinstance(own, dict) else message.card
        if card is None:
            raise Impossible("That message has no card.")
        return card

    def _is_asked(self, person: Person, message: Message, refresh: Mapping[str, Any]) -> bool:
        users = refresh.get("userIds")
        if isinstance(users, list):
            return person.id in users
        return len(self.hands.conversation(person, message.conversation).members) <= SMALL

    def _told(self, person: Person, message: Message) -> Activities:
        return Activities(self.hands.state, person, self.hands.conversation(person, message.conversation))

    async def _execute(
        self, person: Person, message: Message, action: Mapping[str, Any], data: Json, trigger: str
    ) -> Outcome:
        executed: dict[str, Json] = {"type": "Action.Execute", "data": data}
        executed |= {name: action[name] for name in ("id", "verb", "title") if name in action}
        invoke = self._told(person, message).invoke(
            CARD_INVOKE, {"action": executed, "trigger": trigger}, reply_to=message.id, thread=message.root
        )
        outcome = of_card_action(await self.hands.courier.ask(invoke))
        if trigger == "automatic" and outcome.trouble:
            return outcome  # the card stays as it was, and nobody is told
        seen = self.hands.state.messages.view(message, person.address)
        below = outcome.said or outcome.trouble
        self.hands.state.messages.show(message, person.address, View(outcome.card or seen.card, below))
        self.hands.state.changes.tell()
        return outcome

    async def _submit(self, person: Person, message: Message, data: Json) -> Outcome:
        """A message without words, or whatever the data asks of Teams instead."""
        special: Any = data.get("msteams") if isinstance(data, dict) else None
        kind = special.get("type") if isinstance(special, dict) else ""
        if kind == "task/fetch":
            return await self.dialogs.fetch(self._told(person, message), data, message)
        if kind in ("imBack", "messageBack"):
            text = str(special.get("text") or special.get("value") or "")
            _, receipt = await self.hands.say(person.address, message.conversation, text, mention=True)
            return _taken(receipt)
        told = self._told(person, message)
        stamp = self.hands.state.messages.stamp()
        press = Message(message.conversation, stamp, person.address, thread=message.root)
        return _taken(await self.hands.courier.bring(told.message(press, value=data, reply_to=message.id)))


def suggestions(receipt: Receipt) -> list[Json]:
    told: Any = receipt.json() if receipt.good else None
    if not isinstance(told, dict) or told.get("type") != FOUND or told.get("statusCode", 200) != 200:
        return []
    results = told["value"].get("results") if isinstance(told.get("value"), dict) else None
    listed = results if isinstance(results, list) else []
    good: list[Json] = [
        each
        for each in listed
        if isinstance(each, dict) and isinstance(each.get("title"), str) and isinstance(each.get("value"), str)
    ]
    return good[:SUGGESTIONS_AT_MOST]


def _taken(receipt: Receipt | None) -> Outcome:
    good = receipt is not None and receipt.good
    return Outcome(receipt, trouble="" if good else WRONG)
