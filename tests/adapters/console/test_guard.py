"""Requests that no well-behaved client sends: each is refused with a sentence, and nothing is done."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote, urlsplit

from yarl import URL

from tests.visiting import Visitor

HELP = json.dumps({"as": "ana@example.com", "text": "help"}).encode()
JSON = "Content-Type: application/json"


async def asked(
    visitor: Visitor, *headers: str, host: str | None = None, method: str = "POST", path: str = "/console/say"
) -> tuple[int, str]:
    """Byte for byte what is written here: clients would mend it. The status and the body."""
    where = urlsplit(visitor.stage.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    body = HELP if method == "POST" else b""
    named = where.netloc if host is None else host
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {named}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    async with asyncio.timeout(60):
        head, _, text = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    return int(head.split()[1]), text


OTHER_NAMES = (
    "pairtime.example.com",
    "127.0.0.1.example.com",
    "127.1",
    "0.0.0.0",
    "2130706433",
    "localhost.",
    "[",
    "[::1",
    "[127.0.0.1]",
    "[v1.x]",
    "a@127.0.0.1",
    "127.0.0.1@example.com",
    "127.0.0.1#example.com",
    "127.0.0.1?example.com",
    "127.0.0.1:x",
    "",
)


async def test_only_names_of_this_machine_itself_are_answered(visitor: Visitor) -> None:
    for host in OTHER_NAMES:
        status, text = await asked(visitor, JSON, host=host)
        assert (status, "error" in json.loads(text), host) == (403, True, host)


async def test_every_name_of_this_machine_itself_is_answered(visitor: Visitor) -> None:
    port = urlsplit(visitor.stage.url).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}", "127.0.0.1"):
        assert ((await asked(visitor, JSON, host=host))[0], host) == (200, host)


OTHER_PAGES = (
    "Origin: https://example.com",
    "Origin: null",
    "Origin: ",
    "Origin: [",
    "Origin: http://[",
    "Origin: http://127.0.0.1",
    "Origin: http://127.0.0.1:{port}@example.com",
    "Origin: https://127.0.0.1:{port}",
    "Origin: http://localhost:{port}",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site",
    "Sec-Fetch-Site: whatever",
    "X-Forwarded-For: 192.0.2.1",
    "X-Forwarded-Server: example.com",
    "Forwarded: for=192.0.2.1",
    "Via: 1.1 example.com",
)


async def test_nothing_is_taken_from_the_pages_of_others(visitor: Visitor) -> None:
    for header in OTHER_PAGES:
        written = header.format(port=urlsplit(visitor.stage.url).port)
        assert ((await asked(visitor, JSON, written))[0], written) == (403, written)
        for path in ("/console/inbox?as=ana@example.com", "/_/world", "/"):
            status, text = await asked(visitor, written, method="GET", path=path)
            assert (status, "error" in json.loads(text), written) == (403, True, written)


async def test_the_page_itself_is_answered_and_a_link_to_it_opens_it(visitor: Visitor) -> None:
    assert (await asked(visitor, JSON, f"Origin: {visitor.stage.url}", "Sec-Fetch-Site: same-origin"))[0] == 200
    assert (await asked(visitor, "Sec-Fetch-Site: none", method="GET", path="/"))[0] == 200
    link = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    assert (await asked(visitor, *link, method="GET", path="/"))[0] == 200
    assert (await asked(visitor, *link, JSON))[0] == 403
    framed = (*link[:2], "Sec-Fetch-Dest: iframe")
    assert (await asked(visitor, *framed, method="GET", path="/"))[0] == 403


async def test_what_a_form_can_send_is_not_taken(visitor: Visitor) -> None:
    for path in ("/console/say", "/console/press", "/_/clock"):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            assert ((await asked(visitor, f"Content-Type: {kind}", path=path))[0], path, kind) == (415, path, kind)
        assert ((await asked(visitor, path=path))[0], path) == (415, path)


async def test_what_is_no_number_gets_a_sentence(visitor: Visitor) -> None:
    for path in ("/console/inbox?as=ana@example.com&after=", "/console/changes?after="):
        for number in ("--5", "-", "", "5-", "1e3", "0x1", "٣", "1" * 19, "%2B5", "%205"):
            async with visitor.http.get(URL(f"{path}{quote(number, safe='%')}", encoded=True)) as answer:
                assert (answer.status, number) == (400, number)
                assert (await answer.json())["error"].endswith(".")
