"""The shape of the project: names that say something, files one can read in one go, links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
