"""What each kind of payload leads to: Bolt reads it, and one table of ours takes it, hands it over, and answers.

Nobody is asked meanwhile: the answer to Slack leaves at once, and the work goes on in tasks.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from typing_extensions import override

from adapters.tasks import NoRoom
from bot.words import ChattingWords, Text

from .answering import Answering
from .directory_events import DirectoryEvents
from .front import DONE, Ack
from .heard import ID, Heard, heard_command, heard_event, heard_interaction
from .payload import JSON, Payload, list_at, object_at, text_at
from .permalink import permalink
from .render.buttons import PRESS
from .shape import is_shaped

log = logging.getLogger(__name__)

LINK = re.compile(r"link-\d{1,3}")
LONGEST_TEXT = 4_000  # of typed words; what is longer than the grammar takes is answered by it
FORM_WORDS = "book form"  # `/book form`
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

    def acted(self, heard: Heard, body: Payload) -> None:
        """Something was looked for in it."""


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
        self._bolt.use(_Taking(self._answer))

    async def dispatch(self, payload: dict[str, object]) -> Ack:
        """What Slack is answered. Whatever we do not know, we do nothing about: an error would be sent again, and shown
        to people."""
        if not is_shaped(payload):
            log.info("slack: a payload of no known shape")
            return DONE
        try:
            answer = await self._bolt.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        except NoRoom:
            log.warning("slack: more is asked than can be answered")
            return self._instead(payload, ChattingWords.TOO_BUSY)
        except Exception:
            log.exception("slack: unforeseen")
            return self._instead(payload, ChattingWords.APOLOGY)
        if answer.status != 200:
            log.warning("slack: a payload that Bolt does not read", extra={"status": answer.status})
            return DONE
        return Ack(answer.body, JSON) if answer.body.startswith("{") else DONE

    def _instead(self, body: Payload, words: Text) -> Ack:
        """What is said, soon, where nothing is done; of what nobody waits for nothing."""
        match body.get("type"):
            case None:
                heard = heard_command(body)
            case "event_callback" if not _is_said_to_us(object_at(body, "event")):
                return DONE
            case "event_callback":
                heard = heard_event(body)
            case _:
                heard = heard_interaction(body)
        try:
            self._parts.answering.tell(heard, words)
        except NoRoom:
            log.warning("slack: nor can that be said")
        return DONE

    # --- by kind -----------------------------------------------------------------------------------------------------

    def _answer(self, body: Payload) -> Mapping[str, object]:
        """What goes back with the acknowledgement: mostly nothing."""
        match body.get("type"):
            case None:
                self._command(body)
            case "block_actions":
                self._action(body)
            case "event_callback":
                self._event(body)
            case "view_submission" if self._parts.forms is not None:
                return self._parts.forms.submitted(heard_interaction(body), body)
            case "block_suggestion":
                return self._parts.forms.options(body) if self._parts.forms is not None else {"options": []}
            case "shortcut" | "message_action":
                self._shortcut(body)
            case _:
                pass
        return {}

    def _command(self, body: Payload) -> None:
        name = text_at(body, "command").removeprefix("/").casefold()
        text = text_at(body, "text")[:LONGEST_TEXT]
        words = words_of(self._parts.commands.get(name, ""), text)
        if self._parts.forms is not None and words.casefold() == FORM_WORDS:
            self._parts.forms.open(heard_command(body))
            return
        self._parts.answering.say(heard_command(body), words)

    def _action(self, body: Payload) -> None:
        """Links are only acknowledged: Slack tells of them, and the browser opens them."""
        action = list_at(body, "actions")[0]
        name = text_at(action, "action_id")
        heard = heard_interaction(body)
        view = text_at(body, "view", "type")
        if PRESS.fullmatch(name) and view not in ("modal", "home"):
            token = text_at(action, "value") or text_at(action, "selected_option", "value")
            self._parts.answering.press(heard, token)
        elif self._parts.home is not None and (name.startswith("home-") or (view == "home" and PRESS.fullmatch(name))):
            self._parts.home.acted(heard, body)
        elif self._parts.forms is not None and not LINK.fullmatch(name):
            self._parts.forms.acted(heard, body)

    def _event(self, body: Payload) -> None:
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

    def _shortcut(self, body: Payload) -> None:
        heard = heard_interaction(body)
        about = permalink(body) if body.get("type") == "message_action" else ""
        if self._parts.forms is not None:
            self._parts.forms.open(heard, about_message=about)
        else:
            self._parts.answering.say(heard, "book")


class _Taking(AsyncMiddleware):
    """Takes everything that Bolt has read, so that it looks for no listener: that costs more than all the rest."""

    def __init__(self, answer: Callable[[Payload], Mapping[str, object]]) -> None:
        self._answer = answer

    @override
    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        return BoltResponse(status=200, body=dict(self._answer(req.body)) or "")


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
        and ID.fullmatch(text_at(event, "user")) is not None
    )


def _bolt() -> AsyncApp:
    """Its own checks are off: what comes here was checked before, and nobody is asked about tokens in front of the
    answer. What it would log quotes what people say, so it logs nothing."""
    quiet = logging.getLogger(f"{__name__}.bolt")
    quiet.setLevel(logging.CRITICAL + 1)
    bolt = AsyncApp(
        name=quiet.name,  # Bolt names loggers of its own after it, and gives them that level
        logger=quiet,
        process_before_response=True,
        authorize=_Anybody(),
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    bolt.error(_not_here)
    return bolt


async def _not_here(error: Exception) -> None:
    """Bolt would swallow it: what nobody foresaw goes on to the one last resort, `SlackApp.dispatch`."""
    raise error


class _Anybody(AsyncAuthorize):
    """Whether the app is installed there is asked afterwards, from memory or the store."""

    def __init__(self) -> None:
        pass

    @override
    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="")
