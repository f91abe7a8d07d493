"""What comes of wanting to connect one's own calendar, as far as the chat is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from calendar_core.integration import Integration, Suite
from calendar_core.sign_in import Extra


@dataclass(frozen=True, slots=True)
class LinkOffered:
    """A personal link, for one use."""

    suite: Suite
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotSetUp:
    """This installation cannot let people sign in at that vendor."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The organisation has connected everybody already."""

    integration: Integration


@dataclass(frozen=True, slots=True)
class SignedInAlready:
    """The person's own consent stands, and works."""

    integration: Integration


@dataclass(frozen=True, slots=True)
class Connected:
    """The calendar is connected. Of what was `asked` for beside, this was `refused`."""

    integration: Integration
    asked: tuple[Extra, ...] = ()
    refused: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeWrong:
    """That was not the code; with none left it is void."""

    left: int


@dataclass(frozen=True, slots=True)
class CodeNotAwaited:
    """No sign-in waits for a code from this chat account, or its time is over."""
