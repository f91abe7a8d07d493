"""The demo programme's people and weeks, as values."""

from __future__ import annotations

from collections import Counter
from datetime import date

from adapters.cli.leaders import CAST, OTHERS, PAIRS, PROGRAMME, connection_of, pairs_among, role_of
from adapters.cli.leaders_weeks import ANAS_WEEK, occurrences
from calendar_core.people import Role


def test_everybody_is_made_up_and_there_once() -> None:
    addresses = [person.email for person in CAST]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith(("@example.com", "@example.org")) for address in addresses)
    assert PROGRAMME == "Leaders 2026"


def test_pairs_are_a_mentor_and_a_mentee_of_one_organisation() -> None:
    people = {person.email: person for person in CAST}
    for pair in PAIRS:
        assert people[pair.mentor].role is Role.MENTOR
        assert people[pair.mentee].role is Role.MENTEE
        assert people[pair.mentor].organisation == people[pair.mentee].organisation
    assert "uma@example.com" not in {address for pair in PAIRS for address in (pair.mentor, pair.mentee)}


def test_the_others_are_paired_across_suites_and_kai_has_two_mentors() -> None:
    pairs = pairs_among([f"{number}" for number in range(OTHERS)])
    assert Counter(pair.mentee for pair in pairs)["kai@example.com"] == 2
    among = [pair for pair in pairs if pair.mentee != "kai@example.com"]
    assert len({address for pair in among for address in (pair.mentor, pair.mentee)}) == OTHERS - 4
    assert all((int(pair.mentor) + int(pair.mentee)) % 2 for pair in among)
    assert all(role_of(int(pair.mentor)) is Role.MENTOR for pair in among)


def test_some_of_the_others_are_not_connected_each_with_a_reason() -> None:
    connections = [connection_of(number, number % 2 == 1) for number in range(OTHERS)]
    assert all((kind is None) == (trouble is not None) for kind, trouble in connections)
    assert 5 <= sum(kind is None for kind, _ in connections) <= 15


def test_a_week_begins_in_the_one_before_and_keeps_its_wall_times_when_clocks_change() -> None:
    weeks = list(occurrences(ANAS_WEEK, "America/New_York", date(2026, 11, 1), 3))
    assert weeks[0][1].isoformat() == "2026-10-19T11:00:00-04:00"
    stand_ups = [start for title, start, _ in weeks if title == "Stand-up"]
    assert [start.strftime("%H:%M") for start in stand_ups] == ["08:45"] * 3
    monday = [start for title, start, _ in weeks if title == "Team weekly"][-1]
    assert monday.isoformat() == "2026-11-02T11:00:00-05:00"
