"""A session that goes from a calendar into the mail, and back, stays as private, and where its people meet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .test_switching import town

ROOM = "https://video.example.org/mentor"


async def test_what_people_have_settled_for_their_sessions_holds_either_way(tmp_path: Path) -> None:
    async with town(tmp_path) as two:
        couple = two.hamlet.couples[0]
        own = replace(couple.mentor.own, private_events=True, room=ROOM)
        await two.hamlet.application.store.people.update(replace(couple.mentor, own=own))
        await two.switch(on=True, convert=True)
        (letter,) = await two.visitor.gets(couple.mentee.email, 1)
        (raw,) = two.hamlet.sandbox.mail.post.letters(couple.mentee.email)
        files = [part.get_payload(decode=True) for part in raw.message.walk() if part.get_filename() == "invite.ics"]
        await two.switch(on=False, convert=True)
        shown = [each for each in two.hamlet.shown(couple.mentor) if each.is_organizer_copy]
    assert letter["invitation"] is not None
    assert letter["invitation"]["link"] == ROOM
    assert [b"CLASS:PRIVATE" in each for each in files if isinstance(each, bytes)] == [True]
    assert [each.private for each in shown] == [True]
