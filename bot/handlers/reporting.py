"""What is known of people: who was shown one's times, and for admins who hasn't integrated."""

from __future__ import annotations

from itertools import groupby

from bot.commands import WhoHasntIntegrated
from bot.own_commands import DeleteData, DownloadData
from bot.replies import PeopleListed, PersonLine, ReceiptLine, ReceiptsShown, Reply
from bot.words import PrivacyWords, Words
from calendar_core.forgetting import RECEIPTS_LAST
from calendar_core.integration import Integration
from calendar_core.people import Role, User
from calendar_core.ports import Receipt, Unreached

from .talk import Talk, button

PEOPLE_SHOWN = 3


async def who_hasnt_integrated(talk: Talk, command: WhoHasntIntegrated) -> Reply:
    """An admin's first question; private to the admin (decision 10)."""
    report = await talk.core.reporting.not_integrated(
        talk.user, command.programme, skip=command.skip, count=PEOPLE_SHOWN
    )
    lines = tuple(_person(*each) for each in report.not_working)
    seen = command.skip + len(lines)
    following = button(Words.NEXT, WhoHasntIntegrated(command.programme, seen))
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
        choices=(following,) if seen < report.total_not_working and not report.groups_only else (),
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
