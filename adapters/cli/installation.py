"""What commands for a configured installation share: its settings, its log, and stopping when asked to."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from adapters.setting_reading import SettingsWrong
from adapters.settings import Settings, settings_from_environment

from .loading import loading

if TYPE_CHECKING:
    from adapters.main import Application

NO_DATABASE = "The database does not answer. Check PAIRTIME_DATABASE_URL, and that the database runs."
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def configured() -> Settings:
    """This environment's settings; every mistake in them ends the command with its sentences."""
    try:
        return settings_from_environment()
    except SettingsWrong as wrong:
        give_up(*wrong.mistakes)


def give_up(*sentences: str) -> NoReturn:
    """Ends the command with what to do about it, and status 2: it could not be run."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(2)


def stop_on_signals() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM; a second one ends the process as usual."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked(number: int) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, asked, number)
    return stop


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Application]:
    """The installation, its database brought to the present schema. What cannot be opened ends the command."""
    with loading():
        from adapters.main import build, prepare
        from calendar_core.errors import StoreUnavailable

    try:
        await asyncio.to_thread(prepare, settings)
    except StoreUnavailable:
        give_up(NO_DATABASE)
    async with AsyncExitStack() as closing:
        try:
            application = await closing.enter_async_context(build(settings))
        except ValueError:
            give_up("The private key in PAIRTIME_GOOGLE_SERVICE_ACCOUNT cannot be read. Download the key file again.")
        try:
            yield application
        except StoreUnavailable:
            give_up(NO_DATABASE)
