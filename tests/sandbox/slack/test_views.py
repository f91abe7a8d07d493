"""views.*: triggers, stacks, hashes, and what stays of what was typed."""

from __future__ import annotations

from dataclasses import replace

from .conftest import Api, asks, button, modal, plain, section

HOME = {"type": "home", "blocks": [section("Your sessions")]}


async def test_a_trigger_opens_once_and_soon(api: Api) -> None:
    trigger = api.trigger()
    opened = await api.good("views.open", trigger_id=trigger, view=modal(section("Hello")))
    assert opened["view"]["root_view_id"] == opened["view"]["id"]
    assert opened["view"]["hash"]
    assert await api.refused("views.open", trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    late = api.trigger()
    api.slack.state.triggers.age()
    assert await api.refused("views.open", trigger_id=late, view=modal()) == "expired_trigger_id"
    assert await api.refused("views.open", trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"
    assert await api.refused("views.open", view=modal()) == "invalid_arguments"


async def test_a_trigger_belongs_to_its_workspace(api: Api) -> None:
    other = replace(api, token=api.slack.installed.install("example.org").access)
    assert await other.refused("views.open", trigger_id=api.trigger(), view=modal()) == "invalid_trigger_id"


async def test_a_bad_view_leaves_the_trigger_unused(api: Api) -> None:
    trigger = api.trigger()
    told = await api.call("views.open", trigger_id=trigger, view=modal(title=plain("x" * 25)))
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert await api.refused("views.open", trigger_id=trigger, view=HOME) == "invalid_arguments"
    assert await api.refused("views.open", trigger_id=trigger, view=modal(asks())) == "invalid_arguments"
    await api.good("views.open", trigger_id=trigger, view=modal(asks(), submit=plain("Book")))


async def test_three_views_are_a_full_stack(api: Api) -> None:
    first = await api.good("views.open", trigger_id=api.trigger(), view=modal())
    assert await api.refused("views.push", trigger_id=api.trigger(), view=modal()) == "invalid_trigger_id"
    above = api.trigger(in_view=first["view"]["id"])
    second = await api.good("views.push", trigger_id=above, view=modal())
    assert second["view"]["previous_view_id"] == second["view"]["root_view_id"] == first["view"]["id"]
    await api.good("views.push", trigger_id=api.trigger(in_view="V"), view=modal())
    assert await api.refused("views.push", trigger_id=api.trigger(in_view="V"), view=modal()) == "push_limit_reached"


async def test_an_old_hash_is_a_conflict(api: Api) -> None:
    view = (await api.good("views.open", trigger_id=api.trigger(), view=modal()))["view"]
    new = await api.good("views.update", view_id=view["id"], hash=view["hash"], view=modal(section("More")))
    assert new["view"]["hash"] != view["hash"]
    conflict = await api.refused("views.update", view_id=view["id"], hash=view["hash"], view=modal())
    assert conflict == "hash_conflict"
    assert await api.refused("views.update", view_id="V0", view=modal()) == "not_found"
    assert await api.refused("views.update", view=modal()) == "invalid_arguments"


async def test_external_ids_are_taken_once(api: Api) -> None:
    await api.good("views.open", trigger_id=api.trigger(), view=modal(external_id="one"))
    again = await api.refused("views.open", trigger_id=api.trigger("sam"), view=modal(external_id="one"))
    assert again == "duplicate_external_id"
    await api.good("views.update", external_id="one", view=modal(section("More"), external_id="one"))


async def test_what_was_typed_stays_while_its_place_is_called_the_same(api: Api) -> None:
    submit = plain("Book")
    opened = await api.good("views.open", trigger_id=api.trigger(), view=modal(asks(), submit=submit))
    views = api.slack.state.views
    view = views.of(opened["view"]["id"])
    assert view is not None
    views.enter(view, "topic", "topic", "Career")
    updated = await api.good(
        "views.update", view_id=view.id, view=modal(asks(initial_value="Other"), asks("more"), submit=submit)
    )
    values = updated["view"]["state"]["values"]
    assert values["topic"]["topic"]["value"] == "Career"
    assert values["more"]["more"]["value"] is None
    renamed = await api.good("views.update", view_id=view.id, view=modal(asks("more"), submit=submit))
    assert "topic" not in renamed["view"]["state"]["values"]


async def test_a_home_is_published_for_one_person(api: Api) -> None:
    first = await api.good("views.publish", user_id=api.user(), view=HOME)
    assert first["view"]["type"] == "home"
    second = await api.good("views.publish", user_id=api.user(), view=HOME, hash=first["view"]["hash"])
    assert second["view"]["id"] == first["view"]["id"]
    old = first["view"]["hash"]
    assert await api.refused("views.publish", user_id=api.user(), view=HOME, hash=old) == "hash_conflict"
    assert await api.refused("views.publish", user_id="U0NOBODY00", view=HOME) == "user_not_found"
    assert await api.refused("views.publish", user_id=api.user(), view=modal()) == "invalid_arguments"


async def test_a_view_can_be_too_large(api: Api) -> None:
    wide = section("x" * 2900, accessory=button())
    view = {"type": "home", "blocks": [wide] * 90}
    assert await api.refused("views.publish", user_id=api.user(), view=view) == "view_too_large"
