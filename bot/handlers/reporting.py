"""What is known: own status, who was shown one's times, and for admins who hasn't integrated."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from bot.commands import FindSlots, ShowSessions, WhoHasntIntegrated
from bot.replies import PeopleListed, PersonLine, ReceiptLine, ReceiptsShown, Reply, Said
from bot.sentences import Sentence, sentence
from bot.wording.people_lines import TROUBLES
from bot.words import ReportWords, Words
from calendar_core.forgetting import RECEIPTS_LAST
from calendar_core.integration import Integration, Trouble
from calendar_core.people import Role, User
from calendar_core.ports import Receipt

from .connecting import own_choices
from .notice import notice_words
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
        choices=(following,) if seen < report.total_not_working else (),
    )


def _person(user: User, role: Role, integration: Integration, reachable: str | None) -> PersonLine:
    return PersonLine(
        name=user.name or user.email,
        role=role,
        kind=integration.kind,
        trouble=integration.trouble,
        since=integration.since,
        reachable=reachable,
    )


async def show_receipts(talk: Talk) -> Reply:
    """Who was shown the asker's times, on how many days, for which days; the asker's to read alone."""
    receipts = await talk.core.receipts.of(talk.user.id, talk.now.date() - RECEIPTS_LAST)
    by_viewer = sorted(receipts, key=lambda each: (each.viewer, each.match, each.automatic))
    groups = groupby(by_viewer, key=lambda each: (each.viewer, each.match, each.automatic))
    return ReceiptsShown(receipts=tuple([await _receipt_line(talk, list(group)) for _, group in groups]))


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


async def show_status(talk: Talk) -> Reply:
    """The calendar, the hours, the programmes' rules, and what is next."""
    integration = await talk.core.integrations.of(talk.user.id)
    said = [_calendar(integration), sentence(ReportWords.STATUS_HOURS, hours=talk.user.hours, city=_zone_of(talk))]
    for pair in await talk.scheduling.pairs.of(talk.user):
        rules = pair.programme.rules
        said.append(sentence(ReportWords.STATUS_MATCH, partner=pair.partner.name, programme=pair.programme.name))
        notice = notice_words(rules.notice)
        said.append(
            sentence(ReportWords.STATUS_RULES, programme=pair.programme.name, buffer=rules.buffer, notice=notice)
        )
    today = talk.now.astimezone(ZoneInfo(talk.user.time_zone)).date()
    if talk.user.paused_until and talk.user.paused_until > today:
        said.append(sentence(ReportWords.PAUSED_UNTIL, day=talk.user.paused_until))
    planned = await talk.scheduling.booking.of(talk.user, past=False)
    for session, pair in planned[:1]:
        said.append(sentence(ReportWords.STATUS_NEXT, when=session.when, partner=pair.partner.name))
    if not planned:
        said.append(sentence(ReportWords.STATUS_NO_NEXT))
    choices = (button(Words.FIND_TIMES, FindSlots()), button(Words.PLANNED_SESSIONS, ShowSessions()))
    return Said(sentences=tuple(dict.fromkeys(said)), choices=(*await own_choices(talk, integration), *choices))


def _zone_of(talk: Talk) -> Sentence:
    return sentence(ReportWords.CITY, at=talk.now)


def _calendar(integration: Integration) -> Sentence:
    why = sentence(TROUBLES[integration.trouble or Trouble.NEVER_CONNECTED])
    if integration.kind is None:
        return sentence(ReportWords.STATUS_NONE, why=why)
    if not integration.usable:
        return sentence(ReportWords.STATUS_BROKEN, kind=integration.kind.value, why=why)
    if integration.checked_at is None:
        return sentence(ReportWords.STATUS_WORKING, kind=integration.kind.value)
    return sentence(ReportWords.STATUS_CHECKED, kind=integration.kind.value, at=integration.checked_at)
