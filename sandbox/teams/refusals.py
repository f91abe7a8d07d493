"""How the service that bots talk to says no: a status, a code, and sometimes a subcode."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from sandbox.world import Json

USUAL_CODE: Mapping[int, str] = {
    400: "BadArgument",
    401: "BotNotRegistered",
    403: "Forbidden",
    404: "ConversationNotFound",
    412: "PreconditionFailed",
    413: "MessageSizeTooBig",
    429: "TooManyRequests",
    500: "ServiceError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}
MESSAGES: Mapping[str, str] = {
    "BotNotRegistered": "No registration found for this bot.",
    "BotDisabledByAdmin": "The tenant admin disabled this bot.",
    "BotNotInConversationRoster": "The bot is not part of the conversation roster.",
    "ConversationBlockedByUser": "User blocked the conversation with the bot.",
    "ForbiddenOperationException": "Bot is not installed in user's personal scope.",
    "InvalidBotApiHost": "Invalid bot api host. For GCC tenants, please call https://smba.infra.gcc.teams.microsoft.com.",
    "NotEnoughPermissions": "The bot may not do that.",
    "ConversationNotFound": "Conversation not found.",
    "ActivityNotFoundInConversation": "The activity was not found in the conversation.",
    "MemberNotFoundInConversation": "The specified user was not found in the conversation.",
    "MessageSizeTooBig": "Message size too large.",
    "TooManyRequests": "Too many requests.",
    "PreconditionFailed": "Precondition failed, please try again.",
}
SUBCODES: Mapping[str, str] = {"MessageWritesBlocked": "Thread is blocked"}
"""By subcode, what is said beside it; the code is then the status's usual one."""


class Refused(Exception):
    """`retry_after`: seconds, where it is about how often one asks."""

    def __init__(self, status: int, code: str = "", message: str = "", retry_after: int | None = None) -> None:
        super().__init__(f"{status} {code} {message}".strip())
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def answer(self) -> web.Response:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return web.json_response(_body(self.status, self.code, self.message), status=self.status, headers=headers)


def unauthorised() -> web.Response:
    """For what came without a good token: another form than every other refusal."""
    said = {"message": "Authorization has been denied for this request."}
    return web.json_response(said, status=401, headers={"WWW-Authenticate": "Bearer"})


def _body(status: int, code: str, message: str) -> Json:
    error: dict[str, Json] = {"code": code if code not in ("", *SUBCODES) else USUAL_CODE.get(status, "ServiceError")}
    if code in SUBCODES:
        error |= {"subCode": code, "message": message or SUBCODES[code]}
    else:
        error["message"] = message or MESSAGES.get(str(error["code"]), "An error occurred.")
    return {"error": error}
