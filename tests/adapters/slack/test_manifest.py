"""The app as Slack is told of it: valid, the same each time, and every command and shortcut answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from adapters.cli import main
from adapters.slack.manifest import Described, manifest
from adapters.slack.oauth import SCOPES
from adapters.slack_values import commands_in

from .conftest import Town
from .signed import TEAM

STORED = Path(__file__).parents[3] / "manifests"
PUBLIC = "https://mentors.example.org"
EDITIONS = [Described(), Described(agent=True), Described(PUBLIC), Described(PUBLIC, agent=True)]
Manifest = dict[str, Any]


def read(app: Described) -> Manifest:
    written: Manifest = json.loads(json.dumps(manifest(app)))
    return written


def complaints(contracts: Path, content: Manifest) -> list[str]:
    schema = json.loads((contracts / "slack-manifest.v2.schema.json").read_text())
    return [error.message[:200] for error in Draft7Validator(schema).iter_errors(content)]


@pytest.mark.parametrize("app", EDITIONS, ids=["socket", "socket-agent", "http", "http-agent"])
def test_it_is_valid(contracts: Path, app: Described) -> None:
    assert complaints(contracts, read(app)) == []


def _long_name(changed: Manifest) -> None:
    changed["display_information"]["name"] = "x" * 36


def _long_command(changed: Manifest) -> None:
    changed["features"]["slash_commands"][0]["command"] = "/" + "x" * 32


def _no_callback(changed: Manifest) -> None:
    del changed["features"]["shortcuts"][0]["callback_id"]


def _another_kind(changed: Manifest) -> None:
    changed["features"]["shortcuts"][0]["type"] = "channel"


def _no_description(changed: Manifest) -> None:
    del changed["features"]["slash_commands"][0]["description"]


@pytest.mark.parametrize("change", [_long_name, _long_command, _no_callback, _another_kind, _no_description])
def test_the_schema_would_tell(contracts: Path, change: Callable[[Manifest], None]) -> None:
    changed = read(Described())
    change(changed)
    assert complaints(contracts, changed)


@pytest.mark.parametrize(("name", "agent"), [("slack.json", False), ("slack-agent.json", True)])
def test_the_stored_files_are_what_the_code_writes(name: str, agent: bool) -> None:
    stored = json.loads((STORED / name).read_text(encoding="utf-8"))
    assert stored == read(Described(agent=agent)), f"{name} differs: run `pairtime manifests`"


def test_the_command_writes_them(tmp_path: Path) -> None:
    options = ["--folder", str(tmp_path), "--public-url", PUBLIC, "--slack-commands", "book=/termin,sessions="]
    done = CliRunner().invoke(main, ["manifests", *options])
    assert done.exit_code == 0
    written = json.loads((tmp_path / "slack.json").read_text(encoding="utf-8"))
    assert written == read(Described(PUBLIC, commands_in("book=/termin,sessions=")))
    assert [each["command"] for each in written["features"]["slash_commands"]] == ["/pairtime", "/termin"]
    assert (tmp_path / "slack-agent.json").is_file()


@pytest.mark.parametrize(
    ("options", "names"),
    [([], ["/pairtime", "/termin"]), (["--slack-commands", "book=/meet"], ["/pairtime", "/meet", "/sessions"])],
)
def test_commands_are_called_as_the_server_calls_them_unless_told_otherwise(
    tmp_path: Path, options: list[str], names: list[str]
) -> None:
    environment = {"PAIRTIME_SLACK_COMMANDS": "book=/termin,sessions="}
    done = CliRunner().invoke(main, ["manifests", "--folder", str(tmp_path), *options], env=environment)
    assert done.exit_code == 0
    written = json.loads((tmp_path / "slack.json").read_text(encoding="utf-8"))
    assert [each["command"] for each in written["features"]["slash_commands"]] == names


def test_a_mistake_in_the_setting_is_said_by_its_name(tmp_path: Path) -> None:
    environment = {"PAIRTIME_SLACK_COMMANDS": "book=/Not A Name"}
    done = CliRunner().invoke(main, ["manifests", "--folder", str(tmp_path)], env=environment)
    assert (done.exit_code, done.output.count("PAIRTIME_SLACK_COMMANDS is wrong at")) == (2, 1)
    assert not (tmp_path / "slack.json").exists()


@pytest.mark.parametrize("options", [["--slack-commands", "book=/Not A Name"], ["--public-url", "http://example.org"]])
def test_what_cannot_be_is_said(tmp_path: Path, options: list[str]) -> None:
    done = CliRunner().invoke(main, ["manifests", "--folder", str(tmp_path), *options])
    assert done.exit_code == 2
    assert not (tmp_path / "slack.json").exists()


def test_over_http_everything_goes_to_one_address_and_socket_mode_has_none() -> None:
    over_http, over_socket = json.dumps(read(Described(PUBLIC))), json.dumps(read(Described()))
    assert over_http.count(f"{PUBLIC}/slack/events") == 5
    assert f"{PUBLIC}/slack/oauth_redirect" in over_http
    assert "https://" not in over_socket
    assert read(Described())["settings"]["socket_mode_enabled"] is True


def test_it_asks_for_the_permissions_that_an_installation_asks_for() -> None:
    assert read(Described())["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}
    extra = set(read(Described(agent=True))["oauth_config"]["scopes"]["bot"]) - set(SCOPES)
    assert extra == {"assistant:write"}


async def test_every_command_and_shortcut_of_it_is_answered(town: Town) -> None:
    features = read(Described())["features"]
    for each in features["slash_commands"]:
        assert (await town.command("", name=each["command"])).text
    for number, each in enumerate(features["shortcuts"]):
        kind = {"global": "shortcut", "message": "message_action"}[each["type"]]
        payload = {
            "type": kind,
            "callback_id": each["callback_id"],
            "team": {"id": TEAM},
            "user": {"id": "U0ANA", "team_id": TEAM},
            "trigger_id": f"{number}.1.1",
        }
        assert await town.slack.interaction(payload) == (200, "")
        await town.here.tasks.idle()
        assert town.there.views[f"V{number}"][-1]["title"]["text"] == "Book a session"


async def test_every_suggestion_of_the_agent_view_is_understood(town: Town) -> None:
    for prompt in read(Described(agent=True))["features"]["agent_view"]["suggested_prompts"]:
        [answer] = await town.word(prompt["message"])
        assert "I did not understand" not in answer.text
