"""Anything at all, signed and forged: never our mistake, never an unforeseen one, and no forgery is believed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import aiohttp
import pytest

from sandbox.teams.signing import WHICH

from .member import Members

WEIRD: tuple[object, ...] = (
    None, True, -1, 2**70, 1e308, float("nan"), "", "message", "\u0000\u202e<at>Pairtime</at>[x](y)", "\ud800",
    "x" * 5_000, "\u00a0", [], [None], ["x", {}], {}, {"id": None}, {"id": ["x"]}, {"id": "T" * 900}, {"type": {}},
    "https://smba.trafficmanager.net/\x7f[", "http://[::1", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
KEYS = (
    "type", "name", "id", "action", "text", "value", "from", "recipient", "conversation", "channelData", "channelId",
    "serviceUrl", "entities", "attachments", "locale", "localTimezone", "replyToId", "membersAdded", "tenantId",
    "aadObjectId", "conversationType", "isTargeted", "token", "data", "verb", "trigger", "stays", "about", "go", "slot",
    "day", "minutes", "start", "commandId", "parameters", "queryText", "tenant", "mentioned", "timezone",
)  # fmt: skip
KINDS = (
    "message", "message", "message", "invoke", "invoke", "invoke", "messageUpdate", "messageDelete", "messageReaction",
    "installationUpdate", "conversationUpdate", "event", "endOfConversation", "handoff", "command", "nonsense",
)  # fmt: skip
NAMES = (
    "adaptiveCard/action", "task/fetch", "task/submit", "application/search", "composeExtension/query",
    "composeExtension/fetchTask", "composeExtension/submitAction", "composeExtension/selectItem", "signin/verifyState",
    "signin/tokenExchange", "message/submitAction", "fileConsent/invoke", "tab/fetch", "config/fetch", "nonsense",
)  # fmt: skip
SECRET = "a secret plan"


class Fuzz:
    """Makes requests. `service` and `tenant` are the true ones."""

    def __init__(self, chance: random.Random, service: str, tenant: str, bot: str) -> None:
        self.chance = chance
        self.service = service
        self.tenant = tenant
        self.bot = bot

    def whole(self) -> dict[str, object]:
        """An activity as it should be, of somebody nobody knows."""
        chance = self.chance
        kind, somebody = chance.choice(KINDS), f"29:fuzz{chance.randrange(200)}"
        entra, value = f"{chance.getrandbits(32):08x}-1111-2222-3333-444444444444", None
        if kind == "invoke" or chance.random() < 0.2:
            data = {"token": chance.choice(["AAAA", "AQECAw", ""]), "about": "AQECAw", "go": "take", "slot": "x"}
            action = {"type": "Action.Execute", "verb": "press", "data": data}
            value = chance.choice([{"action": action, "trigger": "manual"}, {"data": data}, data])
        return {
            "type": kind,
            "id": f"f{chance.getrandbits(60)}",
            "name": chance.choice(NAMES) if kind == "invoke" else "",
            "action": chance.choice(["add", "remove", "add-upgrade", "more"]),
            "channelId": "msteams",
            "serviceUrl": self.service,
            "from": {"id": somebody, "name": "Fuzz", "aadObjectId": entra},
            "conversation": {
                "conversationType": chance.choice(["personal", "groupChat", "channel"]),
                "tenantId": self.tenant,
                "id": f"a:fuzz{chance.getrandbits(40)}",
            },
            "recipient": {"id": self.bot, "isTargeted": chance.random() < 0.2},
            "channelData": {"tenant": {"id": self.tenant}},
            "entities": [{"type": "mention", "text": "<at>P</at>", "mentioned": {"id": self.bot}}],
            "locale": "en-GB",
            "localTimezone": "Europe/Berlin",
            "replyToId": "1",
            "text": chance.choice([f"<at>P</at> {SECRET}", SECRET, "help", "", None]),
            "value": value,
        }

    def broken(self, value: object, depth: int = 0) -> object:
        """The same, a few things in it replaced, taken away, or added."""
        chance = self.chance
        if not isinstance(value, dict) or depth > 4:
            return chance.choice(WEIRD)
        made = dict(value)
        for _ in range(chance.randint(0, 3)):
            key = chance.choice([*made, *KEYS])
            match chance.randint(0, 4):
                case 0:
                    made.pop(key, None)
                case 1:
                    made[key] = chance.choice(WEIRD)
                case 2 | 3 if isinstance(made.get(key), dict):
                    made[key] = self.broken(made[key], depth + 1)
                case _:
                    made[key] = chance.choice([{}, [{}], "x", [self.broken({}, depth + 1)]])
        return made

    def request(self) -> tuple[bytes, str]:
        """A body and its content type."""
        chance = self.chance
        body = json.dumps(self.broken(self.whole())).encode()
        match chance.randint(0, 9):
            case 0:
                return body[: chance.randint(0, 400)], "application/json"
            case 1:
                return chance.randbytes(chance.randint(0, 300)), chance.choice(["application/json", "text/plain", ""])
            case _:
                return body, "application/json"


async def test_whatever_comes_is_answered_and_no_forgery_is_believed(
    teams_stage: Members, proving: bool, seen: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    chance, teams = random.Random(20261129), teams_stage.stage.sandbox.teams
    bot = teams.state.bot
    service = teams.state.service(bot.tenant)
    fuzz = Fuzz(chance, service, bot.tenant, bot.id)
    claims = teams.courier.claims(service)
    key = teams.state.keys.key(WHICH[0])
    good = key.signed(claims)
    forgers: list[Callable[[], str]] = [
        lambda: "",
        lambda: "Bearer",
        lambda: "Bearer a.b.c",
        lambda: f"Bearer {good[:-8]}AAAAAAAA",
        lambda: f"Bearer {good.rpartition('.')[0]}.",
        lambda: f"Bearer {key.signed({**claims, 'aud': bot.tenant})}",
        lambda: f"Bearer {key.signed({**claims, 'iss': 'https://sts.windows.net/'})}",
        lambda: f"Bearer {key.signed({**claims, 'exp': 1, 'nbf': 0})}",
        lambda: f"Bearer {key.signed({name: value for name, value in claims.items() if name != 'serviceurl'})}",
        lambda: f"Bearer {teams.state.keys.key('foreign').signed(claims)}",
    ]
    count, forged_accepted, statuses = 50_000 if proving else 3_000, 0, dict[int, int]()
    caplog.set_level("DEBUG")
    async with aiohttp.ClientSession() as http:
        for _ in range(count):
            body, kind = fuzz.request()
            forged = chance.random() < 0.3
            token = chance.choice(forgers)() if forged else f"Bearer {good}"
            headers = {"Authorization": token, **({"Content-Type": kind} if kind else {})}
            url = f"{teams_stage.stage.url}/api/messages"
            async with http.post(url, data=body, headers=headers) as answer:
                await answer.read()
                statuses[answer.status] = statuses.get(answer.status, 0) + 1
                forged_accepted += forged and answer.status < 400
    await teams_stage.here.tasks.idle()
    assert forged_accepted == 0
    assert statuses.keys() <= {200, 202, 400, 401, 403, 413, 415}
    assert min(statuses[200], statuses[202], statuses[400], statuses[401]) > count / 50
    unforeseen = [each for each in caplog.records if "unforeseen" in each.getMessage()]
    assert [(each.getMessage(), each.exc_text) for each in unforeseen] == []
    assert not any(SECRET in record.getMessage() for record in caplog.records)
    told = ", ".join(f"{number:,} answered {status}" for status, number in sorted(statuses.items()))
    seen(f"{count:,} requests to Teams' door: {told}; forged and believed: {forged_accepted}")
