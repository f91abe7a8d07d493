"""What we write is read alike by two libraries that are not ours: PyPI's `ical`, and the system's libical."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from calendar_core.event import Person
from calendar_core.interval import Interval
from calendar_core.invitation import Copy, Guest, Invitation, calendar_file
from calendar_core.invitation.writing import clean, clean_name
from calendar_core.participation import Participation
from calendar_core.people import UserId

from .libical import Libical, Read

AT_LEAST, CASES, CASES_OF_PROOF = 500, 250, 5_000
MAILBOX = Person("sessions@pairtime.example", "Pairtime")
LINKS = ("https://meet.example.com/abc-defg-hij", "https://video.example.com/j/1?pwd=a;b,c&x=%20#now")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
# Nights in which clocks are put forward or back, besides any other time.
ODD_NIGHTS = tuple(
    datetime.fromisoformat(each).replace(tzinfo=UTC)
    for each in ("2026-10-25T00:30", "2026-11-01T05:15", "2027-03-14T06:45", "2027-03-28T00:45", "2027-04-03T15:15")
)
NAMES = st.one_of(
    st.sampled_from(
        (
            "Ana Ruiz",
            "Søren Ångström-Ødegård",
            "Ольга Ивановна",
            "山田 太郎",
            "محمد العلي",
            "दीपिका कुमारी",
            "Νίκος Παπαδόπουλος",
            "אורית כהן",
            'Bobby "The ^Caret^" O\'Neil',
            "Semi;Colon, Comma: Colon",
            "Evil\r\nATTENDEE:mailto:x@evil.example",
            "Reverse \u202edrowssap\u202c",
            "👩🏽‍🏫 Teacher",
            "back\\slash\\n",
            "",
            "N" * 300,
        )
    ),
    st.text(max_size=60),
)
STARTS = st.one_of(
    st.integers(0, 11 * 365 * 24 * 60).map(lambda minute: FIRST + timedelta(minutes=minute)),
    st.sampled_from(ODD_NIGHTS),
)
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "UTC")


@st.composite
def histories(draw: st.DrawFn) -> tuple[Invitation, ...]:
    """An invitation through its life: each state that somebody could be sent."""
    now, key = draw(STARTS), f"{draw(st.integers(0, 2**128 - 1)):032x}"
    when = Interval.lasting(draw(STARTS), draw(st.integers(5, 300)))
    states = [
        Invitation(
            key=key,
            uid=f"{key}@pairtime.example",
            mailbox=MAILBOX,
            title=draw(NAMES) or "Mentoring session",
            when=when,
            zone=draw(st.sampled_from(ZONES)),
            changed_at=now,
            copies=(Copy(UserId(1)), Copy(UserId(2))),
        )
    ]
    for change in draw(st.lists(st.sampled_from(("move", "link")), max_size=3)):
        now += timedelta(minutes=draw(st.integers(1, 10_000)))
        if change == "move":
            when = Interval.lasting(draw(STARTS), draw(st.integers(5, 300)))
            states.append(states[-1].moved(when, states[-1].zone, now))
        else:
            states.append(states[-1].linked(draw(st.sampled_from(LINKS)), now))
    if draw(st.booleans()):
        states.append(states[-1].called_off(now + timedelta(minutes=1)))
    return tuple(states)


PEOPLE = st.tuples(
    st.builds(Guest, st.builds(Person, st.just("ana.ruiz+x@example.com"), NAMES), st.sampled_from(Participation)),
    st.builds(Guest, st.builds(Person, st.just("o'hara_99@mail.example.org"), NAMES), st.sampled_from(Participation)),
)


def by_ical(data: bytes) -> Read:
    """As PyPI's `ical` reads it."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    (event,) = calendar.events
    assert event.organizer is not None
    assert isinstance(event.dtstart, datetime)
    assert isinstance(event.dtend, datetime)
    return Read(
        method=calendar.method or "",
        uid=event.uid,
        sequence=event.sequence or 0,
        start=event.dtstart,
        end=event.dtend,
        status=event.status.value if event.status else "",
        organizer=event.organizer.uri or "",
        people=tuple((each.uri or "", each.common_name or "") for each in event.attendees),
        title=event.summary or "",
        description=event.description or "",
        link=event.location or None,
    )


def meant(state: Invitation, guests: tuple[Guest, ...], description: str) -> Read:
    """What any reader should find."""
    return Read(
        method="CANCEL" if state.cancelled else "REQUEST",
        uid=state.uid,
        sequence=state.sequence,
        start=state.when.start,
        end=state.when.end,
        status="CANCELLED" if state.cancelled else "CONFIRMED",
        organizer=f"mailto:{MAILBOX.email}",
        people=tuple((f"mailto:{each.person.email}", clean_name(each.person.name)) for each in guests),
        title=clean(state.title),
        description=clean(description),
        link=state.link,
    )


def test_two_readers_find_what_was_meant(libical: Libical, proving: bool, seen: Callable[[str], None]) -> None:
    read = 0

    @settings(
        max_examples=CASES_OF_PROOF if proving else CASES,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(histories(), PEOPLE, NAMES)
    def compare(states: tuple[Invitation, ...], guests: tuple[Guest, ...], description: str) -> None:
        nonlocal read
        for state in states:
            data = calendar_file(state, MAILBOX, guests, title=state.title, description=description)
            again = calendar_file(state, MAILBOX, guests, title=state.title, description=description)
            assert data == again
            assert by_ical(data) == libical.read(data) == meant(state, guests, description)
            read += 1
        assert [state.sequence for state in states] == sorted(state.sequence for state in states)
        assert [state.edition for state in states] == list(range(len(states)))

    compare()
    assert read >= AT_LEAST
    seen(f"{read} invitations read by ical and by libical: the same method, uid, sequence and instants, 0 differences")


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_that_comes_twice_or_in_between_is_the_instant_that_was_meant(libical: Libical, zone: str) -> None:
    for night in ODD_NIGHTS:
        for minutes in range(-180, 180, 15):
            instant = night + timedelta(minutes=minutes)
            state = Invitation(
                key="k",
                uid="k@pairtime.example",
                mailbox=MAILBOX,
                title="Mentoring session",
                when=Interval.lasting(instant.astimezone(ZoneInfo(zone)), 45),
                zone=zone,
                changed_at=night,
                copies=(),
            )
            data = calendar_file(state, MAILBOX, (), title=state.title, description="")
            assert libical.read(data).start == instant
            assert by_ical(data).start == instant
