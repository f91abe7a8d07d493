"""How whole domains are let in: one row a kind of connection of an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select

from calendar_core.happening import DomainBroke, DomainWorks, SecretEnds
from calendar_core.health import DomainHealth, domain_of, warning_due
from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import OrganisationId
from calendar_core.ports import Telling

from .database import Database, insert
from .happenings import record, tell, telling
from .jobs import Queue
from .repairs import admins_of
from .schema import domain_health, person, told

NOTED_EVERY = timedelta(minutes=5)


class SqlDomains:
    """The port `Domains`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def of(self, organisations: Iterable[OrganisationId]) -> tuple[DomainHealth, ...]:
        table = domain_health
        query = (
            select(table)
            .where(table.c.organisation.in_(tuple(organisations)))
            .order_by(table.c.organisation, table.c.kind, table.c.domain)
        )
        return await self._database.read(lambda connection: tuple(map(_domain_of, connection.execute(query))))

    async def ends(self, organisation: OrganisationId, kind: IntegrationKind, at: datetime, now: datetime) -> None:
        place = _Place(organisation, kind)
        await self._database.write(lambda connection: _ends(connection, self._queue, place, at, now))


ANY_REFUSED = exists().where(domain_health.c.trouble.is_not(None))
_REFUSED = select(domain_health).where(domain_health.c.trouble.is_not(None))


def refused_domains(connection: Connection) -> dict[tuple[OrganisationId, IntegrationKind, str], DomainHealth]:
    """Those that let nobody in, by what `health.domain_of` names them with."""
    found = map(_domain_of, connection.execute(_REFUSED))
    return {(each.organisation, each.kind, each.domain): each for each in found}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the health of a domain is kept."""

    organisation: OrganisationId
    kind: IntegrationKind
    domain: str = ""

    def row(self, connection: Connection) -> Row[Any] | None:
        return connection.execute(select(domain_health).where(self._here())).first()

    def put(self, connection: Connection, **values: object) -> None:
        statement = insert(connection, domain_health).values(
            organisation=self.organisation, kind=self.kind, domain=self.domain, **values
        )
        keys = ["organisation", "kind", "domain"]
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))

    def _here(self) -> ColumnElement[bool]:
        columns = domain_health.c
        return and_(columns.organisation == self.organisation, columns.kind == self.kind, columns.domain == self.domain)


def domain_refused(connection: Connection, queue: Queue, through: Integration, trouble: Trouble, at: datetime) -> bool:
    """Nobody of that domain is let in. Its admins are told once, if it had worked before. True if that is news."""
    place = _place(connection, through)
    if place is None:
        return False
    known = place.row(connection)
    if known is not None and known.trouble is trouble:
        place.put(connection, checked_at=at)
        return False
    alert = None if known is None else known.alert
    if known is not None and known.trouble is None and known.since is not None:
        broke = DomainBroke(place.organisation, place.kind.value, place.domain)
        (alert,) = record(connection, [broke])
        admins = admins_of(connection, place.organisation)
        queue.defer_in(connection, *(telling(alert, admin, at) for admin in admins))
    place.put(connection, trouble=trouble, since=at, checked_at=at, alert=alert)
    return True


def domain_worked(connection: Connection, queue: Queue, through: Integration, at: datetime) -> None:
    """Somebody of that domain was let in: it works, or works again, which is said to whoever was told that it broke."""
    place = _place(connection, through)
    if place is None:
        return
    known = place.row(connection)
    if known is None or known.trouble is not None or known.since is None:
        place.put(connection, trouble=None, since=at, checked_at=at, alert=None)
    elif at - known.checked_at >= NOTED_EVERY:
        place.put(connection, checked_at=at)
    if known is not None and known.trouble is not None and known.alert is not None:
        works = DomainWorks(place.organisation, place.kind.value, place.domain)
        knowing = connection.execute(select(told.c.person).where(told.c.happening == known.alert)).scalars()
        tell(connection, queue, [Telling(admin, works, at) for admin in sorted(knowing)])


def _ends(connection: Connection, queue: Queue, place: _Place, ends_at: datetime, now: datetime) -> None:
    known = place.row(connection)
    renewed = known is None or known.ends_at != ends_at
    warned = None if known is None or renewed else known.warned
    due = warning_due(max(0, (ends_at - now) // timedelta(days=1)), warned)
    if not renewed and due is None:
        return
    place.put(connection, ends_at=ends_at, warned=warned if due is None else due)
    if due is not None:
        ends = SecretEnds(place.organisation, place.kind.value)
        tell(connection, queue, [Telling(admin, ends, now) for admin in admins_of(connection, place.organisation)])


def _place(connection: Connection, through: Integration) -> _Place | None:
    """None for somebody who is not connected at all."""
    if through.kind is None:
        return None
    organisation = connection.execute(select(person.c.organisation).where(person.c.id == through.user)).scalar_one()
    return _Place(organisation, through.kind, domain_of(through.kind, through.account))


def _domain_of(row: Row[Any]) -> DomainHealth:
    return DomainHealth(row.organisation, row.kind, row.domain, row.trouble, row.since, row.checked_at, row.ends_at)
