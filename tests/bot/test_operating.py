"""Whom one can ask, and what admins ask of the operator."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.people import Role, User
from calendar_core.programme import Programme

from .talking import Talking, who


async def admin(talk: Talking, name: str) -> User:
    """Another admin of the programme, at the console."""
    line = PersonEnrolled(
        organisation="example.com",
        programme="Leaders 2026",
        role=Role.ADMIN,
        email=f"{name.lower()}@example.com",
        name=f"{name} Nair",
        time_zone="America/Toronto",
    )
    await talk.stage.store.enrolments.apply(Batch((line,)), talk.stage.sandbox.clock.now())
    (user,) = await talk.stage.store.people.at_address(line.email)
    await talk.stage.store.people.link(who(user), user.id)
    return user


async def programme(talk: Talking) -> Programme:
    return await talk.stage.store.programmes.programme(talk.stage.match.programme)


async def test_contacts_are_named_from_the_nearest_to_the_furthest(talk: Talking) -> None:
    store, ana = talk.stage.store, talk.stage.ana
    assert (await talk.say(ana, "help contact"))["text"].startswith("For questions, ask help@example.com.")
    organisation = await store.people.organisation(ana.organisation)
    await store.people.update_organisation(replace(organisation, contact="Olu (olu@example.com)"))
    assert (await talk.say(ana, "help contact"))["text"].startswith("For questions, ask Olu (olu@example.com).")
    await store.programmes.update(replace(await programme(talk), contact="Priya Nair"))
    named = await talk.say(ana, "help contact")
    assert named["text"].startswith("For questions about Leaders 2026, ask Priya Nair.")


@pytest.mark.parametrize("text", ["admin who hasn't integrated", "admin free/busy only"])
async def test_a_refusal_that_needs_somebody_names_whom(talk: Talking, text: str) -> None:
    refused = await talk.say(talk.stage.ana, text)
    assert refused["text"].startswith("That needs the programme-admin role. Your contact: help@example.com.")
    await talk.stage.store.programmes.update(replace(await programme(talk), contact="Priya Nair"))
    assert "Your contact: Priya Nair." in (await talk.say(talk.stage.ana, text))["text"]
    unmatched = await talk.say(talk.stage.people["uma"], "book")
    assert "Your contact: Priya Nair." in unmatched["text"]


async def test_a_chat_account_that_nobody_knows_is_told_whom_to_ask(talk: Talking) -> None:
    stranger = replace(talk.stage.ana, email="nobody@example.com")
    refused = await talk.say(stranger, "book")
    assert "Your contact: help@example.com." in refused["text"]


async def test_an_admin_asks_the_operator_once_for_free_busy_only(talk: Talking) -> None:
    store = talk.stage.store
    priya, olu = await admin(talk, "Priya"), await admin(talk, "Olu")
    asked = await talk.say(priya, "/pairtime admin free/busy only")
    assert asked["text"].startswith("Only the operator can switch this on. It removes links and moving from Outlook.")
    assert await store.operator_wishes.all() == ()
    sent = await talk.press(priya, asked, "Send the request")
    assert sent["text"].startswith("Sent. The operator finds your request for Free/Busy Only of example.com")
    (wish,) = await store.operator_wishes.all()
    assert (wish.organisation, wish.asked_by) == (priya.organisation, priya.id)
    again = await talk.press(priya, asked, "Send the request")
    assert again["text"].startswith("You asked for that already on Sun 22 Nov.")
    other = await talk.say(olu, "free/busy only")
    assert other["text"].startswith("Priya Nair asked for that already on Sun 22 Nov.")
    assert await store.operator_wishes.all() == (wish,)
    assert await store.operator_wishes.answered(priya.organisation)
    assert not await store.operator_wishes.answered(priya.organisation)
    assert (await talk.say(olu, "free/busy only"))["text"].startswith("Only the operator")


async def test_both_calendars_are_still_shown_as_free_busy(talk: Talking) -> None:
    shown = await talk.say(talk.stage.ana, "free/busy tuesday")
    assert "Both free" in shown["text"]
