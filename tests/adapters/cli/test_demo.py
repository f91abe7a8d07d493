"""`pairtime demo` and `pairtime chat`, as processes."""

from __future__ import annotations

import json
import signal
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tests.adapters.slack.signed import signature

from .conftest import SECONDS, Demo, Shell


def world(demo: Demo, who: str) -> list[dict[str, object]]:
    address = f"{who}@example.com"
    with urllib.request.urlopen(f"{demo.sandbox}/_/world?mailbox={address}", timeout=SECONDS) as answer:
        events: list[dict[str, object]] = json.load(answer)["mailboxes"][address]["events"]
    return events


def sessions(demo: Demo, who: str) -> list[dict[str, object]]:
    return [event for event in world(demo, who) if event["attendees"]]


def answered_in_slack(demo: Demo, text: str, said_in: str = "") -> str:
    """What Ana is answered there: all that a client knows of it stands in the demo's first line."""
    there, ana = demo.slack, demo.slack["users"]["ana@example.com"]

    def api(method: str, **arguments: str) -> dict[str, Any]:
        asked = urllib.request.Request(f"{there['api']}/{method}", urllib.parse.urlencode(arguments).encode())
        asked.add_header("Authorization", f"Bearer {there['token']}")
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            told: dict[str, Any] = json.load(answer)
        assert told["ok"], told
        return told

    channel = api("conversations.open", users=ana)["channel"]["id"]
    before = {each["ts"] for each in api("conversations.history", channel=channel)["messages"]}
    said = {"type": "message", "channel_type": "im", "channel": said_in or channel, "user": ana, "text": text}
    event = {**said, "ts": f"{len(before)}.0"}
    envelope = {"type": "event_callback", "team_id": there["team"], "event_id": f"Ev{len(before)}", "event": event}
    body, now = json.dumps(envelope).encode(), str(int(time.time()))  # noqa: TID251 - Slack signs by real time
    told = urllib.request.Request(there["events"], body, {"Content-Type": "application/json"})
    told.add_header("X-Slack-Request-Timestamp", now)
    told.add_header("X-Slack-Signature", signature(body, now, there["signing_secret"]))
    with urllib.request.urlopen(told, timeout=SECONDS) as answer:
        assert (answer.status, answer.read()) == (200, b"")
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for each in api("conversations.history", channel=channel)["messages"]:
            if each["ts"] not in before:
                return str(each["text"])
    raise AssertionError("nothing was answered")


def test_the_first_line_says_where_and_chat_finds_it_there(shell: Shell) -> None:
    with shell.demo() as demo:
        said = shell.run("chat", "--as", "ana@example.com", "book with my mentor")
        assert (said.returncode, said.stderr) == (0, "")
        assert said.stdout.startswith("Times for you and Sam Okoye, 45 min, Google Meet.")
        data = json.loads(shell.run("chat", "--as", "ana@example.com", "--json", "1").stdout)
        assert data["kind"] == "SessionShown"
        assert "Sam Okoye" in answered_in_slack(demo, "sessions")
        assert "Sam Okoye" in answered_in_slack(demo, "sessions", said_in="D0NOWHERE")  # in the true one, then
        assert len(sessions(demo, "sam")) == 1
        talk = shell.run("chat", "--as", "sam@example.com", "--server", demo.url, typed="sessions\nhelp\n")
        assert "Ana Ruiz" in talk.stdout
        assert "You can say" in talk.stdout
        demo.process.send_signal(signal.SIGTERM)
        assert demo.process.wait(SECONDS) == 0
    gone = shell.run("chat", "--as", "ana@example.com", "help")
    assert gone.returncode == 1
    assert "pairtime demo" in gone.stderr


def test_what_was_killed_is_found_again_in_its_folder(shell: Shell, tmp_path: Path) -> None:
    folder = str(tmp_path / "kept")
    with shell.demo("--data", folder) as demo:
        shell.run("chat", "--as", "ana@example.com", "--server", demo.url, "book with my mentor")
        booked = shell.run("chat", "--as", "ana@example.com", "--server", demo.url, "1").stdout
        before = world(demo, "ana"), world(demo, "sam")
        second = shell.run("demo", "--no-browser", "--data", folder)
        assert second.returncode == 1
        assert "Another demo is using" in second.stderr
        shell.kill(demo)
    with shell.demo("--data", folder) as demo:
        assert (world(demo, "ana"), world(demo, "sam")) == before
        planned = shell.run("chat", "--as", "sam@example.com", "--server", demo.url, "sessions").stdout
        assert "Tue 24 Nov" in planned
        assert booked.startswith("Booked. Tue 24 Nov")


def test_mistakes_on_the_command_line_are_sentences(shell: Shell) -> None:
    with shell.demo() as demo:
        port = demo.url.rpartition(":")[2]
        taken = shell.run("demo", "--no-browser", "--port", port)
        assert taken.returncode == 1
        assert f"Port {port} is taken." in taken.stderr
        nobody = shell.run("chat", "--as", "nobody@example.com", "help")
        assert nobody.returncode == 1
        assert "nobody@example.com" in nobody.stderr
    when = shell.run("demo", "--now", "tomorrow")
    assert when.returncode == 2
    assert "2026-11-22T16:02:00Z" in when.stderr
    elsewhere = shell.run("chat", "--as", "ana@example.com", "--server", "http://127.0.0.1:9", "help")
    assert "does not answer" in elsewhere.stderr
    assert "Traceback" not in elsewhere.stderr + nobody.stderr + taken.stderr + when.stderr
