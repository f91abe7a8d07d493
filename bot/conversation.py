"""A conversation's turns: who speaks, what they mean, and the answer, in time, with whatever was refused in words.

Any chat calls `say` for typed words, `press` for buttons and `submit` for forms, and draws the answer. They answer
every CalendarError; anything else is a fault of ours and is left to the entry point's one last resort.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from calendar_core.errors import CalendarError, OldButton, Refusal, StoreUnavailable, TooSlow, UnknownPerson
from calendar_core.people import Identity
from calendar_core.programme import Rules
from calendar_core.scheduling.outcomes import Pair

from . import commands as c
from .buttons import command_of, fits, token_of
from .grammar.parse import parse
from .grammar.phrase import Speaker
from .handlers import booking, helping, linking, operating, requesting, table
from .handlers.asked import Asked, about_match, with_topic_of, without_topic
from .handlers.refusing import refusal
from .handlers.talk import Core, Talk, reader_of
from .handlers.wishes import pair_meant, read_of
from .replies import Answer, Outcome, Question, Reader, Reply, Said
from .sentences import sentence
from .words import Words

LISTS_LAST = timedelta(minutes=15)
ANSWER_WITHIN = 28.0  # seconds, everything included: nobody waits longer than 30


@dataclass(frozen=True, slots=True)
class Conversation:
    """Holds nothing between two messages: what little has to be remembered is in the store."""

    core: Core
    answer_within: float = ANSWER_WITHIN  # seconds

    async def say(self, who: Identity, text: str) -> Answer:
        """Answers typed words."""
        limit = asyncio.timeout(self.answer_within)  # counts from here
        talk = await self._begun(who, c.NotUnderstood(text), typed=text)
        return talk if isinstance(talk, Answer) else await self._answer(talk, _read(talk, text), limit)

    async def press(self, who: Identity, token: str) -> Answer:
        """Answers a button. Its token grants nothing: whoever presses is asked for."""
        try:
            command = command_of(token)
        except OldButton as error:
            talk = await self._begun(who, c.Help())
            if isinstance(talk, Answer):
                return talk
            return await self._finish(talk, await self._refused(talk, c.Help(), error))
        return await self.submit(who, command)

    async def submit(self, who: Identity, command: c.Command) -> Answer:
        """Answers a form: as a button, with a command that may hold more than one carries. It grants nothing either."""
        limit = asyncio.timeout(self.answer_within)
        talk = await self._begun(who, command)
        return talk if isinstance(talk, Answer) else await self._answer(talk, command, limit)

    async def look(self, who: Identity, command: c.Command) -> Answer:
        """What a form or a Home shows of itself: the newest list that numbers answer is still the one before."""
        limit = asyncio.timeout(self.answer_within)
        talk = await self._begun(who, command)
        if isinstance(talk, Answer):
            return talk
        try:
            reply = await self._in_time(talk, command, limit)
        except CalendarError as error:
            reply = await self._refused(talk, command, error)
        return _answer_to(talk, reply)

    async def sent(self, who: Identity, reply: Reply) -> None:
        """A message is about to go out to that chat: its numbers are the newest now, or it came between."""
        if numbered := _numbered(reply):
            await self.core.conversations.listed(who, numbered, self.core.clock.now())
        else:
            await self.core.conversations.interrupted(who)

    async def interrupted(self, who: Identity) -> None:
        """Something is about to be posted there, or could not be: a number that is typed now is asked about."""
        await self.core.conversations.interrupted(who)

    async def posted(self, who: Identity, reply: Reply, *, since: datetime) -> None:
        """A notice, before which it was `interrupted`, stands there: its numbers are the newest now, unless whoever
        reads it was quicker. An answer that was given `since` keeps its own; what has no numbers changes nothing."""
        if numbered := _numbered(reply):
            await self.core.conversations.listed_since(who, numbered, self.core.clock.now(), since=since)

    async def brought(self, who: Identity, reply: Reply) -> None:
        """The reply is before that person's eyes: of how a booking ended they are not told once more. Twice is once."""
        user = await self.core.people.known_as(who) if reply.outcomes else None
        if user is not None:
            for each in reply.outcomes:
                await self.core.scheduling.booking.replied(user, each.session, sequence=each.sequence)

    async def _begun(self, who: Identity, command: c.Command, *, typed: str | None = None) -> Talk | Answer:
        """Whose turn it is; or the answer, where it is not known. An account that is nobody's can become somebody's
        (decision 7), and nothing else."""
        try:
            speaking = await self.core.scheduling.pairs.speaking(who)
            if speaking is not None:
                return Talk(self.core, who, *speaking, self.core.clock.now())
            if typed is not None:
                command = parse(typed, Speaker(self.core.clock.now(), "UTC"))
            answer = await linking.answer_unlinked(self.core, who, typed, command)
        except StoreUnavailable as error:
            return self._unheard(error, command)
        return answer or self._unheard(UnknownPerson(), command)

    def _unheard(self, error: UnknownPerson | StoreUnavailable, command: c.Command) -> Answer:
        """Before it is known who talks, and how that person reads."""
        return Answer(refusal(error, Asked(command, None, (), self.core.clock.now(), self.core.contact)), Reader())

    async def _answer(self, talk: Talk, command: c.Command, limit: asyncio.Timeout) -> Answer:
        try:
            if isinstance(command, c.NumberTyped):
                found = await self._by_number(talk, command)
                if not isinstance(found, c.Command):  # nothing came in between by that: the list stays the newest
                    return Answer(found, reader_of(talk.user))
                command = found
            reply = await self._in_time(talk, command, limit)
        except CalendarError as error:
            reply = await self._refused(talk, command, error)
        return await self._finish(talk, reply)

    async def _finish(self, talk: Talk, reply: Reply) -> Answer:
        answer = _answer_to(talk, reply)
        with suppress(StoreUnavailable):  # the reply is worth more than its numbers
            await self.sent(talk.who, answer.reply)
        return answer

    async def _in_time(self, talk: Talk, command: c.Command, limit: asyncio.Timeout) -> Reply:
        try:
            async with limit:
                return await table.answer(talk, command)
        except TimeoutError:
            if not limit.expired():
                raise
        match command:
            case c.BookSession() | c.BookAbout():
                book = command.book if isinstance(command, c.BookAbout) else command
                return await booking.book_late(talk, book.match, book.when)
            case c.PickTime():
                return await requesting.pick_late(talk, command)
            case _:
                raise TooSlow

    async def _refused(self, talk: Talk, command: c.Command, error: CalendarError) -> Reply:
        """One function has words for all of them; here it is only told which matches it may name."""
        pairs: tuple[Pair, ...] = ()
        with suppress(CalendarError):
            pairs = await self.core.scheduling.pairs.of(talk.user)
        talk = replace(talk, pairs=pairs)  # something may have ended since the turn began
        asked = Asked(without_topic(command), talk.user, pairs, talk.now)
        partner = None
        if asked.find is not None:
            with suppress(CalendarError):
                pair = await pair_meant(talk, asked.find)
                partner = pair.partner.name
                asked = replace(asked, command=about_match(asked.command, pair.match.id))
        with suppress(CalendarError):
            meant = asked.meant.programme.id if asked.meant else None
            asked = replace(asked, whom=await operating.whom_to_ask(talk, meant))
        reply = refusal(error, asked)
        reply = replace(reply, choices=tuple(with_topic_of(command, choice) for choice in reply.choices))
        if isinstance(error, Refusal) and error.gave_up:
            reply = replace(reply, outcomes=(Outcome(error.gave_up),))
        return replace(reply, read=read_of(command, partner)) if isinstance(command, c.FindSlots) else reply

    async def _by_number(self, talk: Talk, command: c.NumberTyped) -> c.Command | Reply:
        """What the newest list has under that number (decision 19); a question if it may not be what is meant."""
        newest = await self.core.conversations.newest(talk.who)
        number = command.number
        if newest is None or talk.now - newest.at > LISTS_LAST:
            return Question(sentences=(sentence(Words.NO_NUMBER, number=number),))
        if not 1 <= number <= len(newest.tokens):
            said = sentence(Words.NUMBER_OUT_OF_RANGE, number=number, last=len(newest.tokens))
            return Said(sentences=(said,))
        meant = command_of(newest.tokens[number - 1])
        if newest.newer:
            await self.core.conversations.listed(talk.who, newest.tokens, newest.at)  # the same number again is a yes
            return helping.still_that(number, meant)
        return meant


def _answer_to(talk: Talk, reply: Reply) -> Answer:
    choices = tuple(choice for choice in reply.choices if fits(choice.command))
    return Answer(replace(reply, choices=choices), reader_of(talk.user))


def _numbered(reply: Reply) -> tuple[str, ...]:
    return tuple(token_of(choice.command) for choice in reply.choices if choice.numbered)


def _read(talk: Talk, text: str) -> c.Command:
    speaker = Speaker(
        now=talk.now,
        zone=talk.user.itinerary,
        language=talk.user.language,
        region=talk.user.region,
        names=tuple(pair.partner.name for pair in talk.pairs),
        default_minutes=talk.pairs[0].programme.rules.default_length if talk.pairs else Rules().default_length,
    )
    return parse(text, speaker)
