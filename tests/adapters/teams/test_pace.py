"""Teams' limits: 7 in a second, 8 in two, 60 in thirty in each conversation; 30 a second in each tenant."""

from __future__ import annotations

from adapters.teams.pace import Limit, Pace


class Watch:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_seven_go_at_once_and_the_eighth_waits() -> None:
    watch = Watch()
    pace = Pace(watch)
    assert [pace.wait("t", "a", Limit.TALKING) for _ in range(7)] == [0.0] * 7
    assert pace.wait("t", "a", Limit.TALKING) == 1.0
    assert pace.wait("t", "b", Limit.TALKING) == 0.0
    assert pace.wait("t", "a", Limit.ASKING) == 0.0
    watch.now += 1.0
    assert pace.wait("t", "a", Limit.TALKING) == 0.0  # the eighth in two seconds
    assert pace.wait("t", "a", Limit.TALKING) == 1.0  # and no ninth


def test_no_window_ever_holds_more_than_it_may() -> None:
    watch = Watch()
    pace, made = Pace(watch), list[float]()
    while len(made) < 200:
        wait = pace.wait("t", "a", Limit.TALKING)
        if wait:
            watch.now += wait
        else:
            made.append(watch.now)
    for number, seconds in Limit.TALKING.value:
        for at in range(len(made) - number):
            assert made[at + number] - made[at] >= seconds - 1e-6


def test_a_tenant_as_a_whole_has_thirty_a_second() -> None:
    watch = Watch()
    pace = Pace(watch)
    assert [pace.wait("t", f"c{number}", Limit.TALKING) for number in range(30)] == [0.0] * 30
    assert pace.wait("t", "another", Limit.TALKING) == 1.0
    assert pace.wait("u", "another", Limit.TALKING) == 0.0


def test_what_teams_asks_for_is_waited_for_there_alone() -> None:
    watch = Watch()
    pace = Pace(watch)
    pace.held_back("a", 5.0)
    assert pace.wait("t", "a", Limit.TALKING) == 5.0
    assert pace.wait("t", "b", Limit.TALKING) == 0.0
    watch.now += 5.0
    assert pace.wait("t", "a", Limit.TALKING) == 0.0


def test_a_later_no_never_shortens_an_earlier_one() -> None:
    watch = Watch()
    pace = Pace(watch)
    pace.held_back("a", 60.0)
    pace.held_back("a", 1.0)
    assert pace.wait("t", "a", Limit.TALKING) == 60.0
