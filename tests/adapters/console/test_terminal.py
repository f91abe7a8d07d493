"""The console in a terminal."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Mapping

import pytest
from typing_extensions import override

from adapters.console import terminal
from adapters.console.terminal import ERASED_LINE, Server, Terminal


class Screen(io.StringIO):
    """Tells when something is written on it."""

    def __init__(self, *, live: bool) -> None:
        super().__init__()
        self.written = threading.Event()
        self._live = live

    @override
    def isatty(self) -> bool:
        return self._live

    @override
    def write(self, text: str, /) -> int:
        length = super().write(text)
        self.written.set()
        return length


class SlowServer(Server):
    """Answers once something stands on the screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__("127.0.0.1")
        self._screen = screen

    @override
    def say(self, address: str, text: str) -> Mapping[str, object]:
        assert self._screen.written.wait(60)
        return {"text": f"{address} said {text}"}


@pytest.mark.parametrize(
    ("live", "shown"),
    [
        (True, f"Still checking both calendars...{ERASED_LINE}"),
        (False, "Still checking both calendars...\n"),
    ],
)
def test_a_slow_answer_is_announced_and_takes_the_place_of_the_announcement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], live: bool, shown: str
) -> None:
    screen = Screen(live=live)
    monkeypatch.setattr(terminal, "STILL_CHECKING_SECONDS", 0.01)
    monkeypatch.setattr(sys, "stderr", screen)
    Terminal(SlowServer(screen), "ana@example.com", as_json=False).run("book")
    assert screen.getvalue() == shown
    assert capsys.readouterr().out == "ana@example.com said book\n\n"
