"""`pairtime chat --operator`: speaking for somebody on a real installation, without seeing anybody's times.

The look-up is made and its receipt written, as if the person had asked; the operator learns that it worked, and no
more. Replies that no look-up stands behind are shown.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace

import click

from adapters.console.render import message
from adapters.console.who import ConsolePeople, identity_of
from bot.replies import Answer, HelpShown, PeopleListed, Reply, SessionShown, SessionsListed

from .installation import configured, opened

SHOWN = (HelpShown, PeopleListed, SessionShown, SessionsListed)
WITHHELD = (
    "Answered ({kind}). What it says may rest on people's free times, so it is not shown here; "
    "whose times were looked at finds it under `privacy`."
)


def speak(address: str, text: str | None, as_json: bool) -> None:
    """One line, or many until the input ends."""
    asyncio.run(_speak(address, text, as_json))


async def _speak(address: str, text: str | None, as_json: bool) -> None:
    async with opened(configured()) as application, application.working():
        user = await ConsolePeople(application.store.people).at(address)
        if user is None:
            raise click.ClickException(f"Nobody in a programme has the address {address}.")
        line = text if text is not None else await _typed()
        while line is not None:
            if line:
                answer = await application.conversation.say(identity_of(user), line)
                click.echo(as_shown(answer, as_json=as_json))
            line = await _typed() if text is None else None


async def _typed() -> str | None:
    """The next line, which may be empty; None at the end of the input."""
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.strip() if line else None


def as_shown(answer: Answer, *, as_json: bool) -> str:
    """As far as it may be shown to whoever speaks for somebody."""
    if not may_be_shown(answer.reply):
        return WITHHELD.format(kind=type(answer.reply).__name__)
    data = message(replace(answer, reply=_without_topics(answer.reply)))
    return json.dumps(data, ensure_ascii=False) if as_json else data["text"]


def _without_topics(reply: Reply) -> Reply:
    """What two people want to talk about is theirs."""
    match reply:
        case SessionShown():
            return replace(reply, session=replace(reply.session, topic=""), from_last_time=())
        case SessionsListed():
            lines = tuple(replace(line, session=replace(line.session, topic="")) for line in reply.sessions)
            return replace(reply, sessions=lines)
        case _:
            return reply


def may_be_shown(reply: Reply) -> bool:
    """Whether no look-up can stand behind it."""
    return isinstance(reply, SHOWN) and not any(choice.slot for choice in reply.choices)
