"""Files come into one's own OneDrive, once one allows it; and Teams' word for where that is, is not taken for it."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from typing import Any

import pytest

from bot.buttons import token_of
from bot.commands.own import DownloadData

from .member import Members, Seen

DRIVE = "https://example-my.sharepoint.com"
MY_DRIVE = {"uploadUrl": f"{DRIVE}/upload", "contentUrl": f"{DRIVE}/shown", "uniqueId": "1"}
ELSEWHERE: tuple[object, ...] = (
    {"uploadUrl": "https://drive.evil.example/upload"},
    {"uploadUrl": "https://me@example-my.sharepoint.com/upload"},
    {"uploadUrl": "http://example-my.sharepoint.com/upload"},
    {"uploadUrl": "https://[/"},
    {"contentUrl": "https://drive.evil.example/shown"},
    {"uniqueId": 7},
    "no object",
)


async def asked(stage: Members, who: str, words: str = "download my data", conversation: str = "") -> Seen:
    """The question in their own chat."""
    await stage.say(who, words, conversation, mention=bool(conversation))
    seen = await stage.newest(who)
    assert [each["name"] for each in seen.message["files"]] == ["pairtime-my-data.json"]
    return seen


async def handed_over(stage: Members, who: str) -> dict[str, Any]:
    [file] = (await stage.newest(who)).message["files"]
    kept = stage.stage.sandbox.teams.files.of(file["id"])
    assert kept is not None
    read: dict[str, Any] = json.loads(kept.content)
    return read


async def test_whoever_allows_it_has_their_own_data(teams_stage: Members) -> None:
    seen = await asked(teams_stage, "ana")
    [question] = seen.message["files"]
    assert question["about"] == (
        "I put it into your OneDrive if you allow it. Nobody else sees it there. "
        "If you have none, decline: then I can mail it to you."
    )
    await teams_stage.drive("consent", "ana", message=seen.id)
    assert "ana@example.com" in json.dumps(await handed_over(teams_stage, "ana"))


async def test_an_admin_has_everybodys_status(teams_stage: Members) -> None:
    shown = await teams_stage.say("priya", "admin who hasn't integrated")
    await teams_stage.press(shown, "CSV")
    seen = await teams_stage.newest("priya")
    await teams_stage.drive("consent", "priya", message=seen.id)
    [file] = (await teams_stage.newest("priya")).message["files"]
    kept = teams_stage.stage.sandbox.teams.files.of(file["id"])
    assert kept is not None
    heading, *lines = kept.content.decode("utf-8-sig").splitlines()
    assert heading.startswith('"role","email","name","calendar integration"')
    assert len(lines) == 131


async def test_asked_in_a_group_it_comes_into_the_own_chat(teams_stage: Members) -> None:
    here = await teams_stage.drive("group", name="All", members=["ana@example.com", "sam@example.com"], bot=True)
    seen = await asked(teams_stage, "ana", conversation=here["conversation"])
    await teams_stage.drive("consent", "ana", message=seen.id)
    await handed_over(teams_stage, "ana")
    assert not any(each.message["files"] for each in await teams_stage.messages("ana", here["conversation"]))


async def test_a_button_is_remembered_as_words_are(teams_stage: Members) -> None:
    shown = await teams_stage.say("ana", "privacy")
    await teams_stage.press(shown, "Download my data")
    seen = await teams_stage.newest("ana")
    await teams_stage.drive("consent", "ana", message=seen.id)
    await handed_over(teams_stage, "ana")


async def test_what_is_not_wanted_and_what_the_drive_does_not_take_is_not_there_and_that_is_said(
    teams_stage: Members,
) -> None:
    seen = await asked(teams_stage, "ana")
    await teams_stage.drive("consent", "ana", message=seen.id, decision="decline")
    assert (await teams_stage.newest("ana")).text.startswith("Nothing was handed over.")
    seen = await asked(teams_stage, "ana")
    await teams_stage.fail("upload", status=507)
    await teams_stage.drive("consent", "ana", message=seen.id)
    assert (await teams_stage.newest("ana")).text.startswith("I could not put the file into your OneDrive")


async def test_what_has_changed_meanwhile_is_asked_about_once_more(teams_stage: Members) -> None:
    seen = await asked(teams_stage, "ana")
    await teams_stage.say("ana", "book with my mentor")
    await teams_stage.say("ana", "1")
    await teams_stage.drive("consent", "ana", message=seen.id)
    *_, told, again = await teams_stage.messages("ana")
    assert told.text.startswith("What is in the file has changed")
    await teams_stage.drive("consent", "ana", message=again.id)
    await handed_over(teams_stage, "ana")


async def test_it_is_put_nowhere_else_and_not_without_a_question_of_ours(teams_stage: Members) -> None:
    seen = await asked(teams_stage, "ana")
    sent = teams_stage.stage.sandbox.teams.state.messages.one(seen.where, seen.id)
    assert sent is not None
    [card] = sent.attachments
    assert isinstance(card, dict)
    content = card["content"]
    assert isinstance(content, dict)
    for place in ELSEWHERE:
        info = {**MY_DRIVE, **place} if isinstance(place, dict) else place
        value = {"type": "fileUpload", "action": "accept", "context": content["acceptContext"], "uploadInfo": info}
        told = await teams_stage.drive("invoke", "ana", name="fileConsent/invoke", value=value)
        assert told["status"] == 200
        assert (await teams_stage.newest("ana")).text.startswith("I could not put the file into your OneDrive")
    before = len(await teams_stage.messages("ana"))
    strange: tuple[object, ...] = (None, [], "x")
    for context in strange:
        value = {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": MY_DRIVE}
        assert (await teams_stage.drive("invoke", "ana", name="fileConsent/invoke", value=value))["status"] == 200
    assert len(await teams_stage.messages("ana")) == before
    offered = await teams_stage.say("ana", "book with my mentor")
    book = offered.actions[0]["data"]["token"]
    asked_so: tuple[dict[str, object], ...] = (
        {},
        {"text": "1"},
        {"text": "download my data"},
        {"token": book},
        {"token": "x" * 5_000},
        {"token": token_of(DownloadData()), "size": True},
    )
    for context in asked_so:
        for decision in ("accept", "decline"):
            value = {"type": "fileUpload", "action": decision, "context": context, "uploadInfo": MY_DRIVE}
            told = await teams_stage.drive("invoke", "ana", name="fileConsent/invoke", value=value)
            assert told["status"] == 200
            assert not any(each["id"] for each in (await teams_stage.newest("ana")).message["files"])
    pressed = {"action": {"type": "Action.Execute", "verb": "press", "data": {"mail": book}}, "trigger": "manual"}
    told = await teams_stage.drive("invoke", "ana", name="adaptiveCard/action", value=pressed, message="1")
    assert "I could not mail the file" in told["text"]
    assert "You have no sessions planned" in (await teams_stage.say("ana", "sessions")).text


async def test_a_question_is_answered_once_though_two_devices_show_it(teams_stage: Members) -> None:
    seen = await asked(teams_stage, "ana")
    await teams_stage.drive("consent", "ana", message=seen.id)
    before = len(await teams_stage.messages("ana"))
    context = {"token": token_of(DownloadData()), "size": 1}
    value = {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": MY_DRIVE}
    again = await teams_stage.drive("invoke", "ana", name="fileConsent/invoke", value=value, message=seen.id)
    assert again["status"] == 200
    assert len(await teams_stage.messages("ana")) == before


@pytest.mark.parametrize("has_no_drive", [True, False])
async def test_whoever_has_no_drive_has_it_by_mail_at_the_address_that_is_known(
    teams_stage: Members, has_no_drive: bool
) -> None:
    seen = await asked(teams_stage, "ana")
    if not has_no_drive:
        await teams_stage.fail("upload", status=507)
    await teams_stage.drive("consent", "ana", message=seen.id, decision="decline" if has_no_drive else "accept")
    offered = await teams_stage.newest("ana")
    assert "I can mail it to you instead" in offered.lines[0]
    assert offered.lines[1:] == ["[Mail it to me]"]
    assert (await teams_stage.press(offered, "Mail it to me")).text == "Mailed to ana@example.com."
    [letter] = teams_stage.stage.sandbox.mail.post.letters("ana@example.com")
    read = message_from_bytes(letter.raw, policy=policy.default)
    assert read["Subject"] == "Your file: pairtime-my-data.json"
    [file] = read.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("pairtime-my-data.json", "application/json")
    assert "ana@example.com" in json.dumps(json.loads(file.get_content()))


async def test_an_administrators_list_comes_as_a_file_too(teams_stage: Members) -> None:
    listed = await teams_stage.say("priya", "admin who hasn't integrated their calendar?")
    await teams_stage.press(listed, "CSV")
    seen = await teams_stage.newest("priya")
    [question] = seen.message["files"]
    assert question["name"].endswith(".csv")
    await teams_stage.drive("consent", "priya", message=seen.id)
    [file] = (await teams_stage.newest("priya")).message["files"]
    kept = teams_stage.stage.sandbox.teams.files.of(file["id"])
    assert kept is not None
    assert "sam@example.com" in kept.content.decode("utf-8-sig")


async def test_whoever_may_not_have_it_any_more_gets_none(teams_stage: Members) -> None:
    await teams_stage.say("priya", "admin integrations csv")
    seen = await teams_stage.newest("priya")
    application = teams_stage.stage.application
    programme = await application.operating.programme("Leaders 2026", "example.com")
    await application.operating.leave(programme, "priya@example.com")
    await teams_stage.drive("consent", "priya", message=seen.id)
    assert (await teams_stage.newest("priya")).text.startswith("I could not put the file into your OneDrive")
