"""Every error has words and a next step, and none shows what the outside said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.buttons import token_of
from bot.commands import AskPartner, BookSession, Command, FindSlots, NotUnderstood, PickTime, WhoHasntIntegrated
from bot.handlers.asked import Asked
from bot.handlers.refusing import WORDS, refusal
from bot.replies import Reader
from bot.wording import plain
from calendar_core import errors as e
from calendar_core.availability.bookable import Obstacle
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.people import MatchId, UserId
from calendar_core.request import RequestId
from calendar_core.session import SessionUid

from .test_pair_matrix import ANA, GOOGLE, MATCH, SAM, pair

SLOT = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
LATER = Interval.lasting(datetime(2026, 11, 24, 15, tzinfo=UTC), 45)
NOW = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
SECRET = "HTTP 403: <b>quota</b> of project 42"
ERRORS: list[e.CalendarError] = [
    e.UnknownPerson(),
    e.NotMatched("Bob"),
    e.NoMatches(),
    e.WhichMatch((MATCH.id,)),
    e.MatchNotOpenYet("Sam", NOW),
    e.NotIntegrated(SAM.id, Trouble.NEVER_CONNECTED),
    e.SlotTaken(SLOT, (LATER,)),
    *(e.NotBookable(SLOT, obstacle) for obstacle in Obstacle),
    e.ApprovalNeeded(MATCH.id, SLOT),
    e.CalendarSilent(SAM.id),
    e.CalendarSilent(ANA.id),
    e.CalendarSilent(UserId(99)),
    e.CalendarRefused(ANA.id),
    e.CalendarRefused(SAM.id),
    e.ProgrammeClosed("Leaders 2025", date(2025, 10, 30), None, None),
    e.ProgrammeClosed("Leaders 2027", None, date(2027, 1, 1), None),
    e.ProgrammeClosed("Leaders", None, None, None),
    e.Paused(date(2026, 12, 1)),
    e.NotAllowed("programme-admin", None),
    e.GroupsOnly(),
    e.TooManyLookups(20),
    e.TooManyRequests(3),
    e.RequestClosed(),
    e.OpenRequestExists("Sam"),
    e.OldButton(),
    e.SessionGone(),
    e.SessionIsFrozen(SessionUid("session-1")),
    e.NoLink(),
    e.LinkStands(),
    *(e.ConsentRevoked(trouble) for trouble in Trouble),
    e.DomainRefused(Trouble.KEY_REFUSED),
    e.ProviderUnavailable(SECRET, timedelta(seconds=3)),
    e.NotTaken(SECRET),
    e.ProviderRejected(SECRET),
    e.EventGone(SECRET),
    e.KeyTaken(SECRET),
    e.TooSlow(SECRET),
    e.StoreUnavailable(SECRET),
]
COMMANDS: list[Command] = [
    FindSlots(match=MATCH.id),
    BookSession(MATCH.id, SLOT),
    AskPartner(FindSlots(match=MATCH.id), (SLOT,)),
    PickTime(RequestId(3), SLOT),
    WhoHasntIntegrated(),
    NotUnderstood("x"),
]


def subclasses(kind: type[e.CalendarError]) -> set[type[e.CalendarError]]:
    return {kind, *(deep for each in kind.__subclasses__() for deep in subclasses(each))}


def test_every_kind_of_error_is_tried_here() -> None:
    families = {e.CalendarError, e.Refusal, e.ProviderError}
    known = {kind for kind in subclasses(e.CalendarError) if kind.__module__ == e.__name__}
    assert known - families == {type(error) for error in ERRORS}


def test_every_kind_of_error_has_words_of_its_own_or_its_parents() -> None:
    general = {e.CalendarError, e.Refusal, e.ProviderError, e.WhichMatch}
    for kind in subclasses(e.CalendarError) - general:
        assert any(each in WORDS for each in set(kind.__mro__) - general), kind


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("error", ERRORS, ids=[f"{at} {type(error).__name__}" for at, error in enumerate(ERRORS)])
def test_every_error_gets_a_sentence_and_buttons_that_fit(error: e.CalendarError, command: Command) -> None:
    reply = refusal(error, Asked(command, ANA, (pair(GOOGLE, GOOGLE),), NOW))
    text = plain(reply, Reader("en-GB", "America/New_York"))
    assert len(text) > 20
    assert "quota" not in text
    assert "403" not in text
    for choice in reply.choices:
        assert token_of(choice.command)


def test_a_typed_name_too_long_for_a_button_still_gets_the_same_answer() -> None:
    reply = refusal(e.NotMatched("ß" * 500), Asked(FindSlots(), ANA, (), NOW))
    assert [plain(reply, Reader()).splitlines()[-1]] == ["[Plain times] [Contact]"]
    assert all(token_of(choice.command) for choice in reply.choices)


def test_what_is_too_long_to_be_tried_again_by_a_button_can_be_asked_afresh() -> None:
    asked = Asked(FindSlots(partner="x" * 500), ANA, (), NOW)
    assert [choice.command for choice in refusal(e.StoreUnavailable(), asked).choices] == [FindSlots()]


def test_a_match_of_somebody_else_is_only_an_old_button() -> None:
    asked = Asked(BookSession(MatchId(99), SLOT), ANA, (pair(GOOGLE, GOOGLE),), NOW)
    assert refusal(e.NotMatched(""), asked).choices == refusal(e.OldButton(), asked).choices
