"""Every other way a look-up can end, and what typed numbers mean (decision 19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.buttons import token_of
from bot.commands import AskPartner, BookSession, Command, FindSlots, SendPlainRequest, ShowCalendars, WhyNone
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.interval import Interval
from calendar_core.people import Role, WeeklyHours
from tests.calendar_core.scheduling.stage import NOW

from .talking import Talking

NIGHTS = WeeklyHours(days=(((0, 3 * 60),),) * 7)
LUNCH = WeeklyHours(days=(((14 * 60 + 30, 17 * 60),),) * 7)


async def test_more_and_why_these(talk: Talking) -> None:
    ana = talk.stage.ana
    more = await talk.press(ana, await talk.say(ana, "book"), "More")
    assert more["text"].splitlines()[-1] == "[Other times] [Take 30 min] [Take 60 min] [Why these] [Ask Sam]"
    why = await talk.press(ana, more, "Why these")
    assert why["text"].splitlines()[0].startswith("The soonest both are free")
    others = await talk.press(ana, more, "Other times")
    assert others["kind"] == "SlotsOffered"
    assert others["choices"][0]["start"] != "2026-11-24T09:00:00-05:00"


async def test_when_all_times_were_shown_that_is_said(talk: Talking) -> None:
    ana = talk.stage.ana
    listed = await talk.say(ana, "book with Sam on Tuesday 9:00 to 10:00, 45 min")
    more = await talk.press(ana, listed, "More")
    why = await talk.press(ana, more, "Why these")
    assert why["text"].splitlines()[-1] == "[Find times]"
    last = await talk.press(ana, more, "Other times")
    assert last["text"].splitlines()[-2:] == ["Those were all; there are no other times.", "[Find times] [Ask Sam]"]


async def test_a_holiday_that_was_asked_for_is_left_out_and_can_be_included(talk: Talking) -> None:
    ana = talk.stage.ana
    asked = await talk.say(ana, "book with Sam next Thursday morning")
    assert (
        asked["text"]
        .splitlines()[1]
        .startswith("Nothing fits both of you then. Thu 26 Nov is left out (Thanksgiving).")
    )
    included = await talk.press(ana, asked, "Include it")
    assert included["kind"] == "SlotsOffered"
    assert included["choices"][0]["name"] == "Book Thu 26 Nov, 09:00"
    assert "left out" not in included["text"]
    booked = await talk.press(ana, included, "1")
    assert booked["text"].startswith("Booked. Thu 26 Nov 2026, 09:00")


async def test_a_holiday_beside_others_days_asked_for_is_said_below_the_list(talk: Talking) -> None:
    offered = await talk.say(talk.stage.ana, "book with Sam Thursday or Friday")
    assert offered["text"].splitlines()[-2:] == [
        "Checked 11:02. Each of you sees only free or busy. Thu 26 Nov is left out (Thanksgiving).",
        "[1] [2] [3] [See both calendars] [Include it] [More]",
    ]


async def test_nobody_elses_holiday_is_told(talk: Talking) -> None:
    asked = await talk.say(talk.stage.sam, "book with Ana next Thursday afternoon")
    assert "Thanksgiving" not in asked["text"]
    assert "left out" not in asked["text"]


async def test_a_reading_of_many_windows_is_shown_short(talk: Talking) -> None:
    asked = await talk.say(talk.stage.ana, "book at 3 with Sam")
    assert asked["text"].splitlines()[4] == (
        "4. Sun 22 Nov, 15:00 - 15:45 New York, Mon 23 Nov, 15:00 - 15:45 New York or 12 more"
    )


async def test_help_about_one_word_is_about_that_word(talk: Talking) -> None:
    told = await talk.say(talk.stage.ana, "help book")
    assert told["text"].splitlines()[:-1] == [
        "You can say:",
        "- book: times that fit you and your match; add a name, a day, a time or a length",
    ]
    assert len((await talk.say(talk.stage.ana, "help juggling"))["text"].splitlines()) > 5


async def test_help_says_what_is_said_most_and_the_rest_behind_more(talk: Talking) -> None:
    ana = talk.stage.ana
    told = await talk.say(ana, "help")
    words = [line.partition(":")[0] for line in told["text"].splitlines()]
    assert words[1:4] == ["- book", "- sessions", "- calendars"]
    assert len(words) <= 10
    more = await talk.press(ana, told, "More")
    assert "- download my data" in more["text"]
    assert "- book:" not in more["text"]
    assert "admin" not in told["text"] + more["text"]


@pytest.mark.parametrize("word", ["2", "2.", "option 2", "the second", "#2", "number 2"])
async def test_a_number_presses_that_choice(talk: Talking, word: str) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "book")
    assert (await talk.say(ana, word))["text"].startswith("Booked. Wed 25 Nov 2026, 09:00")


async def test_the_same_number_again_is_a_yes(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "book")
    await talk.say(ana, "help")
    assert (await talk.say(ana, "2"))["text"].startswith("Something came in between.")
    assert (await talk.say(ana, "2"))["text"].startswith("Booked. Wed 25 Nov 2026, 09:00")


async def test_a_refused_number_is_no_message_in_between(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "book")
    assert (await talk.say(ana, "7"))["text"] == "The list ends at 3; 7 is not on it."
    assert (await talk.say(ana, "2"))["text"].startswith("Booked. Wed 25 Nov 2026, 09:00")


async def test_a_number_answers_for_fifteen_minutes(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "book")
    await talk.stage.drive("clock", jump_seconds=16 * 60)
    assert (await talk.say(ana, "1"))["text"].startswith("There is no list that 1 could answer.")
    assert (await talk.say(ana, "7"))["text"].startswith("There is no list that 7 could answer.")
    await talk.say(ana, "book")
    assert (await talk.say(ana, "7"))["text"].startswith("The list ends at 3; 7 is not on it.")


async def test_a_match_is_closed_until_both_were_told(talk: Talking) -> None:
    store = talk.stage.store
    uma = PersonEnrolled(
        organisation="example.com",
        programme="Leaders 2026",
        role=Role.MENTEE,
        email="uma@example.com",
        name="Uma Vale",
        time_zone="Europe/Madrid",
        region="",
    )
    match = MatchEnrolled(
        organisation="example.com", programme="Leaders 2026", mentor="sam@example.com", mentee="uma@example.com"
    )
    await store.enrolments.apply(Batch(people=(uma,), matches=(match,)), NOW)
    closed = await talk.say(talk.stage.people["uma"], "book")
    assert closed["text"].startswith(
        "Sam has not been told of your match yet, so I show no times. You can book from Mon 23 Nov, 17:02 on."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00\x07",
        "x" * 10_000,
        "book with " + "y" * 10_000,
        "\u202ebook",
        "book with \u202eSam",
        "🎉",
        "*_~`",
        "<!channel> @everyone",
        "book with <script>alert(1)</script>",
        "1" * 300,
        "-1",
        "0",
        "book with\n\nSam\r\n3pm",
        "book tomorrow 25:00",
        "book 31 Nov",
        "book yesterday",
        "book tomorrow 4pm to 2pm",
        "/",
        "/pairtime",
        "pairtime",
    ],
    ids=lambda text: ascii(text)[:30],
)
async def test_whatever_is_typed_gets_a_clear_answer_and_books_nothing(talk: Talking, text: str) -> None:
    answer = await talk.say(talk.stage.ana, text)
    assert 10 < len(answer["text"]) < 2_500  # help has a line for each command
    assert not any(mark in answer["text"] for mark in "\u202e\x00\x07")
    assert talk.stage.shown(talk.stage.ana) == []


async def test_names_are_shown_as_plain_text(talk: Talking) -> None:
    people = talk.stage.store.people
    await people.update(replace(talk.stage.sam, name="**Sam** \u202e<@U1>\n@everyone"))
    offered = await talk.say(talk.stage.ana, "book")
    assert offered["text"].splitlines()[0].startswith("Times for you and **Sam** <@U1> @everyone, 45 min")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("book with Sam for 20 min", "Sessions of Leaders 2026 last 30, 45 or 60 min, not 20."),
        ("book with Sam on 3 August 2031", "That is too far ahead: sessions can be booked 60 days ahead."),
        ("book with Sam tomorrow 25:00", "There is no such time as “25:00” on that day."),
        ("book with Sam on 31 Nov", "There is no such date as “31 Nov”."),
        (
            "book with Sam tomorrow between 4pm and 2pm",
            "I cannot make one time of “between 4pm and 2pm”: it contradicts itself.",
        ),
        ("book with Sam YESTERDAY", "I can only look ahead, and “YESTERDAY” has passed."),
        ("book with Sam in two weeks", "There are several ways to read “in two weeks”."),
        ("book with Sam ~3pm tomorrow", "I did not understand “~”."),
    ],
)
async def test_what_cannot_be_had_is_said_without_asking_a_calendar(talk: Talking, text: str, said: str) -> None:
    answer = await talk.say(talk.stage.ana, text)
    assert said in answer["text"]
    assert answer["read"] is not None
    assert talk.stage.sandbox.log.calls == []


async def test_a_forged_wish_is_bounded(talk: Talking) -> None:
    ana, match = talk.stage.ana, talk.stage.match.id
    far = Interval(100_000_000, 100_000_045)
    forged: list[Command] = [
        FindSlots(match=match, minutes=100_000),
        FindSlots(match=match, windows=(far,)),
        FindSlots(match=match, skip=100_000),
        FindSlots(match=match, earlier=100_000, later=100_000),
        WhyNone(FindSlots(match=match, windows=(far,))),
        ShowCalendars(FindSlots(match=match), date(2190, 1, 1), 100_000),
        ShowCalendars(FindSlots(match=match, minutes=7), None, 100_000),
        BookSession(match, far),
        BookSession(match, Interval(29_925_480, 29_925_487)),
        AskPartner(FindSlots(match=match), (far, far, far)),
        AskPartner(FindSlots(match=match), (Interval(29_925_480, 29_925_487),)),
        SendPlainRequest("Bob", ()),
        SendPlainRequest("Bob", (Interval(1, 46),)),
    ]
    for command in forged:
        answer = await talk.token(ana, token_of(command))
        assert answer["text"]
    assert talk.stage.shown(ana) == []


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-22T11:02:00-05:00", "Mon 23 Nov"),
        ("2026-11-23T16:58:00-05:00", "Mon 23 Nov"),
        ("2026-11-23T16:59:00-05:00", "Tue 24 Nov"),
        ("2026-11-27T23:00:00-05:00", "Mon 30 Nov"),
    ],
)
async def test_calendars_begin_with_a_day_that_still_has_working_hours(talk: Talking, now: str, day: str) -> None:
    await talk.stage.drive("clock", now=now)
    seen = await talk.say(talk.stage.ana, "calendars")
    assert seen["text"].startswith(f"{day}, New York time (Berlin in brackets). You: ")
    assert "no working hours" not in seen["text"]


async def test_calendars_of_somebody_without_working_hours_begin_today(talk: Talking) -> None:
    await talk.stage.store.people.update(replace(talk.stage.ana, hours=WeeklyHours(days=((),) * 7)))
    assert (await talk.say(talk.stage.ana, "calendars"))["text"].startswith("Sun 22 Nov, New York time. You: no ")


@pytest.mark.parametrize("more", ["", " at 3", " next Tuesday or gibberish"])
async def test_a_mentor_without_a_mentor_of_their_own_is_not_called_unmatched(talk: Talking, more: str) -> None:
    answer = await talk.say(talk.stage.sam, f"book with my mentor{more}")
    assert answer["text"].startswith("None of your matches is your mentor.")
    offered = await talk.press(talk.stage.sam, answer, "Find times")
    assert "Ana Ruiz" in offered["text"]


async def test_a_pause_that_is_over_by_ones_own_calendar_is_not_said(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.stage.store.people.update(replace(ana, time_zone="Pacific/Kiritimati", paused_until=date(2026, 11, 23)))
    assert "pause" not in (await talk.say(ana, "status"))["text"].casefold()
