"""Markers are planted in what is nobody else's business; a story runs through all five kinds and much trouble; and then
no log line, page, reply, figure or table has one of them."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from adapters.cli.playing import staged
from calendar_core.providers import patience
from sandbox.world import Attendee, Event, Person, Timed
from tests.signing_in import browser, link_for, link_in, nobody_signed_in
from tests.staging import NOW
from tests.visiting import Reply, Visitor, address_of

from .searched import Served, dump, found, log_lines
from .test_logs_keep_quiet import a_story, much_trouble, nonsense, secrets_of, written

__all__ = ["written"]

TITLE, PLACE, NOTES = "Oncologist-with-Dr-Who", "Ward-7-Rear-Entrance", "bring-the-biopsy-results"
GUEST, GUEST_NAME = "dr.quagmire@clinic.example", "Dr-Quagmire-Senior"
VENDOR_SAYS, MAIL_SAYS = "vendor-says-hush-hush", "mail-says-my-mother-is-ill"
PLANTED = (TITLE, PLACE, NOTES, GUEST, GUEST_NAME, VENDOR_SAYS, MAIL_SAYS)
MIA, THEO, MAILBOX = "mia@example.org", "theo@example.org", "sessions@example.com"
OWNERS = ("ana", "sam", "gil", "ines", MIA, THEO)
JWT = ("eyJ0eXAi", "eyJhbGci")  # how Entra's and our own begin
GIVEN_OUT = ("google refresh ", "google token ", "google code ", "entra refresh ", "entra code ")


@dataclass
class Shown:
    """What one person has to be shown to go on: `links` and `codes` of sign-ins, and `states`, in the browser alone."""

    links: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)

    def everything(self) -> set[str]:
        return self.links | self.codes | self.states


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vendors that fail are asked again at once: as often as else, and in fewer minutes."""
    monkeypatch.setattr(patience, "spread", lambda shortest, _longest: shortest)


@pytest.fixture
def served() -> Served:
    """Everything that is sent to anybody in this test."""
    return Served()


@pytest.fixture
async def watched(
    hasty: None, written: io.StringIO, served: Served, database_url: str, tmp_path: Path
) -> AsyncIterator[Visitor]:
    """Somebody at an installation that writes down all it can, and whose every answer is kept."""
    async with (
        staged(tmp_path, now=NOW, keep=False, database=database_url) as stage,
        aiohttp.ClientSession(stage.url, trace_configs=[served.tracing()]) as http,
    ):
        served.url = stage.url
        yield Visitor(http, stage)


async def test_no_secret_is_anywhere(watched: Visitor, written: io.StringIO, served: Served, database_url: str) -> None:
    plant(watched)
    shown = Shown()
    await two_sign_ins(watched, shown)
    await a_story(watched)
    await books_and_looks(watched)
    await letters_come(watched, written)
    await mail_is_refused(watched)
    await trouble_in_the_vendors_words(watched, shown)
    await much_trouble(watched)
    await nonsense(watched)
    await everybody_asks(watched)
    await pages(watched)

    secrets = {*PLANTED, *JWT, *secrets_of(watched), *given_out(watched)}
    assert len(secrets) > 20, "hardly anything was given out"
    lines, bodies, tables = log_lines(written.getvalue()), served.pieces, dump(database_url)
    assert {call.status for call in watched.stage.sandbox.log.calls} >= {200, 400, 403, 404, 500, 502, 550, 451}
    assert {"calendar_core", "adapters", "googleapiclient", "asyncio"} <= {
        each.where.partition(".")[0] for each in lines
    }
    for pieces in (lines, bodies, tables):
        assert found(secrets, pieces) == {}
    for pieces in (lines, tables, [each for each in bodies if each.where == "GET /metrics"]):
        assert found(shown.everything(), pieces) == {}
    assert len(shown.links) >= 3
    for part, places in (
        (shown.links, ("POST /console/say", "POST /console/press", "GET /connect/", "POST /connect/")),
        (shown.states, ("POST /connect/",)),
        (shown.codes, ("GET /connect/",)),
    ):
        seen = {where for each in found(part, bodies).values() for where in each}
        assert seen, "it was never shown to its owner"
        assert all(where.startswith(places) for where in seen), seen

    # and the search finds what is there
    logging.getLogger("planted").debug("to %s at %s", TITLE, PLACE)
    assert set(found(secrets, log_lines(written.getvalue()))) == {TITLE, PLACE}
    assert all(found(["Okoye"], pieces) for pieces in (bodies, tables))
    assert found(["pairtime_requests_total"], [each for each in bodies if each.where == "GET /metrics"])


def plant(visitor: Visitor) -> None:
    """An appointment of everybody's that nobody else is to know of."""
    world = visitor.stage.sandbox.world
    for day in (24, 25):
        for owner in map(address_of, OWNERS):
            when = Timed(datetime(2026, 11, day, 10, tzinfo=UTC), datetime(2026, 11, day, 11, tzinfo=UTC))
            guests = (Attendee(GUEST, GUEST_NAME),)
            own = Event(owner, "", "", TITLE, when, Person(owner), guests, body=NOTES, location=PLACE)
            world.create(own)


def given_out(visitor: Visitor) -> set[str]:
    """Tokens and codes that the vendors gave us, in the story and before."""
    facts = (key for prefix in GIVEN_OUT for key, _ in visitor.stage.sandbox.world.facts(prefix))
    return {key.rpartition(" ")[2] for key in facts}


async def two_sign_ins(visitor: Visitor, shown: Shown) -> None:
    """Gil ends in another browser and types the code; an answer to him is forged. Ines goes straight through."""
    await nobody_signed_in(visitor)
    link = await link_for(visitor, "gil", "connect google")
    async with browser(visitor) as mine, browser(visitor) as another:
        await another.open(link)
        onward = await mine.press(await mine.open(link), "Continue at Google")
        answer = await mine.decide(onward, "gil@example.com")
        await mine.open(f"{mine.url}/connect/google/callback?state={'x' * 43}&code={VENDOR_SAYS}")
        page = await another.back(answer)
        assert (await visitor.say("gil", page.code))["text"].startswith("Connected:")
        await mine.back(answer)  # a second time
    note(shown, link, onward.onward)
    shown.codes.add(page.code)
    link = await link_for(visitor, "ines", "connect outlook")
    async with browser(visitor) as mine:
        onward = await mine.press(await mine.open(link), "Continue at Microsoft")
        await mine.back(await mine.decide(onward, "ines@example.com"))
    note(shown, link, onward.onward)
    await visitor.hears("ines", "Connected:")


def note(shown: Shown, link: str, onward: str) -> None:
    """What that sign-in went by."""
    shown.links.add(link.rpartition("=")[2])
    shown.states.add(dict(parse_qsl(urlsplit(onward).query))["state"])


async def books_and_looks(visitor: Visitor) -> None:
    """The pairs of the other kinds, with pictures and words."""
    for who, line in (("gil", "book with my mentor"), (MIA, "book with my mentor"), ("ines", "book with my mentee")):
        offered = await visitor.say(who, line)
        seen = await visitor.press(who, offered, "See both calendars")
        assert seen["picture"] is not None
        async with visitor.http.get(seen["picture"]["light"]) as picture:
            assert picture.status == 200
            await picture.read()
        booked = await visitor.press(who, offered, "1")
        assert booked["text"].startswith(("Booked. ", "Invitation sent")), booked["text"]


async def letters_come(visitor: Visitor, written: io.StringIO) -> None:
    """A true answer with a comment, another time proposed, and a letter that is none of our business."""
    await visitor.gets(THEO, 1)
    (event,) = await visitor.events(THEO)
    theirs = {"mailbox": THEO, "uid": event["uid"], "comment": MAIL_SAYS}
    await visitor.drive("counter", **theirs, start="2026-12-01T09:00:00Z", end="2026-12-01T09:45:00Z")
    await visitor.hears(THEO, "You proposed another time by mail")
    await visitor.drive("clock", jump_seconds=60)
    await visitor.drive("decline", **theirs)
    await visitor.hears(MIA, "declined")
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = GUEST, MAILBOX, MAIL_SAYS
    letter.set_content(MAIL_SAYS)
    visitor.stage.sandbox.mail.deliver(GUEST, MAILBOX, letter.as_bytes())

    async def refused() -> bool:
        return "a letter was not taken" in written.getvalue()

    await visitor.until(refused, wanted=True)


async def mail_is_refused(visitor: Visitor) -> None:
    """For now, for good, and by silence; the server says why at length."""
    for kind, status in (("status", 451), ("status", 550), ("drop", 0)):
        offered = await visitor.say(MIA, "book")
        trouble = {"kind": kind, "status": status, "text": VENDOR_SAYS, "times": 0}
        await visitor.drive("faults", vendor="smtp", operation="rcpt", **trouble)
        await take(visitor, MIA, offered)
        await visitor.drive("faults/clear")


async def trouble_in_the_vendors_words(visitor: Visitor, shown: Shown) -> None:
    """The vendor refuses, says why at length, and says it wherever we ask."""
    words = {"text": VENDOR_SAYS, "times": 0}
    for kind, status in (("status", 500), ("status", 400), ("status", 403), ("status", 404), ("html", 502)):
        for who in ("gil", "ines", "ana", "sam", MIA):
            offered = await visitor.say(who, "book")
            await visitor.drive("faults", kind=kind, status=status, **words)
            await take(visitor, who, offered)
            await visitor.say(who, "book")
            await visitor.say("priya", f"status of {who}")
            await visitor.drive("faults/clear")
    for who, vendor in (("gil", "google"), ("ines", "outlook")):
        link = link_in(await visitor.say(who, f"connect {vendor}")) if await broken(visitor, who) else None
        if link is not None:
            await fails_at_the_end(visitor, link, who, shown)
    await visitor.drive("restore", domain="example.com")
    await visitor.drive("consent/withdraw", mailbox="gil@example.com")
    await visitor.drive("revoke", domain="example.org")
    for who in ("gil", "ines", MIA):
        await visitor.say(who, "book")
    checked = await visitor.say("priya", "status of gil")
    await visitor.press("priya", checked, "Check now")


async def take(visitor: Visitor, who: str, offered: Reply) -> None:
    """The first time of a list, if there is one."""
    token = next((choice["token"] for choice in offered["choices"] if choice["start"]), "none")
    await visitor.press_token(who, token)


async def broken(visitor: Visitor, who: str) -> bool:
    """Their connection has just been withdrawn."""
    await visitor.drive("consent/withdraw", mailbox=address_of(who))
    await visitor.say(who, "book")
    return "not working" in (await visitor.say(who, "status"))["text"]


async def fails_at_the_end(visitor: Visitor, link: str, who: str, shown: Shown) -> None:
    """The vendor takes the person's consent and then gives no token; and comes back with an error of its own."""
    vendor = "Google" if who == "gil" else "Microsoft"
    async with browser(visitor) as mine:
        onward = await mine.press(await mine.open(link), f"Continue at {vendor}")
        note(shown, link, onward.onward)
        answer = await mine.decide(onward, address_of(who))
        await visitor.drive("faults", kind="status", operation="token", status=400, text=VENDOR_SAYS, times=0)
        failed = await mine.back(answer)
        assert failed.title != "Your calendar is connected"
        await visitor.drive("faults/clear")
        state = dict(parse_qsl(urlsplit(onward.onward).query))["state"]
        told = {"state": state, "error": "server_error", "error_description": VENDOR_SAYS}
        callback = f"{mine.url}/connect/{vendor.lower()}/callback"
        await mine.send(callback, told)
        await mine.open(f"{callback}?state={state}&error=access_denied&error_description={VENDOR_SAYS}")


async def everybody_asks(visitor: Visitor) -> None:
    """Whatever there is to be read."""
    for who in ("ana", "sam", "gil", "ines", "tom", MIA, THEO):
        for text in ("status", "sessions", "privacy", "download my data", "settings", "book", "help"):
            await visitor.say(who, text)
    for who in ("priya", "ada@example.org"):
        for text in ("health", "who hasn't integrated?", "status of ana", "status of mia"):
            await visitor.say(who, text)
    for who in (*OWNERS, "priya", "ada@example.org", "uma", "tom"):
        await visitor.inbox(who)


async def pages(visitor: Visitor) -> None:
    """Figures, health, and what is answered to what nobody should send."""
    for path in ("/metrics", "/health/ready", "/", f"/connect/google?link={TITLE}", "/consent/microsoft/callback?x=1"):
        async with visitor.http.get(path) as answer:
            await answer.read()
    for path in ("/connect/google", "/connect/google/callback", "/connect/microsoft/callback", "/console/say"):
        async with visitor.http.post(path, data={"state": VENDOR_SAYS, "code": GUEST}) as answer:
            assert answer.status < 500
            await answer.read()
