"""`pairtime demo` and `pairtime chat`, as processes."""

from __future__ import annotations

import json
import signal
import urllib.request
from pathlib import Path

from .conftest import SECONDS, Demo, Shell


def world(demo: Demo, who: str) -> list[dict[str, object]]:
    address = f"{who}@example.com"
    with urllib.request.urlopen(f"{demo.sandbox}/_/world?mailbox={address}", timeout=SECONDS) as answer:
        events: list[dict[str, object]] = json.load(answer)["mailboxes"][address]["events"]
    return events


def sessions(demo: Demo, who: str) -> list[dict[str, object]]:
    return [event for event in world(demo, who) if event["attendees"]]


def test_the_first_line_says_where_and_chat_finds_it_there(shell: Shell) -> None:
    with shell.demo() as demo:
        said = shell.run("chat", "--as", "ana@example.com", "book with my mentor")
        assert (said.returncode, said.stderr) == (0, "")
        assert said.stdout.startswith("Times for you and Sam Okoye, 45 min, Google Meet.")
        data = json.loads(shell.run("chat", "--as", "ana@example.com", "--json", "1").stdout)
        assert data["kind"] == "SessionShown"
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
