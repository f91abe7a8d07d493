"""Whom the asker may book with: matches by name, what is connected, and whether the programme is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_core.errors import MatchNotOpenYet, NoMatches, NotMatched, Paused, ProgrammeClosed, WhichMatch
from calendar_core.name_search import calls
from calendar_core.people import Identity, MatchId, Role, User, UserId
from calendar_core.ports import Clock, Integrations, Matched, People, Programmes
from calendar_core.scheduling.outcomes import Pair
from calendar_core.wall_clock import local_time


@dataclass(frozen=True, slots=True)
class Pairs:
    """Reads the store only: an unmatched request never gets further than this file."""

    people: People
    programmes: Programmes
    integrations: Integrations
    clock: Clock

    async def speaking(self, account: Identity) -> tuple[User, tuple[Pair, ...]] | None:
        """Whose account that is, with every match; None for an account of nobody who is in a programme."""
        found = await self.programmes.taking_part(account)
        return None if found is None else (found[0], _seen_by(*found))

    async def of(self, asker: User) -> tuple[Pair, ...]:
        """Every match of the asker that has not ended, the oldest first."""
        return _seen_by(asker, await self.programmes.matched(asker.id))

    async def resolve(
        self, asker: User, typed: str | None, role: Role | None = None, *, among: tuple[Pair, ...] | None = None
    ) -> Pair:
        """The match meant by a typed name or address, or by "my mentor" (the role the partner has). `among`: every
        match of the asker, where they were read a moment ago.

        Raises NoMatches, WhichMatch, and NotMatched for every other typed word alike (decision 12).
        """
        pairs = await self.of(asker) if among is None else among
        if typed is not None:
            pairs = tuple(pair for pair in pairs if calls(typed, pair.partner.name, pair.partner.email))
        elif role is not None:
            pairs = tuple(pair for pair in pairs if _role_of_partner(pair) is role)
        if typed is not None and not pairs:
            raise NotMatched(typed)
        if not pairs:
            raise NoMatches
        if len(pairs) > 1:
            raise WhichMatch(tuple(pair.match.id for pair in pairs))
        return self.open(pairs[0])

    async def pair(self, asker: User, match: MatchId, *, among: tuple[Pair, ...] | None = None) -> Pair:
        """One match by its id, as a button carries it; `among` as in `resolve`. Raises NotMatched for any that is not
        the asker's now."""
        for pair in await self.of(asker) if among is None else among:
            if pair.match.id == match:
                return self.open(pair)
        raise NotMatched("")

    async def standing(self, user: UserId, match: MatchId) -> Pair:
        """A match as one of its two sees it, whatever has become of it since. Raises NotMatched for anybody else."""
        found = await self.programmes.match(match)
        if found is None or user not in (found.mentor, found.mentee):
            raise NotMatched("")
        programme = await self.programmes.programme(found.programme)
        asker, partner = await self.people.user(user), await self.people.user(found.partner_of(user))
        connected = await self.integrations.of_all((asker.id, partner.id))
        return Pair(found, programme, asker, partner, connected[asker.id], connected[partner.id])

    def open(self, pair: Pair) -> Pair:
        """The pair itself, if sessions may be arranged now. Raises ProgrammeClosed, Paused or MatchNotOpenYet."""
        now = self.clock.now()
        programme, today = pair.programme, now.astimezone(ZoneInfo(pair.programme.time_zone)).date()
        over = programme.ends is not None and today > programme.ends
        early = programme.starts is not None and today < programme.starts
        if over or early:
            ended = programme.ends if over else None
            raise ProgrammeClosed(programme.name, ended, programme.starts if early else None, programme.contact)
        until = pair.asker.paused_until
        if until is not None and local_time(pair.asker.itinerary, now).date() < until:
            raise Paused(until)
        if now < pair.match.opens_at:
            raise MatchNotOpenYet(pair.partner.first_name, pair.match.opens_at)
        return pair


def _seen_by(asker: User, matches: Iterable[Matched]) -> tuple[Pair, ...]:
    return tuple(
        Pair(each.match, each.programme, asker, each.partner, each.integration, each.partner_integration)
        for each in matches
    )


def _role_of_partner(pair: Pair) -> Role:
    return Role.MENTOR if pair.partner.id == pair.match.mentor else Role.MENTEE
