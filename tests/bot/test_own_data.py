"""Everything about one person: shown in `status` and `privacy`, handed over as a file, and deleted."""

from __future__ import annotations

import json
from dataclasses import replace

from calendar_core.happening import SessionBooked
from calendar_core.people import NOBODY, Identity
from calendar_core.store.personal_data import STAYS, THEIRS
from calendar_core.store.schema import metadata

from .talking import Talking, who


def test_every_column_that_names_a_person_is_thought_of() -> None:
    naming = {
        (table.name, key.parent.name)
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert naming == {(column.table.name, column.name) for column in (*THEIRS, *STAYS)}


async def test_status_says_it_word_by_word(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    await talk.stage.told.hears(sam, SessionBooked)
    shown = await talk.say(sam, "status")
    lines = shown["text"].splitlines()
    assert lines[0] == (
        "Calendar: Google - Domain, working, checked 17:02. Mon-Fri 09:00 - 17:00 Berlin. "
        "10 min around sessions, 24 h notice."
    )
    assert lines[1] == "Next: Tue 24 Nov, 15:00 with Ana Ruiz. This month: 0 held, 1 planned."
    assert lines[2].startswith("Join: https://meet.google.com/")
    assert lines[3] == "[Settings]"
    await talk.stage.drive("clock", now="2026-11-24T15:00:00+00:00")
    assert "This month: 1 held, 0 planned." in (await talk.say(sam, "status"))["text"]


async def test_privacy_offers_the_data_and_says_what_admins_see(talk: Talking) -> None:
    shown = await talk.say(talk.stage.ana, "privacy")
    assert shown["text"].splitlines()[-1] == "[Download my data] [Delete my data]"
    assert "Admins can see: connected or not and why" in shown["text"]
    store = talk.stage.store
    organisation = await store.people.organisation(talk.stage.ana.organisation)
    await store.people.update_organisation(replace(organisation, groups_only=True))
    assert "figures of five or more people" in (await talk.say(talk.stage.ana, "privacy"))["text"]


async def test_the_file_has_all_of_it_and_nothing_of_others_but_names(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.say(ana, "travel Tokyo 3-10 Dec")
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    answer = await talk.conversation.say(who(ana), "download my data")
    assert answer.reply.file is not None
    assert answer.reply.file.name == "pairtime-my-data.json"
    text = answer.reply.file.content.decode()
    data = json.loads(text)
    assert data["person"]["address"] == "ana@example.com"
    assert data["person"]["trips"] == [{"zone": "Asia/Tokyo", "first": "2026-12-03", "last": "2026-12-10"}]
    assert [each["with"] for each in data["sessions"]] == ["Sam Okoye"]
    assert data["calendar"]["status"] == "Google - Domain"
    assert sam.email not in text
    assert "Europe/Berlin" not in text
    assert "token" not in text


async def test_nothing_is_deleted_while_others_count_on_a_session(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    refused = await talk.say(ana, "delete my data")
    assert refused["text"].startswith("You have one planned session, next Tue 24 Nov, 09:00 with Sam Okoye.")
    assert (await talk.stage.store.people.user(ana.id)).name == "Ana Ruiz"
    assert refused["text"].splitlines()[-1] == "[Cancel them] [Planned sessions]"


async def test_planned_sessions_are_cancelled_first_and_the_partner_told_before_anything_is_deleted(
    talk: Talking,
) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    asked = await talk.press(ana, await talk.say(ana, "delete my data"), "Cancel them")
    assert asked["text"].startswith("Your planned session is cancelled, and those you would have met were told.")
    assert "Delete everything about you?" in asked["text"]
    assert (await talk.stage.store.people.user(ana.id)).name == "Ana Ruiz"
    assert "planned" in (await talk.say(sam, "sessions"))["text"]
    deleted = await talk.press(ana, asked, "Delete everything")
    assert deleted["text"].startswith("Deleted.")
    assert (await talk.stage.store.people.user(ana.id)).name == NOBODY


async def test_deleting_asks_first_and_then_knows_nobody(talk: Talking) -> None:
    ana, sam, store = talk.stage.ana, talk.stage.sam, talk.stage.store
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    await talk.stage.drive("clock", now="2026-11-25T09:00:00-05:00")
    asked = await talk.say(ana, "delete my data")
    assert asked["text"].splitlines()[-1] == "[Delete everything] [Keep my data]"
    assert "What has to stay: one session of the people you met, without your name." in asked["text"]
    kept = await talk.press(ana, asked, "Keep my data")
    assert kept["kind"] == "ReceiptsShown"
    deleted = await talk.press(ana, asked, "Delete everything")
    assert deleted["text"].startswith("Deleted.")
    assert await store.people.known_as(who(ana)) is None
    assert await store.people.at_address("ana@example.com") == ()
    left = await store.people.user(ana.id)
    assert (left.name, left.email) == (NOBODY, f"deleted-{ana.id}@invalid")
    assert (await store.integrations.of(ana.id)).account == ""
    assert (await talk.conversation.say(who(ana), "sessions")).reply == (
        await talk.conversation.say(Identity("console", "x"), "sessions")
    ).reply
    assert NOBODY in (await talk.say(sam, "past sessions"))["text"]
    assert "Ana" not in json.dumps(await store.personal_data.of(sam.id))
    await store.personal_data.erase(ana.id, talk.core.clock.now())
    assert "You are not matched with anybody" in (await talk.say(sam, "book"))["text"]


async def test_the_only_admin_of_a_programme_stays_until_there_is_another(talk: Talking) -> None:
    await talk.make_admin("priya")
    priya = (await talk.stage.store.people.at_address("priya@example.com"))[0]
    await talk.stage.store.people.link(who(priya), priya.id)
    refused = await talk.say(priya, "delete my data")
    assert refused["text"].startswith("You are the only administrator of Leaders 2026")
