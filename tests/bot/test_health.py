"""What admins are told of connections (dialogues 4.6 and 4.7), and people whose own connection broke (4.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.wording import as_data, plain
from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.errors import NotAllowed
from calendar_core.happening import CalendarBroke, CalendarsNeedIt, CalendarWorks, DomainBroke, DomainWorks, SecretEnds
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.people import Role, User
from sandbox.faults import Fault
from tests.calendar_core.scheduling.stage import NOW

from .talking import Talking, who

TWO_DAYS_AGO = NOW - timedelta(days=2)


@pytest.fixture
async def priya(talk: Talking) -> User:
    """An admin of the programme, in Toronto."""
    store = talk.stage.store
    enrolled = PersonEnrolled(
        organisation="example.com",
        programme="Leaders 2026",
        role=Role.ADMIN,
        email="priya@example.com",
        name="Priya Nair",
        time_zone="America/Toronto",
    )
    await store.enrolments.apply(Batch(people=(enrolled,), matches=()), NOW)
    (admin,) = await store.people.at_address(enrolled.email)
    await store.people.link(who(admin), admin.id)
    return admin


async def connected(talk: Talking, user: User, kind: IntegrationKind = IntegrationKind.GOOGLE_DOMAIN) -> Integration:
    integration = Integration(user.id, kind, Health.OK, user.email, since=TWO_DAYS_AGO, checked_at=NOW)
    await talk.stage.store.integrations.connected(integration)
    return integration


async def notice(talk: Talking, user: User, happening: CalendarBroke | CalendarWorks | DomainBroke) -> str | None:
    answer = await talk.notices.of(happening, user)
    if answer is None:
        return None
    return plain(answer.reply, answer.reader)


async def test_health_says_of_each_domain_whether_it_works_and_what_waits(talk: Talking, priya: User) -> None:
    store, ana = talk.stage.store, await connected(talk, talk.stage.ana)
    await store.integrations.domain_worked(ana, NOW - timedelta(minutes=7))
    ends_at = talk.stage.sandbox.clock.now() + timedelta(days=12, hours=1)
    organisation = talk.stage.ana.organisation
    sam = await connected(talk, talk.stage.sam, IntegrationKind.OUTLOOK_DOMAIN)
    await store.integrations.domain_worked(sam, NOW)
    await store.domains.ends(organisation, IntegrationKind.OUTLOOK_DOMAIN, ends_at, NOW)
    answer = await talk.say(priya, "/pairtime admin health")
    assert answer["text"].splitlines() == [
        (
            "Google domain: working, checked 10:55. Microsoft domain: working; secret ends in 12 days. "
            "Waiting to be sent: 0."
        ),
        "[How to renew]",
    ]
    renew = await talk.press(priya, answer, "How to renew")
    assert "PAIRTIME_MICROSOFT_CLIENT_SECRET_ENDS" in renew["text"]


async def test_a_refused_domain_says_since_when_why_and_who_must_repair_it(talk: Talking, priya: User) -> None:
    ana = await connected(talk, talk.stage.ana)
    await talk.stage.store.integrations.domain_refused(ana, Trouble.ADMIN_CONSENT_MISSING, TWO_DAYS_AGO)
    answer = await talk.say(priya, "health")
    assert answer["text"].startswith(
        "Google domain: not working since Fri 20 Nov: an administrator must approve first. IT must repair it."
    )


async def test_help_shows_an_admin_the_words_of_admins_and_no_booking(talk: Talking, priya: User) -> None:
    told = (await talk.say(priya, "help"))["text"]
    assert "- admin who hasn't integrated:" in told
    assert "- admin health:" in told
    assert "- book:" not in told


async def test_where_the_domain_is_to_be_repaired_status_offers_nothing_to_connect(talk: Talking) -> None:
    ana = await connected(talk, talk.stage.ana)
    await talk.stage.store.integrations.domain_refused(ana, Trouble.ADMIN_CONSENT_MISSING, TWO_DAYS_AGO)
    told = (await talk.say(talk.stage.ana, "status"))["text"]
    assert "an administrator must approve first" in told
    assert "onnect" not in told.splitlines()[-1]


async def test_nobody_but_an_admin_learns_how_anything_stands(talk: Talking, priya: User) -> None:
    refused = ["That needs the programme-admin role. Your contact: help@example.com.", "[Contact]"]
    for asked in ("admin health", "status of Sam", "status of priya@example.com", "status of Nobody"):
        assert (await talk.say(talk.stage.ana, asked))["text"].splitlines() == refused
    shown = await talk.say(priya, "status of Sam")
    pressed = await talk.press(talk.stage.ana, shown, "Check now")
    assert pressed["text"].splitlines() == refused


async def test_status_of_one_person_is_word_reason_and_since_when(talk: Talking, priya: User) -> None:
    sam = talk.stage.sam
    await connected(talk, sam, IntegrationKind.GOOGLE_INDIVIDUAL)
    shown = await talk.say(priya, "status of sám")
    assert (
        shown["text"]
        .splitlines()[0]
        .startswith("Sam Okoye, mentor: Google - Individual, working since Fri 20 Nov. Checked")
    )
    await talk.stage.store.integrations.broke(sam.id, Trouble.ACCESS_WITHDRAWN, NOW)
    shown = await talk.say(priya, "/pairtime admin status of Sam Okoye?")
    assert (
        shown["text"]
        .splitlines()[0]
        .startswith(
            "Sam Okoye, mentor: Google - Individual, not working since Sun 22 Nov: access withdrawn. "
            "They can repair it themselves (reachable in Slack)."
        )
    )


async def test_check_now_asks_and_says_that_it_answered_and_nothing_of_what(talk: Talking, priya: User) -> None:
    await connected(talk, talk.stage.sam)
    shown = await talk.say(priya, "status of sam@example.com")
    checked = await talk.press(priya, shown, "Check now")
    assert checked["text"].startswith("Asked Google at 11:02: answered.")
    calls = talk.stage.sandbox.log.of(vendor="google", operation="freebusy.query", mailbox="sam@example.com")
    assert len(calls) == 1


async def test_check_now_says_refused_or_silent(talk: Talking, priya: User) -> None:
    sandbox = talk.stage.sandbox
    await connected(talk, talk.stage.sam)
    shown = await talk.say(priya, "status of sam")
    sandbox.faults.add(Fault("status", status=403, reason="notACalendarUser", operation="freebusy.query"))
    refused = await talk.press(priya, shown, "Check now")
    assert refused["text"].startswith("Asked Google at 11:02: refused, the calendar is switched off for this account.")
    sandbox.faults.add(Fault("status", status=503, times=None))
    silent = await talk.press(priya, shown, "Check now")
    assert silent["text"].startswith("Asked Google at 11:02: no answer. It is tried again by itself.")


async def test_where_admins_are_told_of_groups_only_nobody_is_named(talk: Talking, priya: User) -> None:
    store = talk.stage.store
    shown = await talk.say(priya, "status of Sam")
    organisation = await store.people.organisation(priya.organisation)
    await store.people.update_organisation(replace(organisation, groups_only=True))
    refused = "Your organisation has admins told of groups only, so I say nothing about one person."
    for asked in ("status of Sam", "status of nobody", "status of priya@example.com"):
        assert (await talk.say(priya, asked))["text"].splitlines()[0] == refused
    assert (await talk.press(priya, shown, "Check now"))["text"].splitlines()[0] == refused
    told = await talk.notices.of(CalendarsNeedIt(organisation.id, 4), priya)
    assert told is not None
    assert "4" not in plain(told.reply, told.reader)


async def test_a_guest_whose_own_organisation_tells_of_groups_only_is_not_found(talk: Talking, priya: User) -> None:
    store = talk.stage.store
    gus = PersonEnrolled(
        organisation="elsewhere.example",
        programme="Leaders 2026",
        role=Role.MENTOR,
        email="gus@elsewhere.example",
        name="Gus Ek",
        programme_organisation="example.com",
    )
    await store.enrolments.apply(Batch((gus,)), NOW)
    shown, unknown = await talk.say(priya, "status of Gus"), await talk.say(priya, "status of Nobody")
    assert shown["text"].startswith("Gus Ek, mentor: not connected")
    (user,) = await store.people.at_address(gus.email)
    organisation = await store.people.organisation(user.organisation)
    await store.people.update_organisation(replace(organisation, groups_only=True))
    hidden = await talk.say(priya, "status of Gus")
    assert hidden["text"].replace("Gus", "Nobody") == unknown["text"]
    assert "Gus Ek" not in (await talk.press(priya, shown, "Check now"))["text"]


async def test_whoever_opted_out_is_not_asked(talk: Talking, priya: User) -> None:
    sam = talk.stage.sam
    await talk.stage.store.integrations.connected(Integration(sam.id, None, Health.REVOKED, "", Trouble.OPTED_OUT))
    shown = await talk.say(priya, "status of Sam")
    assert shown["text"].splitlines()[0].startswith("Sam Okoye, mentor: not connected: opted out.")
    assert shown["choices"] == []


async def test_several_of_one_name_are_asked_about_and_nobody_s_is_said(talk: Talking, priya: User) -> None:
    other = PersonEnrolled(
        organisation="example.com",
        programme="Leaders 2026",
        role=Role.MENTOR,
        email="sam.smith@example.com",
        name="Sam Smith",
    )
    await talk.stage.store.enrolments.apply(Batch(people=(other,), matches=()), NOW)
    asked = await talk.say(priya, "status of Sam")
    assert asked["text"].splitlines() == [
        "2 people are called so. Which one?",
        "1. Sam Okoye (sam@example.com)",
        "2. Sam Smith (sam.smith@example.com)",
        "[1] [2]",
    ]
    assert (await talk.say(priya, "2"))["text"].startswith("Sam Smith, mentor: not connected")
    assert (await talk.say(priya, "status of Zoe"))["text"].startswith("Nobody in your programmes is called Zoe.")


async def test_a_person_whose_connection_broke_is_told_and_may_stop_that(talk: Talking) -> None:
    ana, store = talk.stage.ana, talk.stage.store
    await connected(talk, ana, IntegrationKind.GOOGLE_INDIVIDUAL)
    await store.integrations.broke(ana.id, Trouble.ACCESS_WITHDRAWN, TWO_DAYS_AGO)
    told = await talk.notices.of(CalendarBroke(ana.id, 1), ana)
    assert told is not None
    data = as_data(told.reply, told.reader)
    assert data["before"] == [
        (
            "Your Google connection stopped working on 20 Nov (access was withdrawn). Until you reconnect I cannot "
            "see when you are free, so others are asked to confirm with you."
        )
    ]
    assert [each["label"] for each in data["choices"]] == ["Reconnect", "Tomorrow", "Stop asking"]
    assert (await talk.press(ana, data, "Tomorrow"))["text"] == "All right, I ask again tomorrow."
    repair = await store.repairs.of(ana.id)
    assert repair is not None
    assert repair.due_at is not None
    assert (await talk.press(ana, data, "Stop asking"))["text"].startswith("All right, I do not ask again.")
    repair = await store.repairs.of(ana.id)
    assert repair is not None
    assert repair.due_at is None
    await store.integrations.worked(ana.id, NOW)
    assert (await talk.press(ana, data, "Stop asking"))["text"].startswith("Nothing of yours is broken")
    assert await notice(talk, ana, CalendarBroke(ana.id, 2)) is None
    assert await notice(talk, ana, CalendarWorks(ana.id)) == (
        "Your Google connection works again: I can see when you are free."
    )


async def test_admins_are_told_of_the_domain_and_of_secrets_in_their_own_words(talk: Talking, priya: User) -> None:
    store, organisation = talk.stage.store, talk.stage.ana.organisation
    ana = await connected(talk, talk.stage.ana)
    await store.integrations.domain_worked(ana, TWO_DAYS_AGO)
    await store.integrations.domain_refused(ana, Trouble.API_NOT_ENABLED, NOW)
    kind = IntegrationKind.GOOGLE_DOMAIN.value
    broke = await talk.notices.of(DomainBroke(organisation, kind, "example.com"), priya)
    assert broke is not None
    assert plain(broke.reply, broke.reader).splitlines() == [
        (
            "Google domain example.com of example.com stopped working on Sun 22 Nov: the calendar API is not enabled. "
            "Nobody there can be looked up. Whoever runs this installation must repair it."
        ),
        "[Health]",
    ]
    assert await talk.notices.of(DomainWorks(organisation, kind, "example.com"), priya) is None
    need = await talk.notices.of(CalendarsNeedIt(organisation, 3), priya)
    assert need is not None
    assert plain(need.reply, need.reader).splitlines() == [
        (
            "3 calendars of example.com stopped working, and only IT can repair that: a message to their owners would "
            "not help."
        ),
        "[Who hasn't integrated]",
    ]
    outlook = IntegrationKind.OUTLOOK_DOMAIN
    clock = talk.stage.sandbox.clock
    await store.domains.ends(organisation, outlook, clock.now() + timedelta(days=7, hours=1), clock.now())
    ends = await talk.notices.of(SecretEnds(organisation, outlook.value), priya)
    assert ends is not None
    assert plain(ends.reply, ends.reader).startswith("Microsoft domain of example.com: its secret ends in 7 days.")


async def test_names_are_offered_by_their_beginning_to_admins_and_so_many_at_most(talk: Talking, priya: User) -> None:
    store, monitoring = talk.stage.store, talk.conversation.core.monitoring
    people = tuple(
        PersonEnrolled(
            organisation="example.com",
            programme="Leaders 2026",
            role=Role.MENTEE,
            email=f"zoe{at}@example.com",
            name=f"Zoë van Dam {at}",
            time_zone="Europe/Berlin",
        )
        for at in range(9)
    )
    await store.enrolments.apply(Batch(people=people, matches=()), NOW)
    for typed, count in (("zo", 9), ("VAN  d", 9), ("dam 3", 1), ("zoe3@", 1), ("oë", 0), ("", 0), (" ", 0)):
        assert len(await monitoring.beginning(priya, typed, 15)) == count, typed
    assert [each.name[-1] for each in await monitoring.beginning(priya, "zoë", 3)] == ["0", "1", "2"]
    for nobody in (talk.stage.ana, talk.stage.sam):
        with pytest.raises(NotAllowed):
            await monitoring.beginning(nobody, "zo", 15)
