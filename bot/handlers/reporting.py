"""What is known of people: who was shown one's times, and for admins who hasn't integrated."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import groupby

from bot.commands import MoreOfStatuses, ShowHealth, ShowIntegrations, TakeStatuses, WhoHasntIntegrated
from bot.commands.own import DeleteData, DownloadData
from bot.replies import File, PeopleListed, PersonLine, ReceiptLine, ReceiptsShown, Reply, Said, Summary
from bot.sentences import Field, Sentence, sentence
from bot.statuses_file import statuses_file
from bot.wording.people_lines import ROLES, TROUBLES
from bot.words import HealthWords, PrivacyWords, StatusesWords, Words
from calendar_core.forgetting import RECEIPTS_LAST
from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import Role, User
from calendar_core.ports import Receipt, Unreached

from .talk import Talk, button

PEOPLE_SHOWN = 3
STATUSES_SHOWN = 10
ALL: tuple[IntegrationKind | None, ...] = (None, *IntegrationKind)


async def who_hasnt_integrated(talk: Talk, command: WhoHasntIntegrated) -> Reply:
    """An admin's first question; private to the admin (decision 10)."""
    report = await talk.core.reporting.not_integrated(
        talk.user, command.programme, skip=command.skip, count=PEOPLE_SHOWN
    )
    lines = tuple(_person(*each) for each in report.not_working)
    seen = command.skip + len(lines)
    following = (button(Words.NEXT, WhoHasntIntegrated(command.programme, seen)),)
    beside = (
        button(StatusesWords.CSV, TakeStatuses(command.programme)),
        button(Words.MORE, MoreOfStatuses(command.programme)),
    )
    choices = (*(following if seen < report.total_not_working else ()), *beside)
    return PeopleListed(
        programme=report.programme,
        people=report.people,
        working=tuple(report.working.items()),
        lines=lines,
        not_working=report.total_not_working,
        skipped=command.skip,
        matches_missing_one=report.matches_one_side_missing,
        completed_by=tuple(report.could_complete.items()),
        groups_only=report.groups_only,
        names_people=not report.groups_only,
        choices=() if report.groups_only else choices,
    )


def _person(
    user: User, role: Role, integration: Integration, reachable: str | None, unreached: Unreached | None
) -> PersonLine:
    return PersonLine(
        name=user.name or user.email,
        role=role,
        kind=integration.kind,
        trouble=integration.trouble,
        since=integration.since,
        reachable=reachable,
        unreached=unreached,
    )


async def of_everybody(talk: Talk, command: ShowIntegrations | TakeStatuses | MoreOfStatuses) -> Reply:
    """How all of a programme's people are connected: on pages, in a file, and what else there is."""
    match command:
        case ShowIntegrations():
            return await show_integrations(talk, command)
        case TakeStatuses():
            return await take_statuses(talk, command)
        case MoreOfStatuses():
            return await more_of_statuses(talk, command)


async def show_integrations(talk: Talk, command: ShowIntegrations) -> Reply:
    """Everybody's status, a page at a time; or of those who have that one (row S6)."""
    if command.blank or command.kind is not None:
        kinds: tuple[IntegrationKind | None, ...] = (command.kind,)
    else:
        kinds = ALL
    wanted = slice(command.skip, command.skip + STATUSES_SHOWN)
    page = await talk.core.reporting.integrations_of(talk.user, command.programme, kinds, wanted)
    if page is None:  # only figures of groups: those are in the other answer
        return await who_hasnt_integrated(talk, WhoHasntIntegrated(command.programme))
    if not page.people:
        return Said(sentences=(sentence(StatusesWords.NOBODY, programme=page.programme),))
    last = command.skip + len(page.people)
    span: dict[str, Field] = {"programme": page.programme, "first": command.skip + 1, "last": last, "count": page.total}
    if command.kind is not None:
        said = sentence(StatusesWords.OF_KIND, kind=command.kind.value, **span)
    else:
        said = sentence(StatusesWords.OF_NONE if command.blank else StatusesWords.OF_ALL, **span)
    choices = []
    if command.skip:
        before = replace(command, skip=max(0, command.skip - STATUSES_SHOWN))
        choices.append(button(StatusesWords.PREVIOUS, before))
    if last < page.total:
        choices.append(button(Words.NEXT, replace(command, skip=last)))
    points = tuple(_status_line(*each) for each in page.people)
    return Summary(paragraphs=((said,),), points=points, choices=tuple(choices), names_people=True)


async def take_statuses(talk: Talk, command: TakeStatuses) -> Reply:
    """[CSV]: everybody's status, with the words that administrators know (row S6)."""
    page = await talk.core.reporting.integrations_of(talk.user, command.programme, ALL, slice(None))
    if page is None:
        return await who_hasnt_integrated(talk, WhoHasntIntegrated(command.programme))
    content = await asyncio.to_thread(statuses_file, page.people)
    file = File(f"pairtime-statuses-{talk.now:%Y-%m-%d}.csv", "text/csv", content, command)
    said = sentence(StatusesWords.AS_FILE, programme=page.programme, count=page.total)
    return Said(sentences=(said,), file=file, names_people=True)


async def more_of_statuses(talk: Talk, command: MoreOfStatuses) -> Reply:
    """[More]: what else can be seen of how people are connected."""
    page = await talk.core.reporting.integrations_of(talk.user, command.programme, ALL, slice(0))
    if page is None:
        return await who_hasnt_integrated(talk, WhoHasntIntegrated(command.programme))
    choices = (
        button(StatusesWords.EVERYBODY, ShowIntegrations(command.programme)),
        button(StatusesWords.NOT_CONNECTED, ShowIntegrations(command.programme, blank=True)),
        button(HealthWords.HEALTH, ShowHealth()),
    )
    said = sentence(StatusesWords.MORE_OF, programme=page.programme, count=page.total)
    return Said(sentences=(said,), choices=choices)


def _status_line(user: User, role: Role, integration: Integration) -> Sentence:
    who: dict[str, Field] = {"name": user.name or user.email, "role": sentence(ROLES[role])}
    if integration.usable and integration.kind is not None:
        return sentence(StatusesWords.WORKS, kind=integration.kind.value, **who)
    why = sentence(TROUBLES[integration.trouble or Trouble.NEVER_CONNECTED])
    if integration.kind is None:
        return sentence(StatusesWords.BLANK, why=why, **who)
    return sentence(StatusesWords.BROKEN, kind=integration.kind.value, why=why, **who)


async def show_receipts(talk: Talk) -> Reply:
    """Who was shown the asker's times, on how many days, for which days; the asker's to read alone."""
    receipts = await talk.core.receipts.of(talk.user.id, talk.now.date() - RECEIPTS_LAST)
    by_viewer = sorted(receipts, key=lambda each: (each.viewer, each.match, each.automatic))
    groups = groupby(by_viewer, key=lambda each: (each.viewer, each.match, each.automatic))
    lines = tuple([await _receipt_line(talk, list(group)) for _, group in groups])
    organisation = await talk.core.people.organisation(talk.user.organisation)
    choices = (button(PrivacyWords.DOWNLOAD, DownloadData()), button(PrivacyWords.DELETE, DeleteData()))
    return ReceiptsShown(receipts=lines, groups_only=organisation.groups_only, choices=choices)


async def _receipt_line(talk: Talk, receipts: list[Receipt]) -> ReceiptLine:
    one = receipts[0]
    viewer = await talk.core.people.user(one.viewer)
    match = await talk.core.programmes.match(one.match)
    return ReceiptLine(
        viewer=viewer.name,
        role=Role.MENTOR if match and match.mentor == one.viewer else Role.MENTEE,
        days=len({each.day for each in receipts}),
        first=min(each.first for each in receipts),
        last=max(each.last for each in receipts),
        automatic=one.automatic,
    )
