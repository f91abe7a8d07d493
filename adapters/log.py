"""What this process writes about itself: one JSON object a line, with a request's id and without anybody's data.

Messages are ours and hold ids and numbers only. What slips in from elsewhere is masked; of an exception its class and
where it arose are written, never its message, which may quote a title or a text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from random import getrandbits
from types import TracebackType
from typing import TextIO

from typing_extensions import override

_request: ContextVar[str | None] = ContextVar("request", default=None)

# Fields that a line may carry beside its message, by logging's `extra`.
FIELDS = (
    "session",
    "happening",
    "user",
    "job",
    "vendor",
    "operation",
    "kind",
    "code",
    "route",
    "status",
    "milliseconds",
    "count",
)

_MASKED = (
    (re.compile(r"(?i)\b(bearer|basic)\s+\S+"), r"\1 ***"),
    (re.compile(r"(?i)(://)[^/@\s:]+:[^/@\s]+@"), r"\1***@"),
    (re.compile(r"[^\s@<>\"'(,;:=]+(?:@|%40)[^\s@<>\"'),;:]+\.[^\s@<>\"'),;:]+"), "***@***"),
    (re.compile(r"(?<=\?)\S+"), "***"),  # the query of an address
    (re.compile(r"\b[A-Za-z0-9_\-+/]{40,}[=.A-Za-z0-9_\-+/]*"), "***"),  # tokens, keys, signatures
)


@contextmanager
def one_request(number: str | None = None) -> Iterator[str]:
    """Everything written inside carries the same id, also from the store's threads."""
    told = _request.set(number or f"{getrandbits(48):012x}")
    try:
        yield _request.get() or ""
    finally:
        _request.reset(told)


def write_log(level: int, to: TextIO = sys.stderr) -> None:
    """Once in a process: everything from `level` on goes to `to`, and only there."""
    handler = logging.StreamHandler(to)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # they write down addresses of pages, arguments, and whole letters
    for chatty in ("aiohttp.access", "procrastinate", "imapclient"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(capture=True)


def masked(text: str) -> str:
    """The text without addresses, tokens, passwords and queries."""
    for pattern, instead in _MASKED:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """{"at", "level", "logger", "message", "request"?, ... of FIELDS, "error"?: {"kind", "where"}}"""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request := _request.get():
            line["request"] = request
        for name in FIELDS:
            if name in record.__dict__:
                value = record.__dict__[name]
                line[name] = value if isinstance(value, int) else masked(str(value))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = [_described(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _described(error: BaseException) -> dict[str, object]:
    return {"kind": type(error).__qualname__, "where": _where(error.__traceback__)}


def _where(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
