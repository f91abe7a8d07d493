"""Connections that broke, work again, or end soon: to whoever can do something about it."""

from __future__ import annotations

from typing import assert_never

from bot.commands import HowToRenew, RemindTomorrow, ShowHealth, StopAsking, WhoHasntIntegrated
from bot.handlers.broken_connection import broken_words, reconnect_choices
from bot.handlers.monitoring import domain_name, repairer_of, why_of
from bot.handlers.talk import Core, button
from bot.replies import Reply, Said
from bot.sentences import sentence
from bot.words import HealthWords
from calendar_core.happening import (
    CalendarBroke,
    CalendarsNeedIt,
    CalendarsRepaired,
    CalendarWorks,
    DomainBroke,
    DomainWorks,
    SecretEnds,
)
from calendar_core.integration import Health, Integration
from calendar_core.people import User

GROUP = 5  # people: a smaller number would tell of somebody (decision 22)


async def told(
    core: Core, what: CalendarBroke | CalendarWorks | CalendarsNeedIt | CalendarsRepaired, user: User
) -> Reply | None:
    """Of people's calendars. None where it has become pointless."""
    match what:
        case CalendarBroke():
            return _yours_broke(await core.integrations.of(user.id))
        case CalendarWorks():
            integration = await core.integrations.of(user.id)
            if integration.suite is None or not integration.usable:
                return None
            return Said(sentences=(sentence(HealthWords.YOURS_WORKS, suite=integration.suite.value),))
        case CalendarsNeedIt(organisation, count):
            of = await core.people.organisation(organisation)
            said = sentence(HealthWords.NEED_IT, organisation=of.name, count=count)
            if of.groups_only and count < GROUP:
                said = sentence(HealthWords.NEED_IT_SOME, organisation=of.name)
            return Said(sentences=(said,), choices=(button(HealthWords.WHO_HASNT, WhoHasntIntegrated()),))
        case CalendarsRepaired(organisation):
            name = (await core.people.organisation(organisation)).name
            return Said(sentences=(sentence(HealthWords.IT_REPAIRED, organisation=name),))
        case _:
            assert_never(what)


def _yours_broke(integration: Integration) -> Reply | None:
    said = broken_words(integration)
    if said is None:
        return None
    choices = (
        *reconnect_choices(integration),
        button(HealthWords.TOMORROW_AGAIN, RemindTomorrow()),
        button(HealthWords.STOP_ASKING, StopAsking()),
    )
    return Said(sentences=(said,), choices=choices)


async def told_of_domain(core: Core, what: DomainBroke | DomainWorks | SecretEnds) -> Reply | None:
    """Of a whole domain, to its admins. None where it is otherwise by now."""
    domain = "" if isinstance(what, SecretEnds) else what.domain
    health = await core.monitoring.of_domain(what.organisation, what.kind, domain)
    organisation = (await core.people.organisation(what.organisation)).name
    if health is None:
        return None
    name, now = domain_name(health, named=bool(health.domain)), core.clock.now()
    if isinstance(what, SecretEnds):
        days = health.days_left(now)
        if days is None or health.health(now) is not Health.EXPIRING:
            return None
        said = sentence(HealthWords.ENDS_SOON, domain=name, organisation=organisation, days=days)
        return Said(sentences=(said,), choices=(button(HealthWords.HOW_TO_RENEW, HowToRenew()),))
    if isinstance(what, DomainWorks):
        said = sentence(HealthWords.DOMAIN_AGAIN, domain=name, organisation=organisation)
        return None if health.trouble else Said(sentences=(said,))
    if health.trouble is None or health.since is None:
        return None
    said = sentence(
        HealthWords.DOMAIN_BROKE,
        domain=name,
        organisation=organisation,
        day=health.since,
        why=why_of(health.trouble),
        who=repairer_of(health),
    )
    return Said(sentences=(said,), choices=(button(HealthWords.HEALTH, ShowHealth()),))
