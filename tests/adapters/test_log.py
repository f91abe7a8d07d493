"""What the log says, and what it never says."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from adapters.log import masked, one_request, write_log


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    write_log(logging.INFO, written)
    yield written
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level


def test_a_line_is_json_with_the_request_it_belongs_to(lines: io.StringIO) -> None:
    with one_request() as request:
        logging.getLogger("pairtime").info("settled", extra={"session": "5f1c", "milliseconds": 12, "title": "1:1"})
    line = json.loads(lines.getvalue())
    assert line.items() >= {"message": "settled", "request": request, "session": "5f1c", "milliseconds": 12}.items()
    assert "title" not in line


def test_outside_a_request_there_is_none(lines: io.StringIO) -> None:
    logging.getLogger("pairtime").info("started")
    assert "request" not in json.loads(lines.getvalue())


def test_an_exception_is_its_kind_and_place_without_its_message(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError("Therapy at 15:00")
        except KeyError as error:
            raise ValueError("ana@example.com: Therapy") from error
    except ValueError:
        logging.getLogger("pairtime").exception("last resort")
    line = json.loads(lines.getvalue())
    assert [each["kind"] for each in line["error"]] == ["ValueError", "KeyError"]
    assert "test_log.py" in line["error"][0]["where"][-1]
    assert "Therapy" not in lines.getvalue()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("told ana.ruiz+work@example.com of it", "ana"),
        ("Authorization: Bearer ya29.a0Af", "ya29"),
        ("postgresql://pairtime:sesame@127.0.0.1/db", "sesame"),
        ("GET https://graph.example.com/users?$filter=Therapy", "Therapy"),
        ("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6.eyJpc3MiOiJib3QifQ.c2ln", "eyJ"),
    ],
)
def test_what_slips_in_from_elsewhere_is_masked(text: str, secret: str) -> None:
    assert secret not in masked(text)
    assert "***" in masked(text)


def test_ids_and_numbers_stay_readable() -> None:
    text = "settle 5f1c0b7e2d3a4958a6b7c8d9e0f1a2b3 tried 3 times, next at 2026-11-24T14:00:00+00:00"
    assert masked(text) == text
