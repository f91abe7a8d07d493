"""What words alone can mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberTyped:
    """An answer to the newest numbered list."""

    number: int


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """Six digits, as a browser shows them."""

    code: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """None of the words led anywhere; `text` is echoed."""

    text: str


TypedCommand = NumberTyped | CodeTyped | NotUnderstood
