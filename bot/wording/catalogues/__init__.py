"""Sentences in other languages: one .po file each, read once, keyed by the English text in `bot.words`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from bot.words import Words


def translated(words: Words, language: str) -> str:
    """The template in that language, or in the language without its region, or in English."""
    for tag in (language, language.partition("-")[0]):
        template = _catalogue(tag.lower()).get(words.value)
        if template:
            return template
    return words.value


@cache
def _catalogue(tag: str) -> dict[str, str]:
    source = files(__name__) / f"{tag}.po"
    if not tag.isascii() or not tag.replace("-", "").isalnum() or not source.is_file():
        return {}
    with source.open("rb") as lines:
        return {str(entry.id): str(entry.string) for entry in read_po(lines, abort_invalid=True) if entry.id}
