"""How Graph refuses: a status, a code, a sentence, and the ids by which its makers find the request again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import NoReturn

from aiohttp import web

from sandbox.rules.shapes import Misshapen
from sandbox.world import Json

USUAL: Mapping[int, tuple[str, str]] = {
    400: ("ErrorInvalidRequest", "Your request can't be completed."),
    401: ("InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
    403: ("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    404: ("ErrorItemNotFound", "The specified object was not found in the store."),
    409: ("ErrorIrresolvableConflict", "The send or update operation could not be performed."),
    412: ("ErrorIrresolvableConflict", "The change key passed in the request does not match the current one."),
    429: ("ApplicationThrottled", "Application is over its limit."),
    500: ("ErrorInternalServerError", "An internal server error occurred. The operation failed."),
    502: ("BadGateway", "The server received an invalid response from an upstream server."),
    503: ("ErrorServerBusy", "The server cannot service this request right now. Try again later."),
    504: ("UnknownError", "The request timed out."),
}
BY_FAULT = {
    "unknown": "RequestBodyRead",
    "type": "RequestBodyRead",
    "choice": "RequestBodyRead",
    "limit": "ErrorInvalidRequest",
    "missing": "ErrorInvalidRequest",
}


class GraphError(Exception):
    """Raised wherever a request turns out wrong. `challenge`: the WWW-Authenticate that goes with it."""

    def __init__(
        self, status: int, code: str | None = None, sentence: str | None = None, *, challenge: str | None = None
    ) -> None:
        usual_code, usual_sentence = USUAL.get(status, ("UnknownError", "An error occurred."))
        self.status = status
        self.code = code or usual_code
        self.sentence = sentence or usual_sentence
        self.headers = {} if challenge is None else {"WWW-Authenticate": challenge}
        super().__init__(self.sentence)

    def body(self, ids: Mapping[str, str]) -> dict[str, Json]:
        return {"error": {"code": self.code, "message": self.sentence, "innerError": {**ids}}}


def refuse_shape(wrong: Misshapen) -> NoReturn:
    """The table's objection in Graph's words."""
    raise GraphError(400, BY_FAULT[wrong.fault], str(wrong)) from wrong


def request_ids(request: web.Request | None) -> dict[str, str]:
    """A fresh request-id, and the caller's own id (echoed) or the same again."""
    fresh = str(uuid.uuid4())
    given = request.headers.get("client-request-id") if request is not None else None
    return {"request-id": fresh, "client-request-id": given or fresh}


def answer(status: int, body: Json, ids: Mapping[str, str], headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON answer, or an empty one for None."""
    sent = {**ids, **(headers or {})}
    if body is None:
        return web.Response(status=status, headers=sent)
    return web.Response(status=status, text=json.dumps(body), content_type="application/json", headers=sent)
