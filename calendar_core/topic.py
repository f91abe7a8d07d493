"""What a session is to be about, as one of its two people wrote it.

It is read by the two of them alone: it never goes into a list for others, or a log, and into a calendar or an
invitation only where the operator has switched that on for the programme (decision 21; `describing`).
"""

from __future__ import annotations

import unicodedata

LONGEST = 200  # characters
# Zl Zp line breaks and Cc control become blanks; Cf invisible marks (bidi ones among them), Cs surrogates, Co private
# use and Cn unassigned are left out.
BLANK, DROPPED = frozenset({"Zs", "Zl", "Zp", "Cc"}), frozenset({"Cf", "Cs", "Co", "Cn"})


def topic_of(text: str) -> str:
    """One line of visible text, its end left out where it is too long. Empty where nothing is left of it."""
    shown = (" " if (kind := unicodedata.category(each)) in BLANK else "" if kind in DROPPED else each for each in text)
    line = " ".join("".join(shown).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
