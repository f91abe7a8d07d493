"""Of messages about connections that broke: which have become pointless, and what follows from one that was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from calendar_core.happening import CalendarBroke, DomainBroke, Happening
from calendar_core.health import next_reminder
from calendar_core.integration import IntegrationKind
from calendar_core.people import UserId

from .schema import domain_health, repair


def is_pointless(connection: Connection, what: Happening, user: UserId) -> bool:
    """It works again, the person asked not to be asked, or is to be asked at another time."""
    match what:
        case CalendarBroke(number=number):
            row = connection.execute(select(repair).where(repair.c.person == user)).first()
            return row is None or row.for_it or row.told >= number or bool(row.stopped_at or row.due_at)
        case DomainBroke(organisation, kind, domain):
            known = domain_health.c
            here = (known.organisation == organisation, known.kind == IntegrationKind(kind), known.domain == domain)
            return connection.execute(select(known.trouble).where(*here)).scalar() is None
        case _:
            return False


def note_told(connection: Connection, what: Happening, user: UserId, at: datetime) -> None:
    """The person has it: when the next one is due follows from that."""
    if not isinstance(what, CalendarBroke) or is_pointless(connection, what, user):
        return
    row = connection.execute(select(repair).where(repair.c.person == user)).one()
    first = row.told_at or at
    values = {"told": what.number, "told_at": first, "due_at": next_reminder(first, what.number)}
    connection.execute(update(repair).where(repair.c.person == user).values(values))
