"""Whose connection is to be looked at again, a few at a time, so that nobody's trouble stays unseen for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, and_, case, exists, func, literal, select, type_coerce

from calendar_core.integration import Health
from calendar_core.interval import EPOCH
from calendar_core.people import User

from .columns import MICROSECOND
from .database import Database
from .people import TAKES_PART, user_of
from .schema import domain_health, integration, person

AT_LEAST, SPREAD = timedelta(hours=19), 4 * 3600  # each is due 19 to 23 hours after the last look, by its number
SCATTER = 7919  # a prime: neighbours are not due together


class Probes:
    """The half of `Integrations` that says whom to look at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> tuple[User, ...]:
        """See Integrations."""
        number = integration.c.person
        checked = func.coalesce(type_coerce(integration.c.checked_at, BigInteger), 0)
        own_delay = number * SCATTER % SPREAD * 1_000_000
        order = (number * SCATTER + (now - EPOCH) // timedelta(minutes=1)) % 9973  # another one each time
        query = (
            select(person)
            .join(integration, integration.c.person == person.c.id)
            .where(
                integration.c.kind.is_not(None),
                TAKES_PART,
                checked + own_delay < (now - AT_LEAST - EPOCH) // MICROSECOND,
                ~exists().where(_is_refused(), person.c.organisation == domain_health.c.organisation),
            )
            .order_by(order, number)
            .limit(limit)
        )
        return await self._database.read(lambda connection: tuple(map(user_of, connection.execute(query))))

    async def canaries(self) -> tuple[User, ...]:
        """See Integrations."""
        sound = integration.c.health.in_([Health.OK, Health.EXPIRING])
        first = (
            select(func.min(person.c.id))
            .join(integration, integration.c.person == person.c.id)
            .join(domain_health, domain_health.c.organisation == person.c.organisation)
            .where(sound, TAKES_PART, _is_refused())
            .group_by(domain_health.c.organisation, domain_health.c.kind, domain_health.c.domain)
        )
        query = select(person).where(person.c.id.in_(first)).order_by(person.c.id)
        return await self._database.read(lambda connection: tuple(map(user_of, connection.execute(query))))


def _is_refused() -> ColumnElement[bool]:
    """The integration's own domain lets nobody in: as `health.domain_of` has it, in SQL."""
    domain = domain_health.c.domain
    tail = literal("%").concat(case((domain == "", ""), else_=literal("@").concat(domain)))
    return and_(
        domain_health.c.kind == integration.c.kind,
        domain_health.c.trouble.is_not(None),
        func.lower(integration.c.account).like(tail),
    )
