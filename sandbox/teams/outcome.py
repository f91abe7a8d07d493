"""What came of something a person did, as their Teams shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any  # JSON from outside, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.teams_cards import check_attachment, check_card
from sandbox.teams.courier import Receipt
from sandbox.world import Json

UNREACHABLE = "Unable to reach app. Please try again."
WRONG = "Something went wrong. Please try again."
CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
FOUND_AT_MOST = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """`errors`: what is missing in which input; nothing was sent then. `trouble`: what Teams says in the app's place.
    `said`: what the app says beside the card, or in a dialog's. `url`: where a link leads. `attachments`: what can be
    put into the box in which one writes."""

    receipt: Receipt | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    said: str = ""
    card: Json = None
    url: str = ""
    attachments: tuple[Json, ...] = ()


def of_card_action(receipt: Receipt) -> Outcome:
    """Of adaptiveCard/action. Answers that Teams does not understand are trouble, as there."""
    if not receipt.good:
        return Outcome(receipt, trouble=UNREACHABLE)
    told = receipt.json()
    if told is None:
        return Outcome(receipt)  # taken, and nothing to show
    if not isinstance(told, dict) or not isinstance(told.get("statusCode"), int):
        return Outcome(receipt, trouble=WRONG)
    kind, value = told.get("type"), told.get("value")
    if told["statusCode"] != 200:
        said = value.get("message") if isinstance(value, dict) else None
        return Outcome(receipt, trouble=said if isinstance(said, str) and said else WRONG)
    if kind == MESSAGE and isinstance(value, str):
        return Outcome(receipt, said=value)
    if kind == CARD and is_good(value):
        return Outcome(receipt, card=value)
    return Outcome(receipt, trouble=WRONG)


def of_query(receipt: Receipt) -> Outcome:
    """Of a message extension's. Cards that Teams could not draw are trouble."""
    if not receipt.good:
        return Outcome(receipt, trouble=UNREACHABLE)
    told: Any = receipt.json()
    answer = told.get("composeExtension") if isinstance(told, dict) else None
    if not isinstance(answer, dict):
        return Outcome(receipt, trouble=WRONG)
    if answer.get("type") == "message" and isinstance(answer.get("text"), str):
        return Outcome(receipt, said=answer["text"])
    attachments = answer.get("attachments")
    if answer.get("type") != "result" or not isinstance(attachments, list) or len(attachments) > FOUND_AT_MOST:
        return Outcome(receipt, trouble=WRONG)
    try:
        for each in attachments:
            check_attachment(each)
            if isinstance(each, dict) and "preview" in each:
                check_attachment(each["preview"])
    except (Misshapen, RecursionError):
        return Outcome(receipt, trouble=WRONG)
    return Outcome(receipt, attachments=tuple(attachments))


def is_good(card: Json) -> bool:
    """Whether Teams can draw it."""
    try:
        check_card(card)
    except (Misshapen, RecursionError):
        return False
    return True
