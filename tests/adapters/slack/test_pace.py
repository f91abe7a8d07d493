"""How fast Slack is asked."""

from __future__ import annotations

from adapters.slack.pace import A_CHANNEL, MOST, TIER_3, Pace

HERE, ELSEWHERE = (None, "T1"), (None, "T2")


class Watch:
    """Seconds, moved by hand."""

    at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_method_may_be_called_so_often_a_minute_in_each_installation() -> None:
    watch = Watch()
    pace = Pace(watch)
    assert [pace.wait(HERE, "chat.update", None) for _ in range(TIER_3.at_once)] == [0.0] * TIER_3.at_once
    waits = pace.wait(HERE, "chat.update", None)
    assert 0 < waits <= 60 / TIER_3.a_minute
    assert pace.wait(ELSEWHERE, "chat.update", None) == 0
    assert pace.wait(HERE, "chat.delete", None) == 0
    watch.at += waits
    assert pace.wait(HERE, "chat.update", None) == 0
    assert pace.wait(HERE, "chat.update", None) > 0


def test_a_channel_takes_one_message_a_second_after_a_burst() -> None:
    watch = Watch()
    pace = Pace(watch)
    burst = [pace.wait(HERE, "chat.postMessage", "D1") for _ in range(A_CHANNEL.at_once + 1)]
    assert burst[:-1] == [0.0] * A_CHANNEL.at_once
    assert 0 < burst[-1] <= 1
    assert pace.wait(HERE, "chat.postMessage", "D2") == 0, "whoever has to wait takes nobody else's turn"


def test_nobody_calls_what_slack_wants_left_alone() -> None:
    watch = Watch()
    pace = Pace(watch)
    pace.held_back(HERE, "chat.postMessage", 30)
    assert pace.wait(HERE, "chat.postMessage", "D1") == 30
    assert pace.wait(HERE, "chat.update", "D1") == 0
    watch.at += 30
    assert pace.wait(HERE, "chat.postMessage", "D1") == 0


def test_a_later_refusal_never_shortens_an_earlier_one() -> None:
    pace = Pace(Watch())
    pace.held_back(HERE, "users.info", 30)
    pace.held_back(HERE, "users.info", 1)
    assert pace.wait(HERE, "users.info", None) == 30


def test_it_does_not_grow_without_end() -> None:
    pace = Pace(Watch())
    for number in range(MOST + 10):
        pace.wait((None, str(number)), "users.info", None)
    assert pace.counted <= MOST
