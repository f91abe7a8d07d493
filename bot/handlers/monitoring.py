"""How connections stand: an admin's health and status of one person, and what people answer when theirs broke."""

from __future__ import annotations

from bot import commands as c
from bot.plain_text import plain_text
from bot.replies import Choice, Question, Reply, Said
from bot.sentences import Sentence, sentence
from bot.wording.people_lines import ROLES, TROUBLES, reach_of
from bot.words import HealthWords
from calendar_core.health import DomainHealth, Repairer, Unwell, repairer
from calendar_core.integration import Health, IntegrationKind, Suite, Trouble, domain_wide_kinds
from calendar_core.monitoring import PersonHealth
from calendar_core.people import Organisation

from .broken_connection import REPAIRERS
from .talk import Talk, button

FRESH_HOURS = 12
DOMAINS = {
    IntegrationKind.GOOGLE_DOMAIN: HealthWords.GOOGLE_DOMAIN,
    IntegrationKind.GOOGLE_INDIVIDUAL: HealthWords.GOOGLE_SIGN_IN,
    IntegrationKind.OUTLOOK_DOMAIN: HealthWords.MICROSOFT_DOMAIN,
    IntegrationKind.OUTLOOK_FREE_BUSY_ONLY: HealthWords.MICROSOFT_FREE_BUSY,
    IntegrationKind.OUTLOOK_INDIVIDUAL: HealthWords.MICROSOFT_SIGN_IN,
}
UNWELL = {
    Unwell.KEYS: HealthWords.KEYS_UNWELL,
    Unwell.ADDRESS: HealthWords.ADDRESS_UNWELL,
    Unwell.CLOCK: HealthWords.CLOCK_UNWELL,
    Unwell.RECORDS: HealthWords.RECORDS_UNWELL,
}


# --- an admin asks ---------------------------------------------------------------------------------------------------


async def show_health(talk: Talk) -> Reply:
    """Google domain: working, checked 10:55. Microsoft domain: working; secret ends in 12 days [How to renew]. ..."""
    report = await talk.core.monitoring.health(talk.user)
    said: list[Sentence] = []
    choices: dict[Suite, Choice] = {}
    for each in report.organisations:
        if len(report.organisations) > 1:
            said.append(sentence(HealthWords.ORGANISATION, organisation=each.organisation.name))
        domains = _expected(each.organisation, each.domains)
        named = sum(domain.kind is IntegrationKind.GOOGLE_DOMAIN for domain in domains) > 1
        said += [_domain_line(domain, talk, named=named) for domain in domains]
        for domain in domains:
            if domain.health(talk.now) is Health.EXPIRING:
                choices[domain.suite] = button(HealthWords.HOW_TO_RENEW, c.HowToRenew())
        if not domains:
            said.append(sentence(HealthWords.NO_DOMAIN))
    if report.mail is not None:
        said.append(sentence(HealthWords.MAIL_WORKS if report.mail else HealthWords.MAIL_BROKEN))
    said += [sentence(UNWELL[each]) for each in Unwell if each in report.unwell]
    said.append(sentence(HealthWords.WAITING, count=report.waiting))
    if report.dead:
        said.append(sentence(HealthWords.GIVEN_UP, count=report.dead))
    return Said(sentences=tuple(said), choices=tuple(choices.values()))


def show_how_to_renew() -> Reply:
    """[How to renew]: what is pressed where, and who sets what."""
    words = (HealthWords.RENEW_IN_ENTRA, HealthWords.RENEW_CERTIFICATE, HealthWords.RENEW_OVERLAP)
    return Said(sentences=tuple(sentence(each) for each in words))


async def find_person(talk: Talk, command: c.StatusOf) -> Reply:
    """`status of Tom`: word, reason, since when."""
    found = await talk.core.monitoring.named(talk.user, command.name)
    if not found:
        return Said(sentences=(sentence(HealthWords.NOBODY_IS_CALLED, typed=plain_text(command.name)),))
    if len(found) == 1:
        return _person(found[0])
    choices = tuple(
        Choice(
            sentence(HealthWords.PERSON_NAMED, name=each.user.name, email=each.user.email),
            c.ShowPerson(each.user.id),
            numbered=True,
        )
        for each in found
    )
    said = sentence(HealthWords.SEVERAL_ARE_CALLED, count=len(found))
    return Question(sentences=(said,), choices=choices, names_people=True)


async def show_person(talk: Talk, command: c.ShowPerson) -> Reply:
    """The one of several that was meant."""
    return _person(await talk.core.monitoring.person(talk.user, command.user))


async def check_calendar(talk: Talk, command: c.CheckCalendar) -> Reply:
    """[Check now]: "Asked Microsoft at 11:02: answered." Health only: what it answered is looked at by nobody."""
    checked = await talk.core.monitoring.check(talk.user, command.user)
    now, line = checked.health.integration, _person(checked.health)
    why = why_of(now.trouble)
    if checked.asked is None or now.trouble is Trouble.OPTED_OUT:
        said = sentence(HealthWords.NOT_ASKED, why=why)
    elif not checked.answered:
        said = sentence(HealthWords.SILENT, suite=checked.asked.suite.value, at=checked.at)
    elif now.usable:
        said = sentence(HealthWords.ANSWERED, suite=checked.asked.suite.value, at=checked.at)
    else:
        said = sentence(HealthWords.REFUSED, suite=checked.asked.suite.value, at=checked.at, why=why)
    return Said(sentences=(said, line.sentences[0]), choices=line.choices, names_people=True)


# --- a person answers ------------------------------------------------------------------------------------------------


async def remind_tomorrow(talk: Talk) -> Reply:
    """[Tomorrow]."""
    broken = await talk.core.monitoring.later(talk.user)
    return Said(sentences=(sentence(HealthWords.ASKED_TOMORROW if broken else HealthWords.NOTHING_BROKEN),))


async def stop_asking(talk: Talk) -> Reply:
    """[Stop asking]."""
    broken = await talk.core.monitoring.stop(talk.user)
    return Said(sentences=(sentence(HealthWords.ASKED_NO_MORE if broken else HealthWords.NOTHING_BROKEN),))


# --- words -----------------------------------------------------------------------------------------------------------


def _expected(organisation: Organisation, known: tuple[DomainHealth, ...]) -> tuple[DomainHealth, ...]:
    """Those in use, and those that the operator has named but nobody was tried through yet. In Free/Busy Only what was
    there before it is not in use."""
    kinds = domain_wide_kinds(organisation)
    in_use = tuple(each for each in known if each.kind in kinds or not organisation.free_busy_only)
    tried = {each.kind for each in in_use}
    return (*in_use, *(DomainHealth(organisation.id, kind) for kind in kinds if kind not in tried))


def _domain_line(domain: DomainHealth, talk: Talk, *, named: bool) -> Sentence:
    name, health, days = domain_name(domain, named=named), domain.health(talk.now), domain.days_left(talk.now)
    if domain.trouble is not None and domain.since is not None:
        why, who = why_of(domain.trouble), repairer_of(domain)
        return sentence(HealthWords.DOMAIN_BROKEN, domain=name, day=domain.since, why=why, who=who)
    if health is Health.EXPIRING and days is not None:
        if not days:
            return sentence(HealthWords.DOMAIN_ENDED, domain=name)
        return sentence(HealthWords.DOMAIN_ENDS, domain=name, days=days)
    if domain.checked_at is None:
        return sentence(HealthWords.DOMAIN_UNTRIED, domain=name)
    fresh = (talk.now - domain.checked_at).total_seconds() < FRESH_HOURS * 3600
    words = HealthWords.DOMAIN_WORKS if fresh else HealthWords.DOMAIN_WORKED
    return sentence(words, domain=name, at=domain.checked_at)


def domain_name(domain: DomainHealth, *, named: bool) -> Sentence:
    if named and domain.domain:
        return sentence(HealthWords.GOOGLE_DOMAIN_NAMED, domain=domain.domain)
    return sentence(DOMAINS[domain.kind])


def repairer_of(domain: DomainHealth) -> Sentence:
    return sentence(REPAIRERS[repairer(domain.kind, domain.trouble or Trouble.KEY_REFUSED)])


def _person(health: PersonHealth) -> Said:
    integration, user = health.integration, health.user
    name, role = user.name or user.email, sentence(ROLES[health.role])
    said = [_person_line(health, name, role)]
    if integration.checked_at is not None:
        said.append(sentence(HealthWords.LAST_CHECKED, at=integration.checked_at))
    opted_out = integration.trouble is Trouble.OPTED_OUT
    check = () if opted_out else (button(HealthWords.CHECK_NOW, c.CheckCalendar(user.id)),)
    return Said(sentences=tuple(said), choices=check, names_people=True)


def _person_line(health: PersonHealth, name: str, role: Sentence) -> Sentence:
    integration = health.integration
    since, kind = integration.since, "" if integration.kind is None else integration.kind.value
    if integration.usable:
        if since is None:
            return sentence(HealthWords.PERSON_WORKS, name=name, role=role, kind=kind)
        return sentence(HealthWords.PERSON_WORKS_SINCE, name=name, role=role, kind=kind, day=since)
    why, who = why_of(integration.trouble), _who(health)
    if integration.kind is None:
        return sentence(HealthWords.PERSON_NOT_CONNECTED, name=name, role=role, why=why, who=who)
    if since is None:
        return sentence(HealthWords.PERSON_BROKE, name=name, role=role, kind=kind, why=why, who=who)
    return sentence(HealthWords.PERSON_BROKE_SINCE, name=name, role=role, kind=kind, day=since, why=why, who=who)


def _who(health: PersonHealth) -> Sentence:
    if health.repairer is not None and health.repairer is not Repairer.PERSON:
        return sentence(REPAIRERS[health.repairer])
    reach = reach_of(health.reachable, health.unreached)
    return sentence(HealthWords.BY_PERSON, reach=reach)


def why_of(trouble: Trouble | None) -> Sentence:
    return sentence(TROUBLES[trouble or Trouble.NEVER_CONNECTED])
