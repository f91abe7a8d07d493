"""`pairtime demo`, from the start of its process to its first reply, and how large it is after the story.

Beside it an interpreter that only imports three of the libraries it stands on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from urllib.request import Request, urlopen

from .measure import Figures, Measure

STARTS = 5
MOST_MS, MOST_MB = 3000, 200
DEMO = "from adapters.cli import main; main()"
BEGINS = "2026-11-22T16:02:00Z"
BARE = "aiohttp, sqlalchemy, googleapiclient"
STORY = (
    ("ana@example.com", "book with my mentor", "SlotsOffered"),
    ("ana@example.com", "1", "SessionShown"),
    ("ana@example.com", "calendars with Sam", "CalendarsShown"),
    ("sam@example.com", "sessions", "SessionsListed"),
    ("priya@example.com", "who hasn't integrated?", "PeopleListed"),
)


def measures() -> Iterator[Measure]:
    """Starts of ours and of the bare interpreter, by turns."""
    with tempfile.TemporaryDirectory() as home:
        _demo_once(home)  # from then on the compiled modules are there, as after `make setup`
        both = [(_demo_once(home), _bare_once(home)) for _ in range(STARTS)]
    ours, theirs = Figures.of(demo[0] for demo, _ in both), Figures.of(bare[0] for _, bare in both)
    yield Measure("pairtime demo: start to first reply", ours, MOST_MS, "importing 3 libraries", theirs)
    ours, theirs = Figures.of(demo[1] for demo, _ in both), Figures.of(bare[1] for _, bare in both)
    yield Measure("pairtime demo: memory at its largest", ours, MOST_MB, "importing 3 libraries", theirs, unit="MB")


def _demo_once(home: str) -> tuple[float, float]:
    """Milliseconds to the first reply, and megabytes at the end of the story."""
    began = perf_counter()
    options = ("demo", "--json", "--no-browser", "--port", "0", "--now", BEGINS)
    with _running(home, DEMO, *options) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        _say(url, *STORY[0])
        took = (perf_counter() - began) * 1000
        for line in STORY[1:]:
            _say(url, *line)
        return took, _largest(process)


def _bare_once(home: str) -> tuple[float, float]:
    began = perf_counter()
    with _running(home, f"import {BARE}; print(flush=True); input()") as process:
        assert process.stdout is not None
        process.stdout.readline()
        return (perf_counter() - began) * 1000, _largest(process)


@contextmanager
def _running(home: str, code: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", code, *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env={"HOME": home, "TMPDIR": home}) as process:
        try:
            yield process
        finally:
            process.terminate()


def _say(url: str, address: str, text: str, kind: str) -> None:
    """With the picture, where one comes with the reply."""
    body = json.dumps({"as": address, "text": text}).encode()
    with urlopen(Request(f"{url}/console/say", body, {"Content-Type": "application/json"})) as answer:
        reply = json.load(answer)
    assert reply["kind"] == kind, reply["text"]
    if reply["picture"]:
        urlopen(url + reply["picture"]["light"]).close()


def _largest(process: subprocess.Popen[bytes]) -> float:
    """Megabytes of memory that the process ever held at once."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1000
