"""People's connections when their organisation's mode changes: replaced in one go, and who has to be probed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, update

from calendar_core.integration import Health, IntegrationKind, Trouble
from calendar_core.people import OrganisationId, UserId

from .schema import integration, organisation, person

READ_AND_WRITE = tuple(kind for kind in IntegrationKind if kind is not IntegrationKind.OUTLOOK_FREE_BUSY_ONLY)


def by_free_busy_alone(connection: Connection, number: OrganisationId, at: datetime) -> Sequence[UserId]:
    """The tenant's people are asked for free/busy and nothing else from now on; everybody else is connected by nothing,
    until it shows who has a mailbox there."""
    of_people = update(integration).where(_among(number))
    in_tenant = of_people.where(integration.c.kind == IntegrationKind.OUTLOOK_DOMAIN)
    replaced = connection.execute(
        in_tenant.values(kind=IntegrationKind.OUTLOOK_FREE_BUSY_ONLY, checked_at=None).returning(integration.c.person)
    )
    probed = replaced.scalars().all()
    connection.execute(
        of_people.where(integration.c.kind.in_(READ_AND_WRITE)).values(
            kind=None, health=Health.REVOKED, account="", trouble=Trouble.FREE_BUSY_ONLY, since=at, checked_at=None
        )
    )
    connection.execute(of_people.where(integration.c.kind.is_(None)).values(checked_at=None))
    return probed


def by_domains_again(connection: Connection, number: OrganisationId, at: datetime) -> Sequence[UserId]:
    """The tenant's people are connected by it as before; whose address is a Workspace's is tried there first, and
    whoever lost their own connection may connect again."""
    of_people = update(integration).where(_among(number))
    by_free_busy = of_people.where(integration.c.kind == IntegrationKind.OUTLOOK_FREE_BUSY_ONLY)
    domains = connection.execute(select(organisation.c.google_domains).where(organisation.c.id == number)).scalar_one()
    in_workspaces = select(person.c.id).where(or_(*(person.c.address.like(f"%@{domain}") for domain in domains)))
    blank = {"kind": None, "trouble": Trouble.NEVER_CONNECTED, "since": at, "checked_at": None}
    if domains:
        connection.execute(
            by_free_busy.where(integration.c.person.in_(in_workspaces)).values(health=Health.BROKEN, **blank)
        )
    replaced = connection.execute(
        by_free_busy.values(kind=IntegrationKind.OUTLOOK_DOMAIN, checked_at=None).returning(integration.c.person)
    )
    probed = replaced.scalars().all()
    lost = of_people.where(integration.c.kind.is_(None), integration.c.trouble == Trouble.FREE_BUSY_ONLY)
    connection.execute(lost.values(health=Health.BROKEN, **blank))
    connection.execute(of_people.where(integration.c.kind.is_(None)).values(checked_at=None))
    return probed


def _among(number: OrganisationId) -> ColumnElement[bool]:
    return integration.c.person.in_(select(person.c.id).where(person.c.organisation == number))
