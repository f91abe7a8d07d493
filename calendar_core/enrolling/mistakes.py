"""What is wrong with a file to be imported, told to the person who can put it right."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 60  # characters of an offending value


@dataclass(frozen=True, slots=True)
class Wrong:
    """Instead of a value: what is wrong with the text, and what to write in its place."""

    why: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """`number` counts the lines of `file` from 1; each of `mistakes` quotes what is wrong and says what to write.

    `whole_file`: without that line nothing else in the file can be read.
    """

    file: str
    number: int
    mistakes: tuple[str, ...]
    whole_file: bool = False

    @property
    def sentence(self) -> str:
        """As a person reads it."""
        return f"{self.file}:{self.number}: {'; '.join(self.mistakes)}"


def mistake_in(column: str, text: str, why: str) -> str:
    """One mistake of one field."""
    return f"{column} {quoted(text)}: {why}"


def quoted(text: str) -> str:
    """As it can be shown anywhere: shortened, and what cannot be seen (or turns the line around) written as code."""
    short = text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."
    seen = (char if char.isprintable() else char.encode("unicode_escape").decode() for char in short)
    return f'"{"".join(seen)}"'
