"""Reading a typed command: every labelled phrase of tests/bot/when, as part of a request to book.

Beside it `argparse`, the standard library's own reader of commands, given the same words: it only sorts them, so the
ratio says how much understanding costs, and no bar hangs on it.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from functools import partial

from bot.grammar.parse import parse
from bot.grammar.phrase import Speaker
from tests.bot.when.labels import PHRASES
from tests.bot.when.phrase import DEFAULT_MINUTES, Phrase

from .measure import Figures, Measure, timed

RUNS = 9
MOST_MS = 1.0


def measures() -> Iterator[Measure]:
    """A figure a phrase: the quickest of its runs."""
    said = [typed(phrase) for phrase in PHRASES]
    ours = Figures.of(timed(partial(parse, *each), RUNS).least for each in said)
    theirs = Figures.of(timed(partial(sorted_by_argparse, text), RUNS).least for text, _ in said)
    yield Measure(
        f"parsing a command: the middle one of {len(PHRASES)}",
        Figures(ours.median, ours.median, ours.p95),
        MOST_MS,
        "argparse",
        Figures(theirs.median, theirs.median, theirs.p95),
    )


def typed(phrase: Phrase) -> tuple[str, Speaker]:
    """What somebody types, and who."""
    return f"/book with my mentor {phrase.text}", Speaker(
        now=phrase.spoken.now,
        zone=phrase.spoken.zone,
        language=phrase.language,
        region=phrase.region,
        names=phrase.names,
        default_minutes=DEFAULT_MINUTES,
    )


COMMANDS = argparse.ArgumentParser(exit_on_error=False, add_help=False, prefix_chars="\0")
COMMANDS.add_argument("command")
COMMANDS.add_argument("words", nargs="*")


def sorted_by_argparse(text: str) -> argparse.Namespace:
    """The command and its words."""
    return COMMANDS.parse_args(shlex.split(text.replace("'", "").replace('"', "").replace("\\", "")))
