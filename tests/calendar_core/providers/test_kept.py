"""What is kept of the most recently used."""

from __future__ import annotations

from calendar_core.providers.kept import Kept


def test_what_is_kept_is_not_made_again() -> None:
    kept: Kept[str, list[str]] = Kept(2)
    ana = kept.get("ana", list)
    assert kept.get("ana", list) is ana


def test_what_was_longest_unused_goes_first() -> None:
    kept: Kept[str, list[str]] = Kept(2)
    ana, sam = kept.get("ana", list), kept.get("sam", list)
    kept.get("ana", list)
    kept.get("uma", list)
    assert kept.get("ana", list) is ana
    assert kept.get("sam", list) is not sam
