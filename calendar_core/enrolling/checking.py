"""The files of one import: read from end to end to find every bad line, then once more, in batches.

Between the two nothing is kept but who is known, so memory grows with the people and not with the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from calendar_core.enrolment import Batch, Home, Known, MatchEnrolled, PersonEnrolled
from calendar_core.people import Role

from . import matches_file, people_file
from .delimited_file import NotReadable, Row, SourceFile, Table, read_table
from .known_people import KnownPeople, Place, Roster
from .matches_file import MatchNamed, read_match
from .mistakes import BadLine, quoted
from .people_file import read_person

PEOPLE = (*people_file.REQUIRED, *people_file.OPTIONAL)
MATCHES = (*matches_file.REQUIRED, *matches_file.OPTIONAL)

Item = TypeVar("Item")


class Files:
    """Any number of files in any order: people are read before matches. Call `check` first, to its end."""

    def __init__(self, sources: Sequence[SourceFile], roster: Roster, known: Known) -> None:
        self._sources = sources
        self._known = KnownPeople(roster, known)
        self._people: list[Table] = []
        self._matches: list[Table] = []
        self._bad: dict[tuple[str, int], BadLine] = {}
        self.pairs: set[tuple[Home, str, str]] = set()
        self.lines = 0  # read so far, without headers and blank ones

    @property
    def bad(self) -> tuple[BadLine, ...]:
        """In the order of the files, and of the lines in them."""
        order = {source.name: place for place, source in reversed([*enumerate(self._sources)])}
        return tuple(sorted(self._bad.values(), key=lambda line: (order[line.file], line.number)))

    def check(self) -> Iterator[None]:
        """A step for each line, so that whoever asks may do other things in between."""
        for source in self._sources:
            self._open(source)
        for table in self._people:
            yield from self._check(table, self._person)
        for table in self._matches:
            yield from self._check(table, self._match)

    def batches(self, size: int) -> Iterator[Batch]:
        """What the good lines say: first all people, then all matches."""
        people = (read_person(row.fields) for row in self._good(self._people))
        for some in _portions((each for each in people if isinstance(each, PersonEnrolled)), size):
            yield Batch(people=some)
        named = (read_match(row.fields) for row in self._good(self._matches))
        matches = (self._known.match(each) for each in named if isinstance(each, MatchNamed))
        for pairs in _portions((each for each in matches if isinstance(each, MatchEnrolled)), size):
            yield Batch(matches=pairs)

    def _open(self, source: SourceFile) -> None:
        try:
            table = read_table(source, {*PEOPLE, *MATCHES})
            of_matches = _is_of_matches(table)
        except NotReadable as unread:
            self._note(BadLine(source.name, unread.number, (unread.why,), whole_file=True))
            return
        (self._matches if of_matches else self._people).append(table)

    def _check(self, table: Table, take: Callable[[Row, Place], tuple[str, ...]]) -> Iterator[None]:
        for row in table.rows():
            self.lines += 1
            place = Place(table.source.name, row.number)
            mistakes = row.mistakes if isinstance(row, BadLine) else take(row, place)
            if mistakes:
                self._note(BadLine(place.file, place.number, mistakes))
            yield

    def _person(self, row: Row, place: Place) -> tuple[str, ...]:
        person = read_person(row.fields)
        mistakes = self._known.add(person, place) if isinstance(person, PersonEnrolled) else person
        if mistakes:
            self._known.refuse(row.fields["email"], place)
        return mistakes

    def _match(self, row: Row, _: Place) -> tuple[str, ...]:
        named = read_match(row.fields)
        match = self._known.match(named) if isinstance(named, MatchNamed) else named
        if isinstance(match, tuple):
            return match
        self.pairs.add((match.home, match.mentor, match.mentee))
        return ()

    @property
    def places(self) -> Mapping[Home, Mapping[str, frozenset[Role]]]:
        """Who is in which programme as what, as far as good lines say."""
        return self._known.named

    def _note(self, line: BadLine) -> None:
        self._bad.setdefault((line.file, line.number), line)

    def _good(self, tables: Iterable[Table]) -> Iterator[Row]:
        for table in tables:
            for row in table.rows():
                if isinstance(row, Row) and (table.source.name, row.number) not in self._bad:
                    yield row


def _is_of_matches(table: Table) -> bool:
    """Told by the header; False for one of people. Raises NotReadable for any other, and for one with gaps."""
    of_matches = "mentor" in table.columns or "mentee" in table.columns
    begins_with_data = any("@" in name for name in table.columns)
    if begins_with_data or not (of_matches or {"email", "name", "role"} & set(table.columns)):
        why = f"the header must name the columns of people ({', '.join(PEOPLE)}) or of matches"
        raise NotReadable(table.header_number, f"{why} ({', '.join(matches_file.REQUIRED)})")
    what, required, known = (
        ("matches", matches_file.REQUIRED, MATCHES) if of_matches else ("people", people_file.REQUIRED, PEOPLE)
    )
    missing = [name for name in required if name not in table.columns]
    unknown = [quoted(name) for name in table.columns if name not in known]
    if missing or unknown:
        faults = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(unknown)}"] * bool(unknown)
        expected = f"a file of {what} has the columns {', '.join(known)}"
        needed = f"{', '.join(required)} cannot be left out"
        raise NotReadable(table.header_number, f"the header {' and '.join(faults)}; {expected}; {needed}")
    return of_matches


def _portions(items: Iterator[Item], size: int) -> Iterator[tuple[Item, ...]]:
    while some := tuple(islice(items, size)):
        yield some
