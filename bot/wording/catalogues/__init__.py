"""Sentences in other languages: a folder each, a .po file a subject, keyed by the English text in `bot.words`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from bot.words import SUBJECTS, Text


def translated(words: Text, language: str) -> str:
    """The template in that language, or in the language without its region, or in English."""
    for tag in (language, language.partition("-")[0]):
        template = _catalogue(tag.lower()).get(words.value)
        if template:
            return template
    return words.value


@cache
def _catalogue(tag: str) -> dict[str, str]:
    folder = files(__name__) / tag
    if not tag.isascii() or not tag.replace("-", "").isalnum() or not folder.is_dir():
        return {}
    entries: dict[str, str] = {}
    for subject in SUBJECTS:
        with (folder / f"{subject}.po").open("rb") as lines:
            catalogue = read_po(lines, abort_invalid=True)
        entries.update((str(entry.id), str(entry.string)) for entry in catalogue if entry.id)
    return entries
