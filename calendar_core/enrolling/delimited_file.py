"""A file of lines with separators (CSV), as spreadsheets save it: its header, and its lines one by one.

Each line stands alone: a quote that is never closed spoils its own line and no other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from .mistakes import BadLine, quoted

SEPARATORS = (",", ";", "\t")
LONGEST_LINE = 8_192  # characters; all fields at their longest need a quarter of it
MARKS = {  # how a file begins that is something else
    b"\xff\xfe": "is in UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)",
    b"\xfe\xff": "is in UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)",
    b"PK\x03\x04": "is a workbook or an archive; save the sheet as CSV UTF-8",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was handed over."""

    name: str
    content: bytes

    @property
    def lines(self) -> int:
        """About how many there are, for a progress bar."""
        return self.content.count(b"\n") + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line with something in it: its number in the file, and its fields by column, without outer spaces."""

    number: int
    fields: Mapping[str, str]


class NotReadable(ValueError):
    """Nothing in the file can be read, because of the line `number`; `why` says what to do."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number
        self.why = why


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose header is understood."""

    source: SourceFile
    columns: tuple[str, ...]
    separator: str
    header_number: int

    def rows(self) -> Iterator[Row | BadLine]:
        """The lines after the header, blank ones left out; from the first again at each call."""
        for number, text in _lines(self.source):
            if number <= self.header_number:
                continue
            fields = _fields(text, self.separator)
            if isinstance(fields, str):
                yield BadLine(self.source.name, number, (fields,))
            elif any(fields):
                yield self._row(number, fields)

    def _row(self, number: int, fields: list[str]) -> Row | BadLine:
        if len(fields) < len(self.columns) or any(fields[len(self.columns) :]):
            why = (
                f"it has {len(fields)} fields, the header {len(self.columns)}; "
                f'put a field that holds {quoted(self.separator)} in "double quotes"'
            )
            return BadLine(self.source.name, number, (why,))
        return Row(number, dict(zip(self.columns, fields, strict=False)))


def read_table(source: SourceFile, known: Collection[str]) -> Table:
    """Reads the header: the first line that is not blank. Its separator is the one that yields most `known` columns.
    Raises NotReadable."""
    for mark, why in MARKS.items():
        if source.content.startswith(mark):
            raise NotReadable(1, f"the file {why}")
    if b"\0" in source.content[:4096]:
        raise NotReadable(1, "the file is no text in UTF-8; save it as UTF-8 (in Excel: CSV UTF-8)")
    for number, text in _lines(source):
        if text.strip():
            return _header(source, number, text, known)
    raise NotReadable(1, "the file is empty")


def _header(source: SourceFile, number: int, text: str, known: Collection[str]) -> Table:
    readings: list[tuple[int, tuple[str, ...], str]] = []
    for separator in SEPARATORS:
        fields = _fields(text, separator)
        if isinstance(fields, str):
            continue
        names = [re.sub(r"[\s-]+", "_", field.casefold()) for field in fields]
        while names and not names[-1]:
            names.pop()
        readings.append((len(set(names) & set(known)), tuple(names), separator))
    if not readings:
        raise NotReadable(number, "the header cannot be told apart into columns; write their names without quotes")
    _, columns, separator = max(readings, key=lambda reading: reading[0])
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise NotReadable(number, f"the header names the column {quoted(twice)} twice; keep one of them")
    return Table(source, columns, separator, number)


def _lines(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Numbered from 1, without their ends. Bytes that are no UTF-8 become lone surrogates."""
    with io.BytesIO(source.content) as content:
        text = io.TextIOWrapper(content, "utf-8-sig", errors="surrogateescape", newline=None)
        number = 0
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            rest = line
            while len(rest) > LONGEST_LINE and not rest.endswith("\n"):
                rest = text.readline(LONGEST_LINE + 1)
            yield number, line.removesuffix("\n")


def _fields(text: str, separator: str) -> list[str] | str:
    """The fields without outer spaces; a sentence if they cannot be told apart."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "it is not in UTF-8; save the file as UTF-8 (in Excel: CSV UTF-8)"
    if len(text) > LONGEST_LINE:
        return f"it has more than {LONGEST_LINE:,} characters; is a line end missing?"
    if '"' not in text:
        return [field.strip() for field in text.split(separator)]
    try:
        fields = next(csv.reader((text,), delimiter=separator, strict=True, skipinitialspace=True), [])
    except csv.Error:
        return f'a "double quote" is not closed on this line; write {quoted(text[:20])} with quotes around whole fields'
    return [field.strip() for field in fields]
