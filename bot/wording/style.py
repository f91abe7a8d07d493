"""How a chat marks emphasis and disarms other people's text. Each renderer brings its own; plain text marks nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Style:
    """What opens and closes emphasis, and how text of others is escaped so that it shows as it is."""

    bold: tuple[str, str] = ("", "")
    italic: tuple[str, str] = ("", "")
    escape: Callable[[str], str] = _as_it_is


PLAIN = Style()
