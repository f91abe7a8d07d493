"""Every labelled phrase is read as labelled, asked about, or reported; none is wrong with confidence."""

from __future__ import annotations

from datetime import UTC

import pytest

from bot.when import Reading, read

from .labels import PHRASES
from .phrase import DEFAULT_MINUTES, Phrase, windows_of


def reading_of(label: Phrase) -> Reading:
    return read(
        label.text,
        now=label.spoken.now,
        zone=label.spoken.zone,
        default_minutes=DEFAULT_MINUTES,
        names=label.names,
        language=label.language,
        region=label.region,
    )


def instants(reading: Reading) -> list[tuple[object, object]]:
    return [(window.start.astimezone(UTC), window.end.astimezone(UTC)) for window in reading.windows]


@pytest.mark.parametrize("label", PHRASES, ids=[f"{n} {label.name}" for n, label in enumerate(PHRASES)])
def test_a_phrase_is_read_as_labelled(label: Phrase) -> None:
    reading = reading_of(label)
    if label.abstains:
        assert reading.unread or reading.questions
        return
    assert reading.unread == ()
    assert label.asks in {str(ask.doubt) for ask in reading.questions} or not (label.asks or reading.questions)
    if label.windows or not label.asks:
        assert instants(reading) == windows_of(label)
    if not label.asks:
        assert reading.minutes == label.minutes
        assert reading.rest == label.rest
    if label.windows:
        assert reading.zone == label.zone
