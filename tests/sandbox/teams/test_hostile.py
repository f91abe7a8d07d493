"""Whatever a bot sends or answers: Teams says no, and goes on."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.app import Sandbox
from sandbox.teams.content import content
from sandbox.teams.courier import Receipt
from sandbox.teams.messages import Messages
from sandbox.teams.outcome import of_card_action, of_query
from sandbox.teams.pressing import suggestions
from sandbox.teams.refusals import Refused
from tests.sandbox.conftest import CAST, NOW

from .conftest import SAM, Api, block, card, carded

KEYS = (
    "type text attachments entities contentType content version body actions items columns title data mentioned id",
    "refresh action userIds facts rows cells choices url fallback msteams recipient members tenantId statusCode value",
    "composeExtension task results card",
)
WORDS = (
    "message AdaptiveCard TextBlock Container Action.Execute Action.ShowCard Input.ChoiceSet 1.5 mention <at>Ana</at>",
    "application/vnd.microsoft.card.adaptive image/png data:image/png;base64,AA result continue",
    "application/vnd.microsoft.search.searchResponse application/vnd.microsoft.activity.message",
)
NAMES, VALUES = (st.sampled_from(" ".join(lines).split()) for lines in (KEYS, WORDS))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.just(200) | st.floats(allow_nan=False) | VALUES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


@given(ANYTHING)
def test_what_is_no_activity_is_refused_in_teams_words(value: Any) -> None:
    with suppress(Refused):
        assert content(value if isinstance(value, dict) else {"type": "message", "attachments": [value]}).text_format


@given(ANYTHING)
def test_no_answer_breaks_the_client(value: Any) -> None:
    receipt = Receipt(200, json.dumps(value))
    assert of_card_action(receipt).receipt is receipt
    assert of_query(receipt).receipt is receipt
    assert isinstance(suggestions(receipt), list)


@pytest.mark.parametrize("path", ["", "/{chat}/activities", "/{chat}/attachments"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=ANYTHING)
async def test_nothing_that_is_sent_makes_it_fail(api: Api, path: str, body: Any) -> None:
    await api.ask("POST", f"conversations{path}".format(chat=api.chat()), body)
    assert api.status < 500


async def test_too_deep_is_refused(api: Api) -> None:
    deep: Any = block()
    for _ in range(300):
        deep = {"type": "Container", "items": [deep]}
    assert await api.refused("POST", f"conversations/{api.chat()}/activities", carded(card(deep))) == (
        400,
        "BadArgument",
    )


async def test_no_json_is_refused(api: Api) -> None:
    address = f"/teams/emea/v3/conversations/{api.chat()}/activities"
    headers = {"Authorization": f"Bearer {api.token}"}
    for raw, kind, status in (
        (b"{", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"[]", "application/json", 400),
    ):
        async with api.http.post(address, data=raw, headers={**headers, "Content-Type": kind}) as answer:
            assert answer.status == status


async def test_all_of_it_is_there_after_a_restart(tmp_path: Any) -> None:
    async with Sandbox(folder=tmp_path, now=NOW) as first:
        for mailbox in CAST:
            first.world.add_mailbox(mailbox)
        await first.teams.installing.add(SAM)
        chat = first.teams.hands.conversation(first.teams.hands.person(SAM), "")
        sent, _ = await first.teams.hands.say(SAM, "", "Hello")
        bot, user = first.teams_bot(), first.teams.hands.person(SAM)
    async with Sandbox(folder=tmp_path) as second:
        assert (second.teams_bot(), second.teams.hands.person(SAM)) == (bot, user)
        assert second.teams.hands.conversation(user, "").bot is True
        assert second.teams.state.messages.of(chat.id) == [sent]
        assert int(Messages(second.world).stamp()) > int(sent.id)
