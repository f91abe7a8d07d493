"""The matches file: programme,mentor,mentee, in any order; organisation where programmes are called alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .field_rules import address_in, title_in
from .mistakes import Wrong, mistake_in

REQUIRED = ("programme", "mentor", "mentee")
OPTIONAL = ("organisation",)


@dataclass(frozen=True, slots=True)
class MatchNamed:
    """A pair as the file names it; whether these people exist is another question."""

    programme: str
    mentor: str
    mentee: str
    organisation: str | None = None


def read_match(fields: Mapping[str, str]) -> MatchNamed | tuple[str, ...]:
    """One pair, or every mistake of the line."""
    values = {
        "programme": title_in(fields["programme"]),
        "mentor": address_in(fields["mentor"]),
        "mentee": address_in(fields["mentee"]),
    }
    if fields.get("organisation"):
        values["organisation"] = title_in(fields["organisation"])
    mistakes = [mistake_in(name, fields[name], value.why) for name, value in values.items() if isinstance(value, Wrong)]
    if values["mentor"] == values["mentee"] and not mistakes:
        mistakes.append(mistake_in("mentee", fields["mentee"], "is also the mentor; write the other person's address"))
    named = {name: value for name, value in values.items() if isinstance(value, str)}
    return tuple(mistakes) or MatchNamed(**named)
