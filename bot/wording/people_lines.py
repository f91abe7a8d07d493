"""People in lists: whose calendar does not work, and who was shown whose times."""

from __future__ import annotations

from bot.replies import PeopleListed, PersonLine, ReceiptLine, ReceiptsShown
from bot.sentences import Sentence, sentence
from bot.words import Words
from calendar_core.integration import Trouble
from calendar_core.people import Role

from .voice import Voice

ROLES = {Role.MENTOR: Words.MENTOR, Role.MENTEE: Words.MENTEE, Role.ADMIN: Words.ADMIN}
TROUBLES = {
    Trouble.NEVER_CONNECTED: Words.NEVER_CONNECTED,
    Trouble.ACCESS_WITHDRAWN: Words.ACCESS_WITHDRAWN,
    Trouble.NO_MAILBOX: Words.NO_MAILBOX,
    Trouble.NOT_COVERED: Words.NOT_COVERED,
    Trouble.ADMIN_CONSENT_MISSING: Words.ADMIN_CONSENT_MISSING,
    Trouble.OPTED_OUT: Words.OPTED_OUT,
    Trouble.NOT_ANSWERING: Words.NOT_ANSWERING,
}


def people_before(reply: PeopleListed, voice: Voice) -> tuple[str, ...]:
    """Leaders 2026: 128 people, 112 working (Google - Domain 61, ...). Not working: 16."""
    working = sum(count for _, count in reply.working)
    kinds = tuple(sentence(Words.KIND_COUNT, kind=kind.value, count=count) for kind, count in reply.working)
    heading = sentence(
        Words.PEOPLE_WORKING if working else Words.PEOPLE_NONE_WORKING,
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
        return (voice.say(sentence(Words.ALL_WORK)),)
    first, last = reply.skipped + 1, reply.skipped + len(reply.lines)
    showing = Words.SHOWING_FROM if reply.skipped else Words.SHOWING
    said = [sentence(showing, first=first, last=last, count=reply.not_working)]
    if reply.matches_missing_one:
        said.append(sentence(Words.MISSING_SIDES, count=reply.matches_missing_one))
        said += [
            sentence(Words.WOULD_COMPLETE, suite=suite.value, count=count)
            for suite, count in reply.completed_by
            if count
        ]
    return (f"{'; '.join(voice.say(each) for each in said)}.",)


def _person(line: PersonLine) -> Sentence:
    trouble = line.trouble or Trouble.NEVER_CONNECTED
    why = sentence(TROUBLES[trouble])
    if trouble.repaired_by_it:
        why = sentence(Words.IT_MUST_REPAIR, why=why)
    elif line.since and line.kind:
        why = sentence(Words.WHY_SINCE, why=why, day=line.since)
    reach = sentence(Words.REACHABLE_IN, chat=line.reachable) if line.reachable else sentence(Words.NOT_REACHABLE)
    role = sentence(ROLES[line.role])
    if line.kind is None:
        return sentence(Words.PERSON_NEVER, name=line.name, role=role, why=why, reach=reach)
    return sentence(Words.PERSON_BROKEN, name=line.name, role=role, kind=line.kind.value, why=why, reach=reach)


def receipt_lines(reply: ReceiptsShown, voice: Voice) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """In the last 90 days: Ana Ruiz (your mentee) was shown your free times on 4 days, for 24 Nov - 8 Dec."""
    admins = voice.say(sentence(Words.ADMINS_SEE))
    if not reply.receipts:
        return (voice.say(sentence(Words.NOBODY_SAW)),), (), (admins,)
    lines = tuple(voice.say(_receipt(each)) for each in reply.receipts)
    after = f"{voice.say(sentence(Words.NOBODY_ELSE))} {admins}"
    return (voice.say(sentence(Words.LAST_DAYS)),), lines, (after,)


def _receipt(line: ReceiptLine) -> Sentence:
    return sentence(
        Words.WAS_SHOWN_BY_ITSELF if line.automatic else Words.WAS_SHOWN,
        viewer=line.viewer,
        role=sentence(ROLES[line.role]),
        days=line.days,
        first=line.first,
        last=line.last,
    )
