"""Who somebody at Slack is: members are people here, others are told nothing of anybody."""

from __future__ import annotations

import pytest

from calendar_core.people import Identity

from .conftest import Town
from .little_slack import profile
from .signed import TEAM


async def test_slack_is_asked_once_an_hour(town: Town) -> None:
    for text in ("help", "status", "sessions"):
        await town.command(text)
    assert town.there.calls.count("users.info") == 1
    assert town.there.calls.count("auth.test") == 1


async def test_whoever_is_new_is_offered_a_code_in_their_language(town: Town) -> None:
    town.there.users["U0NEW"] = profile("U0NEW", "lea@example.com", "Europe/Berlin", locale="de-DE")
    answer = await town.command("book", user="U0NEW")
    assert "sechsstelligen Code" in answer.text


@pytest.mark.parametrize(
    "others",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0FOREIGN"},
        {"is_bot": True},
        {"deleted": True},
    ],
    ids=lambda others: next(iter(others)),
)
async def test_guests_strangers_and_bots_are_nobody(town: Town, others: dict[str, object]) -> None:
    town.there.users["U0ANA"] |= others
    answer = await town.command("with my mentor", name="/book")
    assert "Sam" not in answer.text
    assert "Times for you" not in answer.text


async def test_somebody_slack_does_not_know_any_more_is_nobody(town: Town) -> None:
    del town.there.users["U0ANA"]
    assert "Times for you" not in (await town.command("with my mentor", name="/book")).text


async def test_a_directory_that_does_not_answer_is_said_and_suspends_nobody(town: Town) -> None:
    for error in ("ratelimited", "internal_error", "missing_scope", "invalid_auth"):
        town.there.refusing["users.info"] = error
        assert (await town.command("status")).text.startswith("I cannot reach your chat's directory right now")
    del town.there.refusing["users.info"]
    assert (await town.command("status")).text.startswith("Calendar:")


async def test_whoever_is_known_is_answered_while_the_directory_is_silent(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.who.KNOWN_FOR", 0.0)
    assert (await town.command("status")).text.startswith("Calendar:")
    before = town.there.calls.count("users.info")
    town.there.refusing["users.info"] = "internal_error"
    for _ in range(2):
        assert (await town.command("status")).text.startswith("Calendar:")
    assert town.there.calls.count("users.info") > before
    del town.there.refusing["users.info"]
    town.there.users["U0ANA"]["deleted"] = True
    assert not (await town.command("status")).text.startswith("Calendar:")


async def test_an_address_that_changes_suspends_the_link_at_once(town: Town) -> None:
    assert (await town.command("status")).text.startswith("Calendar:")
    changed = profile("U0ANA", "ana.ruiz@elsewhere.example")
    town.there.users["U0ANA"] = changed
    assert await town.slack.event({"type": "user_change", "user": changed}) == (200, "")
    await town.here.tasks.idle()
    assert "The address in your profile here has changed" in (await town.command("status")).text


async def test_profiles_of_people_who_never_talked_to_us_are_not_kept(town: Town) -> None:
    unknown = profile("U0UNKNOWN", "unknown@example.com")
    assert await town.slack.event({"type": "user_change", "user": unknown}) == (200, "")
    await town.here.tasks.idle()
    who = Identity(f"slack:{TEAM}", "U0UNKNOWN")
    assert await town.stage.application.store.accounts.account(who) is None


async def test_an_uninstalled_app_says_so_and_a_persons_own_token_is_not_ours(town: Town) -> None:
    await town.command("status")
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U0ANA"]}}
    assert await town.slack.event(revoked) == (200, "")
    await town.here.tasks.idle()
    assert (await town.command("status")).text.startswith("Calendar:")
    town.there.refusing["auth.test"] = "account_inactive"
    assert await town.slack.event({"type": "app_uninstalled"}) == (200, "")
    await town.here.tasks.idle()
    assert (await town.command("status")).text.startswith("Pairtime is not installed here any more")


async def test_a_mention_is_the_name_that_slack_shows(town: Town) -> None:
    town.there.users["U0SAM"]["profile"]["real_name"] = "Sam Okoye"
    assert (await town.command("with <@U0SAM|sam>", name="/book")).text.startswith("Times for you and Sam Okoye")
    [unmatched] = await town.word("book with <@U0PRIYA>")
    assert "Priya" in unmatched.text
