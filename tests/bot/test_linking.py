"""Whose a chat account is (decision 7), told through the conversation, for both kinds of chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.wording import as_data
from calendar_core.chat_account import ChatAccount, Standing
from calendar_core.happening import ZoneDiffers
from calendar_core.linking import Unlinked
from calendar_core.people import Identity, Source, User
from calendar_core.store.schema import link_code
from tests.calendar_core.scheduling.stage import NOW

from .talking import Talking

SLACK, TEAMS = "slack:T0123", "teams:11111111-2222-3333-4444-555555555555"
HERS = Identity(SLACK, "U0ANA")
PROFILE = ChatAccount(account=HERS, address="Ana@Example.com", language="de")
OFFER = "This chat account is not linked to anybody yet."


async def said(talk: Talking, who: Identity, text: str) -> str:
    answer = await talk.conversation.say(who, text)
    return as_data(answer.reply, answer.reader)["text"]


async def bound(talk: Talking, profile: ChatAccount = PROFILE) -> None:
    await talk.linking.bind(profile.account.issuer, "example.com")
    await talk.linking.seen(profile)


async def mailed(talk: Talking, user: User, number: int = 1) -> str:
    """The person's newest code, once so many were mailed."""
    return (await talk.codes.nth(user, number))[-1]


async def test_in_slack_a_code_mailed_to_the_profile_s_address_links(talk: Talking) -> None:
    ana = talk.stage.ana
    await bound(talk)
    offered = await talk.conversation.say(HERS, "book with my mentor")
    assert offered.reader.language == "de"
    assert as_data(offered.reply, replace(offered.reader, language="en"))["text"].startswith(OFFER)
    pressed = await talk.conversation.press(HERS, as_data(offered.reply, offered.reader)["choices"][0]["token"])
    assert "10 Minuten" in as_data(pressed.reply, pressed.reader)["text"]
    linked = await talk.conversation.say(HERS, f" {await mailed(talk, ana)} ")
    assert as_data(linked.reply, linked.reader)["text"].startswith(
        "Linked. This chat account is Ana Ruiz (ana@example.com) from now on."
    )
    assert (await said(talk, HERS, "sessions")).startswith("You have no sessions planned.")


async def test_the_same_reply_and_the_same_rows_whether_or_not_the_address_is_known(talk: Talking) -> None:
    known, unknown = HERS, Identity(SLACK, "U0NOBODY")
    await bound(talk, ChatAccount(account=known, address="ana@example.com"))
    await talk.linking.seen(ChatAccount(account=unknown, address="nobody@example.com"))
    for line in ("hello", "link", "000000", "link", "link", "link", "help contact"):
        assert await said(talk, known, line) == await said(talk, unknown, line), line
    await mailed(talk, talk.stage.ana)
    assert {address for address, _ in talk.codes.sent} == {"ana@example.com"}


async def test_a_code_is_for_the_account_that_asked_and_for_once(talk: Talking) -> None:
    ana, other = talk.stage.ana, Identity(SLACK, "U0OTHER")
    await bound(talk)
    await talk.linking.seen(ChatAccount(account=other, address="somebody@example.com"))
    await said(talk, HERS, "link")
    await said(talk, other, "link")
    code = await mailed(talk, ana)
    assert (await said(talk, other, code)).startswith("That code is not right")
    assert (await said(talk, HERS, code)).startswith("Linked.")
    await talk.linking.unlink(HERS)
    assert (await said(talk, HERS, code)).startswith("Der Code ist nicht richtig")


async def test_a_code_ends_after_ten_minutes(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    code = await mailed(talk, talk.stage.ana)
    await talk.stage.drive("clock", now=(NOW + timedelta(minutes=11)).isoformat())
    assert await talk.linking.try_code(HERS, code) is None


async def test_five_tries_a_code(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    code = await mailed(talk, talk.stage.ana)
    for _ in range(5):
        assert await talk.linking.try_code(HERS, "999999") is None
    assert await talk.linking.try_code(HERS, code) is None


async def test_three_mails_a_day_for_an_account_and_to_an_address(talk: Talking) -> None:
    ana = talk.stage.ana
    await bound(talk)
    replies = [await said(talk, HERS, "link") for _ in range(4)]
    assert replies[0] == replies[2] != replies[3]
    second = Identity(SLACK, "U0SECOND")
    await talk.linking.seen(ChatAccount(account=second, address="ana@example.com"))
    assert "3 codes a day is the limit" in await said(talk, second, "link")
    assert 1 <= len(await talk.codes.nth(ana, 1)) <= 3  # one that is older than the next is not mailed any more
    await talk.stage.drive("clock", now=(NOW + timedelta(days=1, minutes=1)).isoformat())
    assert "on its way" in await said(talk, second, "link")


async def test_only_the_newest_code_of_an_account_counts(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    first = await mailed(talk, talk.stage.ana)
    await said(talk, HERS, "link")
    newest = await mailed(talk, talk.stage.ana, 2)
    assert await talk.linking.try_code(HERS, first) is None
    assert await talk.linking.try_code(HERS, newest) == talk.stage.ana


async def test_a_chat_in_another_zone_is_asked_about_once(talk: Talking) -> None:
    ana, account = talk.stage.ana, Identity(TEAMS, "aad-object-1")
    roster = ChatAccount(account=account, address="ana@example.com", time_zone="America/Toronto")
    await bound(talk, roster)
    await talk.linking.seen(roster)  # the same clock as New York's
    await talk.linking.seen(replace(roster, time_zone="Mars/Olympus"))
    for _ in range(2):
        await talk.linking.seen(replace(roster, time_zone="Asia/Tokyo"))
    await talk.stage.drive("clock", now="2026-11-23T15:00:00+00:00")
    asked = await talk.told(ana, ZoneDiffers)
    assert asked["text"].startswith("Your chat says Tokyo, and here your zone is New York. Which one is right?")
    assert [each for each in talk.stage.told.to(ana) if isinstance(each, ZoneDiffers)] == [
        ZoneDiffers(ana.id, "Asia/Tokyo")
    ]
    await talk.press(ana, asked, "Stay with New York")
    now = await talk.stage.store.people.user(ana.id)
    assert (now.time_zone, now.own.zone_from) == ("America/New_York", Source.PERSON)


async def test_only_hashes_are_stored(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    code = await mailed(talk, talk.stage.ana)
    stored = await talk.stage.store.database.read(lambda connection: connection.execute(select(link_code)).all())
    assert stored
    assert code not in str(stored)


async def test_an_address_that_is_typed_is_nobody_s(talk: Talking) -> None:
    """Invariant 16: whoever could type an address could reach a colleague's calendar."""
    await bound(talk, ChatAccount(account=HERS, address="stranger@example.net"))
    for line in ("ana@example.com", "link ana@example.com", "I am ana@example.com", "link"):
        await said(talk, HERS, line)
    assert talk.codes.sent == []
    assert await talk.linking.why_unlinked(HERS) is Unlinked.NEW


async def test_in_teams_the_roster_s_address_links_once_and_the_id_after(talk: Talking) -> None:
    ana, account = talk.stage.ana, Identity(TEAMS, "aad-object-1")
    roster = ChatAccount(account=account, address="ana@example.com")
    await talk.linking.seen(roster)
    assert await talk.stage.store.people.known_as(account) is None  # nobody bound that tenant
    await bound(talk, roster)
    assert await talk.stage.store.people.known_as(account) == ana
    await talk.linking.seen(replace(roster, address="sam@example.com"))
    assert await talk.stage.store.people.known_as(account) == ana


async def test_in_teams_unlinking_lasts_until_a_code_confirms_it(talk: Talking) -> None:
    ana, account = talk.stage.ana, Identity(TEAMS, "aad-object-1")
    roster = ChatAccount(account=account, address="ana@example.com")
    await bound(talk, roster)
    asked = await talk.conversation.say(account, "unlink")
    sure = await talk.conversation.press(account, as_data(asked.reply, asked.reader)["choices"][0]["token"])
    assert as_data(sure.reply, sure.reader)["text"].startswith("Unlinked.")
    await talk.linking.seen(roster)
    assert (await said(talk, account, "sessions")).startswith(OFFER)
    await said(talk, account, "link")
    assert (await said(talk, account, await mailed(talk, ana))).startswith("Linked.")


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.BOT, Standing.DEACTIVATED])
@pytest.mark.parametrize("issuer", [SLACK, TEAMS])
async def test_only_members_are_linked(talk: Talking, issuer: str, standing: Standing) -> None:
    account = ChatAccount(account=Identity(issuer, "X1"), address="ana@example.com", standing=standing)
    await bound(talk, account)
    assert "belongs to another organisation" in await said(talk, account.account, "link")
    assert talk.codes.sent == []


async def test_a_changed_profile_address_suspends_the_link_and_says_what_to_do(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    await said(talk, HERS, await mailed(talk, talk.stage.ana))
    await talk.linking.seen(replace(PROFILE, address="sam@example.com", language="en"))
    assert "address in your profile here has changed" in await said(talk, HERS, "sessions")
    await said(talk, HERS, "link")
    assert (await said(talk, HERS, await mailed(talk, talk.stage.sam))).startswith(
        "Linked. This chat account is Sam Okoye"
    )


async def test_a_deactivated_account_has_to_be_confirmed_anew(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    await said(talk, HERS, await mailed(talk, talk.stage.ana))
    await talk.linking.seen(replace(PROFILE, standing=Standing.DEACTIVATED))
    assert await talk.stage.store.people.known_as(HERS) is None
    await talk.linking.seen(replace(PROFILE, language="en"))
    assert "switched off for a while" in await said(talk, HERS, "sessions")


async def test_a_profile_changed_after_the_code_was_mailed_spoils_it(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    code = await mailed(talk, talk.stage.ana)
    await talk.linking.seen(replace(PROFILE, address="sam@example.com"))
    assert await talk.linking.try_code(HERS, code) is None


async def test_a_workspace_is_one_organisation_s_and_unbinding_ends_its_links(talk: Talking) -> None:
    await bound(talk)
    await said(talk, HERS, "link")
    await said(talk, HERS, await mailed(talk, talk.stage.ana))
    assert await talk.linking.unbind(SLACK) == 1
    assert await talk.stage.store.people.known_as(HERS) is None
    assert "not linked to anybody in a programme" in await said(talk, HERS, "link")
    with pytest.raises(ValueError, match="is not bound"):
        await talk.linking.unbind(SLACK)
    with pytest.raises(ValueError, match="No organisation is called"):
        await talk.linking.bind(SLACK, "Nowhere")


async def test_a_mail_that_could_not_be_sent_is_tried_again_with_another_code(talk: Talking) -> None:
    await bound(talk)
    talk.codes.fail_once = True
    await said(talk, HERS, "link")
    code = await mailed(talk, talk.stage.ana)
    assert await talk.linking.try_code(HERS, code) == talk.stage.ana
