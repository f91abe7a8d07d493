"""The booking form, from the command that opens it to the session in both calendars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adapters.slack.render.views import being_booked, failed, form, looking, result
from bot.buttons import command_of, token_of
from bot.commands import BookSession, ChooseDay, FindSlots
from bot.replies import Reader
from bot.samples import MATCH, SAMPLES
from calendar_core.interval import Interval

from .conftest import Town
from .limits import schema_of, sdk_complaints, sdk_view_complaints, shown, view_broken
from .signed import TEAM, command

View = dict[str, Any]


async def opened(town: Town, text: str = "form") -> str:
    """The id of the window."""
    url = town.there.response_url("form")
    assert await town.slack.form(command(text, name="/book", response_url=url)) == (200, "")
    await town.here.tasks.idle()
    (view_id,) = town.there.views
    return view_id


async def acted(town: Town, view_id: str, action: dict[str, Any], user: str = "U0ANA") -> View:
    """What the window shows after something was chosen in it."""
    shown_now = town.there.views[view_id]
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": {**shown_now[-1], "id": view_id, "hash": f"h{len(shown_now)}"},
        "container": {"type": "view", "view_id": view_id},
        "trigger_id": "1.1.1",
        "actions": [action],
    }
    assert await town.slack.interaction(payload) == (200, "")
    await town.here.tasks.idle()
    return town.there.views[view_id][-1]


async def sent(town: Town, view_id: str, option: View) -> tuple[str, View]:
    """What the answer says, and what the window shows in the end."""
    view = town.there.views[view_id][-1]
    slot = next(block for block in view["blocks"] if block["type"] == "input")
    values = {slot["block_id"]: {"form-slot": {"type": "static_select", "selected_option": option}}}
    payload = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": "U0ANA", "team_id": TEAM},
        "view": {**view, "id": view_id, "hash": "x", "state": {"values": values}},
    }
    status, answer = await town.slack.interaction(payload)
    assert status == 200
    await town.here.tasks.idle()
    return answer, town.there.views[view_id][-1]


def of_ana(kind: str) -> dict[str, Any]:
    return {"type": kind, "team": {"id": TEAM}, "user": {"id": "U0ANA", "team_id": TEAM}, "trigger_id": "1.1.1"}


def times(view: View) -> list[View]:
    fields = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    return [option for element in fields for option in element.get("options", [])]


def names(view: View) -> list[str]:
    return [option["text"]["text"] for option in times(view)]


def fields(view: View) -> dict[str, View]:
    return {block["accessory"]["action_id"]: block for block in view["blocks"] if "accessory" in block}


async def test_it_opens_before_anybody_is_asked_and_then_has_only_free_times(town: Town) -> None:
    view_id = await opened(town)
    loading, filled = town.there.views[view_id]
    assert shown(loading["blocks"]) == "I am looking at the calendars ..."
    assert names(filled)[:2] == ["09:00 (15:00 Berlin)", "09:15 (15:15 Berlin)"]
    assert fields(filled)["form-day"]["accessory"]["initial_date"] == "2026-11-24"
    assert fields(filled)["form-minutes"]["accessory"]["initial_option"]["value"] == "45"
    assert "New York time (Berlin in brackets)" in shown(filled["blocks"])
    for option in times(filled):
        assert isinstance(command_of(option["value"]), BookSession)
    assert [view_broken(each) + sdk_view_complaints(each) for each in (loading, filled)] == [[], []]


async def test_another_day_or_length_has_other_times_in_a_new_field(town: Town) -> None:
    view_id = await opened(town)
    before = town.there.views[view_id][-1]
    day = await acted(town, view_id, {"action_id": "form-day", "selected_date": "2026-11-25"})
    assert fields(day)["form-day"]["accessory"]["initial_date"] == "2026-11-25"
    shorter = await acted(town, view_id, {"action_id": "form-minutes", "selected_option": {"value": "30"}})
    assert fields(shorter)["form-day"]["accessory"]["initial_date"] == "2026-11-25"
    assert len(names(shorter)) >= len(names(day)) > 0
    ids = [block["block_id"] for view in (before, day, shorter) for block in view["blocks"] if block["type"] == "input"]
    assert len(set(ids) - {"form-topic"}) == 3
    assert len(shorter["private_metadata"]) <= 150
    wish = command_of(shorter["private_metadata"])
    assert isinstance(wish, ChooseDay)
    assert (str(wish.day), wish.find.minutes) == ("2026-11-25", 30)


async def test_a_day_without_times_says_why_and_can_be_left_again(town: Town) -> None:
    view_id = await opened(town)
    sunday = await acted(town, view_id, {"action_id": "form-day", "selected_date": "2026-11-29"})
    assert "submit" not in sunday
    assert "Nothing fits" in shown(sunday["blocks"])
    assert view_broken(sunday) == []
    back = await acted(town, view_id, {"action_id": "form-day", "selected_date": "2026-11-24"})
    assert names(back)


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "form-day", "selected_date": "2026-13-45"},
        {"action_id": "form-day"},
        {"action_id": "form-minutes", "selected_option": {"value": "many"}},
        {"action_id": "form-minutes", "selected_option": {"value": "-5"}},
        {"action_id": "form-go-1", "value": "x"},
        {"action_id": "something"},
    ],
)
async def test_what_no_window_of_ours_sends_changes_nothing(town: Town, action: View) -> None:
    view_id = await opened(town)
    before = len(town.there.views[view_id])
    await acted(town, view_id, action)
    assert len(town.there.views[view_id]) == before


async def test_sending_says_so_at_once_and_then_what_came_of_it_and_what_lasts_is_a_message(town: Town) -> None:
    view_id = await opened(town)
    option = times(town.there.views[view_id][-1])[2]
    answer, view = await sent(town, view_id, option)
    assert '"response_action": "update"' in answer
    assert "I look again at the calendars" in answer
    assert "Booked. Tue 24 Nov 2026, 09:30 - 10:15 New York" in shown(view["blocks"])
    assert view_broken(view) == []
    (message,) = town.there.posted
    assert message.where == "DU0ANA"
    assert message.text.startswith("Booked. Tue 24 Nov 2026, 09:30")


async def test_a_time_that_was_taken_meanwhile_is_refused_in_the_window(town: Town) -> None:
    view_id = await opened(town)
    option = times(town.there.views[view_id][-1])[1]  # 09:15, within what is booked now
    await town.command("with my mentor", name="/book")
    await town.command("1", name="/book")
    _, view = await sent(town, view_id, option)
    assert "nothing was booked" in shown(view["blocks"])
    assert view["submit"]["text"] == "Book"
    assert "09:15 (15:15 Berlin)" not in names(view)
    assert view_broken(view) == []


async def test_a_day_that_is_heard_of_after_the_form_was_sent_draws_nothing_over_what_came_of_it(town: Town) -> None:
    view_id = await opened(town)
    late = {**town.there.views[view_id][-1], "id": view_id, "hash": "x"}
    _, booked = await sent(town, view_id, times(late)[2])
    assert "Booked. Tue 24 Nov 2026, 09:30" in shown(booked["blocks"])
    day = {"action_id": "form-day", "selected_date": "2026-11-25"}
    payload = {**of_ana("block_actions"), "view": late, "actions": [day]}
    assert await town.slack.interaction(payload) == (200, "")
    await town.here.tasks.idle()
    assert town.there.views[view_id][-1] == booked


async def test_a_form_that_is_shown_again_takes_another_day(town: Town) -> None:
    view_id = await opened(town)
    option = times(town.there.views[view_id][-1])[1]
    await town.command("with my mentor", name="/book")
    await town.command("1", name="/book")
    await sent(town, view_id, option)
    day = await acted(town, view_id, {"action_id": "form-day", "selected_date": "2026-11-25"})
    assert fields(day)["form-day"]["accessory"]["initial_date"] == "2026-11-25"


async def test_the_button_after_a_trigger_that_ended_keeps_the_message_it_is_about(town: Town) -> None:
    town.there.refusing["views.open"] = "expired_trigger_id"
    shortcut = {
        **of_ana("message_action"),
        "callback_id": "book_about",
        "team": {"id": TEAM, "domain": "example"},
        "channel": {"id": "C0GENERAL"},
        "message": {"ts": "1795340000.000100", "thread_ts": "1795330000.000200", "text": "Let us talk"},
        "response_url": town.there.response_url("shortcut"),
    }
    assert await town.slack.interaction(shortcut) == (200, "")
    await town.here.tasks.idle()
    (row,) = [block for block in town.there.posted[-1].fields["blocks"] if block["type"] == "actions"]
    town.there.refusing.clear()
    assert await town.slack.interaction({**of_ana("block_actions"), "actions": row["elements"]}) == (200, "")
    await town.here.tasks.idle()
    (field,) = [
        block["element"] for block in town.there.views["V0"][-1]["blocks"] if block.get("block_id") == "form-topic"
    ]
    thread = "?thread_ts=1795330000.000200&cid=C0GENERAL"
    assert field["initial_value"] == f"https://example.slack.com/archives/C0GENERAL/p1795340000000100{thread}"


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"])
async def test_a_trigger_that_ended_leads_to_a_button_that_opens_it(town: Town, code: str) -> None:
    town.there.refusing["views.open"] = code
    url = town.there.response_url("form")
    assert await town.slack.form(command("form", name="/book", response_url=url)) == (200, "")
    await town.here.tasks.idle()
    (message,) = town.there.posted
    assert message.text == (
        "The form could not be opened in time; nothing was booked. Press to open it again.\n[Open form]"
    )
    (row,) = [block for block in message.fields["blocks"] if block["type"] == "actions"]
    town.there.refusing.clear()
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "U0ANA", "team_id": TEAM},
        "trigger_id": "2.2.2",
        "actions": row["elements"],
    }
    assert await town.slack.interaction(payload) == (200, "")
    await town.here.tasks.idle()
    assert len(town.there.views["V0"]) == 2


async def test_where_the_app_is_not_installed_that_much_is_said(town: Town) -> None:
    url = town.there.response_url("form")
    assert await town.slack.form(command("form", name="/book", response_url=url, team_id="T0OTHER")) == (200, "")
    await town.here.tasks.idle()
    (message,) = town.there.posted
    assert (message.where, message.fields["response_type"]) == ("form", "ephemeral")
    assert message.text.startswith("Pairtime is not installed here any more")


async def test_where_slack_does_not_say_whose_the_app_is_that_much_is_said(town: Town) -> None:
    town.there.refusing["auth.test"] = "internal_error"
    url = town.there.response_url("form")
    assert await town.slack.form(command("form", name="/book", response_url=url)) == (200, "")
    await town.here.tasks.idle()
    (message,) = town.there.posted
    assert message.text.startswith("I cannot reach your chat's directory right now")


async def test_where_the_directory_is_away_the_window_says_so(town: Town) -> None:
    town.there.refusing["users.info"] = "internal_error"
    view_id = await opened(town)
    view = town.there.views[view_id][-1]
    assert shown(view["blocks"]).startswith("I cannot reach your chat's directory right now")
    assert view_broken(view) == []


@pytest.mark.parametrize(("line", "name"), [("form", "/sessions"), ("form", "/pairtime")])
async def test_only_booking_has_a_form(town: Town, line: str, name: str) -> None:
    answer = await town.command(line, name=name)
    assert town.there.views == {}
    assert answer.text


async def test_what_another_process_changed_meanwhile_is_no_hindrance(town: Town) -> None:
    view_id = await opened(town)
    town.there.views[view_id].append(town.there.views[view_id][-1])  # so that the hash we know is an old one
    day = await acted(town, view_id, {"action_id": "form-day", "selected_date": "2026-11-25"})
    assert fields(day)["form-day"]["accessory"]["initial_date"] == "2026-11-25"


async def test_a_button_in_a_window_is_answered_there(town: Town) -> None:
    view_id = await opened(town)
    book = BookSession(MATCH, Interval(0, 45))
    view = await acted(town, view_id, {"action_id": "press-1", "type": "button", "value": token_of(book)})
    assert "nothing was changed" in shown(view["blocks"])
    assert town.there.posted == []
    assert view_broken(view) == []


async def test_numbers_still_answer_the_list_before_the_form(town: Town) -> None:
    await town.command("with my mentor", name="/book")
    await opened(town)
    booked = await town.command("1", name="/book")
    assert booked.text.startswith("Booked. Tue 24 Nov 2026, 09:00")


async def test_an_account_that_is_nobodys_sees_no_times(town: Town) -> None:
    town.there.users["U0EVE"] = {**town.there.users["U0ANA"], "id": "U0EVE", "profile": {}}
    assert await town.slack.form(command("form", "U0EVE", "/book")) == (200, "")
    await town.here.tasks.idle()
    view = town.there.views["V0"][-1]
    assert times(view) == []
    assert view_broken(view) == []


@pytest.mark.parametrize("language", ["en-GB", "de", "fr", "es"])
def test_every_window_is_valid_in_every_language(contracts: Path, language: str) -> None:
    reader = Reader(language, "America/New_York")
    windows = [looking(reader), being_booked(reader), failed(reader)]
    windows += [result(answer) for answer in SAMPLES.values()]
    windows += [form(answer, ChooseDay(FindSlots())) for answer in SAMPLES.values()]
    for view in windows:
        assert view_broken(view) == []
        assert sdk_complaints(view["blocks"]) == []  # type: ignore[arg-type]  # a view's own
    assert schema_of(contracts, "ModalView")(windows) == []
    assert token_of(ChooseDay(FindSlots()))
