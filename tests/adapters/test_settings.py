"""The environment as settings: everything wrong at once, in sentences, and no secret shown."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from adapters.settings import Listen, SettingsWrong, read_settings

DATABASE = {"PAIRTIME_DATABASE_URL": "sqlite:////tmp/pairtime.sqlite3"}
WITHOUT_ID = {"client_email": "bot@project.example.com", "private_key": "-----BEGIN PRIVATE KEY-----"}
KEY = json.dumps(WITHOUT_ID | {"private_key_id": "1a2b3c"})


def mistakes(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(environment)
    return wrong.value.mistakes


def test_a_database_is_all_that_must_be_set() -> None:
    settings = read_settings(DATABASE)
    assert settings.database.reveal() == "sqlite:////tmp/pairtime.sqlite3"
    assert settings.google_api_base == "https://www.googleapis.com/calendar/v3"
    assert settings.google_service_account is None
    assert settings.microsoft is None
    assert settings.listen == Listen("127.0.0.1", 8100)
    assert settings.log_level == logging.INFO


def test_every_mistake_is_told_at_once_and_says_what_to_set() -> None:
    told = mistakes(
        {
            "PAIRTIME_GRAPH_BASE": "graph",
            "PAIRTIME_LOGIN_BASE": "http://login.example.com",
            "PAIRTIME_MICROSOFT_CLIENT_ID": "an-id",
            "PAIRTIME_LISTEN": "8100",
            "PAIRTIME_LOG_LEVEL": "LOUD",
        }
    )
    for name in ("DATABASE_URL", "GRAPH_BASE", "LOGIN_BASE", "MICROSOFT_CLIENT_SECRET", "LISTEN", "LOG_LEVEL"):
        assert sum(f"PAIRTIME_{name}" in sentence for sentence in told) == 1
    assert len(told) == 6
    assert all(" " in sentence and sentence.endswith(".") for sentence in told)


def test_a_base_address_may_be_plain_http_on_this_machine_alone() -> None:
    settings = read_settings(DATABASE | {"PAIRTIME_GRAPH_BASE": "http://127.0.0.1:9/graph/"})
    assert settings.graph_base == "http://127.0.0.1:9/graph"


@pytest.mark.parametrize("as_file", [True, False], ids=["a file", "the JSON itself"])
def test_the_service_account_is_a_file_or_its_text(as_file: bool, tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(KEY)
    settings = read_settings(DATABASE | {"PAIRTIME_GOOGLE_SERVICE_ACCOUNT": str(path) if as_file else KEY})
    assert settings.google_service_account is not None
    assert settings.google_service_account.reveal() == KEY


@pytest.mark.parametrize("told", ["/nowhere/key.json", "{}", '{"client_email": 1', "[]", json.dumps(WITHOUT_ID)])
def test_what_is_no_service_account_is_refused_without_being_quoted(told: str) -> None:
    [sentence] = mistakes(DATABASE | {"PAIRTIME_GOOGLE_SERVICE_ACCOUNT": told})
    assert told not in sentence


def test_no_secret_is_in_what_is_printed() -> None:
    settings = read_settings(
        {
            "PAIRTIME_DATABASE_URL": "postgres://pairtime:sesame@db.example.com/pairtime",
            "PAIRTIME_GOOGLE_SERVICE_ACCOUNT": KEY,
            "PAIRTIME_MICROSOFT_CLIENT_ID": "an-id",
            "PAIRTIME_MICROSOFT_CLIENT_SECRET": "open-sesame",
        }
    )
    assert settings.database.reveal().startswith("postgresql://")
    assert settings.microsoft is not None
    assert settings.microsoft.client_id == "an-id"
    for secret in ("sesame", "PRIVATE KEY"):
        assert secret not in f"{settings} {settings!r} {settings.database}"
