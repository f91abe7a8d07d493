"""A configured installation from the command line: migrate, serve, work, and speak for somebody as its operator."""

from __future__ import annotations

import json
import signal
import socket
import urllib.request
from pathlib import Path

import pytest

from .conftest import SECONDS, Shell


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"


def test_without_settings_every_command_says_what_to_set(shell: Shell) -> None:
    for command in ("serve", "worker", "migrate"):
        asked = shell.run(command, PAIRTIME_LISTEN="nowhere")
        assert asked.returncode == 2
        assert "PAIRTIME_DATABASE_URL is not set." in asked.stderr
        assert "PAIRTIME_LISTEN" in asked.stderr
        assert "Traceback" not in asked.stderr


def test_a_database_that_does_not_answer_is_said(shell: Shell) -> None:
    for command in ("serve", "worker", "migrate", "status"):
        asked = shell.run(command, PAIRTIME_DATABASE_URL="postgresql://127.0.0.1:9/pairtime")
        assert (asked.returncode, "PAIRTIME_DATABASE_URL" in asked.stderr) == (2, True)
        assert "Traceback" not in asked.stderr


def test_status_says_what_is_set_up(shell: Shell, database: str) -> None:
    asked = shell.run("status", PAIRTIME_DATABASE_URL=database)
    assert asked.stdout.splitlines() == [
        "Google: not set up",
        "Microsoft: not set up",
        "Mail: not set up",
        "Database: answers, at the present schema",
        "Durable work given up: 0",
    ]


def test_it_serves_its_health_and_stops_in_order(shell: Shell, database: str) -> None:
    settings = {"PAIRTIME_DATABASE_URL": database, "PAIRTIME_LISTEN": "127.0.0.1:0"}
    assert shell.run("migrate", **settings).returncode == 0
    assert shell.run("migrate", **settings).returncode == 0
    with shell.started("serve", **settings) as server:
        assert server.stderr is not None
        url = server.stderr.readline().split()[-1]
        for path, expected in {"/health/live": "live", "/health/ready": "ready"}.items():
            with urllib.request.urlopen(url + path, timeout=SECONDS) as answer:
                assert json.load(answer)["status"] == expected
        with urllib.request.urlopen(f"{url}/metrics", timeout=SECONDS) as answer:
            figures = answer.read().decode()
        assert 'pairtime_requests_total{route="/health/live",status="200"} 1.0' in figures
        assert "pairtime_jobs_dead 0.0" in figures
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{url}/console/inbox?as=ana@example.com&after=0", timeout=SECONDS)
        server.send_signal(signal.SIGTERM)
        assert server.wait(SECONDS) == 0


def test_an_operator_is_not_shown_what_may_rest_on_free_times(shell: Shell, database: str, tmp_path: Path) -> None:
    settings = {"PAIRTIME_DATABASE_URL": database}
    shell.run("migrate", **settings)
    people = tmp_path / "people.csv"
    people.write_text(
        "email,name,organisation,programme,role,time_zone\n"
        "ana@example.com,Ana Ruiz,example.com,Leaders 2026,mentee,America/New_York\n"
    )
    assert shell.run("import", str(people), **settings).returncode == 0
    refused = shell.run("chat", "--as", "ana@example.com", "help", **settings)
    assert refused.returncode == 1
    assert "--operator" in refused.stderr
    shown = shell.run("chat", "--as", "ana@example.com", "--operator", "help", **settings)
    assert shown.stdout.startswith("You can say:")
    withheld = shell.run("chat", "--as", "ana@example.com", "--operator", "book with my mentor", **settings)
    assert "not shown here" in withheld.stdout


def test_an_operator_who_names_nobody_is_told_so(shell: Shell, database: str) -> None:
    asked = shell.run("chat", "--as", "nobody@example.com", "--operator", "help", PAIRTIME_DATABASE_URL=database)
    assert (asked.returncode, asked.stderr) == (1, "Error: Nobody in a programme has the address nobody@example.com.\n")


def test_a_taken_port_is_said(shell: Shell, database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        asked = shell.run("serve", PAIRTIME_DATABASE_URL=database, PAIRTIME_LISTEN=where)
    assert asked.returncode == 2
    assert f"{where} cannot be served" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_an_empty_line_does_not_end_an_operators_chat(shell: Shell, database: str, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "email,name,organisation,programme,role,time_zone\n"
        "ana@example.com,Ana Ruiz,example.com,Leaders 2026,mentee,America/New_York\n"
    )
    settings = {"PAIRTIME_DATABASE_URL": database}
    assert shell.run("import", str(people), **settings).returncode == 0
    shown = shell.run("chat", "--as", "ana@example.com", "--operator", typed="\n  \nhelp\n", **settings)
    assert shown.stdout.startswith("You can say:")
