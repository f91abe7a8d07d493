"""People in lists: whose calendar does not work, and who was shown whose times."""

from __future__ import annotations

from bot.replies import PeopleListed, PersonLine, ReceiptLine, ReceiptsShown
from bot.sentences import Sentence, sentence
from bot.words import FreeBusyOnlyWords, ReportWords
from calendar_core.integration import Trouble
from calendar_core.people import Role

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
    Trouble.FREE_BUSY_ONLY: FreeBusyOnlyWords.ONLY_FREE_BUSY,
}


def people_before(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Leaders 2026: 128 people, 112 working (Google - Domain 61, ...). Not working: 16."""
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


def person_lines(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Lea Brandt, mentor: not connected, never connected; reachable in Teams."""
    return tuple(voice.say(_person(line)) for line in reply.lines)


def people_after(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Showing 3 of 16; 9 matches have one side missing; ..."""
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


def _person(line: PersonLine) -> Sentence:
    trouble = line.trouble or Trouble.NEVER_CONNECTED
    why = sentence(TROUBLES[trouble])
    if trouble.repaired_by_it:
        why = sentence(ReportWords.IT_MUST_REPAIR, why=why)
    elif line.since and line.kind:
        why = sentence(ReportWords.WHY_SINCE, why=why, day=line.since)
    reach = (
        sentence(ReportWords.REACHABLE_IN, chat=line.reachable)
        if line.reachable
        else sentence(ReportWords.NOT_REACHABLE)
    )
    role = sentence(ROLES[line.role])
    if line.kind is None:
        return sentence(ReportWords.PERSON_NEVER, name=line.name, role=role, why=why, reach=reach)
    return sentence(ReportWords.PERSON_BROKEN, name=line.name, role=role, kind=line.kind.value, why=why, reach=reach)


def receipt_lines(reply: ReceiptsShown, voice: Voice) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """In the last 90 days: Ana Ruiz (your mentee) was shown your free times on 4 days, for 24 Nov - 8 Dec."""
    admins = voice.say(sentence(ReportWords.ADMINS_SEE))
    if not reply.receipts:
        return (voice.say(sentence(ReportWords.NOBODY_SAW)),), (), (admins,)
    lines = tuple(voice.say(_receipt(each)) for each in reply.receipts)
    after = f"{voice.say(sentence(ReportWords.NOBODY_ELSE))} {admins}"
    return (voice.say(sentence(ReportWords.LAST_DAYS)),), lines, (after,)


def _receipt(line: ReceiptLine) -> Sentence:
    return sentence(
        ReportWords.WAS_SHOWN_BY_ITSELF if line.automatic else ReportWords.WAS_SHOWN,
        viewer=line.viewer,
        role=sentence(ROLES[line.role]),
        days=line.days,
        first=line.first,
        last=line.last,
    )
