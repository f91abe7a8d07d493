"""`pairtime bind` and `pairtime organisation`: what an operator says of an organisation's chats and admins."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Shell

TENANT = "11111111-2222-3333-4444-555555555555"
PEOPLE = "email,name,organisation,programme,role,time_zone\nana@example.com,Ana Ruiz,{},Leaders 2026,mentee,UTC\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an installation with two organisations."""
    folder = tmp_path_factory.mktemp("imported")
    database = folder / "pairtime.sqlite3"
    for name in ("Example", "Other"):
        file = folder / f"{name}.csv"
        file.write_text(PEOPLE.format(name))
        done = Shell(folder).run("import", str(file), PAIRTIME_DATABASE_URL=f"sqlite:///{database}")
        assert done.returncode == 0, done.stderr
    return database


@pytest.fixture
def settings(imported: Path, tmp_path: Path) -> dict[str, str]:
    """That installation, for one test alone."""
    own = tmp_path / "pairtime.sqlite3"
    shutil.copyfile(imported, own)
    return {"PAIRTIME_DATABASE_URL": f"sqlite:///{own}"}


def test_a_workspace_is_bound_to_one_organisation(shell: Shell, settings: dict[str, str]) -> None:
    bound = shell.run("bind", "slack", "T0123ABCD", "--organisation", "example", **settings)
    assert bound.stdout == "slack:T0123ABCD: its accounts may be people of example.\n"
    taken = shell.run("bind", "slack", "T0123ABCD", "--organisation", "Other", **settings)
    assert (taken.returncode, taken.stderr) == (
        2,
        "slack:T0123ABCD is bound to the organisation Example. Unbind it there first.\n",
    )
    undone = shell.run("bind", "slack", "T0123ABCD", "--undo", **settings)
    assert undone.stdout == "slack:T0123ABCD: bound to nobody. Accounts no longer linked: 0.\n"
    again = shell.run("bind", "slack", "T0123ABCD", "--undo", **settings)
    assert (again.returncode, again.stderr) == (2, "slack:T0123ABCD is not bound. Bound are: none.\n")


def test_a_tenant_is_bound_whatever_its_case(shell: Shell, settings: dict[str, str]) -> None:
    upper = shell.run("bind", "teams", TENANT.upper(), "--organisation", "Example", **settings)
    assert upper.stdout.startswith(f"teams:{TENANT}: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("slack", "workspace", "--organisation", "Example"), "is not the id of a Slack workspace"),
        (("teams", "example.com", "--organisation", "Example"), "is not the id of an Entra tenant"),
        (("slack", "T0123ABCD", "--organisation", "Nowhere"), 'No organisation is called "Nowhere".'),
        (("slack", "T0123ABCD"), "Name --organisation, or --undo."),
        (("slack", "T0123ABCD", "--undo", "--organisation", "Example"), "Name --organisation, or --undo."),
    ],
)
def test_what_cannot_be_bound_is_said(
    shell: Shell, settings: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    refused = shell.run("bind", *arguments, **settings)
    assert (refused.returncode, said in refused.stderr) == (2, True)
    assert "Traceback" not in refused.stderr


def test_an_organisation_says_what_is_set_and_changes_what_is_asked(shell: Shell, settings: dict[str, str]) -> None:
    shown = shell.run("organisation", "example", **settings)
    assert shown.stdout.splitlines() == [
        "Example:",
        "  reports: by name",
        "  accounts accepted from: nowhere else",
        "  contact: none",
        "  partners: none",
        "  asked for: nothing",
    ]
    more = ("--groups-only", "on", "--accept-domain", "Gmail.com", "--accept-domain", "example.net")
    changed = shell.run("organisation", "Example", *more, **settings)
    assert changed.stdout.splitlines()[1:3] == [
        "  reports: groups only",
        "  accounts accepted from: gmail.com, example.net",
    ]
    fewer = shell.run("organisation", "Example", "--refuse-domain", "gmail.com", **settings)
    assert fewer.stdout.splitlines()[1:3] == ["  reports: groups only", "  accounts accepted from: example.net"]
    assert shell.run("organisation", "Other", **settings).stdout.splitlines()[1] == "  reports: by name"
    assert shell.run("organisation", "Nowhere", **settings).returncode == 2
    assert "is not a domain" in shell.run("organisation", "Example", "--accept-domain", "nope", **settings).stderr
