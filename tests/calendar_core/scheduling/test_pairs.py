"""Whom one may book with: by name, by role, and only while match and programme are open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_core.enrolment import Batch, MatchEnrolled
from calendar_core.errors import MatchNotOpenYet, NoMatches, NotMatched, Paused, ProgrammeClosed, WhichMatch
from calendar_core.people import Role
from calendar_core.scheduling.outcomes import PairCase

from .stage import NOW, Stage


@pytest.mark.parametrize("typed", ["Sam Okoye", "sam okoye", "Sam", "OKOYE", "sam@example.com", "  Sam  Okoye "])
async def test_a_match_answers_to_full_name_any_part_of_it_and_address(stage: Stage, typed: str) -> None:
    assert (await stage.scheduling.pairs.resolve(stage.ana, typed)).partner == stage.sam


@pytest.mark.parametrize("typed", ["علی‌رضا رضایی", "علی\u200cرضا", "علیرضا"])
async def test_a_name_with_invisible_joiners_is_found_with_and_without_them(stage: Stage, typed: str) -> None:
    await stage.store.people.update(replace(stage.sam, name="علی\u200cرضا رضایی"))
    assert (await stage.scheduling.pairs.resolve(stage.ana, typed)).partner.id == stage.sam.id


@pytest.mark.parametrize("typed", ["Uma Vale", "uma@example.com", "Nobody", "Sa", "ana@example.com", "", "%"])
async def test_everybody_else_is_refused_alike_and_only_the_typed_text_is_echoed(stage: Stage, typed: str) -> None:
    with pytest.raises(NotMatched) as refused:
        await stage.scheduling.pairs.resolve(stage.ana, typed)
    assert refused.value.typed == typed


async def test_my_mentor_means_the_partner_with_that_role(stage: Stage) -> None:
    pairs = stage.scheduling.pairs
    assert (await pairs.resolve(stage.ana, None, Role.MENTOR)).partner == stage.sam
    assert (await pairs.resolve(stage.sam, None)).partner == stage.ana
    with pytest.raises(NoMatches):
        await pairs.resolve(stage.ana, None, Role.MENTEE)
    with pytest.raises(NoMatches):
        await pairs.resolve(stage.people["uma"], None)


async def test_with_several_matches_it_asks_which(stage: Stage) -> None:
    other = MatchEnrolled(
        organisation="example.com", programme="Leaders 2026", mentor="uma@example.com", mentee="ana@example.com"
    )
    made = await stage.store.enrolments.apply(Batch(matches=(other,)), NOW)
    with pytest.raises(WhichMatch) as asked:
        await stage.scheduling.pairs.resolve(stage.ana, None, Role.MENTOR)
    assert asked.value.matches == (stage.match.id, *made.matches)


async def test_a_match_opens_when_both_were_told_or_a_day_has_passed(stage: Stage) -> None:
    other = MatchEnrolled(
        organisation="example.com", programme="Leaders 2026", mentor="sam@example.com", mentee="uma@example.com"
    )
    await stage.store.enrolments.apply(Batch(matches=(other,)), NOW)
    pairs, uma = stage.scheduling.pairs, stage.people["uma"]
    with pytest.raises(MatchNotOpenYet):
        await pairs.resolve(uma, None)
    await stage.drive("clock", jump_seconds=24 * 3600)
    assert (await pairs.resolve(uma, None)).partner == stage.sam


async def test_before_and_after_the_programme_nothing_is_arranged_and_no_calendar_is_asked(stage: Stage) -> None:
    programme = await stage.store.programmes.programme(stage.match.programme)
    for closed in (replace(programme, ends=date(2026, 10, 30)), replace(programme, starts=date(2026, 12, 1))):
        await stage.store.programmes.update(closed)
        with pytest.raises(ProgrammeClosed):
            await stage.find(stage.ana)
    assert stage.sandbox.log.calls == []


async def test_the_last_day_of_a_programme_still_counts(stage: Stage) -> None:
    programme = await stage.store.programmes.programme(stage.match.programme)
    await stage.store.programmes.update(replace(programme, ends=NOW.date()))
    assert (await stage.scheduling.pairs.pair(stage.ana, stage.match.id)).partner == stage.sam


async def test_a_match_that_has_ended_is_like_any_stranger(stage: Stage) -> None:
    await stage.store.endings.end(stage.match.id, NOW)
    with pytest.raises(NotMatched):
        await stage.scheduling.pairs.resolve(stage.ana, "Sam")
    with pytest.raises(NotMatched):
        await stage.find(stage.ana)


async def test_ones_own_pause_is_said_and_the_partners_only_shows_as_not_free(stage: Stage) -> None:
    until = NOW.date() + timedelta(days=9)
    await stage.store.people.update(replace(stage.sam, paused_until=until))
    offer = await stage.find(stage.ana)
    assert all(slot.start.date() >= until for slot in offer.ranked.slots)
    with pytest.raises(Paused):
        await stage.scheduling.pairs.resolve(replace(stage.sam, paused_until=until), None)


async def test_who_is_connected_decides_the_row_of_the_matrix(stage: Stage) -> None:
    async def case() -> PairCase:
        return (await stage.scheduling.pairs.pair(stage.ana, stage.match.id)).case

    assert await case() is PairCase.BOTH
    await stage.disconnect(stage.sam)
    assert await case() is PairCase.ONLY_ASKER
    await stage.disconnect(stage.ana)
    assert await case() is PairCase.NOBODY
