"""Settings about Slack: enough to hear and to speak, or none."""

from __future__ import annotations

import pytest

from adapters.setting_reading import SettingsWrong
from adapters.settings import read_settings

DATABASE = {"PAIRTIME_DATABASE_URL": "sqlite:////tmp/pairtime.sqlite3"}
SIGNED = {"PAIRTIME_SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"}
TOKEN = {"PAIRTIME_SLACK_BOT_TOKEN": "xoxb-17653672481-19874698323"}
SOCKET = {"PAIRTIME_SLACK_APP_TOKEN": "xapp-1-A0123-456-abcdef"}
CLIENT = {"PAIRTIME_SLACK_CLIENT_ID": "17653.48123", "PAIRTIME_SLACK_CLIENT_SECRET": "sesame"}
SEALED = {"PAIRTIME_ENCRYPTION_KEYS": f"k1:{'A' * 43}=", "PAIRTIME_PUBLIC_URL": "https://pairtime.example.com"}


def mistakes(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(DATABASE | environment)
    return wrong.value.mistakes


def test_without_its_settings_there_is_no_slack() -> None:
    assert read_settings(DATABASE).slack is None
    assert read_settings(DATABASE | {"PAIRTIME_SLACK_API_BASE": "http://127.0.0.1:9/api"}).slack is None


@pytest.mark.parametrize("enough", [SIGNED | TOKEN, SOCKET | TOKEN, SIGNED | CLIENT | SEALED])
def test_hearing_and_speaking_is_enough(enough: dict[str, str]) -> None:
    slack = read_settings(DATABASE | enough).slack
    assert slack is not None
    assert slack.api_base == "https://slack.com/api"
    assert slack.commands == {"pairtime": "", "book": "book", "sessions": "sessions"}
    assert not any(secret in repr(slack) for secret in ("8f742", "17653672481", "abcdef", "sesame"))


@pytest.mark.parametrize(
    ("half", "missing"),
    [
        (SIGNED, "PAIRTIME_SLACK_BOT_TOKEN is not set."),
        (TOKEN, "PAIRTIME_SLACK_SIGNING_SECRET is not set."),
        (SIGNED | SEALED | {"PAIRTIME_SLACK_CLIENT_ID": "1.2"}, "PAIRTIME_SLACK_CLIENT_SECRET is not."),
        (SIGNED | TOKEN | CLIENT | SEALED, "are both set"),
        (SIGNED | CLIENT | {"PAIRTIME_PUBLIC_URL": "https://pairtime.example.com"}, "PAIRTIME_ENCRYPTION_KEYS is not."),
    ],
)
def test_what_is_half_set_says_what_to_set(half: dict[str, str], missing: str) -> None:
    [sentence] = mistakes(half)
    assert missing in sentence


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SIGNING_SECRET", "sés ame"),
        ("BOT_TOKEN", "xoxp-sesame"),
        ("BOT_TOKEN", "xoxe.xoxb-1-sesame"),
        ("APP_TOKEN", "xoxb-sesame"),
    ],
)
def test_what_is_no_secret_of_that_kind_is_refused_without_being_quoted(name: str, told: str) -> None:
    told_of = [each for each in mistakes(SIGNED | TOKEN | SOCKET | {f"PAIRTIME_SLACK_{name}": told}) if name in each]
    assert told_of
    assert "ame" not in told_of[0].replace("name", "")


def test_commands_are_renamed_and_left_out() -> None:
    told = {"PAIRTIME_SLACK_COMMANDS": "book=/Termin, sessions="}
    slack = read_settings(DATABASE | SIGNED | TOKEN | told).slack
    assert slack is not None
    assert slack.commands == {"pairtime": "", "termin": "book"}


@pytest.mark.parametrize("told", ["book", "cook=/b", "book=/pair time", "book=/pairtime", "pairtime=", "book=/é"])
def test_names_that_no_command_can_have_are_refused(told: str) -> None:
    [sentence] = mistakes(SIGNED | TOKEN | {"PAIRTIME_SLACK_COMMANDS": told})
    assert sentence.startswith("PAIRTIME_SLACK_COMMANDS ")
