"""A process dies at each step of a transfer, before or after what it asked was done: the next one finds its way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calendar_core.job import transfer_job
from calendar_core.ports import Calendar, RetryAt
from calendar_core.switching import Transferring
from tests.faults.couples import ORGANISATION

from .test_switching import OPERATOR, Town, town

MOST_STEPS = 30


class Killed(BaseException):
    """The process is gone, between two of its steps."""


class Mortal:
    """Whatever it stands for; but at the fatal step of all of them together nothing more happens."""

    def __init__(self, living: object, steps: Steps) -> None:
        self._living = living
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._living, name)
        if name == "by_mail":
            return lambda user: Mortal(found(user), self._steps)
        return self._steps.watched(found) if callable(found) else found


class Steps:
    """Counts what is asked of the outside; step number `fatal` is not asked, or asked and never heard of."""

    def __init__(self, fatal: int, *, done: bool) -> None:
        self.count = 0
        self._fatal = fatal
        self._done = done

    def watched(self, ask: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def asked(*arguments: object, **named: object) -> object:
            self.count += 1
            fatal = self.count == self._fatal
            if fatal and not self._done:
                raise Killed
            answer = await ask(*arguments, **named)
            if fatal:
                raise Killed
            if isinstance(answer, Calendar):
                events: Any = Mortal(answer.events, self)
                return replace(answer, events=events)
            return answer

        return asked


async def run(two: Town, steps: Steps) -> bool:
    """One run of the job, in a process that may die. False if it did."""
    store, application = two.hamlet.application.store, two.hamlet.application
    calendars: Any = application.scheduling.settling.calendars
    parts = (store.people, store.integrations, store.sessions, store.modes, calendars)
    mortal: list[Any] = [Mortal(part, steps) for part in parts]
    people, integrations, sessions, modes, calendars = mortal
    transferring = Transferring(people, store.programmes, integrations, sessions, modes, calendars, application.clock)
    try:
        while isinstance(again := await transferring.transfer(transfer_job(two.sessions[0].uid)), RetryAt):
            assert again.instant <= application.clock.now(), "only where somebody changed the session meanwhile"
    except Killed:
        return False
    return True


@pytest.mark.parametrize("done", [False, True], ids=["before it is asked", "after it is done"])
@pytest.mark.parametrize("back", [False, True], ids=["by mail", "into the calendar"])
async def test_a_transfer_killed_at_any_step_ends_as_one_event(
    tmp_path: Path, back: bool, done: bool, proving: bool
) -> None:
    fatal = 1
    while fatal <= MOST_STEPS:
        folder = tmp_path / str(fatal)
        folder.mkdir()
        async with town(folder) as two:
            if back:
                await two.switch(on=True, convert=True)
                for user in two.people[:2]:
                    await two.visitor.gets(user.email, 1)
            ended = await killed_once(two, fatal, done=done, back=back)
            expected = ["REQUEST", "CANCEL"] if back else ["REQUEST"]
            for user in two.people[:2]:
                await two.visitor.gets(user.email, len(expected))
            assert (await two.methods())[:2] == [expected] * 2, fatal
            assert two.in_calendars()[:2] == ([1, 1] if back else [0, 1]), fatal
            (session, _) = await two.present()
            assert (session.mailed, session.frozen, session.attempt) == (not back, False, 3 if back else 2)
            words = "is in both calendars again" if back else "its calendar entry is replaced"
            for user in two.people[:2]:
                await two.visitor.hears(user.email, words)
                assert sum(words in message["text"] for message in await two.visitor.inbox(user.email)) == 1, fatal
        if ended:
            break
        fatal += 1 if proving else 5
    assert 5 < fatal < MOST_STEPS, "each step was the last one once"


async def killed_once(two: Town, fatal: int, *, done: bool, back: bool) -> bool:
    """Switches while nobody works, dies at that step, and lets the living go on. True if it never came so far."""
    application, modes = two.hamlet.application, two.hamlet.application.store.modes
    handlers: Any = application.handlers
    living = handlers["transfer"]
    handlers["transfer"] = paused
    plan = await application.switching.plan(ORGANISATION, on=not back)
    assert await application.switching.switch(plan, by=OPERATOR, convert=True)
    if back:
        await two.visitor.until(two.words_of_the_first, ["Google - Domain", "Outlook - Domain"])
    ended = await run(two, Steps(fatal, done=done))
    handlers["transfer"] = living
    if not ended:
        assert await run(two, Steps(0, done=False))
    assert await modes.transfer(two.sessions[0].uid) is None
    return ended


async def paused(_job: object) -> None:
    """Nobody is there to do it."""
