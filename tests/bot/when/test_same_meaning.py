"""A phrase means the same wherever it stands in a sentence and however it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.when import Reading

from .labels import PHRASES
from .test_phrases import instants, reading_of

PLAIN = [
    label for label in PHRASES if label.text.strip() and len(label.text) < 200 and not (label.rest or label.abstains)
]


def meaning(reading: Reading) -> tuple[object, ...]:
    doubts = [ask.doubt for ask in reading.questions]
    return instants(reading), reading.minutes, reading.exact, reading.zone, doubts, bool(reading.unread)


@pytest.mark.parametrize(
    "written",
    [
        lambda text: f"with Sam {text}",
        lambda text: f"{text} with Sam",
        lambda text: f"Sam, {text}",
        lambda text: f"{text} please!",
        lambda text: f"on {text}.",
        lambda text: text.upper(),
        lambda text: f"  {text.replace(' ', '   ')}\n",
        lambda text: f"**{text}**",
    ],
    ids=["after the name", "before the name", "after a comma", "politely", "as a sentence", "loud", "spaced", "bold"],
)
def test_a_phrase_means_the_same(written: Callable[[str], str]) -> None:
    for label in PLAIN:
        other = replace(label, text=written(label.text), names=(*label.names, "Sam Okoye"))
        assert meaning(reading_of(other)) == meaning(reading_of(label)), other.text


def test_a_length_leaves_the_days_as_they_are() -> None:
    for label in PLAIN:
        alone = reading_of(label)
        if alone.minutes or label.asks:
            continue
        longer = reading_of(replace(label, text=f"{label.text} for 20 min"))
        assert longer.minutes == 20
        assert [start for start, _ in instants(longer)] == [start for start, _ in instants(alone)], label.text
