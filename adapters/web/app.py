"""What every route shares: a request's id in the log and in the answer, and an answer whatever happens."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from time import perf_counter

from aiohttp import web

from adapters.log import one_request

from .metrics import Metrics

log = logging.getLogger(__name__)

LONGEST_BODY = 256 * 1024
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")  # of a refusal: when, or how, it may be asked again
APOLOGY = "Something went wrong here, and nothing more was done. Try again; the log says where, under this request."

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def web_app(routes: Iterable[web.AbstractRouteDef], metrics: Metrics) -> web.Application:
    """One application of all the routes. Its handlers answer mistakes themselves; what nobody foresaw is a 500 with
    a sentence and the request's id, and its place is in the log."""

    @web.middleware
    async def watched(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = perf_counter()
        route = request.match_info.route.resource
        path = route.canonical if route is not None else "nowhere"
        with one_request() as number:
            try:
                answer = await handler(request)
            except web.HTTPException as known:
                told = {name: known.headers[name] for name in KEPT if name in known.headers}
                answer = web.json_response({"error": f"{known.reason}."}, status=known.status, headers=told)
            except Exception:
                log.exception("unforeseen", extra={"route": path})
                answer = web.json_response({"error": APOLOGY, "request": number}, status=500)
            if not answer.prepared:
                answer.headers["X-Request-Id"] = number
            metrics.answered(path, answer.status, perf_counter() - began)
        return answer

    app = web.Application(middlewares=[watched], client_max_size=LONGEST_BODY)
    app.add_routes(routes)
    return app
