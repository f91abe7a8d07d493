"""`pairtime` as people run it: a process of its own, with a home of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-c", "from adapters.cli import main; main()")
SECONDS = 60


@dataclass(frozen=True)
class Demo:
    """One that runs."""

    url: str
    sandbox: str
    slack: dict[str, Any]
    teams: dict[str, Any]
    process: subprocess.Popen[str]


@dataclass(frozen=True)
class Shell:
    """Runs commands in one home, with nothing of this process's own settings."""

    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        """All that a command sees of this machine."""
        return {"PATH": os.defpath, "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run")} | more

    def run(self, *arguments: str, typed: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """To its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env=self.environment(**environment),
            input=typed,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    @contextmanager
    def started(self, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
        """While the block runs; killed at its end if it has not ended by itself."""
        process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()

    @contextmanager
    def demo(self, *arguments: str) -> Iterator[Demo]:
        """On the story's Sunday, at a free port, once it answers."""
        fixed = ("--json", "--no-browser", "--port", "0", "--now", "2026-11-22T16:02:00Z")
        with self.started("demo", *fixed, *arguments) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first, process.communicate()[1]
            told = json.loads(first)
            yield Demo(told["url"], told["sandbox"], told["slack"], told["teams"], process)

    def kill(self, demo: Demo) -> None:
        """As a power cut would."""
        demo.process.send_signal(signal.SIGKILL)
        demo.process.wait(SECONDS)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """With an empty home."""
    home = tmp_path / "home"
    home.mkdir()
    return Shell(home)
