"""What files leave out of the programmes that they name: it ends where they are to replace what is enrolled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calendar_core.ended import Leaver
from calendar_core.enrolment import EnrolledNow, Home
from calendar_core.people import MatchId, Role

from .checking import Files

MOST_PERCENT = 10  # of the people, or of the matches, without being told how many


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody who leaves: wholly, or in one role (`leaver.role`) while another stays."""

    home: Home
    address: str
    leaver: Leaver

    @property
    def words(self) -> str:
        """As an operator reads it."""
        what = f"is no {self.leaver.role} any more" if self.leaver.role else "leaves"
        return f"{self.home[1]}: {self.address} {what}"


@dataclass(frozen=True, slots=True)
class PairMissing:
    """A match that ends."""

    home: Home
    mentor: str
    mentee: str
    id: MatchId

    @property
    def words(self) -> str:
        """As an operator reads it."""
        return f"{self.home[1]}: the match of {self.mentor} with {self.mentee} ends"


@dataclass(frozen=True, slots=True)
class Missing:
    """Of so many people and matches in the programmes that the files name, these are not in the files.

    A match of somebody who leaves is not listed: it stands no more by that alone.
    """

    places: tuple[Place, ...] = ()
    matches: tuple[PairMissing, ...] = ()
    people_of: int = 0
    matches_of: int = 0

    @property
    def total(self) -> int:
        """How many would end."""
        return len(self.places) + len(self.matches)

    @property
    def is_much(self) -> bool:
        """More than files should end by mistake."""
        people = len({(place.home, place.address) for place in self.places})
        shares = ((people, self.people_of), (len(self.matches), self.matches_of))
        return any(100 * ending > MOST_PERCENT * standing for ending, standing in shares)


NOTHING_MISSING = Missing()


def left_out(standing: EnrolledNow, files: Files) -> Missing:
    """Files of people say who is in the programmes they name, files of matches who is matched there."""
    named = files.places
    present: dict[tuple[Home, str], dict[Role, Leaver]] = {}
    for home, address, role, leaver in standing.places:
        if home in named:
            present.setdefault((home, address), {})[role] = leaver
    places = [
        place
        for (home, address), roles in present.items()
        for place in _places(home, address, roles, named[home].get(address, frozenset()))
    ]
    gone = {(place.home, place.address) for place in places if place.leaver.role is None}
    matched = {home for home, _, _ in files.pairs}
    pairs = [each for each in standing.matches if each[0] in matched]
    missing = [
        PairMissing(home, mentor, mentee, number)
        for home, mentor, mentee, number in pairs
        if (home, mentor, mentee) not in files.pairs and not {(home, mentor), (home, mentee)} & gone
    ]
    return Missing(tuple(places), tuple(missing), len(present), len(pairs))


def _places(home: Home, address: str, roles: dict[Role, Leaver], named: frozenset[Role]) -> list[Place]:
    """One for the whole person, or one for each role that is named no more."""
    if not named:
        leaver = next(iter(roles.values()))
        return [Place(home, address, replace(leaver, role=None))]
    return [Place(home, address, leaver) for role, leaver in roles.items() if role not in named]
