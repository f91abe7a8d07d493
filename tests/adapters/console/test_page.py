"""The console over HTTP: replies as data, pushed messages, and a sentence for everything that is not right."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import datetime

import aiohttp
import pytest
from yarl import URL

from tests.visiting import Visitor

AS_JSON = {"Content-Type": "application/json"}
EXACTLY = {"kind", "text", "read", "choices"}


async def test_a_reply_is_data_with_its_whole_plain_text(visitor: Visitor) -> None:
    reply = await visitor.say("ana", "book with my mentor")
    assert reply.keys() >= EXACTLY
    assert reply["kind"] == "SlotsOffered"
    assert reply["text"].startswith(
        "Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).\n"
        "1. Tue 24 Nov, 09:00 (15:00)\n"
        "2. Wed 25 Nov, 10:00 (16:00)\n"
        "3. Tue 1 Dec, 09:00 (15:00)\n"
        "Checked 11:02. Each of you sees only free or busy."
    )
    first = reply["choices"][0]
    assert (first["start"], first["end"]) == ("2026-11-24T09:00:00-05:00", "2026-11-24T09:45:00-05:00")
    assert [choice["label"] for choice in reply["choices"]][:4] == ["1", "2", "3", "See both calendars"]
    assert reply["choices"][3]["start"] is None


async def test_what_was_read_of_a_request_is_said_with_offsets(visitor: Visitor) -> None:
    reply = await visitor.say("ana", "/book with Sam next Friday morning 30 min")
    read = reply["read"]
    assert read is not None
    assert read["partner"] == "Sam Okoye"
    assert read["minutes"] == 30
    assert read["windows"] == [["2026-11-27T08:00:00-05:00", "2026-11-27T12:00:00-05:00"]]


async def test_a_press_books_and_the_partner_is_told_without_asking(visitor: Visitor) -> None:
    listening = asyncio.create_task(visitor.hears("sam", "Ana Ruiz booked a session with you"))
    reply = await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    assert reply["kind"] == "SessionShown"
    assert reply["text"].startswith("Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin)")
    told = await listening
    assert "Looks good" in [choice["label"] for choice in told["choices"]]


async def test_the_inbox_gives_each_message_once(visitor: Visitor) -> None:
    await visitor.say("ana", "book with my mentor")
    await visitor.say("ana", "1")
    await visitor.hears("sam", "booked")
    async with visitor.http.get("/console/inbox?as=sam@example.com&after=0") as answer:
        first = await answer.json()
    async with visitor.http.get(f"/console/inbox?as=sam@example.com&after={first['next']}") as answer:
        later = await answer.json()
    assert [message["id"] for message in first["messages"]] == [1]
    assert later == {"messages": [], "next": first["next"]}


NOT_MESSAGES = {
    "nothing": (b"", 400),
    "half a JSON": (b"{", 400),
    "a list": (b"[]", 400),
    "a deep list": (b"[" * 100_000, 400),
    "a text": (b'"as"', 400),
    "no UTF-8": (b"\xff\xfe", 400),
    "no text": (b'{"as": "ana@example.com"}', 400),
    "a number for text": (b'{"as": "ana@example.com", "text": 1}', 400),
    "a list of people": (b'{"as": ["ana@example.com"], "text": "help"}', 400),
    "nobody": (b'{"as": "nobody@example.com", "text": "help"}', 404),
    "an empty address": (b'{"as": "", "text": "help"}', 404),
    "a long address": (b'{"as": "%s", "text": "help"}' % (b"a" * 5000), 404),
    "half a letter": (b'{"as": "\\ud800@example.com", "text": "help"}', 404),
    "a zero byte": (b'{"as": "ana@example.com\\u0000", "text": "help"}', 404),
    "too much": (b'{"as": "ana@example.com", "text": "' + b"a" * 2_000_000 + b'"}', 400),
}


async def test_what_is_not_a_message_gets_a_sentence(visitor: Visitor) -> None:
    answered = {}
    for name, (body, _) in NOT_MESSAGES.items():
        async with visitor.http.post("/console/say", data=io.BytesIO(body), headers=AS_JSON) as answer:
            answered[name] = (answer.status, (await answer.json())["error"][-1])
    assert answered == {name: (status, ".") for name, (_, status) in NOT_MESSAGES.items()}


SAID = [
    "",
    " ",
    "book " * 2_000,
    "\x00\x01\x1b[31m",
    "book with \u202eevil\u202c tomorrow",
    "\ud800\udfff",
    "book with *Sam* <script>alert(1)</script>",
    "book with @everyone",
    "book 2026-03-08T02:30 with Sam",
    "book on 31 February",
    "٣",
    "999999999999999999999",
]


async def test_whatever_is_said_is_answered(visitor: Visitor) -> None:
    replies = [await visitor.say("ana", text) for text in SAID]
    assert all(reply["text"].strip() for reply in replies)
    assert not any(mark in reply["text"] for reply in replies for mark in "\x00\x1b\u202e\ud800")


async def test_a_token_that_is_none_leads_nowhere_and_says_so(visitor: Visitor) -> None:
    replies = [await visitor.press_token("ana", token) for token in ("", "x", "A" * 5000, "\x00", "%00", "\ud800")]
    assert {reply["kind"] for reply in replies} == {"Refused"}
    assert all("nothing was changed" in reply["text"] for reply in replies)


async def test_somebody_elses_button_books_nothing(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    reply = await visitor.press_token("uma", offered["choices"][0]["token"])
    assert reply["kind"] == "Refused"
    assert await visitor.events("sam") == []


FROM_ELSEWHERE = [
    {"X-Forwarded-For": "10.0.0.1"},
    {"Forwarded": "for=10.0.0.1"},
    {"Host": "pairtime.example.com"},
    {"Origin": "https://evil.example.com"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("path", ["/console/say", "/_/clock"])
async def test_nothing_from_elsewhere_is_taken(visitor: Visitor, path: str) -> None:
    body = {"as": "ana@example.com", "text": "help", "jump_seconds": 1}
    for headers in FROM_ELSEWHERE:
        async with visitor.http.post(path, json=body, headers=headers) as answer:
            assert (answer.status, headers) == (403, headers)
            assert "error" in await answer.json()


async def test_the_page_itself_may_post(visitor: Visitor) -> None:
    body = {"as": "ana@example.com", "text": "help"}
    async with visitor.http.post("/console/say", json=body, headers={"Origin": visitor.stage.url}) as answer:
        assert answer.status == 200


async def test_the_picture_is_shown_to_the_one_it_was_made_for(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    shown = await visitor.press("ana", offered, "See both calendars")
    picture = shown["picture"]
    assert picture is not None
    assert picture["alt"] in shown["text"]
    for theme in ("light", "dark"):
        async with visitor.http.get(picture[theme]) as answer:
            assert (await answer.read()).startswith(b"\x89PNG")
            assert answer.content_type == "image/png"
        for other in (picture[theme].replace("ana@", "sam@"), picture[theme].replace(theme, "pink")):
            async with visitor.http.get(other) as answer:
                assert answer.status == 404


async def test_a_picture_is_gone_with_the_match(visitor: Visitor) -> None:
    store = visitor.stage.application.store
    (ana,) = await store.people.at_address("ana@example.com")
    shown = await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "See both calendars")
    assert shown["picture"] is not None
    (matched,) = await store.programmes.matched(ana.id)
    await store.endings.end(matched.match.id, visitor.stage.application.clock.now())
    async with visitor.http.get(shown["picture"]["light"]) as answer:
        assert answer.status == 404


async def test_a_picture_is_found_whatever_the_address_is_made_of(visitor: Visitor) -> None:
    store = visitor.stage.application.store
    (ana,) = await store.people.at_address("ana@example.com")
    await store.people.update(replace(ana, email="ana+book&as=sam#1@example.com"))
    shown = await visitor.press(
        "ana+book&as=sam#1", await visitor.say("ana+book&as=sam#1", "book"), "See both calendars"
    )
    assert shown["picture"] is not None
    async with visitor.http.get(URL(shown["picture"]["light"], encoded=True)) as answer:
        assert answer.status == 200


async def test_the_next_day_of_both_calendars_is_the_next_day(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    shown = await visitor.press("ana", offered, "See both calendars")
    following = await visitor.press("ana", shown, "Next")
    assert following["text"].startswith("Wed 25 Nov")


async def test_waiting_for_changes_ends_with_the_push(visitor: Visitor) -> None:
    async with visitor.http.get("/console/changes?after=-1") as answer:
        before = (await answer.json())["changes"]
    waiting = asyncio.create_task(_changes(visitor.http, before))
    await visitor.say("ana", "book with my mentor")
    await visitor.say("ana", "1")
    assert await waiting > before


async def _changes(http: aiohttp.ClientSession, after: int) -> int:
    async with http.get(f"/console/changes?after={after}") as answer:
        changes: int = (await answer.json())["changes"]
    return changes


async def test_a_wrong_query_gets_a_sentence(visitor: Visitor) -> None:
    for query, status in {"as=ana@example.com&after=x": 400, "as=ana@example.com&after=٣": 400, "after=0": 404}.items():
        async with visitor.http.get(f"/console/inbox?{query}") as answer:
            assert (answer.status, query) == (status, query)
            assert (await answer.json())["error"].endswith(".")


async def test_the_clock_is_the_worlds(visitor: Visitor) -> None:
    await visitor.drive("clock", now="2026-11-23T16:02:00Z")
    reply = await visitor.say("ana", "book with my mentor")
    assert "Tue 24 Nov" not in reply["text"]
    first = reply["choices"][0]["start"]
    assert first is not None
    assert datetime.fromisoformat(first) >= datetime.fromisoformat("2026-11-24T16:02:00+00:00")


async def test_a_database_that_does_not_answer_is_a_sentence(visitor: Visitor) -> None:
    database = visitor.stage.application.store.database
    await database.write(lambda connection: connection.exec_driver_sql("ALTER TABLE person RENAME TO lost"))
    async with visitor.http.post("/console/say", json={"as": "ana@example.com", "text": "help"}) as answer:
        assert answer.status == 503
        assert await answer.json() == {"error": "The database does not answer. Try again in a minute."}


async def test_a_booking_is_answered_although_it_cannot_be_kept_that_it_was(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    database = visitor.stage.application.store.database
    await database.write(lambda connection: connection.exec_driver_sql("ALTER TABLE session_reply RENAME TO lost"))
    assert (await visitor.press("ana", offered, "1"))["text"].startswith("Booked.")


async def test_a_file_is_fetched_once_by_whom_it_is_for(visitor: Visitor) -> None:
    reply = await visitor.say("ana", "download my data")
    download = reply["download"]
    assert download is not None
    assert download["name"] == "pairtime-my-data.json"
    others = URL(download["url"]).update_query({"as": "sam@example.com"})
    async with visitor.http.get(others) as answer:
        assert answer.status == 404
    async with visitor.http.get(download["url"]) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Disposition"] == 'attachment; filename="pairtime-my-data.json"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert (await answer.json())["person"]["address"] == "ana@example.com"
    async with visitor.http.get(download["url"]) as answer:
        assert (answer.status, "fetched once" in (await answer.json())["error"]) == (404, True)


async def test_a_file_is_kept_for_ten_minutes(visitor: Visitor) -> None:
    download = (await visitor.say("ana", "download my data"))["download"]
    assert download is not None
    await visitor.drive("clock", now="2026-11-22T11:13:00-05:00")
    async with visitor.http.get(download["url"]) as answer:
        assert answer.status == 404
