"""Other people's text made harmless before it is shown: names, addresses, and whatever was typed."""

from __future__ import annotations

import unicodedata

LONGEST_SHOWN = 60

# Cc control, Cf invisible marks (bidi overrides and zero-width characters among them), Cs surrogates, Co private use,
# Cn unassigned, Zl and Zp line breaks. Zs is any kind of blank.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK = frozenset({"Zs", "Zl", "Zp"})
_MARKS_IN_A_ROW = 3


def plain_text(text: str, longest: int = LONGEST_SHOWN) -> str:
    """One line of visible text, cut with an ellipsis. Markup stays as typed: a chat escapes it as its kind needs."""
    shown: list[str] = []
    marks = 0
    for character in text[: longest * 8]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _BLANK or character in "\t\n\r\v\f":
            if shown and shown[-1] != " ":
                shown.append(" ")
        elif category not in _DROPPED and marks <= _MARKS_IN_A_ROW:
            shown.append(character)
    line = "".join(shown).rstrip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
