"""Names that come while an administrator types, and to nobody else."""

from __future__ import annotations

from typing import Any

from .member import Members

ASKED = "admin who hasn't integrated their calendar?"


async def suggested(stage: Members, who: str, text: object, dataset: object = "people") -> list[dict[str, Any]]:
    value = {"queryText": text, "queryOptions": {"skip": 0, "top": 15}, "dataset": dataset}
    told = await stage.drive("invoke", who, name="application/search", value=value)
    assert told["status"] == 200
    found: list[dict[str, Any]] = told["body"]["value"]["results"]
    return found


async def test_a_name_is_found_by_its_beginning_and_leads_to_that_person(teams_stage: Members) -> None:
    listed = await teams_stage.say("priya", ASKED)
    found = await teams_stage.drive("suggest", "priya", message=listed.id, input="token", text="oko")
    [sam] = found["choices"]
    assert sam["title"].startswith("Sam Okoye")
    shown = await teams_stage.press(listed, "Show", values={"token": sam["value"]})
    assert shown.lines[0].startswith("Sam Okoye")
    nobody = await teams_stage.drive("press", "priya", message=(await teams_stage.say("priya", ASKED)).id, title="Show")
    assert nobody["errors"] == {"token": "Choose a person."}


async def test_only_whoever_administers_the_programme_is_offered_any(teams_stage: Members) -> None:
    assert [each["title"] for each in await suggested(teams_stage, "priya", "SAM ok")]
    assert [each["title"] for each in await suggested(teams_stage, "priya", "sam@")]
    await teams_stage.drive("person", "uma", guest=True)
    for who in ("ana", "sam", "uma"):
        for typed in ("sam", "priya", ""):
            assert await suggested(teams_stage, who, typed) == []
    strange: tuple[tuple[object, object], ...] = (("", "people"), ("sam", "others"), (7, "people"), ("\x00", "people"))
    for text, dataset in strange:
        assert await suggested(teams_stage, "priya", text, dataset) == []


async def test_a_name_chosen_by_somebody_else_tells_them_nothing(teams_stage: Members) -> None:
    [sam] = await suggested(teams_stage, "priya", "okoye")
    action = {"type": "Action.Execute", "verb": "press", "data": {"token": sam["value"]}}
    value = {"action": action, "trigger": "manual"}
    told = await teams_stage.drive("invoke", "ana", name="adaptiveCard/action", value=value, message="1")
    assert "That needs the programme-admin role." in told["text"]
    assert "Okoye" not in told["text"]
