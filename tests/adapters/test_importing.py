"""`pairtime import` and `pairtime connect-domain`, as an operator types them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.cli import main

PEOPLE = """email;name;organisation;programme;role;time_zone;language;region;hours
ana@example.com;Ana Ruiz;Example;Leaders 2026;mentee;America/New_York;en-US;US;Mon-Fri 09:00-17:00
sam@example.com;Sam Okoye;Example;Leaders 2026;mentor;Europe/Berlin;de;DE-BE;
"""
MATCHES = "programme,mentor,mentee\nLeaders 2026,sam@example.com,ana@example.com\n"


class Operator:
    """A folder with files, and an installation of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8-sig")
        return str(path)

    def types(self, *arguments: str, typed: str | None = None, **environment: str) -> Result:
        here = {"PAIRTIME_DATABASE_URL": f"sqlite:///{self.folder / 'pairtime.sqlite3'}"}
        return CliRunner(env=here | environment).invoke(main, arguments, typed, catch_exceptions=False)


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


def test_files_are_imported_and_importing_them_again_changes_nothing(operator: Operator) -> None:
    files = operator.file("matches.csv", MATCHES), operator.file("people.csv", PEOPLE)
    first = operator.types("import", *files)
    assert first.exit_code == 0
    assert "Lines 3: new organisations 1, new programmes 1, new people 2" in first.stdout
    assert "new matches 1. Both people of each new match are told" in first.stdout
    assert operator.types("import", *files).stdout == "Lines 3: everything was enrolled already.\n"


def test_a_match_that_has_ended_stays_ended_and_is_counted(operator: Operator) -> None:
    files = operator.file("matches.csv", MATCHES), operator.file("people.csv", PEOPLE)
    operator.types("import", *files)
    with closing(sqlite3.connect(operator.folder / "pairtime.sqlite3")) as database, database:
        database.execute("UPDATE match SET ended_at = opens_at")
    again = operator.types("import", *files)
    assert again.stdout == "Lines 3: everything was enrolled already. 1 match has ended before and stays ended.\n"


def test_bad_lines_are_listed_and_nothing_is_written_unless_they_are_skipped(operator: Operator) -> None:
    bad = operator.file("people.csv", PEOPLE.replace("Berlin", "Berln"))
    refused = operator.types("import", bad)
    assert refused.exit_code == 1
    assert 'people.csv:3: time_zone "Europe/Berln": not a time zone known here; did you mean Europe/Berlin?' in (
        refused.stderr
    )
    assert "Nothing was written: 1 of 2 lines are bad." in refused.stderr
    assert refused.stdout == ""
    skipped = operator.types("import", bad, "--skip-bad")
    assert skipped.exit_code == 0
    assert "Lines 2, 1 skipped: new organisations 1, new programmes 1, new people 1" in skipped.stdout


def test_of_many_bad_lines_fifty_are_listed_and_all_if_asked_for(operator: Operator) -> None:
    bad = operator.file("people.csv", PEOPLE + "nobody;;;;;;;;\n" * 60)
    listed = operator.types("import", bad).stderr.splitlines()
    assert len(listed) == 52
    assert listed[50] == "... and 10 more; --all lists them."
    assert len(operator.types("import", bad, "--all").stderr.splitlines()) == 61


def test_a_file_that_cannot_be_read_is_named_with_what_to_do(operator: Operator) -> None:
    (operator.folder / "people.csv").write_bytes(PEOPLE.encode("utf-16"))
    refused = operator.types("import", str(operator.folder / "people.csv"), "--skip-bad")
    assert refused.exit_code == 1
    assert "save it as UTF-8" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ((), {}, "Missing argument 'FILE...'"),
        (("missing.csv",), {}, "'missing.csv' does not exist"),
        (("people.csv",), {"PAIRTIME_DATABASE_URL": ""}, "PAIRTIME_DATABASE_URL is not set"),
        (("people.csv",), {"PAIRTIME_DATABASE_URL": "sqlite:////missing/folder/x"}, "Check PAIRTIME_DATABASE_URL"),
    ],
)
def test_what_could_not_be_run_ends_with_two(
    operator: Operator, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    file = operator.file("people.csv", PEOPLE)
    given = tuple(file if each == "people.csv" else each for each in arguments)
    ended = operator.types("import", *given, **environment)
    assert ended.exit_code == 2
    assert said in ended.stderr


TENANT = "11111111-2222-3333-4444-555555555555"
ENTRA = {"PAIRTIME_MICROSOFT_CLIENT_ID": "client", "PAIRTIME_MICROSOFT_CLIENT_SECRET": "secret"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("google", "--organisation", "Example", "--domain", "example.com"), "Set PAIRTIME_GOOGLE_SERVICE_ACCOUNT"),
        (("google", "--organisation", "Example", "--domain", "@"), "is not a domain"),
        (("google", "--organisation", "Example"), "Name --domain for google"),
        (("microsoft", "--organisation", "Example"), "--tenant for microsoft"),
        (("microsoft", "--organisation", "Example", "--tenant", "abc"), "not a valid UUID"),
        (
            ("microsoft", "--organisation", "Other", "--tenant", TENANT),
            'No organisation is called "Other". Enrolled are',
        ),
    ],
)
def test_a_domain_that_cannot_be_connected_is_refused_with_what_to_do(
    operator: Operator, arguments: tuple[str, ...], said: str
) -> None:
    operator.types("import", operator.file("people.csv", PEOPLE))
    refused = operator.types("connect-domain", *arguments, **ENTRA)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_a_tenant_is_connected_and_belongs_to_one_organisation(operator: Operator) -> None:
    other = PEOPLE.replace("Example", "Other")
    operator.types("import", operator.file("people.csv", PEOPLE), operator.file("others.csv", other))
    connected = operator.types("connect-domain", "microsoft", "--organisation", "example", "--tenant", TENANT, **ENTRA)
    assert connected.exit_code == 0
    assert connected.stdout.startswith(f"example: connected to {TENANT}. Its people are being tried.")
    settings = {**ENTRA, "PAIRTIME_PUBLIC_URL": "https://pairtime.example.com"}
    again = operator.types("connect-domain", "microsoft", "--organisation", "Example", "--tenant", TENANT, **settings)
    link = again.stdout.splitlines()[-1]
    assert link.startswith(f"https://login.microsoftonline.com/{TENANT}/v2.0/adminconsent?client_id=")
    assert "redirect_uri=https%3A%2F%2Fpairtime.example.com%2Fconsent%2Fmicrosoft%2Fcallback" in link
    taken = operator.types("connect-domain", "microsoft", "--organisation", "Other", "--tenant", TENANT, **ENTRA)
    assert taken.exit_code == 2
    assert f"{TENANT} belongs to the organisation Example." in taken.stderr
