"""People who are not matched: the same bytes whoever was typed, no calendar asked, no time taken (decisions 11, 12)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from http import HTTPStatus

import pytest

from bot.buttons import token_of
from bot.commands import (
    AskBack,
    AskPartner,
    BookSession,
    CannotMakeIt,
    Command,
    Contact,
    DeclineRequest,
    FindSlots,
    LooksGood,
    NoMoreFrom,
    NotThisMatch,
    OfferTimes,
    PickTime,
    PlainTimes,
    SendOffer,
    ShowCalendars,
    ShowMore,
    ShowOwnTimes,
    WhoHasntIntegrated,
    WhyNone,
    WhyThese,
)
from calendar_core.ended import Leaver
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.integration import Health, Integration, Trouble
from calendar_core.interval import Interval
from calendar_core.people import MatchId, ProgrammeId, Role, User
from calendar_core.ports import People
from calendar_core.request import RequestId
from calendar_core.session import SessionUid
from calendar_core.store import Store
from tests.calendar_core.scheduling.stage import at
from tests.staging import NOW
from tests.visiting import Visitor

ORGANISATION, PROGRAMME = "example.com", "Leaders 2026"
NEVER_GIVEN = 10**9
EVER = Interval.lasting(NOW, 400 * 24 * 60)


# --- whoever was typed -----------------------------------------------------------------------------------------------


async def as_seeded(_visitor: Visitor, _sam: User, _stranger: User) -> None:
    """In the programme, connected, matched with somebody else."""


async def unknown(visitor: Visitor, sam: User, _stranger: User) -> None:
    await people(visitor).update(replace(sam, name="Zoe Quill", email="zoe@example.com"))


async def absent(visitor: Visitor, sam: User, _stranger: User) -> None:
    for membership in await people(visitor).memberships(sam.id):
        await store(visitor).endings.leave(Leaver(sam.id, membership.programme), NOW)


async def of_a_match_that_ended(visitor: Visitor, _sam: User, stranger: User) -> None:
    match = MatchEnrolled(
        organisation=ORGANISATION, programme=PROGRAMME, mentor="sam@example.com", mentee=stranger.email
    )
    made = await store(visitor).enrolments.apply(Batch(matches=(match,)), NOW)
    await store(visitor).endings.end(made.matches[0], NOW)


async def unconnected(visitor: Visitor, sam: User, _stranger: User) -> None:
    never = Integration(sam.id, None, Health.OK, sam.email, Trouble.NEVER_CONNECTED)
    await store(visitor).integrations.connected(never)


async def broken(visitor: Visitor, sam: User, _stranger: User) -> None:
    await store(visitor).integrations.broke(sam.id, Trouble.ACCESS_WITHDRAWN, NOW)


async def paused(visitor: Visitor, sam: User, _stranger: User) -> None:
    await people(visitor).update(replace(sam, paused_until=date(2027, 3, 1)))


async def in_another_zone(visitor: Visitor, sam: User, _stranger: User) -> None:
    await people(visitor).update(replace(sam, time_zone="Australia/Sydney", region="AU-NSW", language="de"))


async def holding_sessions(visitor: Visitor, _sam: User, _stranger: User) -> None:
    for number in ("1", "2"):
        booked = await visitor.press("ana", await visitor.say("ana", "book with my mentor"), number)
        assert "Join: " in booked["text"]


async def tired_of_this_stranger(visitor: Visitor, sam: User, stranger: User) -> None:
    await store(visitor).requests.refuse_from(sam.id, stranger.id)


async def one_of_two_of_that_name(visitor: Visitor, sam: User, _stranger: User) -> None:
    (ines,) = await people(visitor).at_address("ines@example.com")
    await people(visitor).update(replace(ines, name=sam.name))


async def in_an_organisation_next_door(visitor: Visitor, sam: User, stranger: User) -> None:
    await unknown(visitor, sam, stranger)
    (theo,) = await people(visitor).at_address("theo@example.org")
    await people(visitor).update(replace(theo, name=sam.name))


WORLDS: tuple[Callable[[Visitor, User, User], Awaitable[None]], ...] = (
    as_seeded,
    unknown,
    absent,
    of_a_match_that_ended,
    unconnected,
    broken,
    paused,
    in_another_zone,
    tired_of_this_stranger,
    one_of_two_of_that_name,
    in_an_organisation_next_door,
    holding_sessions,
)
SAID = (
    "book with Sam Okoye",
    "/book with sam next Tuesday afternoon 30 min",
    "book with sam@example.com tomorrow 3pm",
    "book a session with okoye",
    "status of Sam Okoye",
    "Friday morning with Sam",
)


async def test_the_answers_are_the_same_bytes_whoever_was_typed(visitor: Visitor) -> None:
    sam, *strangers = await enrolled(visitor, len(WORLDS))
    heard: dict[str, list[bytes]] = {}
    for world, stranger in zip(WORLDS, strangers, strict=True):
        before = await everything(visitor, sam)
        await world(visitor, sam, stranger)
        held = await store(visitor).sessions.held([sam.id, stranger.id], EVER)
        visitor.stage.sandbox.log.clear()
        visitor.stage.sandbox.clock.set(NOW)
        heard[world.__name__] = await conversation(visitor, stranger)
        assert visitor.stage.sandbox.log.calls == [], f"a provider was called: {world.__name__}"
        assert await store(visitor).sessions.held([sam.id, stranger.id], EVER) == held, f"a hold: {world.__name__}"
        await put_back(visitor, before)
    usual = heard.pop("as_seeded")
    assert len(set(usual)) > len(SAID)  # they are answers to what was said, not one and the same
    for world_name, answers in heard.items():
        assert answers == usual, world_name


async def conversation(visitor: Visitor, stranger: User) -> list[bytes]:
    """All that a stranger can be made to say and press about Sam: the bytes of each reply, tokens included."""
    answers = [await post(visitor, "say", {"as": stranger.email, "text": text}) for text in SAID]
    refused = await visitor.say(name_of(stranger), SAID[0])
    plain = await visitor.press(name_of(stranger), refused, "Plain times")
    tokens = [choice["token"] for reply in (refused, plain) for choice in reply["choices"]]
    answers += [await post(visitor, "press", {"as": stranger.email, "token": token}) for token in tokens]
    answers += [await post(visitor, "say", {"as": stranger.email, "text": text}) for text in ("2", "sessions")]
    async with visitor.http.get("/console/inbox", params={"as": stranger.email}) as inbox:
        return [*answers, await inbox.read()]


# --- whatever was forged ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["uma", "dora", "priya"])
async def test_an_id_of_others_is_as_good_as_one_never_given(visitor: Visitor, who: str) -> None:
    match, request, session, programme = await ids_of_others(visitor)
    held = await store(visitor).sessions.held([each.id for each in await cast(visitor)], EVER)
    visitor.stage.sandbox.log.clear()
    never = (MatchId(NEVER_GIVEN), RequestId(NEVER_GIVEN), SessionUid("f" * 32), ProgrammeId(NEVER_GIVEN))
    theirs = await pressed(visitor, who, naming(match, request, session, programme))
    nobodys = await pressed(visitor, who, naming(*never))
    assert theirs == nobodys
    assert visitor.stage.sandbox.log.calls == []
    assert await store(visitor).sessions.held([each.id for each in await cast(visitor)], EVER) == held


def naming(match: MatchId, request: RequestId, session: SessionUid, programme: ProgrammeId) -> list[Command]:
    """Every button that carries an id."""
    find, when = FindSlots(match=match), at("2026-11-25T10:00", "America/New_York")
    return [
        find,
        AskBack(find, "3pm"),
        ShowMore(find),
        WhyThese(find),
        WhyNone(find),
        ShowCalendars(find),
        BookSession(match, when),
        AskPartner(find),
        AskPartner(find, (when,)),
        ShowOwnTimes(find),
        ShowOwnTimes(find, (when,)),
        PlainTimes(match=match),
        NotThisMatch(match),
        PickTime(request, when),
        OfferTimes(request),
        OfferTimes(request, (when,)),
        SendOffer(request, (when,)),
        DeclineRequest(request),
        NoMoreFrom(request),
        LooksGood(session),
        CannotMakeIt(session),
        Contact(programme),
        WhoHasntIntegrated(programme),
    ]


async def pressed(visitor: Visitor, who: str, commands: list[Command]) -> Mapping[str, bytes]:
    """What each button is answered."""
    visitor.stage.sandbox.clock.set(NOW)
    address = f"{who}@example.com"
    return {
        f"{number} {type(command).__name__}": await post(visitor, "press", {"as": address, "token": token_of(command)})
        for number, command in enumerate(commands)
    }


async def ids_of_others(visitor: Visitor) -> tuple[MatchId, RequestId, SessionUid, ProgrammeId]:
    """Of Ana and Sam, who have a session and an open request; and of a programme next door."""
    offered = await visitor.say("ana", "book with my mentor")
    await visitor.press("ana", offered, "1")
    await visitor.press("ana", await visitor.press("ana", offered, "More"), "Ask Sam")
    await visitor.hears("sam", "would like")
    ana, theo = [(await people(visitor).at_address(each))[0] for each in ("ana@example.com", "theo@example.org")]
    (matched,) = await store(visitor).programmes.matched(ana.id)
    (session,) = await store(visitor).sessions.of_match(matched.match.id, 1)
    (membership,) = await people(visitor).memberships(theo.id)
    request = await store(visitor).requests.request(RequestId(1))
    assert request is not None
    return matched.match.id, request.id, session.uid, membership.programme


# --- what all of this needs ------------------------------------------------------------------------------------------


def store(visitor: Visitor) -> Store:
    return visitor.stage.application.store


def people(visitor: Visitor) -> People:
    return store(visitor).people


def name_of(user: User) -> str:
    return user.email.partition("@")[0]


async def post(visitor: Visitor, what: str, body: dict[str, str]) -> bytes:
    async with visitor.http.post(f"/console/{what}", json=body) as answer:
        assert answer.status == HTTPStatus.OK, await answer.text()
        return await answer.read()


async def enrolled(visitor: Visitor, strangers: int) -> list[User]:
    """Sam, and so many who are in his programme and matched with nobody; each in the same place as the others."""
    names = [f"stranger{number}" for number in range(strangers)]
    batch = Batch(
        people=tuple(
            PersonEnrolled(
                organisation=ORGANISATION,
                programme=PROGRAMME,
                role=Role.MENTEE,
                email=f"{name}@example.com",
                name=name.title(),
                time_zone="Europe/Copenhagen",
            )
            for name in names
        )
    )
    await store(visitor).enrolments.apply(batch, NOW)
    return [(await people(visitor).at_address(f"{name}@example.com"))[0] for name in ("sam", *names)]


async def cast(visitor: Visitor) -> list[User]:
    return [(await people(visitor).at_address(f"{name}@example.com"))[0] for name in ("ana", "sam", "uma", "dora")]


async def everything(visitor: Visitor, sam: User) -> tuple[list[User], Integration]:
    """What the worlds change."""
    return [*(await cast(visitor)), *(await named(visitor))], await store(visitor).integrations.of(sam.id)


async def named(visitor: Visitor) -> list[User]:
    return [(await people(visitor).at_address(each))[0] for each in ("ines@example.com", "theo@example.org")]


async def put_back(visitor: Visitor, before: tuple[list[User], Integration]) -> None:
    users, integration = before
    for user in users:
        await people(visitor).update(user)
    await store(visitor).integrations.connected(integration)
    (sam,) = await people(visitor).at_address("sam@example.com")
    roster = PersonEnrolled(
        organisation=ORGANISATION, programme=PROGRAMME, role=Role.MENTOR, email=sam.email, name=sam.name
    )
    back = await store(visitor).enrolments.apply(Batch(people=(roster,)), NOW, tell=False)
    for match in back.matches:  # as if both had been told
        await store(visitor).programmes.opened(match, NOW)
