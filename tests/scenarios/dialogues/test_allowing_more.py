"""Calendars to count (4.5): Google is asked for one permission more once somebody wants what it gives, not before."""

from __future__ import annotations

from calendar_core.providers.google.scopes import EVENTS, FREE_BUSY
from tests.signing_in import browser
from tests.visiting import Visitor

from .chat import Chat, Seen, dialogue

COULD_BE = dialogue("""
    Your main calendar counts. Which others you have I may not see yet; you can allow it if more are to count.
    [Allow it]
""")
GOOGLE_WILL_ASK = dialogue("""
    Google will ask whether I may see the list of your calendars. I use it to let you choose which of your own count; \
        nobody else sees their names. Leave it unticked, and everything else goes on as it is. The link is for you \
        alone; it works once, for 10 minutes.
    [Privacy] [Continue to Google]
""")
ALLOWED = dialogue("""
    Connected: Google - Individual (gil@example.com), Madrid time, Mon-Fri 09:00 - 17:00.
    [Change hours] [Calendars] [Disconnect]
""")
NOT_ALLOWED = dialogue("""
    Connected: Google - Individual (gil@example.com), Madrid time, Mon-Fri 09:00 - 17:00. You did not allow me to see \
        which other calendars you have, so your main one alone counts. Everything else works.
    [Change hours] [Calendars] [Disconnect]
""")


async def gil_decides(chat: Chat, visitor: Visitor, ticked: list[str] | None = None) -> Seen:
    """At Google's page, every box where `ticked` is None; what the chat says then."""
    await visitor.drive("calendar", mailbox="gil@example.com", name="Choir")
    assert await chat.says("gil", "my calendars") == COULD_BE
    asked = await chat.presses("gil", "Allow it")
    assert asked == GOOGLE_WILL_ASK
    async with browser(visitor) as his:
        done = await his.sign_in(
            await his.open(asked.links["Continue to Google"]), "gil@example.com", "Google", ticked=ticked
        )
    assert done.title == "Your calendar is connected"
    return await chat.told("gil")


async def test_gil_allows_it_and_has_another_calendar_counted(chat: Chat, visitor: Visitor) -> None:
    assert await gil_decides(chat, visitor) == ALLOWED
    listed = await chat.presses("gil", "Calendars")
    assert "Choir" in listed.text
    assert (await chat.says("gil", "1")).words.startswith("Choir counts now")


async def test_gil_leaves_it_unticked(chat: Chat, visitor: Visitor) -> None:
    assert await gil_decides(chat, visitor, [EVENTS, FREE_BUSY]) == NOT_ALLOWED
    assert await chat.presses("gil", "Calendars") == COULD_BE
