"""Windows and Homes of every role with far more in them than there will be: valid, and within every limit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.render.home_view import HomeShown, home
from adapters.slack.render.views import form, result
from bot.commands import (
    AskPartner,
    BookSession,
    ChooseDay,
    FindSlots,
    ShowIntegrations,
    ShowSessions,
    WhoHasntIntegrated,
)
from bot.replies import Answer, Choice, Party, Read, Reader, SessionLine, SessionsListed, SlotsOffered
from bot.samples import BOOKED, CHECKED, MATCH
from bot.sentences import sentence
from bot.words import Words
from calendar_core.integration import IntegrationKind
from calendar_core.interval import Interval
from calendar_core.request import Basis
from calendar_core.session import SessionState
from calendar_core.topic import topic_of

from .limits import schema_of, sdk_complaints, sdk_view_complaints, shown, view_broken
from .test_drawn import LANGUAGES, TEXTS, answers

ADDRESS = "https://example.slack.com/archives/C1/p1732276920000100"
TOPICS = (st.text(max_size=300) | TEXTS | st.just(f"{ADDRESS} and more")).map(topic_of)
PARTIES = st.builds(
    lambda name, zone: Party(name or "x", name[:8] or "x", zone),
    TEXTS,
    st.sampled_from(["UTC", "Asia/Kathmandu", "Pacific/Apia"]),
)
LINES = st.builds(
    lambda at, topic, partner, state, linked: SessionLine(
        replace(
            BOOKED,
            when=Interval(29_933_000 + 60 * at, 29_933_045 + 60 * at),
            topic=topic,
            state=state,
            conference=BOOKED.conference if linked else None,
        ),
        partner,
    ),
    st.integers(0, 10_000),
    TOPICS,
    PARTIES,
    st.sampled_from([SessionState.BOOKED, SessionState.NEEDS_NEW_TIME]),
    st.booleans(),
)
READERS = st.builds(Reader, st.sampled_from(LANGUAGES), st.sampled_from(["UTC", "America/New_York", "Pacific/Apia"]))
LISTED = st.sampled_from(
    [None, WhoHasntIntegrated(skip=3), ShowIntegrations(skip=10), ShowIntegrations(kind=IntegrationKind.OUTLOOK_DOMAIN)]
)


@st.composite
def homes(draw: st.DrawFn) -> HomeShown:
    """A mentee's or mentor's, an admin's, and of an account that is nobody's."""
    reader = draw(READERS)
    lines = tuple(draw(st.lists(LINES, max_size=4))) * draw(st.integers(1, 25))
    choices = (Choice(sentence(Words.PAST_SESSIONS), ShowSessions(past=True)),) if draw(st.booleans()) else ()
    sessions = Answer(SessionsListed(past=False, sessions=lines, choices=choices), reader)
    role = draw(st.sampled_from(["matched", "admin", "nobody"]))
    if role == "nobody":
        return HomeShown(draw(answers()))
    find = Choice(sentence(Words.FIND_TIMES), FindSlots())
    status = draw(answers())
    if draw(st.booleans()):
        status = replace(status, reply=replace(status.reply, choices=(*status.reply.choices, find)))
    own, people = draw(answers()), draw(answers()) if role == "admin" else None
    return HomeShown(sessions, status, own, people, draw(LISTED) if role == "admin" else None)


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """With no time or very many, for booking or for asking, after a refusal or at first."""
    reader, partner, minutes = draw(READERS), draw(PARTIES), draw(st.sampled_from([5, 45, 1_440]))
    start = draw(st.integers(29_000_000, 31_000_000))
    slots = [Interval(start + 15 * at, start + 15 * at + minutes) for at in range(draw(st.integers(0, 150)))]
    asks = draw(st.booleans())
    choices = [
        Choice(
            sentence(Words.BOOK_ON, when=slot),
            AskPartner(FindSlots(match=MATCH, minutes=minutes), (slot,)) if asks else BookSession(MATCH, slot),
            slot=slot,
            numbered=True,
        )
        for slot in slots
    ]
    choices += [
        Choice(sentence(Words.MINUTES_LONG, minutes=each), ChooseDay(FindSlots(match=MATCH, minutes=each)))
        for each in draw(st.lists(st.integers(5, 1_000), max_size=30, unique=True))
    ]
    reply = SlotsOffered(
        partner=partner,
        minutes=minutes,
        suite=None,
        basis=Basis.BOTH_FREE,
        checked_at=CHECKED,
        choices=tuple(choices),
        read=Read(partner.name, (Interval(start, start + 1_440),), minutes),
    )
    refused = draw(st.none() | answers())
    return dict(form(Answer(reply, reader), ChooseDay(FindSlots(match=MATCH)), draw(TOPICS), refused))


@given(homes())
@settings(max_examples=60)
def test_every_home_stays_within_every_limit(drawn: HomeShown) -> None:
    view = home(drawn)
    assert view_broken(view) == []
    assert sdk_complaints(view["blocks"]) == []  # type: ignore[arg-type]  # a view's own
    assert sdk_view_complaints(view) == []
    assert shown(view["blocks"])  # type: ignore[arg-type]


@given(forms())
@settings(max_examples=60)
def test_every_form_stays_within_every_limit(view: dict[str, Any]) -> None:
    assert view_broken(view) == []
    assert sdk_view_complaints(view) == []
    assert len(view.get("private_metadata", "")) <= 150


@given(answers())
@settings(max_examples=30)
def test_every_answer_in_a_window_stays_within_every_limit(answer: Answer) -> None:
    view = result(answer)
    assert view_broken(view) == []
    assert sdk_view_complaints(dict(view)) == []


@given(homes(), forms(), answers())
@settings(max_examples=10)
def test_all_of_them_are_valid_by_the_published_schema(
    contracts: Path, drawn: HomeShown, view: dict[str, Any], answer: Answer
) -> None:
    assert schema_of(contracts, "HomeView")([home(drawn)]) == []
    assert schema_of(contracts, "ModalView")([view, result(answer)]) == []
