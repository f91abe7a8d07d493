"""An admin asks who hasn't integrated (dialogue 4.6); nobody else learns even a number."""

from __future__ import annotations

from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.people import Role
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
    ]


async def test_somebody_else_learns_nothing(talk: Talking) -> None:
    answer = await talk.say(talk.stage.ana, "admin who hasn't integrated")
    assert answer["text"].splitlines() == [
        "That needs the programme-admin role. Your contact: help@example.com.",
        "[Contact]",
    ]
