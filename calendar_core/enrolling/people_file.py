"""The people file: email,name,organisation,programme,role and what may be left out, in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from calendar_core.enrolment import PersonEnrolled

from .field_rules import address_in, hours_in, language_in, name_in, region_in, role_in, time_zone_in, title_in
from .mistakes import Wrong, mistake_in

REQUIRED = ("email", "name", "organisation", "programme", "role")
OPTIONAL = ("time_zone", "language", "region", "hours", "programme_organisation")

Value = TypeVar("Value")


def read_person(fields: Mapping[str, str]) -> PersonEnrolled | tuple[str, ...]:
    """One person in one role, or every mistake of the line. An empty optional field leaves what is stored."""
    reading = _Reading(fields)
    organisation = reading.required("organisation", title_in)
    programme = reading.required("programme", title_in)
    role = reading.required("role", role_in)
    email = reading.required("email", address_in)
    name = reading.required("name", name_in)
    time_zone = reading.optional("time_zone", time_zone_in)
    language = reading.optional("language", language_in)
    region = reading.optional("region", region_in)
    hours = reading.optional("hours", hours_in)
    whose = reading.optional("programme_organisation", title_in)
    if reading.mistakes or not (organisation and programme and role and email and name):
        return tuple(reading.mistakes)
    return PersonEnrolled(
        organisation=organisation,
        programme=programme,
        role=role,
        email=email,
        name=name,
        time_zone=time_zone,
        language=language,
        region=region,
        hours=hours,
        programme_organisation=None if whose == organisation else whose,
    )


class _Reading:
    """Collects mistakes while fields are read."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.mistakes: list[str] = []

    def required(self, column: str, rule: Callable[[str], Value | Wrong]) -> Value | None:
        """None if a mistake was noted."""
        value = rule(self._fields[column])
        if isinstance(value, Wrong):
            self.mistakes.append(mistake_in(column, self._fields[column], value.why))
            return None
        return value

    def optional(self, column: str, rule: Callable[[str], Value | Wrong]) -> Value | None:
        """None also where nothing is written, or the file has no such column."""
        return self.required(column, rule) if self._fields.get(column) else None
