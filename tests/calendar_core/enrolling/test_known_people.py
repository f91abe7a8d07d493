"""What lines say of each other: people twice, names spelled twice, and matches of people who are not there."""

from __future__ import annotations

import pytest

from calendar_core.enrolling.known_people import Roster
from calendar_core.people import Role

from .files import ANA, PAIR, SAM, checked, matches, matches_in, mistakes_in, people, people_in

STORED: Roster = {
    ("example.com", "Leaders 2026"): {
        "sam@example.com": frozenset({Role.MENTOR}),
        "ana@example.com": frozenset({Role.MENTEE}),
    }
}


def elsewhere(line: str, programme: str = "Makers 2026") -> str:
    return line.replace("Leaders 2026", programme)


def test_one_person_may_be_in_two_programmes_and_in_two_roles() -> None:
    lines = (SAM, elsewhere(SAM), SAM.replace("mentor", "admin"), SAM)
    assert mistakes_in(people(*lines)) == []
    assert len(people_in(people(*lines))) == 4


@pytest.mark.parametrize(
    ("was", "now", "column"),
    [
        ("Sam Okoye", "Samuel Okoye", "name"),
        ("Europe/Berlin", "Europe/Paris", "time_zone"),
        (",de,", ",fr,", "language"),
        ("DE-BE", "DE", "region"),
    ],
)
def test_two_lines_that_contradict_each_other_are_both_named(was: str, now: str, column: str) -> None:
    second = people(elsewhere(SAM).replace(was, now), name="second.csv")
    (said,) = mistakes_in(people(ANA, SAM), second)
    assert said.startswith(f"second.csv:2: {column} ")
    assert "line 3 of people.csv says otherwise of sam@example.com; write the same on both lines" in said


def test_hours_that_contradict_are_shown_as_they_are_written() -> None:
    (said,) = mistakes_in(people(ANA, elsewhere(ANA).replace("09:00", "10:00")))
    assert 'hours "Mon-Fri 10:00-17:00": line 2 of people.csv' in said


def test_a_line_that_says_nothing_contradicts_nothing_and_later_ones_are_held_to_what_was_said_first() -> None:
    silent = "sam@example.com,Sam Okoye,example.com,Makers 2026,mentor,,,,"
    third = elsewhere(SAM, "Third").replace("Europe/Berlin", "Europe/Paris")
    assert [line.number for line in checked(people(silent, SAM, third)).bad] == [4]


def test_the_same_address_in_another_organisation_is_another_person() -> None:
    assert (
        mistakes_in(people(SAM, SAM.replace("example.com,Leaders", "example.org,Leaders").replace("Okoye", "O"))) == []
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ANA.replace("Leaders", "leaders"), 'programme "leaders 2026": line 2 of people.csv has it as "Leaders 2026"'),
        (ANA.replace(",example.com", ",Example.com"), 'organisation "Example.com": line 2 of people.csv has it as'),
    ],
)
def test_a_second_spelling_of_a_name_makes_no_second_programme_or_organisation(line: str, said: str) -> None:
    assert said in mistakes_in(people(SAM, line))[0]
    assert (
        said.replace("line 2 of people.csv", "what is enrolled already") in mistakes_in(people(line), roster=STORED)[0]
    )


def test_a_match_may_name_people_of_the_file_and_people_enrolled_already() -> None:
    assert len(matches_in(people(SAM, ANA), matches(PAIR))) == 1
    assert len(matches_in(matches(PAIR.replace("sam@example.com", "Sam@Example.com")), roster=STORED)) == 1
    assert len(matches_in(people(SAM), matches(PAIR, PAIR), roster=STORED)) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Leaders 2027,sam@example.com,ana@example.com",
            'programme "Leaders 2027": no programme is called that; write',
        ),
        (
            "Leaders 2026,mo@example.com,ana@example.com",
            'mentor "mo@example.com": nobody with this address is enrolled',
        ),
        (
            "Leaders 2026,sam@example.com,mo@example.com",
            'mentee "mo@example.com": nobody with this address is enrolled',
        ),
        (
            "Leaders 2026,ana@example.com,sam@example.com",
            'mentor "ana@example.com": is mentee in Leaders 2026, not mentor',
        ),
        ("Leaders 2026,sam@example.com,sam@example.com", "is also the mentor; write the other person's address"),
        ("Leaders 2026,sam@example.com,SAM@example.com", "is also the mentor; write the other person's address"),
        ("Leaders 2026,sam,ana@example.com", 'mentor "sam": not an e-mail address'),
        ("Leaders 2026,,", 'mentor "": not an e-mail address'),
    ],
)
def test_a_match_that_cannot_be_is_said_with_what_to_write(line: str, said: str) -> None:
    (mistake,) = mistakes_in(matches(PAIR, line), roster=STORED)
    assert mistake.startswith("matches.csv:3: ")
    assert said in mistake


def test_a_match_of_somebody_whose_own_line_is_bad_points_to_that_line() -> None:
    said = mistakes_in(people(SAM, ANA.replace("America/New_York", "Mars")), matches(PAIR))
    assert len(said) == 2
    assert "for line 3 of people.csv is bad; correct that line first" in said[1]


def test_programmes_called_alike_are_told_apart_by_who_is_in_them() -> None:
    other = ("example.org", "Leaders 2026")
    roster = {**STORED, other: {"mia@example.org": frozenset({Role.MENTEE})}}
    assert [match.organisation for match in matches_in(matches(PAIR), roster=roster)] == ["example.com"]
    both = {**STORED, other: STORED["example.com", "Leaders 2026"]}
    (said,) = mistakes_in(matches(PAIR), roster=both)
    assert "organisations example.com or example.org each have one with both people in it; add a column" in said
    named = matches(f"{PAIR},Example.org", header="programme,mentor,mentee,organisation")
    assert [match.organisation for match in matches_in(named, roster=both)] == ["example.org"]


def test_with_nobody_enrolled_a_match_asks_for_its_people_first() -> None:
    assert "import its people first" in mistakes_in(matches(PAIR))[0]
