"""Which demo is running on this machine: written by `pairtime demo`, read by `pairtime chat`."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from adapters.settings import runtime_folder

NAME = "demo.json"


def announce(url: str, pid: int) -> Path:
    """The newest demo is the one that is found. Gives the file, for `withdraw`."""
    folder = runtime_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    written = path.with_suffix(f".{pid}")
    written.write_text(json.dumps({"url": url, "pid": pid}), encoding="utf-8")
    written.replace(path)
    return path


def withdraw(path: Path, pid: int) -> None:
    """Unless a newer demo has announced itself since."""
    with suppress(OSError, ValueError):
        if json.loads(path.read_text(encoding="utf-8"))["pid"] == pid:
            path.unlink()


def announced() -> str | None:
    """The URL of the newest demo, which may have died without saying so."""
    try:
        url = json.loads((runtime_folder() / NAME).read_text(encoding="utf-8"))["url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return url if isinstance(url, str) else None
