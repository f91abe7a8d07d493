"""Every other way a look-up can end, and what typed numbers mean (decision 19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.buttons import token_of
from bot.commands import AskPartner, BookSession, Command, FindSlots, SendPlainRequest, ShowCalendars, WhyNone
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.happening import RequestMade
from calendar_core.interval import Interval
from calendar_core.people import Role, WeeklyHours
from tests.calendar_core.scheduling.stage import NOW

from .talking import Talking

NIGHTS = WeeklyHours(days=(((0, 3 * 60),),) * 7)
LUNCH = WeeklyHours(days=(((14 * 60 + 30, 17 * 60),),) * 7)


async def test_nothing_fits_and_the_smallest_changes_that_would_help_are_offered(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.store.people.update(replace(sam, hours=LUNCH))
    await talk.stage.rules(buffer=0)
    for day in range(23, 31):
        await talk.stage.busy(sam, f"2026-11-{day}T15:30", f"2026-11-{day}T17:00")
    for day in range(1, 11):
        await talk.stage.busy(sam, f"2026-12-{day:02}T15:30", f"2026-12-{day:02}T17:00")
    nothing = await talk.say(ana, "book with my mentor")
    lines = nothing["text"].splitlines()
    assert lines[0] == (
        "Nothing fits both of you in the next 14 days. 30 min instead of 45: 8 times. "
        "From 08:00 your time: 16 times. Looking 4 weeks ahead: 36 times. Thu 26 Nov is left out (Thanksgiving)."
    )
    assert lines[-1] == "[Use 30 min] [From 08:00] [Look 4 weeks ahead] [Include it] [Ask Sam] [Why?]"
    assert "Of " not in nothing["text"]
    why = await talk.press(ana, nothing, "Why?")
    assert why["text"].startswith("Of ")
    assert "not free for both" in why["text"]
    shorter = await talk.press(ana, nothing, "Use 30 min")
    assert shorter["text"].startswith("I read: Sam Okoye, 30 min.\nTimes for you and Sam Okoye, 30 min, Google Meet.")
    earlier = await talk.press(ana, nothing, "From 08:00")
    assert "08:" in earlier["choices"][0]["name"]
    booked = await talk.press(ana, earlier, "1")
    assert booked["text"].startswith(f"Booked. {earlier['choices'][0]['name'].removeprefix('Book ')[:10]}")
    assert len(talk.stage.shown(ana)) == 1


async def test_no_common_working_hours_is_its_own_sentence(talk: Talking) -> None:
    await talk.stage.store.people.update(replace(talk.stage.sam, hours=NIGHTS))
    nothing = await talk.say(talk.stage.ana, "book")
    assert nothing["text"].startswith("Your working hours and Sam's have no time in common, so nothing can fit.")


async def test_the_programmes_notice_is_said_with_the_first_time_it_allows(talk: Talking) -> None:
    refused = await talk.say(talk.stage.ana, "book with Sam tomorrow 09:00")
    assert (
        "The programme asks for 24 hours' notice; the first time you can book is Mon 23 Nov, 11:15." in refused["text"]
    )


async def test_a_calendar_that_does_not_answer_is_said(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.drive("faults", kind="status", vendor="google", mailbox=sam.email, times=50)
    silent = await talk.say(ana, "book with my mentor")
    assert silent["text"].splitlines() == [
        "I cannot see Sam's calendar right now, so I do not know if Sam is free.",
        "[Try again] [Ask Sam]",
    ]
    again = await talk.press(ana, silent, "Try again")
    assert again["text"] == silent["text"]
    asked = await talk.press(ana, silent, "Ask Sam")
    assert asked["text"] == "Asked Sam to offer times. I tell you here when they come."
    request = await talk.told(sam, RequestMade)
    assert request["text"].splitlines() == [
        (
            "Ana Ruiz would like 45 min with you, but cannot see when you are free. "
            "Nothing of your calendar is shown unless you choose times to offer."
        ),
        "[Offer other times] [Not now]",
    ]
    own = await talk.press(sam, request, "Offer other times")
    assert own["text"].startswith("I cannot see your calendar right now, so I do not know if you are free.")
    await talk.stage.drive("faults/clear")
    assert (await talk.press(sam, own, "Try again"))["kind"] == "TimesToSend"


async def test_outside_the_programmes_dates_past_sessions_and_a_contact_are_offered(talk: Talking) -> None:
    programmes = talk.stage.store.programmes
    programme = await programmes.programme(talk.stage.match.programme)
    await programmes.update(replace(programme, ends=date(2026, 10, 30), contact="priya@example.com"))
    closed = await talk.say(talk.stage.ana, "book")
    assert closed["text"].splitlines() == [
        "Your programme Leaders 2026 ended on 30 Oct, so new sessions are closed. Your contact: priya@example.com.",
        "[Past sessions] [Contact]",
    ]
    contact = await talk.press(talk.stage.ana, closed, "Contact")
    assert contact["text"] == "For questions about Leaders 2026, ask priya@example.com."
    past = await talk.press(talk.stage.ana, closed, "Past sessions")
    assert past["text"].startswith("You have no past sessions.")


async def test_with_several_matches_it_asks_which_and_keeps_the_wish(talk: Talking) -> None:
    store, ana = talk.stage.store, talk.stage.ana
    lea = PersonEnrolled(
        organisation="example.com",
        programme="Data",
        role=Role.MENTOR,
        email="lea@example.com",
        name="Lea Brandt",
        time_zone="Europe/Berlin",
        region="",
    )
    mentee = PersonEnrolled(
        organisation="example.com",
        programme="Data",
        role=Role.MENTEE,
        email=ana.email,
        name=ana.name,
        time_zone=ana.time_zone,
        region="US",
    )
    match = MatchEnrolled(organisation="example.com", programme="Data", mentor=lea.email, mentee=ana.email)
    enrolled = await store.enrolments.apply(Batch(people=(lea, mentee), matches=(match,)), NOW)
    await store.programmes.opened(enrolled.matches[0], NOW)
    which = await talk.say(ana, "book with my mentor 30 min")
    assert which["kind"] == "Question"
    assert which["text"].splitlines()[-4:] == [
        "You have two matches. With whom?",
        "1. Sam Okoye (Leaders 2026)",
        "2. Lea Brandt (Data)",
        "[1] [2]",
    ]
    offered = await talk.say(ana, "1")
    assert "Times for you and Sam Okoye, 30 min" in offered["text"]


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


async def test_a_number_after_another_message_is_asked_about(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "book")
    await talk.say(ana, "help")
    asked = await talk.say(ana, "2")
    assert asked["text"].splitlines() == [
        "Something came in between. Do you mean 2, Wed 25 Nov, 09:00?",
        "[Yes, Wed 25 Nov, 09:00]",
    ]
    assert talk.stage.shown(ana) == []
    booked = await talk.press(ana, asked, "Yes, Wed 25 Nov, 09:00")
    assert booked["text"].startswith("Booked. Wed 25 Nov 2026, 09:00")


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


async def test_a_pause_that_is_over_by_ones_own_calendar_is_not_said(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.stage.store.people.update(replace(ana, time_zone="Pacific/Kiritimati", paused_until=date(2026, 11, 23)))
    assert "pause" not in (await talk.say(ana, "status"))["text"].casefold()
