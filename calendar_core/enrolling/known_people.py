"""Who may be named in a match: the people enrolled already, and those of the lines read so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calendar_core.enrolment import Home, Known, MatchEnrolled, PersonEnrolled
from calendar_core.hours_text import hours_text
from calendar_core.people import Role, address_of

from .matches_file import MatchNamed
from .mistakes import mistake_in

Roster = Mapping[Home, Mapping[str, frozenset[Role]]]
NOTHING_STATED: Mapping[str, object] = {}
NOBODY: Mapping[str, frozenset[Role]] = {}
NO_GUESTS: Mapping[str, str] = {}
AT_MOST = 5  # names in one sentence
APPROVE = "a second admin has to approve: import the people, then run pairtime approve-match"


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

    def __init__(self, roster: Roster, known: Known) -> None:
        self._stored = roster
        self._known = known
        self._guests = {home: dict(guests) for home, guests in known.guests.items()}
        self._roles: dict[Home, dict[str, frozenset[Role]]] = {}
        self._stated: dict[str, dict[str, tuple[Place, PersonEnrolled]]] = {}
        self._spelled: dict[str, tuple[str, str]] = {}  # an organisation's name, folded: as written, and where
        self._homes: dict[str, dict[str, tuple[Home, str]]] = {}  # a programme's, folded, by organisation
        self._refused: dict[str, Place] = {}
        for home in roster:
            self._note_home(home, "what is enrolled already")

    @property
    def named(self) -> Mapping[Home, Mapping[str, frozenset[Role]]]:
        """Everybody in lines added so far."""
        return self._roles

    def add(self, person: PersonEnrolled, place: Place) -> tuple[str, ...]:
        """What contradicts the lines before it or what is enrolled; if nothing does, the person is known from now."""
        mistakes = (*self._misspelled(person), *self._contradicted(person), *self._misplaced(person))
        if mistakes:
            return mistakes
        home = person.home
        if person.programme_organisation is not None:
            self._guests.setdefault(home, {})[person.email] = person.organisation
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
        return self._matched(named, fitting[0])

    def _matched(self, named: MatchNamed, home: Home) -> MatchEnrolled | tuple[str, ...]:
        """Both are in it; whether they may be matched is the last question."""
        admins = [each for each in (named.mentor, named.mentee) if Role.ADMIN in self._roles_of(each, home)]
        if admins and (home, named.mentor, named.mentee) not in self._known.approved:
            column = "mentor" if admins[0] == named.mentor else "mentee"
            return (mistake_in(column, admins[0], f"is an admin of {home[1]}; {APPROVE}"),)
        guests = self._guests.get(home, NO_GUESTS)
        theirs = [guests.get(each, home[0]) for each in (named.mentor, named.mentee)]
        for one, other in ((theirs[0], theirs[1]), (home[0], theirs[0]), (home[0], theirs[1])):
            if not self._known.may_meet(one, other):
                return (mistake_in("mentee", named.mentee, _no_partners(one, other)),)
        return MatchEnrolled(
            organisation=home[0],
            programme=home[1],
            mentor=named.mentor,
            mentee=named.mentee,
            mentor_organisation=guests.get(named.mentor),
            mentee_organisation=guests.get(named.mentee),
        )

    def _note_home(self, home: Home, where: str) -> None:
        organisation, programme = home
        self._spelled.setdefault(organisation.casefold(), (organisation, where))
        self._homes.setdefault(programme.casefold(), {}).setdefault(organisation, (home, where))

    def _misspelled(self, person: PersonEnrolled) -> list[str]:
        """Two spellings of one name would become two organisations, or two programmes."""
        mistakes = []
        named = {"organisation": person.organisation, "programme_organisation": person.home[0]}
        for column, name in named.items():
            spelling, where = self._spelled.get(name.casefold(), (name, ""))
            if spelling != name and (column == "organisation" or name != person.organisation):
                mistakes.append(mistake_in(column, name, _written(where, spelling)))
        same = self._homes.get(person.programme.casefold(), {}).get(person.home[0])
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

    def _misplaced(self, person: PersonEnrolled) -> list[str]:
        """One address is one person in a programme; and a programme of others takes guests of partners alone."""
        home, column = person.home, "programme_organisation"
        here = self._guests.get(home, NO_GUESTS).get(person.email)
        if here is None and self._roles_of(person.email, home):
            here = home[0]
        if here not in (None, person.organisation):
            why = f"{person.email} is in {home[1]} already, as somebody of {here}; correct one of the two"
            return [mistake_in("organisation", person.organisation, why)]
        if person.programme_organisation is None:
            return []
        if home[0] not in self._homes.get(person.programme.casefold(), {}):
            why = (
                f"it has no programme called {person.programme}; correct it, or write that programme's own people first"
            )
            return [mistake_in(column, home[0], why)]
        if not self._known.may_meet(person.organisation, home[0]):
            return [mistake_in(column, home[0], _no_partners(person.organisation, home[0]))]
        return []

    def _roles_of(self, address: str, home: Home) -> frozenset[Role]:
        return self._roles.get(home, NOBODY).get(address, frozenset()) | self._stored.get(home, NOBODY).get(
            address, frozenset()
        )

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
        roles = self._roles_of(address, home)
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


def _no_partners(one: str, other: str) -> str:
    return f"{one} and {other} do not both list each other; their operators run pairtime partner, each for their own"


def _written(where: str, spelling: str) -> str:
    return f'{where} has it as "{spelling}"; write it the same'


def _listed(names: list[str]) -> str:
    shown = names[:AT_MOST]
    more = [f"{len(names) - AT_MOST} more"] if len(names) > AT_MOST else []
    return " or ".join([*shown, *more])
