"""People in lists: whose calendar does not work, and who was shown whose times."""

from __future__ import annotations

from collections.abc import Mapping

from bot.replies import PeopleListed, PersonLine, ReceiptLine, ReceiptsShown
from bot.sentences import Sentence, sentence
from bot.words import FreeBusyOnlyWords, HealthWords, ReachingWords, ReportWords, Text
from calendar_core.integration import Trouble
from calendar_core.people import Role
from calendar_core.ports import Unreached

from .voice import Voice

ROLES = {Role.MENTOR: ReportWords.MENTOR, Role.MENTEE: ReportWords.MENTEE, Role.ADMIN: ReportWords.ADMIN}
TROUBLES = {
    Trouble.NEVER_CONNECTED: ReportWords.NEVER_CONNECTED,
    Trouble.ACCESS_WITHDRAWN: ReportWords.ACCESS_WITHDRAWN,
    Trouble.NO_MAILBOX: ReportWords.NO_MAILBOX,
    Trouble.NOT_COVERED: ReportWords.NOT_COVERED,
    Trouble.ADMIN_CONSENT_MISSING: ReportWords.ADMIN_CONSENT_MISSING,
    Trouble.OPTED_OUT: ReportWords.OPTED_OUT,
    Trouble.NOT_ANSWERING: ReportWords.NOT_ANSWERING,
    Trouble.NO_ACCOUNT: HealthWords.NO_ACCOUNT,
    Trouble.CALENDAR_OFF: HealthWords.CALENDAR_OFF,
    Trouble.API_NOT_ENABLED: HealthWords.API_NOT_ENABLED,
    Trouble.KEY_REFUSED: HealthWords.KEY_REFUSED,
    Trouble.CLOCK_WRONG: HealthWords.CLOCK_WRONG,
    Trouble.FREE_BUSY_ONLY: FreeBusyOnlyWords.ONLY_FREE_BUSY,
    Trouble.NOT_A_PERSON: ReportWords.NOT_A_PERSON,
}


def people_before(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Leaders 2026: 128 people, 112 working (Google - Domain 61, ...). Not working: 16."""
    if reply.groups_only:
        return _groups(reply, voice)
    working = sum(count for _, count in reply.working)
    kinds = tuple(sentence(ReportWords.KIND_COUNT, kind=kind.value, count=count) for kind, count in reply.working)
    heading = sentence(
        ReportWords.PEOPLE_WORKING if working else ReportWords.PEOPLE_NONE_WORKING,
        programme=reply.programme,
        people=reply.people,
        working=working,
        kinds=kinds,
        broken=reply.not_working,
    )
    return (voice.say(heading),)


def _groups(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Leaders 2026: 128 people. Not working: 16. Nothing of which fewer than five would be told."""
    said = [sentence(ReportWords.GROUP_PEOPLE, programme=reply.programme, people=reply.people)]
    if reply.not_working:
        working = reply.people - reply.not_working
        said.append(sentence(ReportWords.GROUP_WORKING, working=working, broken=reply.not_working))
    if reply.working:
        kinds = tuple(sentence(ReportWords.KIND_COUNT, kind=kind.value, count=count) for kind, count in reply.working)
        said.append(sentence(ReportWords.GROUP_KINDS, kinds=kinds))
    if reply.matches_missing_one:
        said.append(sentence(ReportWords.GROUP_MATCHES, count=reply.matches_missing_one))
    return (" ".join(voice.say(each) for each in said),)


def person_lines(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Lea Brandt, mentor: not connected, never connected; reachable in Teams."""
    return tuple(voice.say(_person(line)) for line in reply.lines)


def people_after(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Showing 3 of 16; 9 matches have one side missing; ..."""
    if reply.groups_only:
        return (voice.say(sentence(ReportWords.GROUPS_ONLY)),)
    if not reply.not_working:
        return (voice.say(sentence(ReportWords.ALL_WORK)),)
    first, last = reply.skipped + 1, reply.skipped + len(reply.lines)
    showing = ReportWords.SHOWING_FROM if reply.skipped else ReportWords.SHOWING
    said = [sentence(showing, first=first, last=last, count=reply.not_working)]
    if reply.matches_missing_one:
        said.append(sentence(ReportWords.MISSING_SIDES, count=reply.matches_missing_one))
        said += [
            sentence(ReportWords.WOULD_COMPLETE, suite=suite.value, count=count)
            for suite, count in reply.completed_by
            if count
        ]
    return (f"{'; '.join(voice.say(each) for each in said)}.",)


UNREACHED: Mapping[Unreached, Text] = {
    Unreached.NO_ACCOUNT: ReportWords.NOT_REACHABLE,
    Unreached.ACCOUNT_GONE: ReachingWords.REACH_GONE,
    Unreached.NO_MESSAGES: ReachingWords.REACH_NO_MESSAGES,
    Unreached.NOT_INSTALLED: ReachingWords.REACH_NOT_INSTALLED,
    Unreached.REFUSED: ReachingWords.REACH_REFUSED,
}


def reach_of(chat: str | None, why_not: Unreached | None) -> Sentence:
    """Which chat reaches somebody, or why none does."""
    if chat is not None:
        return sentence(ReportWords.REACHABLE_IN, chat=chat)
    return sentence(UNREACHED[why_not or Unreached.NO_ACCOUNT])


def _person(line: PersonLine) -> Sentence:
    trouble = line.trouble or Trouble.NEVER_CONNECTED
    why = sentence(TROUBLES[trouble])
    if trouble is Trouble.NOT_A_PERSON:
        why = sentence(ReportWords.CORRECT_ADDRESS, why=why)
    elif trouble.repaired_by_it:
        why = sentence(ReportWords.IT_MUST_REPAIR, why=why)
    elif line.since and line.kind:
        why = sentence(ReportWords.WHY_SINCE, why=why, day=line.since)
    reach = reach_of(line.reachable, line.unreached)
    role = sentence(ROLES[line.role])
    if line.kind is None:
        return sentence(ReportWords.PERSON_NEVER, name=line.name, role=role, why=why, reach=reach)
    return sentence(ReportWords.PERSON_BROKEN, name=line.name, role=role, kind=line.kind.value, why=why, reach=reach)


def receipt_lines(reply: ReceiptsShown, voice: Voice) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Last 90 days: Ana Ruiz (your mentee) was shown your free times on 4 days, for 24 Nov - 8 Dec. Nobody else was."""
    admins = voice.say(sentence(ReportWords.ADMINS_SEE_GROUPS if reply.groups_only else ReportWords.ADMINS_SEE))
    if not reply.receipts:
        return (voice.say(sentence(ReportWords.NOBODY_SAW)), admins), (), ()
    opening, nobody_else = voice.say(sentence(ReportWords.LAST_DAYS)), voice.say(sentence(ReportWords.NOBODY_ELSE))
    lines = tuple(voice.say(_receipt(each)) for each in reply.receipts)
    if len(lines) == 1:
        return (f"{opening} {stopped_once(lines[0])} {nobody_else}", admins), (), ()
    return (opening,), lines, (nobody_else, admins)


def stopped_once(line: str) -> str:
    """With a full stop, where no abbreviation brought one."""
    return line if line.endswith(".") else f"{line}."


def _receipt(line: ReceiptLine) -> Sentence:
    return sentence(
        ReportWords.WAS_SHOWN_BY_ITSELF if line.automatic else ReportWords.WAS_SHOWN,
        viewer=line.viewer,
        role=sentence(ROLES[line.role]),
        days=line.days,
        first=line.first,
        last=line.last,
    )
