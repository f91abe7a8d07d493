"""The pair matrix (docs/product.md section 1), row by row: what is said, and what may be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands import AskPartner, Command, FindSlots, PlainTimes, ShowOwnTimes
from bot.handlers.pair_matrix import MATRIX, instead_of_times
from bot.handlers.talk import reader_of
from bot.wording import plain
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import Match, MatchId, OrganisationId, ProgrammeId, User, UserId
from calendar_core.programme import Programme
from calendar_core.scheduling.outcomes import Pair, PairCase

ANA = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana Ruiz", "America/New_York")
SAM = User(UserId(2), OrganisationId(1), "sam@example.com", "Sam Okoye", "Europe/Berlin")
TOLD = datetime(2026, 11, 1, tzinfo=UTC)
MATCH = Match(MatchId(7), ProgrammeId(1), mentor=SAM.id, mentee=ANA.id, opens_at=TOLD)
PROGRAMME = Programme(ProgrammeId(1), OrganisationId(1), "Leaders 2026")
FIND = FindSlots(match=MATCH.id)


def pair(asker: IntegrationKind | None, partner: IntegrationKind | None) -> Pair:
    def how(user: User, kind: IntegrationKind | None) -> Integration:
        return Integration(user.id, kind, Health.OK, user.email)

    return Pair(MATCH, PROGRAMME, ANA, SAM, how(ANA, asker), how(SAM, partner))


GOOGLE, OUTLOOK = IntegrationKind.GOOGLE_DOMAIN, IntegrationKind.OUTLOOK_DOMAIN
ROWS = [
    (GOOGLE, OUTLOOK, PairCase.BOTH, None, ()),
    (
        GOOGLE,
        None,
        PairCase.ONLY_ASKER,
        "Sam has not connected a calendar, so I can see only your free times. I can ask Sam to pick one of three.",
        (AskPartner(FIND), ShowOwnTimes(FIND)),
    ),
    (
        None,
        OUTLOOK,
        PairCase.ONLY_PARTNER,
        "You have not connected a calendar. I can ask Sam to offer times.",
        (AskPartner(FIND),),
    ),
    (
        None,
        None,
        PairCase.NOBODY,
        "Neither calendar is connected, so these are plain times; I do not know who is free.",
        (PlainTimes(match=MATCH.id),),
    ),
]


@pytest.mark.parametrize(("asker", "partner", "case", "says", "steps"), ROWS, ids=[row[2].name for row in ROWS])
def test_each_row_of_the_matrix(
    asker: IntegrationKind | None,
    partner: IntegrationKind | None,
    case: PairCase,
    says: str | None,
    steps: tuple[Command, ...],
) -> None:
    seen = pair(asker, partner)
    assert seen.case is case
    reply = instead_of_times(seen, FIND)
    if says is None:
        assert reply is None
        return
    assert reply is not None
    assert plain(reply, reader_of(ANA)).splitlines()[0] == says
    assert tuple(choice.command for choice in reply.choices) == steps


def test_the_matrix_has_every_case() -> None:
    assert set(MATRIX) == set(PairCase)
    assert {row[2] for row in ROWS} == set(PairCase)


EVERY_STATE = (*IntegrationKind, None)


@pytest.mark.parametrize("asker", EVERY_STATE, ids=str)
@pytest.mark.parametrize("partner", EVERY_STATE, ids=str)
def test_who_writes_and_whose_link_it_is(asker: IntegrationKind | None, partner: IntegrationKind | None) -> None:
    """Decisions 3 and 4: the asker's calendar if it can be written, else the partner's, else mail and no link."""
    seen = pair(asker, partner)
    native = [each for each in (asker, partner) if each not in (None, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY)]
    assert seen.suite is (native[0].suite if native and native[0] else None)
    assert seen.writer.writable == bool(native)
    if asker is not None or partner is not None:
        first = asker if native[:1] == [asker] or (not native and asker) else partner
        assert seen.writer.kind is first
    assert {seen.organizer, seen.attendee} == {ANA, SAM}
    assert (seen.organizer is ANA) == (seen.writer is seen.asker_integration)
    assert (seen.organizer, seen.suite) == (seen.other_way().other_way().organizer, seen.suite)


@pytest.mark.parametrize("broken", [Health.BROKEN, Health.REVOKED])
def test_a_calendar_that_broke_writes_nothing(broken: Health) -> None:
    seen = pair(GOOGLE, OUTLOOK)
    seen = replace(seen, asker_integration=replace(seen.asker_integration, health=broken))
    assert (seen.organizer, seen.suite) == (SAM, OUTLOOK.suite)
    limited = pair(GOOGLE, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY)
    limited = replace(limited, asker_integration=replace(limited.asker_integration, health=broken))
    assert (limited.organizer, limited.suite) == (SAM, None), "mailed on behalf of the one who can be seen"
