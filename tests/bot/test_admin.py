"""An admin asks who hasn't integrated (dialogue 4.6); nobody else learns even a number."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from bot.buttons import token_of
from bot.commands import MoreOfStatuses, TakeStatuses
from bot.statuses_file import IN_PROGRAMME
from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.people import Role, User
from tests.calendar_core.scheduling.stage import NOW

from .talking import Talking, who


async def test_an_admin_is_told_who_hasnt_integrated_and_why(talk: Talking) -> None:
    store = talk.stage.store
    priya = PersonEnrolled(
        organisation="example.com",
        programme="Leaders 2026",
        role=Role.ADMIN,
        email="priya@example.com",
        name="Priya Nair",
        time_zone="America/Toronto",
        region="CA",
    )
    await store.enrolments.apply(Batch(people=(priya,), matches=()), NOW)
    admin = (await store.people.at_address(priya.email))[0]
    await store.people.link(who(admin), admin.id)
    await talk.stage.disconnect(talk.stage.sam)
    answer = await talk.say(admin, "/pairtime admin who hasn't integrated their calendar?")
    assert answer["kind"] == "PeopleListed"
    assert answer["text"].splitlines() == [
        "Leaders 2026: 4 people, 2 working (Google - Domain 2). Not working: 2.",
        "1. Priya Nair, admin: not connected, never connected; reachable in Slack",
        "2. Sam Okoye, mentor: not connected, never connected; reachable in Slack",
        "Showing 2 of 2; 1 match has one side missing; a domain-wide Google connection would complete 1 of them.",
        "[CSV] [More]",
    ]


async def test_somebody_else_learns_nothing(talk: Talking) -> None:
    answer = await talk.say(talk.stage.ana, "admin who hasn't integrated")
    assert answer["text"].splitlines() == [
        "That needs the programme-admin role. Your contact: help@example.com.",
        "[Contact]",
    ]


async def test_an_admin_reads_everybodys_status_by_name_and_by_label(talk: Talking) -> None:
    admin = await an_admin(talk)
    everybody = await talk.say(admin, "/pairtime admin integrations")
    assert everybody["text"].splitlines() == [
        "Leaders 2026, everybody: 1 - 4 of 4.",
        "- Ana Ruiz, mentee: Google - Domain, working",
        "- Priya, admin: not connected, never connected",
        "- Sam Okoye, mentor: Google - Domain, working",
        "- Uma Vale, mentee: Google - Domain, working",
    ]
    google = await talk.say(admin, "admin integrations Google - Domain")
    assert google["text"].splitlines()[0] == "Leaders 2026, Google - Domain: 1 - 3 of 3."
    assert "Priya" not in google["text"]
    none = await talk.say(admin, "admin integrations not connected")
    assert none["text"].splitlines()[0] == "Leaders 2026, not connected: 1 - 1 of 1."
    nobody = await talk.say(admin, "admin integrations outlook - individual")
    assert nobody["text"] == "Nobody in Leaders 2026 has that status."


async def test_everybodys_status_is_for_admins_and_where_groups_are_told_of_it_names_nobody(talk: Talking) -> None:
    refused = await talk.say(talk.stage.ana, "admin integrations")
    assert refused["kind"] == "Refused"
    assert "Sam" not in refused["text"]
    admin = await an_admin(talk)
    store = talk.stage.store
    organisation = await store.people.organisation(admin.organisation)
    await store.people.update_organisation(replace(organisation, groups_only=True))
    told = await talk.say(admin, "admin integrations")
    assert told["kind"] == "PeopleListed"
    assert not any(name in told["text"] for name in ("Ana", "Sam", "Priya"))


async def test_an_admin_takes_everybodys_status_as_a_file(talk: Talking) -> None:
    admin = await an_admin(talk)
    answer = await talk.conversation.say(who(admin), "/pairtime admin integrations csv")
    assert answer.reply.names_people
    file = answer.reply.file
    assert file is not None
    assert (file.name, file.media_type) == ("pairtime-statuses-2026-11-22.csv", "text/csv")
    assert file.content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))
    assert heading == list(IN_PROGRAMME)
    assert [row[:5] for row in rows] == [
        ["mentee", "ana@example.com", "Ana Ruiz", "Google - Domain", "ok"],
        ["admin", "priya@example.com", "Priya", "", ""],
        ["mentor", "sam@example.com", "Sam Okoye", "Google - Domain", "ok"],
        ["mentee", "uma@example.com", "Uma Vale", "Google - Domain", "ok"],
    ]
    spoken = await talk.conversation.say(who(talk.stage.ana), "admin integrations csv")
    assert (type(spoken.reply).__name__, spoken.reply.file) == ("Refused", None)


async def test_more_leads_to_everybody_and_is_an_admins(talk: Talking) -> None:
    admin = await an_admin(talk)
    more = await talk.press(admin, await talk.say(admin, "admin who hasn't integrated"), "More")
    assert more["text"].startswith("There is more to see of Leaders 2026, 4 people.")
    assert [each["label"] for each in more["choices"]] == ["Everybody", "Not connected", "Health"]
    none = await talk.press(admin, more, "Not connected")
    assert none["text"].startswith("Leaders 2026, not connected: 1 - 1 of 1")
    refused = await talk.token(talk.stage.ana, token_of(MoreOfStatuses()))
    assert refused["kind"] == "Refused"


async def test_where_admins_hear_of_groups_there_is_no_file(talk: Talking) -> None:
    admin = await an_admin(talk)
    store = talk.stage.store
    organisation = await store.people.organisation(admin.organisation)
    await store.people.update_organisation(replace(organisation, groups_only=True))
    for command in (TakeStatuses(), MoreOfStatuses()):
        answer = await talk.conversation.submit(who(admin), command)
        assert (type(answer.reply).__name__, answer.reply.file, answer.reply.choices) == ("PeopleListed", None, ())


async def an_admin(talk: Talking) -> User:
    await talk.make_admin("priya")
    (admin,) = await talk.stage.store.people.at_address("priya@example.com")
    await talk.stage.store.people.link(who(admin), admin.id)
    return admin
