"""Small files at example.com, and what checking them finds."""

from __future__ import annotations

from calendar_core.enrolling import SourceFile
from calendar_core.enrolling.checking import Files
from calendar_core.enrolling.known_people import Roster
from calendar_core.enrolment import Known, MatchEnrolled, PersonEnrolled

NOTHING = Known()
HEADER = "email,name,organisation,programme,role,time_zone,language,region,hours"
ANA = "ana@example.com,Ana Ruiz,example.com,Leaders 2026,mentee,America/New_York,en-US,US,Mon-Fri 09:00-17:00"
SAM = "sam@example.com,Sam Okoye,example.com,Leaders 2026,mentor,Europe/Berlin,de,DE-BE,"
PAIR = "Leaders 2026,sam@example.com,ana@example.com"


def people(*lines: str, header: str = HEADER, name: str = "people.csv") -> SourceFile:
    """A people file with these lines after its header."""
    return SourceFile(name, "\n".join((header, *lines)).encode())


def matches(*lines: str, header: str = "programme,mentor,mentee") -> SourceFile:
    """A matches file."""
    return SourceFile("matches.csv", "\n".join((header, *lines)).encode())


def checked(*sources: SourceFile, roster: Roster | None = None, known: Known = NOTHING) -> Files:
    """The files, every line of them seen."""
    files = Files(sources, roster or {}, known)
    for _ in files.check():
        pass
    return files


def people_in(*sources: SourceFile) -> list[PersonEnrolled]:
    """Everybody whose line is good."""
    return [person for batch in checked(*sources).batches(100) for person in batch.people]


def matches_in(*sources: SourceFile, roster: Roster | None = None, known: Known = NOTHING) -> list[MatchEnrolled]:
    """Every match whose line is good."""
    return [match for batch in checked(*sources, roster=roster, known=known).batches(100) for match in batch.matches]


def mistakes_in(*sources: SourceFile, roster: Roster | None = None, known: Known = NOTHING) -> list[str]:
    """Every bad line, as a person reads it."""
    return [line.sentence for line in checked(*sources, roster=roster, known=known).bad]
