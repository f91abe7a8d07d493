"""What goes wrong when others' apps speak to Slack (the facts about Slack, section 4), before the sandbox's Slack. Each
test names what it guards.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import adapters.slack
from sandbox.rules.slack_methods import METHODS
from tests.scenarios.slack.conftest import slack_stage
from tests.scenarios.slack.member import Members

from .conftest import Town

__all__ = ["slack_stage"]


async def test_slack_is_asked_once_for_a_name_and_not_at_all_for_people_in_a_report(town: Town) -> None:
    """A look-up for each object, each time: the method's limit is reached, and nobody is answered any more."""
    for _ in range(5):
        [answer] = await town.word("book with <@U0SAM>")
        assert answer.text.startswith("Times for you and Sam")
    assert town.there.calls.count("users.info") == 2, "Ana, who asks, and Sam, who was named"
    town.there.calls.clear()
    report = await town.command("admin who hasn't integrated their calendar?", user="U0PRIYA")
    assert "Not working" in report.text
    assert town.there.calls == ["users.info"], "Priya, who asks"


async def test_a_mention_of_a_bot_or_of_nobody_is_words_like_others(town: Town) -> None:
    """users.info of a bot's user is user_not_found."""
    [answer] = await town.word("book with <@U0BOT>")
    assert answer.text


def test_nothing_is_scheduled_with_slack_and_every_method_asked_is_one_that_the_sandbox_checks() -> None:
    """A message scheduled with metadata never comes, and one scheduled at all can be taken back by nobody in time."""
    asked = set(_methods())
    assert "chat.scheduleMessage" not in asked
    assert {"chat.postMessage", "views.open", "users.info"} <= asked <= METHODS.keys()


async def test_a_response_url_whose_half_hour_is_over_leads_to_the_conversation(slack_stage: Members) -> None:
    """It is refused by its status alone: whoever does not look at that answers nobody."""
    slack = slack_stage.stage.sandbox.slack
    told = slack.hands.payloads("ana@example.com")
    channel = await slack_stage.channel("general", "ana", "sam")
    form = told.command(slack.hands.channel(told, channel), "/pairtime", "status")
    slack_stage.stage.sandbox.clock.jump(timedelta(minutes=31))
    assert (await slack.courier.bring("slash_commands", dict(form), form=form)).status == 200
    await slack_stage.here.tasks.idle()
    assert await slack_stage.messages("ana", channel) == []
    answer = await slack_stage.newest("ana")
    assert answer.text.startswith("Calendar:")
    assert not answer.only, "a direct message"


def _methods() -> Iterator[str]:
    """Every text in the adapter that is a method's name."""
    for file in Path(adapters.slack.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                group, dot, name = node.value.rpartition(".")
                if dot and group in GROUPS and name.isidentifier():
                    yield node.value


GROUPS = {"apps.connections", "auth", "chat", "conversations", "files", "oauth.v2", "team", "users", "views"}
