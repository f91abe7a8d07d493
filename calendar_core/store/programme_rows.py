"""A programme as its row says it, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from calendar_core.programme import Programme

from .schema import programme


def programme_of(row: Row[Any]) -> Programme:
    """A row of `programme`, whatever else is joined to it."""
    of, its = row._mapping, programme.c
    return Programme(
        id=of[its.id],
        organisation=of[its.organisation],
        name=of[its.name],
        time_zone=of[its.time_zone],
        starts=of[its.starts],
        ends=of[its.ends],
        contact=of[its.contact],
        hours=of[its.hours],
        rules=of[its.rules],
    )


def columns_of(each: Programme) -> dict[str, object]:
    """What `programme` stores, but for the id."""
    return {
        "organisation": each.organisation,
        "name": each.name,
        "time_zone": each.time_zone,
        "starts": each.starts,
        "ends": each.ends,
        "contact": each.contact,
        "hours": each.hours,
        "rules": each.rules,
    }
