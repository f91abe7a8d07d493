"""What an application's request to a sign-in server says, each parameter once; and what the person answers."""

from __future__ import annotations

from aiohttp import web
from multidict import MultiDict, MultiMapping

from sandbox.consent.codes import CHALLENGE
from sandbox.consent.outcome import Blocked


class Asking:
    """A request's query. `code` is what the vendor calls a request that is malformed ("invalid_request")."""

    def __init__(self, query: MultiMapping[str], code: str) -> None:
        self._query = query
        self._code = code
        for name in set(query):
            if len(query.getall(name)) > 1:
                raise self.refusal(f"OAuth 2 parameters can only have a single value: {name}")

    def get(self, name: str, default: str = "") -> str:
        return self._query.get(name, default)

    def required(self, name: str) -> str:
        """Raises Blocked where it is missing or empty."""
        value = self._query.get(name, "")
        if not value:
            raise self.refusal(f"Required parameter is missing: {name}")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list with spaces, each word once."""
        return tuple(dict.fromkeys(self._query.get(name, "").split()))

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Raises Blocked for anything else."""
        value = self._query.get(name, default)
        if value not in allowed:
            raise self.refusal(f"Invalid parameter value for {name}: {value!r} is none of {', '.join(allowed)}")
        return value

    def challenge(self) -> str:
        """S256's, or "" where the application sends none. Raises Blocked for the plain method, which guards nothing:
        the services still take it, nobody here should send it."""
        challenge, method = self.get("code_challenge"), self.get("code_challenge_method")
        if not challenge and not method:
            return ""
        if method != "S256":
            raise self.refusal("Invalid parameter value for code_challenge_method: send S256")
        if not CHALLENGE.fullmatch(challenge):
            raise self.refusal("Invalid parameter value for code_challenge: not the SHA-256 of a verifier")
        return challenge

    def refusal(self, sentence: str) -> Blocked:
        """The request as a whole is wrong."""
        return Blocked(self._code, sentence)


async def what_was_said(request: web.Request) -> MultiDict[str]:
    """What the person chose on the page that was sent; nothing yet where one is only opened."""
    if request.method != "POST":
        return MultiDict()
    return MultiDict((name, str(value)) for name, value in (await request.post()).items())
