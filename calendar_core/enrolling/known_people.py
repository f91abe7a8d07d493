"""Who may be named in a match: the people enrolled already, and those of the lines read so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calendar_core.enrolment import MatchEnrolled, PersonEnrolled
from calendar_core.hours_text import hours_text
from calendar_core.people import Role, address_of

from .matches_file import MatchNamed
from .mistakes import mistake_in

Home = tuple[str, str]  # an organisation and one of its programmes, by name
Roster = Mapping[Home, Mapping[str, frozenset[Role]]]
NOTHING_STATED: Mapping[str, object] = {}
NOBODY: Mapping[str, frozenset[Role]] = {}
AT_MOST = 5  # names in one sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    file: str
    number: int

    @property
    def words(self) -> str:
        """As a sentence names it."""
        return f"line {self.number} of {self.file}"


class KnownPeople:
    """Grows line by line, and finds what contradicts it. Holds a few short texts for each person."""

    def __init__(self, roster: Roster) -> None:
        self._stored = roster
        self._roles: dict[Home, dict[str, frozenset[Role]]] = {}
        self._stated: dict[str, dict[str, tuple[Place, PersonEnrolled]]] = {}
        self._spelled: dict[str, tuple[str, str]] = {}  # an organisation's name, folded: as written, and where
        self._homes: dict[str, dict[str, tuple[Home, str]]] = {}  # a programme's, folded, by organisation
        self._refused: dict[str, Place] = {}
        for home in roster:
            self._note_home(home, "what is enrolled already")

    def add(self, person: PersonEnrolled, place: Place) -> tuple[str, ...]:
        """What contradicts the lines before it or what is enrolled; if nothing does, the person is known from now."""
        mistakes = (*self._misspelled(person), *self._contradicted(person))
        if mistakes:
            return mistakes
        home = person.organisation, person.programme
        self._note_home(home, place.words)
        roles = self._roles.setdefault(home, {})
        roles[person.email] = roles.get(person.email, frozenset()) | {person.role}
        self._state(person, place)
        return ()

    def refuse(self, address: str, place: Place) -> None:
        """A bad line that names this person: worth a hint to whoever matches them."""
        self._refused.setdefault(address_of(address), place)

    def match(self, named: MatchNamed) -> MatchEnrolled | tuple[str, ...]:
        """The organisation is found by the programme's name, and by who is in it where several are called alike."""
        homes = [home for home, _ in self._homes.get(named.programme.casefold(), {}).values()]
        if named.organisation is not None:
            wanted = named.organisation.casefold()
            homes = [home for home in homes if home[0].casefold() == wanted]
        if not homes:
            return (self._unknown_programme(named),)
        fitting = [home for home in homes if not self._strangers(named, home)]
        if not fitting:
            nearest = min(homes, key=lambda home: len(self._strangers(named, home)))
            return self._strangers(named, nearest)
        if len(fitting) > 1:
            why = f"organisations {_listed([home[0] for home in fitting])} each have one with both people in it"
            return (mistake_in("programme", named.programme, f"{why}; add a column organisation that says which"),)
        organisation, programme = fitting[0]
        return MatchEnrolled(organisation=organisation, programme=programme, mentor=named.mentor, mentee=named.mentee)

    def _note_home(self, home: Home, where: str) -> None:
        organisation, programme = home
        self._spelled.setdefault(organisation.casefold(), (organisation, where))
        self._homes.setdefault(programme.casefold(), {}).setdefault(organisation, (home, where))

    def _misspelled(self, person: PersonEnrolled) -> list[str]:
        """Two spellings of one name would become two organisations, or two programmes."""
        mistakes = []
        spelling, where = self._spelled.get(person.organisation.casefold(), (person.organisation, ""))
        if spelling != person.organisation:
            mistakes.append(mistake_in("organisation", person.organisation, _written(where, spelling)))
        same = self._homes.get(person.programme.casefold(), {}).get(spelling)
        if same is not None and same[0][1] != person.programme:
            mistakes.append(mistake_in("programme", person.programme, _written(same[1], same[0][1])))
        return mistakes

    def _contradicted(self, person: PersonEnrolled) -> list[str]:
        if person.email not in self._stated.get(person.organisation, NOTHING_STATED):
            return []
        place, before = self._stated[person.organisation][person.email]
        stated = _statements(before)
        why = f"{place.words} says otherwise of {person.email}; write the same on both lines"
        return [
            mistake_in(column, text, why)
            for column, text in _statements(person).items()
            if text is not None and stated[column] not in (None, text)
        ]

    def _state(self, person: PersonEnrolled, place: Place) -> None:
        people = self._stated.setdefault(person.organisation, {})
        first, before = people.get(person.email, (place, person))
        people[person.email] = (
            first,
            replace(
                before,
                time_zone=before.time_zone or person.time_zone,
                language=before.language or person.language,
                region=before.region or person.region,
                hours=before.hours or person.hours,
            ),
        )

    def _strangers(self, named: MatchNamed, home: Home) -> tuple[str, ...]:
        """What keeps these two from being a match there."""
        return tuple(
            mistake_in(role.value, address, why)
            for role, address in ((Role.MENTOR, named.mentor), (Role.MENTEE, named.mentee))
            if (why := self._strange(address, role, home)) is not None
        )

    def _strange(self, address: str, role: Role, home: Home) -> str | None:
        roles = self._roles.get(home, NOBODY).get(address, frozenset())
        roles |= self._stored.get(home, NOBODY).get(address, frozenset())
        if role in roles:
            return None
        if roles:
            here = " and ".join(sorted(roles))
            return f"is {here} in {home[1]}, not {role}; correct the match, or add a line with that role to the people"
        if address in self._refused:
            return f"is not enrolled in {home[1]}, for {self._refused[address].words} is bad; correct that line first"
        return f"nobody with this address is enrolled in {home[1]}; correct it, or add a line to the people"

    def _unknown_programme(self, named: MatchNamed) -> str:
        within = f" in {named.organisation}" if named.organisation else ""
        known = sorted({home[1] for homes in self._homes.values() for home, _ in homes.values()})
        instead = f"write {_listed(known)}" if known else "import its people first"
        return mistake_in("programme", named.programme, f"no programme is called that{within}; {instead}")


def _statements(person: PersonEnrolled) -> dict[str, str | None]:
    """What is said of a person in whatever programme; None where nothing is."""
    return {
        "name": person.name,
        "time_zone": person.time_zone,
        "language": person.language,
        "region": person.region,
        "hours": None if person.hours is None else hours_text(person.hours),
    }


def _written(where: str, spelling: str) -> str:
    return f'{where} has it as "{spelling}"; write it the same'


def _listed(names: list[str]) -> str:
    shown = names[:AT_MOST]
    more = [f"{len(names) - AT_MOST} more"] if len(names) > AT_MOST else []
    return " or ".join([*shown, *more])
