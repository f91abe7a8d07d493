"""What is pinned, and that nothing of where it was fetched from is written down."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest

ROOT = Path(__file__).parent.parent
PINNED = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PACKAGES = ("adapters", "bot", "calendar_core", "sandbox")
IMPORTED_AS = {
    "botbuilder-core": "botbuilder.core",
    "dkimpy": "dkim",
    "dnspython": "dns",
    "google-api-python-client": "googleapiclient",
    "google-auth": "google.auth",
    "pillow": "PIL",
}
DATA_ALONE = {"tzdata"}  # zoneinfo finds it by itself


def versions(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.stem)
def test_every_pinned_version_carries_its_hashes_and_no_address(path: Path) -> None:
    text = path.read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(versions(path)) == len(entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_larger_sets_pin_the_same_versions_as_the_smaller() -> None:
    base, test, bench = (versions(ROOT / f"requirements/{name}.txt") for name in ("base", "test", "bench"))
    assert base.items() <= test.items() <= bench.items()


def test_the_one_command_exists() -> None:
    assert list(PROJECT["scripts"]) == ["pairtime"]
    assert isinstance(resolve_name(PROJECT["scripts"]["pairtime"]), click.Command)


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/decisions/dependencies.md").read_text()
    wanted = [
        *PROJECT["dependencies"],
        *(name for extra in PROJECT["optional-dependencies"].values() for name in extra),
    ]
    names = [re.split(r"[\[<>=;! ]", name, maxsplit=1)[0] for name in wanted]
    assert [name for name in names if f"`{name}`" not in reasons] == []


def test_every_dependency_is_imported_somewhere() -> None:
    texts = [path.read_text() for folder in PACKAGES for path in (ROOT / folder).rglob("*.py")]
    imported = {name for text in texts for name in re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE)}
    wanted = {re.split(r"[\[<>=;! ]", name, maxsplit=1)[0] for name in PROJECT["dependencies"]} - DATA_ALONE
    modules = {IMPORTED_AS.get(name, name.replace("-", "_")): name for name in wanted}
    used = {name for module, name in modules.items() if any(f"{each}.".startswith(f"{module}.") for each in imported)}
    assert wanted - used == set()
