"""The shape of the project: names that say something, files one can read in one go, links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.cli import main

ROOT = Path(__file__).parent.parent
PACKAGES = ("adapters", "bot", "calendar_core", "sandbox", "tests")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINES_AT_MOST = 400
SAYS_NOTHING = re.compile(r"^(utils?|helpers?|common|misc|managers?|base|stuff|tools?)$")


def test_every_module_can_be_read_in_one_go() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: number for name, number in lines.items() if number > LINES_AT_MOST} == {}


def test_every_module_has_a_name_that_says_something() -> None:
    names = {path.relative_to(ROOT) for path in MODULES}
    assert [str(name) for name in names if any(SAYS_NOTHING.match(Path(part).stem) for part in name.parts)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_setting_and_every_command_is_in_the_operators_page() -> None:
    settings = "".join((ROOT / f"adapters/{name}.py").read_text() for name in ("settings", "setting_reading"))
    names = {f"PAIRTIME_{name}" for name in re.findall(r'\.one\("(\w+)"', settings)}
    commands = {f"`pairtime {name}" for name in main.commands}
    page = (ROOT / "docs/operations.md").read_text()
    assert len(names) >= 10
    assert [each for each in sorted(names | commands) if each not in page] == []


def test_every_number_the_code_cites_is_in_the_product_page() -> None:
    cited = re.compile(r"\b(decision|invariant)s? (\d+)(?:(?: and|,) (\d+))?")
    places = [found for path in MODULES for found in cited.findall(path.read_text())]
    found = {(kind, number) for kind, *numbers in places for number in numbers if number}
    page = (ROOT / "docs/product.md").read_text()
    decisions, invariants = page.split("## 3. Invariants")
    listed = {"decision": decisions.split("## 2. Decisions")[1], "invariant": invariants}
    assert len(found) >= 20
    assert [each for each in sorted(found) if not re.search(rf"^{each[1]}\. ", listed[each[0]], re.MULTILINE)] == []
