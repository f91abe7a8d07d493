"""The console in a terminal: prints a reply's plain text, or the same as data."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote, urlsplit

import click

GLANCE_SECONDS = 2.0
STILL_CHECKING_SECONDS = 3.0
ERASED_LINE = "\r\x1b[K"
PATIENCE_SECONDS = 45.0  # the server itself answers within 30


class Unanswered(Exception):
    """The other end refused, or is not there: a sentence for the person at the terminal."""


class Server:
    """A running demo, over HTTP. Only the standard library, so that a command starts quickly."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self.url = f"http://{parts.netloc}"

    def answers(self) -> bool:
        """Whether it is alive."""
        try:
            return self._ask("GET", "/health/live", None, GLANCE_SECONDS).get("status") == "live"
        except Unanswered:
            return False

    def say(self, address: str, text: str) -> Mapping[str, object]:
        """The reply, as data. Raises Unanswered."""
        return self._ask("POST", "/console/say", {"as": address, "text": text}, PATIENCE_SECONDS)

    def inbox(self, address: str, after: int) -> tuple[list[Mapping[str, object]], int]:
        """What was pushed since, and the number to ask with next. Raises Unanswered."""
        got = self._ask("GET", f"/console/inbox?as={quote(address)}&after={after}", None, PATIENCE_SECONDS)
        messages, number = got.get("messages"), got.get("next")
        return (messages if isinstance(messages, list) else []), (number if isinstance(number, int) else after)

    def changes(self, after: int) -> int:
        """Comes back when something was pushed to anybody, or after a while. Raises Unanswered."""
        number = self._ask("GET", f"/console/changes?after={after}", None, PATIENCE_SECONDS).get("changes")
        return number if isinstance(number, int) else after

    def _ask(self, method: str, path: str, body: Mapping[str, str] | None, seconds: float) -> Mapping[str, object]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=seconds)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as silence:
            raise Unanswered(f"{self.url} does not answer. Is `pairtime demo` still running?") from silence
        finally:
            connection.close()
        if not isinstance(answer, dict):
            raise Unanswered(f"{self.url} answered something else; is it a Pairtime demo?")
        if response.status != http.client.OK:
            raise Unanswered(str(answer.get("error", response.reason)))
        return answer


class Terminal:
    """One person's, for one line or many."""

    def __init__(self, server: Server, address: str, as_json: bool) -> None:
        self._server = server
        self._address = address
        self._as_json = as_json

    def run(self, text: str | None) -> None:
        """One line and its reply, or many until the input ends. Exits with 1 if nobody answered the one."""
        try:
            if text is not None:
                self._show(self._answer(text))
            else:
                self._converse()
        except Unanswered as silence:
            sys.exit(f"{silence}")

    def _converse(self) -> None:
        """What is pushed meanwhile is printed as it comes."""
        _, seen = self._server.inbox(self._address, 0)
        if sys.stdin.isatty():
            click.echo(f"You are {self._address}. Say `help` to see what can be said; Ctrl-D ends.")
        threading.Thread(target=self._listen, args=(seen,), daemon=True).start()
        while True:
            try:
                line = input("> " if sys.stdin.isatty() else "")
            except (EOFError, KeyboardInterrupt):
                click.echo()
                return
            if line.strip():
                self._show(self._answer(line))

    def _answer(self, text: str) -> Mapping[str, object]:
        """The server's. While it takes its time, that is said; on a screen the answer then stands in its place."""
        if self._as_json:
            return self._server.say(self._address, text)
        on_screen = sys.stderr.isatty()

        def still_there() -> None:
            from bot.waiting import while_said  # reads the words as the server does: not before it is needed

            click.echo(while_said(text), err=True, nl=not on_screen)

        still = threading.Timer(STILL_CHECKING_SECONDS, still_there)
        still.start()
        try:
            return self._server.say(self._address, text)
        finally:
            still.cancel()
            still.join()
            if on_screen:
                click.echo(ERASED_LINE, err=True, nl=False)

    def _listen(self, seen: int) -> None:
        changes = -1
        with suppress(Unanswered):  # whoever types next is told
            while True:
                changes = self._server.changes(changes)
                messages, seen = self._server.inbox(self._address, seen)
                for message in messages:
                    self._show(message, pushed=True)

    def _show(self, reply: Mapping[str, object], *, pushed: bool = False) -> None:
        if self._as_json:
            click.echo(json.dumps(reply, ensure_ascii=False))
        else:
            click.echo(f"\n* {reply['text']}\n" if pushed else f"{reply['text']}\n")
            if isinstance(download := reply.get("download"), dict):
                click.echo(f"{download['name']}: {self._server.url}{download['url']}\n")
