"""How Slack says no: HTTP 200 with a code, and 429 when it was asked too often."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from sandbox.rules.shapes import Misshapen
from sandbox.world import Json


class Refused(Exception):
    """`code` is Slack's; `more` stands beside it in the answer."""

    def __init__(self, code: str, **more: Json) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def body(self) -> dict[str, Json]:
        return {"ok": False, "error": self.code, **self.more}


class TooOften(Exception):
    """`seconds`: when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


def badly_shaped(code: str, sentences: Sequence[str]) -> Refused:
    """With the sentences where Slack's tools show them."""
    said: list[Json] = list(sentences)
    return Refused(code, response_metadata={"messages": said}, errors=[str(each) for each in sentences])


def sentence(wrong: Misshapen) -> str:
    return f"[ERROR] {wrong} [json-pointer:{wrong.path}]"


def rate_limited(seconds: int) -> web.Response:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})
