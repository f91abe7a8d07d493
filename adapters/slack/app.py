"""What each kind of payload leads to. Bolt tells them apart; a few listeners take everything, hand over, and answer.

None of them asks anybody: the answer to Slack leaves at once, and the work goes on in tasks.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from .answering import Answering
from .directory_events import DirectoryEvents
from .front import DONE, Ack
from .heard import Heard, heard_command, heard_event, heard_interaction
from .payload import JSON, Payload, list_at, object_at, text_at
from .shape import is_shaped

log = logging.getLogger(__name__)

ANYTHING = re.compile("")
PRESS, LINK = re.compile(r"press-(?:more|(?:more-)?\d{1,3})"), re.compile(r"link-\d{1,3}")
LONGEST_TEXT = 4_000  # of typed words; what is longer than the grammar takes is answered by it
BOOK, BOOK_ABOUT = "book", "book_about"


class Forms(Protocol):
    """The booking form, and whatever else is a window of its own."""

    def open(self, heard: Heard, *, about_message: str = "") -> None:
        """Opens it, soon: within the three seconds that a trigger lasts."""

    def acted(self, heard: Heard, body: Payload) -> None:
        """Something was chosen in it."""

    def submitted(self, heard: Heard, body: Payload) -> Mapping[str, object]:
        """It was sent: what becomes of it, as Slack takes that with the answer. The rest happens soon."""

    def options(self, body: Payload) -> Mapping[str, object]:
        """What a menu offers."""


class Home(Protocol):
    """The app's Home, one for each person."""

    def show(self, heard: Heard) -> None:
        """Draws it anew, soon."""


@dataclass(frozen=True, slots=True)
class _Parts:
    answering: Answering
    events: DirectoryEvents
    commands: Mapping[str, str]
    forms: Forms | None
    home: Home | None


class SlackApp:
    """`commands` has the words each slash command stands for. `forms` and `home` are None where they are not drawn."""

    def __init__(
        self,
        answering: Answering,
        events: DirectoryEvents,
        commands: Mapping[str, str],
        forms: Forms | None = None,
        home: Home | None = None,
    ) -> None:
        self._parts = _Parts(answering, events, commands, forms, home)
        self._bolt = _bolt()
        self._bolt.command(ANYTHING)(self._command)
        self._bolt.action(ANYTHING)(self._action)
        self._bolt.event(ANYTHING)(self._event)
        self._bolt.view(ANYTHING)(self._submitted)
        self._bolt.options(ANYTHING)(self._options)
        self._bolt.shortcut(ANYTHING)(self._shortcut)
        self._bolt.view_closed(ANYTHING)(_only_acknowledged)

    async def dispatch(self, payload: dict[str, object]) -> Ack:
        """What Slack is answered. Whatever we do not know, we do nothing about: an error would be sent again, and shown
        to people."""
        if not is_shaped(payload):
            log.info("slack: a payload of no known shape")
            return DONE
        answer = await self._bolt.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        if answer.status != 200:
            log.warning("slack: a payload nobody takes", extra={"status": answer.status})
            return DONE
        return Ack(answer.body, JSON) if answer.body.startswith("{") else DONE

    # --- listeners ---------------------------------------------------------------------------------------------------

    async def _command(self, ack: AsyncAck, body: Payload) -> None:
        name = text_at(body, "command").removeprefix("/").casefold()
        text = text_at(body, "text")[:LONGEST_TEXT]
        self._parts.answering.say(heard_command(body), words_of(self._parts.commands.get(name, ""), text))
        await ack()

    async def _action(self, ack: AsyncAck, body: Payload) -> None:
        """Links are only acknowledged: Slack tells of them, and the browser opens them."""
        action = list_at(body, "actions")[0]
        name = text_at(action, "action_id")
        heard = heard_interaction(body)
        if PRESS.fullmatch(name):
            token = text_at(action, "value") or text_at(action, "selected_option", "value")
            self._parts.answering.press(heard, token)
        elif self._parts.forms is not None and not LINK.fullmatch(name):
            self._parts.forms.acted(heard, body)
        await ack()

    async def _event(self, ack: AsyncAck, body: Payload) -> None:
        event, heard = object_at(body, "event"), heard_event(body)
        match text_at(event, "type"):
            case "message" if _is_said_to_us(event):
                self._parts.answering.say(heard, text_at(event, "text")[:LONGEST_TEXT])
            case "app_home_opened" if self._parts.home is not None and event.get("tab") == "home":
                self._parts.home.show(heard)
            case "user_change" | "app_uninstalled" | "tokens_revoked":
                self._parts.events.heard(body)
            case _:
                pass
        await ack()

    async def _submitted(self, body: Payload) -> BoltResponse:
        forms = self._parts.forms
        return _answer(forms.submitted(heard_interaction(body), body) if forms is not None else {})

    async def _options(self, body: Payload) -> BoltResponse:
        return _answer(self._parts.forms.options(body) if self._parts.forms is not None else {"options": []})

    async def _shortcut(self, ack: AsyncAck, body: Payload) -> None:
        heard = heard_interaction(body)
        about = text_at(body, "message", "ts") if body.get("type") == "message_action" else ""
        if self._parts.forms is not None:
            self._parts.forms.open(heard, about_message=about)
        else:
            self._parts.answering.say(heard, "book")
        await ack()


def _answer(fields: Mapping[str, object]) -> BoltResponse:
    return BoltResponse(status=200, body=dict(fields) or "")


async def _only_acknowledged(ack: AsyncAck) -> None:
    await ack()


def words_of(stands_for: str, text: str) -> str:
    """What was meant by a slash command: `/book with Sam` is "book with Sam", `/book` "book", `/book help` "help book".
    What begins with the command's own word anyway is left as it is."""
    words = text.strip()
    first = words.partition(" ")[0].casefold()
    if not stands_for or first == stands_for:
        return words or stands_for or "help"
    if first == "help":
        return f"help {stands_for}"
    return f"{stands_for} {words}".strip()


def _is_said_to_us(event: Payload) -> bool:
    """Typed by a person, new, and in the two-sided conversation."""
    return (
        event.get("channel_type") == "im"
        and not any(event.get(name) for name in ("subtype", "bot_id", "app_id", "hidden", "edited"))
        and text_at(event, "user") != ""
    )


def _bolt() -> AsyncApp:
    """Its own checks are off: what comes here was checked before, and nobody is asked about tokens in front of the
    answer. What it would log quotes what people say, so it logs nothing."""
    quiet = logging.getLogger(f"{__name__}.bolt")
    quiet.setLevel(logging.CRITICAL + 1)
    return AsyncApp(
        name=quiet.name,  # Bolt names loggers of its own after it, and gives them that level
        logger=quiet,
        process_before_response=True,
        authorize=_anybody,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )


async def _anybody(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Whether the app is installed there is asked afterwards, from memory or the store."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="")
