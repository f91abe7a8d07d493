"""What may be sent to the one address, and what becomes of it before anybody looks at what it says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.recent import Recent
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack.front import LONGEST_BODY, Ack, Front, Hearing
from adapters.slack.signature import Signature
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving

from .signed import FORM, JSON, SECRET, Slack, command, signature

NOW = 1_795_340_000


@dataclass
class Heard:
    """Everything that was handed over."""

    payloads: list[dict[str, object]] = field(default_factory=list)
    answered: list[dict[str, object]] = field(default_factory=list)
    seconds: float = 0.0
    has_room: bool = True

    async def dispatch(self, payload: dict[str, object]) -> Ack:
        """Answered in words."""
        self.answered.append(payload)
        return Ack('{"options": []}', JSON)

    def take(self, payload: dict[str, object]) -> bool:
        """Only acknowledged."""
        if self.has_room:
            self.payloads.append(payload)
        return self.has_room


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def slack(heard: Heard) -> AsyncIterator[Slack]:
    recent = Recent(lambda: heard.seconds)
    front = Front(Hearing(heard.dispatch, heard.take, recent), Signature(Secret(SECRET)), recent, lambda: NOW)
    async with (
        serving(web_app(front.routes(), Metrics()), Listen(port=0), grace=0.0) as url,
        aiohttp.ClientSession(url) as http,
    ):
        yield Slack(http, NOW)


async def test_a_command_is_handed_over_as_its_fields(slack: Slack, heard: Heard) -> None:
    fields = command("book with Sam & Lea, 30 min", response_url="https://hooks.slack.com/x")
    assert await slack.form(fields) == (200, "")
    assert heard.payloads == [fields]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "١٢٣"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=é" + "0" * 63},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "v0=" + "0" * 100_0},
    ],
)
async def test_headers_that_prove_nothing_are_refused(slack: Slack, heard: Heard, headers: dict[str, str]) -> None:
    status, body = await slack.send(b"command=/book&user_id=U1", FORM, headers)
    assert (status, json.loads(body)) == (401, {"error": "The signature is not Slack's for this app."})
    assert heard.payloads == []


@pytest.mark.parametrize(("seconds", "status"), [(300, 200), (-300, 200), (301, 401), (-301, 401)])
async def test_a_signature_lasts_five_minutes(slack: Slack, seconds: int, status: int) -> None:
    body, when = urlencode(command("help")).encode(), str(NOW + seconds)
    headers = {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": signature(body, when)}
    assert (await slack.send(body, FORM, headers))[0] == status


async def test_another_apps_signature_is_no_proof(slack: Slack) -> None:
    body = urlencode(command("help")).encode()
    headers = {"X-Slack-Signature": signature(body, str(NOW), "another-secret")}
    assert (await slack.send(body, FORM, headers))[0] == 401
    assert (await slack.send(body + b"&text=cancel", FORM, {"X-Slack-Signature": signature(body, str(NOW))}))[0] == 401


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", JSON),
        (b"[1]", JSON),
        (b'"text"', JSON),
        (b"\xff\xfe", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 50_000, JSON),
        (b"payload=%7B", FORM),
        (b"payload=null", FORM),
        (b"payload=%FF%FE", FORM),
        (b"text=%FF%FE", FORM),
        (b"text=\xff", FORM),
        (b"&".join(b"a%d=1" % number for number in range(100)), FORM),
        (b"command=/book", "text/plain"),
        (b"<xml/>", "application/xml"),
        (b"command=/book", "multipart/form-data; boundary=x"),
        (b"", "application/octet-stream"),
    ],
)
async def test_signed_nonsense_is_refused_in_words(slack: Slack, heard: Heard, body: bytes, content_type: str) -> None:
    status, said = await slack.send(body, content_type)
    assert (status, json.loads(said)) == (400, {"error": "The body is no payload of Slack's."})
    assert heard.payloads == []


async def test_what_is_too_long_is_not_read(slack: Slack, heard: Heard) -> None:
    status, said = await slack.send(b"text=" + b"a" * (1024 * 1024))
    assert (status, json.loads(said)) == (413, {"error": "That is longer than anything Slack sends."})
    longest = b"command=/book&user_id=U1&text="
    assert (await slack.send(longest + b"a" * (LONGEST_BODY - len(longest))))[0] == 200
    assert len(heard.payloads) == 1


async def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(slack: Slack) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"a" * 64 * 1024

    async with slack.http.post("/slack/events", data=endless(), headers={"Content-Type": FORM}) as answer:
        assert answer.status == 413


async def test_what_is_packed_is_not_unpacked(slack: Slack, heard: Heard) -> None:
    status, said = await slack.send(b"x" * 100, headers={"Content-Encoding": "gzip"})
    assert (status, heard.payloads) == (415, [])
    assert "packed" in said


@pytest.mark.parametrize(
    "fields", [command("about the payload"), command("book", channel_name="payload-team"), command('payload={"a":1}')]
)
async def test_the_word_payload_is_no_payload(slack: Slack, heard: Heard, fields: dict[str, str]) -> None:
    assert await slack.form(fields) == (200, "")
    assert heard.payloads == [fields]


async def test_a_request_that_was_recorded_does_nothing_again(slack: Slack, heard: Heard) -> None:
    fields = command("1")
    assert await slack.form(fields) == (200, "")
    heard.seconds = 599
    assert await slack.form(fields) == (200, "")
    assert len(heard.payloads) == 1


async def test_an_event_that_is_sent_again_is_done_once(slack: Slack, heard: Heard) -> None:
    event = {"type": "message", "channel_type": "im", "user": "U0ANA", "text": "help", "channel": "D1"}
    for reason in ("", "http_timeout", "http_error"):
        again = {"x_reason": reason}  # so that the bytes, and the signature, are others
        assert await slack.event(event, event_id="Ev1", **again) == (200, "")
    assert len(heard.payloads) == 1
    heard.seconds = 601
    assert await slack.event(event, event_id="Ev1", x_reason="late") == (200, "")
    assert len(heard.payloads) == 2


async def test_an_event_whose_first_delivery_never_came_is_not_lost(slack: Slack, heard: Heard) -> None:
    body = json.dumps({"type": "event_callback", "event_id": "Ev9", "event": {"type": "app_home_opened"}}).encode()
    headers = {"X-Slack-Retry-Num": "3", "X-Slack-Retry-Reason": "http_timeout"}
    assert (await slack.send(body, JSON, headers))[0] == 200
    assert len(heard.payloads) == 1


async def test_slack_learns_that_the_address_is_ours(slack: Slack, heard: Heard) -> None:
    status, said = await slack.send(json.dumps({"type": "url_verification", "challenge": "3eZbrw"}).encode(), JSON)
    assert (status, json.loads(said)) == (200, {"challenge": "3eZbrw"})
    unsigned = {"X-Slack-Signature": "v0=" + "0" * 64}
    assert (await slack.send(b'{"type":"url_verification","challenge":"x"}', JSON, unsigned))[0] == 401
    assert heard.payloads == []


async def test_a_check_of_the_certificate_needs_no_signature_and_does_nothing(slack: Slack, heard: Heard) -> None:
    for body, status in ((b"ssl_check=1&token=x", 200), (b"ssl_check=1&command=/book&user_id=U1", 401), (b"x=1", 401)):
        async with slack.http.post("/slack/events", data=body, headers={"Content-Type": FORM}) as answer:
            assert answer.status == status
    assert (await slack.send(b"ssl_check=1&token=x"))[0] == 200
    assert heard.payloads == []


async def test_nothing_but_post_is_answered(slack: Slack) -> None:
    async with slack.http.get("/slack/events") as answer:
        assert answer.status == 405


async def test_of_two_replays_at_once_one_is_done(slack: Slack, heard: Heard) -> None:
    fields = command("book")
    assert await asyncio.gather(*(slack.form(fields) for _ in range(10))) == [(200, "")] * 10
    assert len(heard.payloads) == 1


async def test_what_is_answered_in_words_is_not_put_off(slack: Slack, heard: Heard) -> None:
    for kind in ("view_submission", "block_suggestion"):
        assert await slack.interaction({"type": kind}) == (200, '{"options": []}')
    assert await slack.interaction({"type": "block_actions"}) == (200, "")
    assert [each["type"] for each in heard.answered] == ["view_submission", "block_suggestion"]
    assert [each["type"] for each in heard.payloads] == ["block_actions"]


async def test_what_there_is_no_room_for_is_sent_again_and_then_done(slack: Slack, heard: Heard) -> None:
    event = {"type": "app_home_opened", "user": "U0ANA"}
    heard.has_room = False
    for _ in range(2):  # the same bytes
        assert (await slack.event(event, event_id="Ev7"))[0] == 503
        assert (await slack.form({"command": "/book", "user_id": "U0ANA"}))[0] == 503
    heard.has_room = True
    for _ in range(2):
        assert await slack.event(event, event_id="Ev7") == (200, "")
        assert await slack.form({"command": "/book", "user_id": "U0ANA"}) == (200, "")
    assert len(heard.payloads) == 2


async def test_a_body_that_comes_in_pieces_is_one(slack: Slack, heard: Heard) -> None:
    fields = command("book with Sam")
    body = urlencode(fields).encode()
    gate = asyncio.Event()

    async def in_two() -> AsyncIterator[bytes]:
        yield body[:20]
        await gate.wait()
        yield body[20:]

    headers = {"X-Slack-Request-Timestamp": str(NOW), "X-Slack-Signature": signature(body, str(NOW))}
    sending = asyncio.create_task(
        slack.http.request("POST", "/slack/events", data=in_two(), headers={"Content-Type": FORM, **headers})
    )
    assert await slack.form(command("in between")) == (200, "")
    gate.set()
    async with await sending as answer:
        assert answer.status == 200
    assert heard.payloads[1:] == [fields]
