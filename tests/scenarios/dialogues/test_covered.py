"""Gil had connected his own calendar; then his organisation connects everybody's, and he is told on Monday."""

from __future__ import annotations

from tests.scenarios.test_covered_by_domain import is_individual, within_reach
from tests.visiting import Visitor

from .chat import Chat, dialogue

COVERED = dialogue("""
    Your organisation connects your calendar now: Google - Domain. There is nothing you have to do. What you had \
        allowed me yourself is not needed any more; it is being withdrawn and deleted. If I am not to use your \
        calendar, say do not use my calendar.
""")


async def test_the_domain_takes_over(chat: Chat, visitor: Visitor) -> None:
    await within_reach(visitor, "gil", "google", "Europe/Madrid", "Gil Mora")
    await visitor.until(lambda: is_individual(visitor, "gil"), False)
    await visitor.drive("clock", now="2026-11-23T10:30:00+00:00")
    assert await chat.told("gil") == COVERED
    assert (await chat.says("gil", "status")).words.startswith("Calendar: Google - Domain, working")
    assert (await chat.says("gil", "do not use my calendar")).words.startswith("Your calendar is not used any more.")
