"""What a programme's entries tell beside when and with whom: nothing, unless its operator has switched it on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from adapters.cli.playing import Stage
from calendar_core.enrolling.programme_settings import changed
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import User
from calendar_core.programme import Programme
from calendar_core.scheduling.outcomes import Wish
from tests.faults.couples import PROGRAMME, Couple, Hamlet, Suites, settled
from tests.visiting import Visitor

TOPIC = 'Slides <b onload="x">&\n<https://x.example/>'
LINE = 'Slides <b onload="x">& <https://x.example/>'


async def test_entries_and_invitations_tell_name_and_topic_once_that_is_switched_on(tmp_path: Path) -> None:
    async with settled(tmp_path, [Suites("google", "microsoft"), Suites("microsoft", "microsoft")]) as hamlet:
        mixed, mailed = hamlet.couples
        for user in (mailed.mentee, mailed.mentor):
            limited = Integration(user.id, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY, Health.OK, user.email)
            await hamlet.application.store.integrations.connected(limited)
        visitor = Visitor(hamlet.http, Stage("", hamlet.sandbox, hamlet.application))
        quiet = await booked(hamlet, mixed, mixed.mentee)
        await switched(hamlet, "on")
        by_google, by_outlook = await booked(hamlet, mixed, mixed.mentee), await booked(hamlet, mixed, mixed.mentor)
        await booked(hamlet, mailed, mailed.mentee)
        (letter,) = await visitor.gets(mailed.mentor.email, 1)
        file = next(each for each in hamlet.shown(mailed.mentor) if each.title == "Mentoring session")
        await switched(hamlet, "off")
        silent = await booked(hamlet, mixed, mixed.mentee)
        told = {each.uid: each.body for each in hamlet.shown(mixed.mentee)}
    assert told[by_google] == f"{PROGRAMME}\n{LINE}".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"{PROGRAMME}\n{LINE}" in told[by_outlook]
    assert f"{PROGRAMME}\n{LINE}" in letter["text"].replace("\r", "")
    assert f"{PROGRAMME}\n{LINE}" in file.body
    for each in (quiet, silent):
        assert PROGRAMME not in told[each]
        assert "Slides" not in told[each]


async def switched(hamlet: Hamlet, how: str) -> None:
    programmes = hamlet.application.store.programmes
    (programme,) = await programmes.all()
    wanted = changed(programme, {"described": how})
    assert isinstance(wanted, Programme)
    await programmes.update(replace(wanted, name=PROGRAMME))


async def booked(hamlet: Hamlet, couple: Couple, asker: User) -> str:
    """The uid that the calendars know it by."""
    scheduling = hamlet.application.scheduling
    pair = await scheduling.pairs.pair(asker, couple.match.id)
    found = await scheduling.looking.find(pair, Wish())
    session = await scheduling.booking.book(asker, couple.match.id, found.ranked.slots[0], via="test", topic=TOPIC)
    assert session.event_uid is not None
    return session.event_uid
