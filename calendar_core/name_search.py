"""Whom somebody may mean who has begun to type a name."""

from __future__ import annotations


def begins(name: str, email: str, typed: str) -> bool:
    """Whether the address, or a word of the name and what follows it, begins so; case and further blanks ignored.
    Nothing typed begins nothing."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return False
    words = name.casefold().split()
    return email.casefold().startswith(wanted) or any(
        " ".join(words[at:]).startswith(wanted) for at in range(len(words))
    )
