"""What a dialogue takes for granted about the world, and people cannot say in a chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from adapters.cli.leaders import PROGRAMME
from adapters.cli.playing import Stage
from calendar_core.people import User, WeeklyHours
from calendar_core.programme import Programme
from tests.visiting import address_of


async def person(stage: Stage, who: str) -> User:
    """By a first name, or an address."""
    (found,) = await stage.application.store.people.at_address(address_of(who))
    return found


async def change_rules(stage: Stage, **rules: Any) -> None:
    """The operator changes the programme's rules."""
    programme = await _programme(stage)
    rules_now = replace(programme.rules, **rules)
    await stage.application.store.programmes.update(replace(programme, rules=rules_now))


async def end_programme(stage: Stage, day: date, name: str) -> None:
    """Its last day was that one."""
    programme = await _programme(stage)
    await stage.application.store.programmes.update(replace(programme, name=name, ends=day))


async def set_hours(stage: Stage, who: str, hours: WeeklyHours) -> None:
    """When somebody works."""
    await stage.application.store.people.update(replace(await person(stage, who), hours=hours))


async def _programme(stage: Stage) -> Programme:
    store = stage.application.store
    memberships = await store.people.memberships((await person(stage, "ana")).id)
    programmes = [await store.programmes.programme(each.programme) for each in memberships]
    (found,) = [each for each in programmes if each.name == PROGRAMME]
    return found
