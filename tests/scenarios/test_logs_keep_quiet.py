"""The whole story, and much trouble, at the most talkative level: nobody's data is in the log (invariant 13)."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import aiohttp
import pytest

from adapters.cli.playing import staged
from adapters.log import write_log
from calendar_core.job import READ_LETTERS, Job
from sandbox.faults import Fault
from tests.answering_letters import AnsweringLetter
from tests.signing_in import browser, link_for, nobody_signed_in
from tests.staging import NOW
from tests.visiting import Reply, Visitor

TITLE, TYPED = "Oncologist-with-Dr-Who", "zanzibar-and-nobody-else"
NAMES = ("Okoye", "Ruiz", "Priya", "Sorensen")
LETTING_IN = ("eyJ", "meet.google.com/", "teams.microsoft.com/l/")  # how a JWT begins, and links to join
ADDRESSES = ("ana@example.com", "sam@example.com", "priya@example.com", "uma@example.com")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything from DEBUG on, from before the first part is opened."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in list(logging.root.manager.loggerDict)}
    lines = io.StringIO()
    write_log(logging.DEBUG, lines)
    yield lines
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


@pytest.fixture
async def talkative(written: io.StringIO, tmp_path: Path) -> AsyncIterator[Visitor]:
    """Somebody at the console of a process that writes down all it can."""
    async with staged(tmp_path, now=NOW, keep=False) as stage, aiohttp.ClientSession(stage.url) as http:
        yield Visitor(http, stage)


async def test_nothing_of_anybody_is_in_the_log_at_any_level(talkative: Visitor, written: io.StringIO) -> None:
    signing_in = await a_sign_in(talkative)
    replies = [*await a_story(talkative), *await much_trouble(talkative), *await nonsense(talkative)]
    await letters(talkative)
    lines = written.getvalue().splitlines()
    levels = {json.loads(line)["level"] for line in lines}
    assert levels >= {"DEBUG", "WARNING"}, "the log is not as talkative as it can be"
    secrets = {*NAMES, *ADDRESSES, *map(quote_all, ADDRESSES), TITLE, TYPED, *LETTING_IN, *secrets_of(talkative)}
    secrets |= signing_in
    secrets |= {choice["token"] for reply in replies for choice in reply["choices"] if len(choice["token"]) > 8}
    found = {secret: line for secret in secrets for line in lines if secret in line}
    assert not found, "\n".join(f"{secret}: {line[:600]}" for secret, line in found.items())


def quote_all(address: str) -> str:
    """As it stands in the path of an address."""
    return quote(address, safe="")


async def a_sign_in(visitor: Visitor) -> set[str]:
    """Gil connects his calendar anew, with a page opened too often, a forged answer, and a code; what must stay out."""
    await nobody_signed_in(visitor)
    link = await link_for(visitor, "gil", "connect google")
    async with browser(visitor) as mine, browser(visitor) as another:
        await another.open(link)
        onward = await mine.press(await mine.open(link), "Continue at Google")
        answer = await mine.decide(onward, "gil@example.com")
        await mine.open(f"{mine.url}/connect/google/callback?state={TYPED}&code={TYPED}")
        shown = await another.back(answer)
        await visitor.say("gil", shown.code)
        asked, back = (dict(parse_qsl(urlsplit(each).query)) for each in (onward.onward, answer["url"]))
    given = {key.rpartition(" ")[2] for key, _ in visitor.stage.sandbox.world.facts("google refresh ")}
    return {link.rpartition("=")[2], asked["state"], back["code"], shown.code, "gil@example.com", *given}


async def a_story(visitor: Visitor) -> list[Reply]:
    """Ana books with Sam; a stranger asks; an admin asks."""
    await visitor.drive(
        "event", mailbox="ana@example.com", start="2026-11-23T15:00:00Z", end="2026-11-23T16:00:00Z", title=TITLE
    )
    offered = await visitor.say("ana", "book with my mentor")
    shown = await visitor.press("ana", offered, "See both calendars")
    assert shown["picture"] is not None
    async with visitor.http.get(shown["picture"]["light"]) as picture:
        assert picture.status == 200
    booked = await visitor.press("ana", offered, "1")
    told = await visitor.hears("sam", "Ana Ruiz booked a session with you")
    answered = await visitor.press("sam", told, "Cannot make it")
    refused = await visitor.say("uma", f"book with {TYPED} tomorrow 3pm")
    plain = await visitor.press("uma", refused, "Plain times")
    sent = await visitor.press("uma", plain, "1")
    listed = [await visitor.say("priya", "who hasn't integrated?"), await visitor.say("sam", "privacy")]
    return [offered, shown, booked, told, answered, refused, plain, sent, *listed]


async def much_trouble(visitor: Visitor) -> list[Reply]:
    """Every kind of it, from both vendors, while listing and while booking."""
    replies = []
    kinds = (
        *(Fault("status", status=status) for status in (400, 401, 403, 404, 410, 429, 500)),
        *(Fault(kind, status=200) for kind in ("html", "empty", "truncate", "drop")),
    )
    for number, kind in enumerate(kinds):
        await visitor.drive("restore", domain="example.com")
        for address in ADDRESSES[:2]:
            user = (await visitor.stage.application.store.people.at_address(address))[0]
            await visitor.stage.application.store.integrations.worked(user.id, NOW)
        who, partner = (("ana", "mentor"), ("sam", "mentee"))[number % 2]
        visitor.stage.sandbox.faults.add(kind)
        replies.append(offered := await visitor.say(who, f"book with my {partner}"))
        for operation in ("events.insert", "events.create", "token"):
            visitor.stage.sandbox.faults.add(replace(kind, operation=operation))
        token = next((choice["token"] for choice in offered["choices"] if choice["start"]), "none")
        replies.append(await visitor.press_token(who, token))
        visitor.stage.sandbox.faults.clear()
    return replies


async def letters(visitor: Visitor) -> None:
    """What comes to the programme's mailbox: an answer in somebody's name, and what is none."""
    made = AnsweringLetter(sender=f"{TYPED}@example.com", to="sessions@example.com", uid=TYPED)
    by_mail = visitor.stage.application.answers_by_mail
    assert by_mail is not None
    for raw in (made.raw(), made.signed(), made.raw().replace(b"BEGIN", b"END"), f"Subject: {TYPED}\r\n\r\n".encode()):
        visitor.stage.sandbox.mail.deliver(made.sender, made.to, raw)
    await by_mail.reading.read(Job(READ_LETTERS))


async def nonsense(visitor: Visitor) -> list[Reply]:
    """What nobody should send."""
    texts = (f"{TYPED} " * 500, f"book with {TYPED}\x00\u202e", f"book {TYPED} on 31 February", f"status of {TYPED}")
    for path in (
        f"/console/inbox?as={TYPED}@example.com",
        f"/{TYPED}",
        f"/console/pictures/{TYPED}?as=ana@example.com",
    ):
        async with visitor.http.get(path) as answer:
            assert answer.status == 404
    return [*[await visitor.say("ana", text) for text in texts], await visitor.press_token("ana", TYPED)]


def secrets_of(visitor: Visitor) -> set[str]:
    """What lets us in: keys, and the tokens that were given out."""
    sandbox = visitor.stage.sandbox
    key = sandbox.service_account_key()["private_key"].splitlines()[1]
    return {key, sandbox.entra_registration("example.com").client_secret}
