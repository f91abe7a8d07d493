"""What is kept of the most recently used."""

from __future__ import annotations

from calendar_core.providers.recent import Recent


def test_what_is_kept_is_not_made_again() -> None:
    recent: Recent[str, list[str]] = Recent(2)
    ana = recent.get("ana", list)
    assert recent.get("ana", list) is ana


def test_what_was_longest_unused_goes_first() -> None:
    recent: Recent[str, list[str]] = Recent(2)
    ana, sam = recent.get("ana", list), recent.get("sam", list)
    recent.get("ana", list)
    recent.get("uma", list)
    assert recent.get("ana", list) is ana
    assert recent.get("sam", list) is not sam
