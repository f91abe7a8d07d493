"""Whom somebody means who has typed a name, or has begun to."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")


def calls(typed: str, name: str, email: str = "") -> bool:
    """Whether it is the full name, any one of its words, or the address, as `folded`. Nothing typed calls nobody."""
    wanted, full = folded(typed), folded(name)
    return bool(wanted) and wanted in {full, *full.split(), folded(email)}


def folded(text: str) -> str:
    """What is compared: case, accents, invisible joiners, the kind of apostrophe and further blanks do not matter."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold())
        text = "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join(text.casefold().split())


def begins(typed: str, name: str, email: str) -> bool:
    """Whether the address, or a word of the name and what follows it, begins so; case and further blanks ignored.
    Nothing typed begins nothing."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return False
    words = name.casefold().split()
    return email.casefold().startswith(wanted) or any(
        " ".join(words[at:]).startswith(wanted) for at in range(len(words))
    )
