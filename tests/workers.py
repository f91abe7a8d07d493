"""The processes that share a run's tests (`make test`): how many there are, and who waits for whom."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

AT_MOST = 8


def number(config: pytest.Config) -> int:
    """What `-n auto` means: one a core and one more, as tests wait a third of their time; none where somebody reads
    along (-s) or measures (--prove)."""
    if config.getoption("capture") == "no" or config.getoption("--prove"):
        return 0
    return min((os.cpu_count() or 1) + 1, AT_MOST)


def folder_of_all(config: pytest.Config, own: Path) -> Path:
    """The temporary folder that every process of this run knows and no other run does, given this process's own."""
    return own.parent if hasattr(config, "workerinput") else own


@contextmanager
def turn(file: Path, *, alone: bool) -> Iterator[None]:
    """Waits for its turn at the file: whoever wants to be alone there is."""
    with file.open("a") as ours:
        fcntl.flock(ours, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
