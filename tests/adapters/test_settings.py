"""The environment as settings: everything wrong at once, in sentences, and no secret shown."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path

import pytest

from adapters.setting_reading import SettingsWrong
from adapters.setting_values import Listen
from adapters.settings import read_settings

DATABASE = {"PAIRTIME_DATABASE_URL": "sqlite:////tmp/pairtime.sqlite3"}
WITHOUT_ID = {"client_email": "bot@project.example.com", "private_key": "-----BEGIN PRIVATE KEY-----"}
FROM = "Leaders <sessions@example.com>"
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


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://bot:p%40ss@mail.example.com", ("mail.example.com", 465, "tls", "bot", "p@ss")),
        ("smtp://bot:secret@mail.example.com", ("mail.example.com", 587, "starttls", "bot", "secret")),
        ("smtp://mail.example.com:2525/", ("mail.example.com", 2525, "starttls", None, None)),
        ("smtp://127.0.0.1:1025", ("127.0.0.1", 1025, "plain", None, None)),
        ("smtps://127.0.0.1:1025", ("127.0.0.1", 1025, "tls", None, None)),
    ],
)
def test_the_mail_server_is_spoken_to_privately_unless_it_is_this_machine(url: str, server: tuple[object, ...]) -> None:
    mail = read_settings(DATABASE | {"PAIRTIME_SMTP_URL": url, "PAIRTIME_MAIL_FROM": FROM}).mail
    assert mail is not None
    password = mail.password.reveal() if mail.password else None
    assert (mail.host, mail.port, mail.private, mail.username, password) == server
    assert (mail.address, mail.name) == ("sessions@example.com", "Leaders")
    assert "secret" not in f"{mail} {mail!r}"


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://bot@mail.example.com",
        "smtp://h:99999",
        "smtp://:secret@mail.example.com",
        "smtp://bot:secret@mail.example.com/folder",
    ],
)
def test_what_is_no_mail_server_is_refused_without_being_quoted(url: str) -> None:
    [sentence] = mistakes(DATABASE | {"PAIRTIME_SMTP_URL": url, "PAIRTIME_MAIL_FROM": FROM})
    assert "PAIRTIME_SMTP_URL" in sentence
    assert "secret" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("told", ["nobody", "a@b@c.example", "Leaders <>", "x@localhost", "a b@c.example"])
def test_letters_come_from_an_address(told: str) -> None:
    [sentence] = mistakes(DATABASE | {"PAIRTIME_SMTP_URL": "smtps://mail.example.com", "PAIRTIME_MAIL_FROM": told})
    assert "PAIRTIME_MAIL_FROM" in sentence


@pytest.mark.parametrize(
    "alone", [{"PAIRTIME_SMTP_URL": "smtps://mail.example.com"}, {"PAIRTIME_MAIL_FROM": "a@b.example"}]
)
def test_a_mail_server_and_an_address_go_together(alone: dict[str, str]) -> None:
    [sentence] = mistakes(DATABASE | alone)
    assert "PAIRTIME_SMTP_URL" in sentence
    assert "PAIRTIME_MAIL_FROM" in sentence


IMAP = {
    "PAIRTIME_SMTP_URL": "smtps://mail.example.com",
    "PAIRTIME_MAIL_FROM": "sessions@example.com",
    "PAIRTIME_ENCRYPTION_KEYS": f"k1:{base64.b64encode(bytes(32)).decode()}",
}


@pytest.mark.parametrize(
    ("url", "mailbox"),
    [
        ("imaps://bot%40example.com:se%2Fcret@mail.example.com", ("mail.example.com", 993, "bot@example.com", True)),
        ("imaps://bot:se%2Fcret@mail.example.com:1993", ("mail.example.com", 1993, "bot", True)),
        ("imap://bot:se%2Fcret@127.0.0.1", ("127.0.0.1", 143, "bot", False)),
    ],
)
def test_a_mailbox_is_read_where_it_is_said_to_be(url: str, mailbox: tuple[str, int, str, bool]) -> None:
    imap = read_settings(DATABASE | IMAP | {"PAIRTIME_IMAP_URL": url}).imap
    assert imap is not None
    assert (imap.host, imap.port, imap.username, imap.tls) == mailbox
    assert imap.password.reveal() == "se/cret"
    assert "se/cret" not in f"{imap} {imap!r}"


@pytest.mark.parametrize(
    "url",
    [
        "imap://bot:secret@mail.example.com",
        "imaps://mail.example.com",
        "imaps://bot@mail.example.com",
        "imaps://bot:secret@mail.example.com:99999",
        "pop3://bot:secret@mail.example.com",
        "imaps://bot:secret@mail.example.com/INBOX",
    ],
)
def test_what_is_no_mailbox_is_refused_without_being_quoted(url: str) -> None:
    [sentence] = mistakes(DATABASE | IMAP | {"PAIRTIME_IMAP_URL": url})
    assert sentence.startswith("PAIRTIME_IMAP_URL ")
    assert "secret" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("missing", ["PAIRTIME_MAIL_FROM", "PAIRTIME_ENCRYPTION_KEYS"])
def test_answers_are_read_only_where_they_can_be_known(missing: str) -> None:
    settings = {name: value for name, value in IMAP.items() if name != missing}
    found = mistakes(DATABASE | settings | {"PAIRTIME_IMAP_URL": "imaps://bot:secret@mail.example.com"})
    assert any(missing in sentence and "PAIRTIME_IMAP_URL" in sentence for sentence in found)


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


K1 = "k1:" + "A" * 43 + "="
K2 = "k2:" + "B" * 42 + "A="


def test_of_several_encryption_keys_the_order_is_kept() -> None:
    settings = read_settings(DATABASE | {"PAIRTIME_ENCRYPTION_KEYS": f"{K2}, {K1}"})
    assert [each.id for each in settings.encryption_keys] == ["k2", "k1"]
    assert "AAAA" not in repr(settings)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (f"{K1},sesame", "at key 2"),
        ("k1:c2VzYW1l", "at key 1"),  # no 32 bytes
        ("A" * 43 + "=", "at key 1"),
        (f"{K1},", "at key 2"),
        ("k|1:" + "A" * 43 + "=", "at key 1"),
        (f"{K1},{K1}", "two keys called 'k1'"),
    ],
)
def test_encryption_keys_that_are_none_are_refused_without_being_quoted(told: str, said: str) -> None:
    [sentence] = mistakes(DATABASE | {"PAIRTIME_ENCRYPTION_KEYS": told})
    assert said in sentence
    assert not any(secret in sentence for secret in ("sesame", "c2VzYW1l", "AAAA"))


def test_where_people_connect_their_own_calendars_there_must_be_a_key() -> None:
    client = {"PAIRTIME_GOOGLE_CLIENT_ID": "an-id", "PAIRTIME_GOOGLE_CLIENT_SECRET": "sesame"}
    [sentence] = mistakes(DATABASE | client)
    assert "PAIRTIME_ENCRYPTION_KEYS is not set." in sentence
    assert "`pairtime keys new`" in sentence
    settings = read_settings(DATABASE | client | {"PAIRTIME_ENCRYPTION_KEYS": K1})
    assert settings.google_client is not None
    assert settings.google_client.client_secret.reveal() == "sesame"
    assert "sesame" not in repr(settings)


def test_half_a_google_client_is_none() -> None:
    [sentence] = mistakes(DATABASE | {"PAIRTIME_GOOGLE_CLIENT_ID": "an-id"})
    assert "PAIRTIME_GOOGLE_CLIENT_SECRET is not" in sentence


@pytest.mark.parametrize(("told", "meant"), [("yes", True), ("No", False)])
def test_personal_microsoft_accounts_are_let_in_where_that_is_said(told: str, meant: bool) -> None:
    settings = read_settings(DATABASE | {"PAIRTIME_MICROSOFT_PERSONAL_ACCOUNTS": told})
    assert settings.microsoft_personal_accounts is meant
    [sentence] = mistakes(DATABASE | {"PAIRTIME_MICROSOFT_PERSONAL_ACCOUNTS": "maybe"})
    assert "Set yes or no." in sentence
