"""What goes wrong with Slack's windows in others' apps (the facts about Slack, section 4), before the sandbox's Slack,
over HTTP and Socket Mode. Each test names what it guards.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scenarios.slack.conftest import slack_stage
from tests.scenarios.slack.member import Members

from .conftest import Town
from .limits import shown, view_broken
from .signed import TEAM

__all__ = ["slack_stage"]

ANA = "ana@example.com"
DAY, SLOT = "form-day", "form-slot"
View = dict[str, Any]


async def told(here: Members, deed: str, **fields: Any) -> Any:
    """What Slack answers to something that Ana does there, once all that it led to is done."""
    async with here.http.post(f"/_/slack/{deed}", json={"as": ANA, **fields}) as answer:
        read = await answer.json()
        assert answer.status == 200, read
    await here.here.tasks.idle()
    return read


async def window(here: Members) -> View:
    """The one she sees."""
    async with here.http.get("/_/slack/screen", params={"as": ANA}) as answer:
        view: View = json.loads(await answer.text())["modal"]
    return view


async def opened(here: Members) -> View:
    await told(here, "command", line="/book form")
    return await window(here)


def block_of(view: View, action: str) -> str:
    """The block in which that action stands."""
    for block in view["blocks"]:
        for element in (block.get("accessory"), block.get("element")):
            if element is not None and element["action_id"] == action:
                return str(block["block_id"])
    raise AssertionError(f"no {action}: {shown(view['blocks'])}")


def times(view: View) -> list[View]:
    fields = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    return [each for element in fields for each in element.get("options", [])]


def day_of(view: View) -> str:
    """The day that is chosen, and whose times are shown."""
    assert times(view)
    fields = (block["accessory"] for block in view["blocks"] if "accessory" in block)
    return str(next(each["initial_date"] for each in fields if each["action_id"] == DAY))


async def choose(here: Members, view: View, day: str) -> None:
    await told(here, "press", view=view["id"], block=block_of(view, DAY), action=DAY, value=day)


async def test_a_window_that_was_changed_by_somebody_else_is_drawn_anew_from_what_was_chosen(
    slack_stage: Members,
) -> None:
    """views.update with an old hash is a hash_conflict, and the window would go on loading for ever."""
    view = await opened(slack_stage)
    slack = slack_stage.stage.sandbox.slack
    kept = slack.state.views.of(view["id"])
    assert kept is not None
    other = slack.state.views.update(kept, kept.view)  # another process of ours drew it: its hash is another now
    assert other.hash != view["hash"]
    await choose(slack_stage, view, "2026-11-25")
    assert day_of(await window(slack_stage)) == "2026-11-25"


async def test_of_two_choices_in_a_row_the_later_one_is_shown_whichever_calendar_answers_first(
    slack_stage: Members,
) -> None:
    """Two updates race: the first to be asked is the last to be shown, and the loader stays."""
    view = await opened(slack_stage)
    slack = slack_stage.stage.sandbox.slack
    stored = slack.state.views.of(view["id"])
    assert stored is not None
    for day in ("2026-11-25", "2026-11-30", "2026-12-01"):  # each is acknowledged, and not waited for
        action = {"type": "datepicker", "action_id": DAY, "block_id": block_of(view, DAY), "selected_date": day}
        await _brought(slack_stage, slack.hands.payloads(ANA).actions(action, stored, None))
    await slack_stage.here.tasks.idle()
    assert day_of(await window(slack_stage)) == "2026-12-01"


async def test_a_time_that_was_chosen_for_another_day_is_not_booked_with_the_form(slack_stage: Members) -> None:
    """After an update Slack may send the state of fields that are not there any more."""
    view = await opened(slack_stage)
    before = block_of(view, SLOT)
    stale = times(view)[0]
    await choose(slack_stage, view, "2026-11-25")
    view = await window(slack_stage)
    assert block_of(view, SLOT) != before, "a field under its old name would keep what was chosen in it"
    chosen = times(view)[1]
    slack = slack_stage.stage.sandbox.slack
    slack.forms.fill(ANA, view["id"], {block_of(view, SLOT): {SLOT: chosen["value"]}})
    stored = slack.state.views.of(view["id"])
    assert stored is not None
    payload: Any = slack.hands.payloads(ANA).submission(stored)
    old = {before: {SLOT: {"type": "static_select", "selected_option": stale}}}
    payload["view"]["state"]["values"] = {**old, **payload["view"]["state"]["values"]}
    await _brought(slack_stage, payload)
    await slack_stage.here.tasks.idle()
    [session] = [each for each in await slack_stage.messages("ana") if "Booked." in each.text]
    assert session.text.startswith("Booked. Wed 25 Nov 2026")


@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "fr-FR", "es-ES"])
async def test_what_goes_back_with_the_acknowledgement_of_a_form_is_a_window_that_slack_takes(
    slack_stage: Members, locale: str
) -> None:
    """One that is too long shows "trouble connecting", and the app never learns of it."""
    await told(slack_stage, "person", locale=locale)
    view = await opened(slack_stage)
    chosen = {block_of(view, SLOT): {SLOT: times(view)[0]["value"]}}
    answer = await told(slack_stage, "submit", view=view["id"], values=chosen)
    assert answer == {"errors": {}, "trouble": ""}
    after = await window(slack_stage)
    assert after["id"] == view["id"]
    assert view_broken({name: after[name] for name in ("type", "title", "blocks", "close", "callback_id")}) == []


async def test_a_trigger_that_was_too_old_when_it_came_leads_to_a_button_with_a_new_one(slack_stage: Members) -> None:
    """expired_trigger_id though the handler was fast: Slack's own way here counts, too."""
    slack = slack_stage.stage.sandbox.slack
    payloads = slack.hands.payloads(ANA)
    form = payloads.command(slack.hands.channel(payloads, ""), "/book", "form")
    slack.state.triggers.age()
    receipt = await slack.courier.bring("slash_commands", dict(form), form=form)
    assert receipt.status == 200
    offered = await slack_stage.newest("ana")
    assert offered.text.startswith("The form could not be opened in time; nothing was booked.")
    await slack_stage.press(offered, "Open form")
    assert times(await window(slack_stage))


async def test_where_slack_takes_neither_a_window_nor_a_message_nothing_unforeseen_happens(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Too many at once, after an old trigger: a fuzz of 50,000 has found it."""
    town.there.refusing |= {"views.open": "expired_trigger_id", "chat.postMessage": "ratelimited"}
    shortcut = {"type": "shortcut", "callback_id": "book", "team": {"id": TEAM}, "user": {"id": "U0ANA"}}
    assert await town.slack.interaction({**shortcut, "trigger_id": "1.1.1"}) == (200, "")
    await town.here.tasks.idle()
    assert "views.open" in town.there.calls
    assert [each.getMessage() for each in caplog.records if "unforeseen" in each.getMessage()] == []


async def _brought(here: Members, payload: Any) -> None:
    receipt = await here.stage.sandbox.slack.courier.bring("interactive", payload)
    assert receipt.status == 200
