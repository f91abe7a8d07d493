"""The index of what goes wrong with Slack names tests that there are, and leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import tests.adapters.slack as here

INDEX, HERE = str(here.__doc__), Path(str(here.__file__)).parent
ENTRY = re.compile(r"^(?: ?(\d+) )?(\S+\.py):\s+(test_\w+)$", re.MULTILINE)


def test_every_trap_has_a_test_that_there_is() -> None:
    entries = ENTRY.findall(INDEX)
    assert {int(number) for number, _, _ in entries if number} == set(range(1, 28))
    assert len(entries) == INDEX.count(".py:")
    for _, file, test in entries:
        path = HERE.parents[2] / file if "/" in file else HERE / file
        assert f"def {test}(" in path.read_text(encoding="utf-8"), f"{file}: {test}"
