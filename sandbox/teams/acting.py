"""The control routes for what people do with cards: press, look, fill in, search. Its words are in `control`."""

from __future__ import annotations

from sandbox.control.reading import Mistake, Told
from sandbox.rules.shapes import Misshapen
from sandbox.teams.activities import Activities
from sandbox.teams.courier import Receipt
from sandbox.teams.outcome import Outcome
from sandbox.teams.vendor import Teams
from sandbox.world import Json


class Acting:
    """What somebody in Teams does with what they see."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams

    async def press(self, told: Told) -> Json:
        address, message, title = told.text("as"), told.text("message"), told.text("title")
        conversation, at, old = told.text("conversation", ""), told.number("at", 0), told.flag("old")
        values = told.fields("values") if told.has("values") else {}
        told.done()
        return outcome_json(
            await self._teams.pressing.press(address, conversation, message, title, values, at=at, old=old)
        )

    async def refresh(self, told: Told) -> Json:
        address, message, conversation = told.text("as"), told.text("message"), told.text("conversation", "")
        manual = told.flag("manual")
        told.done()
        return outcome_json(await self._teams.pressing.refresh(address, conversation, message, manual=manual))

    async def suggest(self, told: Told) -> Json:
        address, message, conversation = told.text("as"), told.text("message"), told.text("conversation", "")
        input, text = told.text("input"), told.text("text", "")
        told.done()
        return {"choices": await self._teams.pressing.suggest(address, conversation, message, input, text)}

    async def submit(self, told: Told) -> Json:
        address, title = told.text("as"), told.text("title")
        values = told.fields("values") if told.has("values") else {}
        told.done()
        return outcome_json(await self._teams.dialogs.submit(address, title, values))

    async def close(self, told: Told) -> Json:
        address = told.text("as")
        told.done()
        self._teams.dialogs.close(address)
        return {}

    async def consent(self, told: Told) -> Json:
        address, message, conversation = told.text("as"), told.text("message"), told.text("conversation", "")
        decision = told.choice("decision", ("accept", "decline"), "accept")
        told.done()
        return outcome_json(
            await self._teams.consenting.decide(
                address, conversation, message, "accept" if decision == "accept" else "decline"
            )
        )

    async def search(self, told: Told) -> Json:
        address, command, conversation = told.text("as"), told.text("command"), told.text("conversation", "")
        parameters = told.fields("parameters") if told.has("parameters") else {"initialRun": "true"}
        told.done()
        texts = {name: str(value) for name, value in parameters.items()}
        return outcome_json(await self._teams.extension.search(address, conversation, command, texts))

    async def choose(self, told: Told) -> Json:
        address, conversation = told.text("as"), told.text("conversation", "")
        attachment = told.any("attachment")
        told.done()
        try:
            return {"message": (await self._teams.extension.choose(address, conversation, attachment)).id}
        except Misshapen as wrong:
            raise Mistake(f"{wrong} ({wrong.path})") from wrong

    async def ask(self, told: Told) -> Json:
        address, command, conversation = told.text("as"), told.text("command"), told.text("conversation", "")
        message = told.text("message", "")
        told.done()
        return outcome_json(await self._teams.extension.ask(address, conversation, command, message))

    async def invoke(self, told: Told) -> Json:
        address, name, conversation = told.text("as"), told.text("name"), told.text("conversation", "")
        value, reply_to = told.any("value"), told.text("message", "")
        told.done()
        hands = self._teams.hands
        person = hands.person(address)
        activities = Activities(hands.state, person, hands.conversation(person, conversation))
        receipt = await hands.courier.ask(activities.invoke(name, value, reply_to=reply_to))
        return {**receipt_json(receipt), "body": receipt.json()}


def outcome_json(outcome: Outcome | None) -> dict[str, Json]:
    """Nothing happened: status null."""
    told = outcome or Outcome()
    attachments: list[Json] = list(told.attachments)
    return {
        **receipt_json(told.receipt),
        "errors": dict(told.errors),
        "trouble": told.trouble,
        "said": told.said,
        "card": told.card,
        "url": told.url,
        "attachments": attachments,
    }


def receipt_json(receipt: Receipt | None) -> dict[str, Json]:
    if receipt is None:
        return {"status": None, "text": "", "activity": None}
    return {"status": receipt.status, "text": receipt.text, "activity": receipt.activity.get("id")}
