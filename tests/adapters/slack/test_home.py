"""The app's Home: everybody's own, and an admin's list in it, found by name and page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.render.home_view import HomeShown, away, home
from bot.replies import Answer, Party, Reader, SessionLine, SessionsListed
from bot.samples import BOOKED, SAMPLES
from calendar_core.interval import Interval

from .conftest import Town
from .limits import buttons, schema_of, sdk_complaints, shown, view_broken
from .signed import TEAM

View = dict[str, Any]


async def opened(town: Town, user: str = "U0ANA") -> View:
    event = {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": "home"}
    assert await town.slack.event(event) == (200, "")
    await town.here.tasks.idle()
    return town.there.homes[user]


async def acted(town: Town, action: dict[str, Any], user: str) -> View:
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": {**town.there.homes[user], "id": "V0HOME"},
        "container": {"type": "view", "view_id": "V0HOME"},
        "actions": [action],
    }
    assert await town.slack.interaction(payload) == (200, "")
    await town.here.tasks.idle()
    return town.there.homes[user]


def headings(view: View) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


async def test_it_shows_sessions_with_join_the_calendar_and_the_settings(town: Town) -> None:
    empty = await opened(town)
    assert headings(empty) == ["Sessions", "Your calendar", "Settings"]
    assert "Group confirmations on" in {each["text"]["text"] for each in buttons(empty["blocks"])}
    assert "You have no sessions planned." in shown(empty["blocks"])
    await town.command("with my mentor", name="/book")
    await town.command("1", name="/book")
    view = await opened(town)
    assert "Tue 24 Nov, 09:00 (15:00 Berlin), with Sam Okoye" in shown(view["blocks"])
    join = next(block["accessory"] for block in view["blocks"] if "accessory" in block)
    assert join["text"]["text"] == "Join"
    assert join["accessibility_label"] == "Join Tue 24 Nov, 09:00 New York with Sam Okoye"
    assert join["url"].startswith("http")
    assert "Google - Domain" in shown(view["blocks"])
    assert view_broken(view) == []


async def test_opening_it_is_no_message_and_numbers_answer_the_list_before(town: Town) -> None:
    await town.command("with my mentor", name="/book")
    before = len(town.there.posted)
    await opened(town)
    assert len(town.there.posted) == before
    assert (await town.command("1", name="/book")).text.startswith("Booked.")


async def test_a_button_in_it_is_answered_in_a_window(town: Town) -> None:
    view = await opened(town)
    past = next(each for each in buttons(view["blocks"]) if each["text"]["text"] == "Past sessions")
    await acted(town, past, "U0ANA")
    (shown_in_turn,) = town.there.views.values()
    assert [shown(each["blocks"]).splitlines()[0] for each in shown_in_turn] == [
        "One moment ...",
        "You have no past sessions.",
    ]
    assert [each["title"]["text"] for each in shown_in_turn] == ["Pairtime", "Pairtime"]
    assert town.there.posted == []


async def test_where_no_window_opens_it_is_answered_in_the_conversation(town: Town) -> None:
    view = await opened(town)
    town.there.refusing["views.open"] = "expired_trigger_id"
    past = next(each for each in buttons(view["blocks"]) if each["text"]["text"] == "Past sessions")
    await acted(town, past, "U0ANA")
    (message,) = town.there.posted
    assert message.where == "DU0ANA"
    assert message.text.startswith("You have no past sessions.")


async def test_an_admin_finds_people_by_name_and_kind_of_list(town: Town) -> None:
    view = await opened(town, "U0PRIYA")
    assert headings(view) == ["Calendar integration", "Your calendar", "Settings"]
    person = await acted(town, {"action_id": "home-person", "value": "Sam"}, "U0PRIYA")
    assert "Sam Okoye" in shown(person["blocks"])
    assert "Outlook - Domain" in shown(person["blocks"])
    menu = _menu(view)
    health = await acted(town, {"action_id": "home-what", "selected_option": menu["options"][-1]}, "U0PRIYA")
    assert "Google domain" in shown(health["blocks"])
    assert _menu(health)["initial_option"] == menu["options"][-1]
    again = await acted(town, {"action_id": "home-page-1", "value": "nonsense"}, "U0PRIYA")
    assert shown(again["blocks"]) == shown(view["blocks"])
    assert [view_broken(each) for each in (view, person, health)] == [[], [], []]


def _menu(view: View) -> View:
    menu: View = next(block for block in view["blocks"] if block.get("block_id") == "home-what")["elements"][0]
    return menu


async def test_nobody_else_is_shown_people_whatever_is_sent(town: Town) -> None:
    await opened(town)
    view = await acted(town, {"action_id": "home-person", "value": "Sam"}, "U0ANA")
    assert headings(view) == ["Sessions", "Your calendar", "Settings"]


async def test_an_account_that_is_nobodys_is_told_what_to_do(town: Town) -> None:
    town.there.users["U0EVE"] = {**town.there.users["U0ANA"], "id": "U0EVE", "profile": {}}
    view = await opened(town, "U0EVE")
    assert headings(view) == []
    assert shown(view["blocks"])
    assert view_broken(view) == []


async def test_where_slack_does_not_say_who_it_is_that_much_is_shown(town: Town) -> None:
    town.there.refusing["users.info"] = "internal_error"
    town.there.users.clear()
    view = await opened(town, "U0NEW")
    assert headings(view) == []
    assert shown(view["blocks"])


@pytest.mark.parametrize("language", ["en-GB", "de", "fr", "es"])
def test_every_home_is_valid_with_a_hundred_sessions_and_the_longest_names(contracts: Path, language: str) -> None:
    def read(name: str) -> Answer:
        return replace(SAMPLES[name], reader=Reader(language, "Europe/Berlin"))

    partner = Party("<!channel> " + "W" * 60, "W", "Asia/Kathmandu")
    lines = tuple(
        SessionLine(replace(BOOKED, when=Interval(29_933_000 + 60 * at, 29_933_045 + 60 * at)), partner)
        for at in range(100)
    )
    many = Answer(SessionsListed(past=False, sessions=lines), Reader(language, "Europe/Berlin"))
    views = [
        home(HomeShown(many, read("status"), read("said"), read("people"))),
        home(HomeShown(read("sessions"), read("status"), read("health"))),
        home(HomeShown(read("refused"))),
        away(Reader(language)),
    ]
    assert [view_broken(view) + sdk_complaints(view["blocks"]) for view in views] == [[], [], [], []]  # type: ignore[arg-type]  # a view's own
    assert schema_of(contracts, "HomeView")(views) == []
