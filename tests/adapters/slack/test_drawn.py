"""Every reply as Slack's blocks: valid, within every limit, and with every fact of the plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.render import Shown, drawn
from bot.buttons import command_of
from bot.commands import BookSession, CannotMakeIt, Contact, FindSlots, ShowMore
from bot.commands.own import CountCalendar
from bot.replies import (
    Answer,
    Choice,
    Party,
    Question,
    Reader,
    ReceiptLine,
    ReceiptsShown,
    Said,
    SessionLine,
    SessionsListed,
    SlotsOffered,
    Summary,
)
from bot.samples import ANA_READS, BOOKED, CHECKED, MATCH, SAMPLES
from bot.sentences import Sentence, sentence
from bot.wording import plain
from bot.words import Words
from calendar_core.interval import Interval
from calendar_core.people import Role
from calendar_core.request import Basis

from .limits import buttons, message_broken, objects, read_by_a_screen_reader, schema_of, sdk_complaints, shown

LANGUAGES = ["en-GB", "en-US", "de-DE", "fr", "es-MX", "xx-XX"]


def spoken(answer: Answer, language: str) -> Answer:
    return replace(answer, reader=replace(answer.reader, language=language))


def commands_in(blocks: Sequence[Any]) -> list[object]:
    """What the presses of replies carry; the form's button is Slack's own."""
    pressed = [each for each in buttons(blocks) if "url" not in each and each.get("action_id") != "form-open"]
    return [command_of(each["value"]) for each in pressed]


def check(answer: Answer) -> tuple[Shown, ...]:
    """The messages, of which together everything is asked that is asked of one."""
    made = drawn(answer)
    for each in made:
        assert message_broken(each.text, each.blocks) == []
        assert sdk_complaints(each.blocks) == []
    said = plain(answer.reply, answer.reader)
    blocks = "".join("\n".join(shown(each.blocks) for each in made).split())
    text = "".join("\n".join(read_by_a_screen_reader(each.text) for each in made).split())
    for line in re.sub(r"\] \[|\[|\]", "\n", said).splitlines():
        for word in line.replace(": ", " ").split():
            assert word in blocks, word
            assert word in text, word
    every = [block for each in made for block in each.blocks]
    expected = [choice.command for choice in answer.reply.choices if not choice.url]
    carried = commands_in(every)
    assert len(carried) == len(expected)
    assert all(each in carried for each in expected)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_one_message_with_every_fact_in_its_blocks_and_in_its_text(name: str, language: str) -> None:
    answer = spoken(SAMPLES[name], language)
    (made,) = check(answer)
    assert read_by_a_screen_reader(made.text) == plain(answer.reply, answer.reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sample_is_valid_by_the_published_schema(contracts: Path, language: str) -> None:
    complaints = schema_of(contracts)
    found = {name: complaints(drawn(spoken(answer, language))[0].blocks) for name, answer in SAMPLES.items()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "spoiled",
    [
        {"type": "sektion"},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}]},
        {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
    ],
)
def test_the_schema_would_tell(contracts: Path, spoiled: dict[str, Any]) -> None:
    assert schema_of(contracts)([spoiled])


def test_a_button_names_itself_whole() -> None:
    first = buttons(drawn(SAMPLES["times offered"])[0].blocks)[0]
    assert (first["text"]["text"], first["accessibility_label"]) == ("1", "Book Tue 24 Nov, 09:00")


def test_five_buttons_and_more_and_the_form_before_it() -> None:
    (row,) = [block for block in drawn(SAMPLES["times offered"])[0].blocks if block["type"] == "actions"]
    names = [each["text"]["text"] for each in buttons([row])]
    assert names == ["1", "2", "3", "See both calendars", "Choose a day", "More"]


@pytest.mark.parametrize("count", [1, 5, 6, 7, 104, 105, 106, 110])
def test_what_is_more_than_five_is_in_a_menu_unless_it_is_one(count: int) -> None:
    choices = tuple(Choice(sentence(Words.ASK, name=f"N{at}"), CountCalendar(str(at), True)) for at in range(count))
    made = check(Answer(Question(sentences=(sentence(Words.MORE_OF_WHAT),), choices=choices), ANA_READS))
    first = next(each for each in made[0].blocks if each["type"] == "actions")
    kinds = [each["type"] for each in objects(first) if each.get("type") in ("button", "static_select")]
    assert kinds.count("button") == (count if count <= 6 else 5)
    assert ("static_select" in kinds) is (count > 6)


def test_what_ends_something_is_asked_about_first_and_nothing_else() -> None:
    asked = {
        command_of(each["value"])
        for answer in SAMPLES.values()
        for each in buttons(drawn(answer)[0].blocks)
        if "confirm" in each
    }
    assert CannotMakeIt(BOOKED.uid) in asked
    assert {type(each).__name__ for each in asked} == {"CannotMakeIt", "NotThisMatch"}


def test_joining_comes_first_and_a_link_carries_nothing() -> None:
    for name in ("status", "booked", "told of a session", "about to begin"):
        join = buttons(drawn(SAMPLES[name])[0].blocks)[0]
        assert (join["text"]["text"], join.get("url")) == ("Join", "https://meet.google.com/abc-defg-hij"), name
    (link,) = [each for each in buttons(drawn(SAMPLES["a link"])[0].blocks) if "url" in each]
    assert "value" not in link


def test_the_zone_is_named_where_times_are() -> None:
    for name in ("times offered", "both calendars", "sessions", "booked"):
        assert "New York" in shown(drawn(SAMPLES[name])[0].blocks)


HOSTILE = ["<!channel>", "*x* _y_ ~z~ `q`", "<https://evil.example|Sam>", "@here", ":skull: &amp;", "> x", "<@U0ANA>"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_name_whatever_it_looks_like(name: str) -> None:
    (made,) = check(Answer(Said(sentences=(sentence(Words.NOT_MATCHED, typed=name),)), ANA_READS))
    assert name in shown(made.blocks)
    kinds = {each["type"] for each in objects(list(made.blocks)) if "type" in each}
    assert kinds == {"rich_text", "rich_text_section", "text"}
    assert "<" not in made.text
    assert made.text != plain(Said(sentences=(sentence(Words.NOT_MATCHED, typed=name),)), ANA_READS) or not set(
        name
    ) & set("&<>")


# --- whatever there is to show ---------------------------------------------------------------------------------------

TEXTS = st.text(max_size=80) | st.sampled_from(["<!channel>", "*bold*", "<@U1>", ":x:", "1. one", "W" * 80, "&" * 80])
SAID = st.builds(lambda name: sentence(Words.ASK, name=name), TEXTS)
CHOICES = st.builds(
    lambda label, calendar, numbered: Choice(label, CountCalendar(calendar, True), numbered=numbered),
    SAID,
    st.text(st.characters(min_codepoint=33, max_codepoint=122), max_size=90),
    st.booleans(),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Far more of everything than handlers make."""
    reader = Reader(draw(st.sampled_from(LANGUAGES)), draw(st.sampled_from(["UTC", "Asia/Kathmandu"])))
    several = draw(st.lists(CHOICES, max_size=60, unique_by=lambda each: each.command))
    choices = tuple(sorted(several, key=lambda each: not each.numbered))
    sentences = tuple(draw(st.lists(SAID, min_size=1, max_size=8)))
    if draw(st.booleans()):
        points = tuple(draw(st.lists(SAID, max_size=8))) * draw(st.integers(1, 60))
        return Answer(
            Summary(paragraphs=(sentences,) * draw(st.integers(1, 9)), points=points, choices=choices), reader
        )
    return Answer(Question(sentences=sentences * draw(st.integers(1, 40)), choices=choices), reader)


@given(answers())
@settings(max_examples=60)
def test_extremes_stay_within_every_limit_and_lose_nothing(answer: Answer) -> None:
    made = drawn(answer)
    assert [message_broken(each.text, each.blocks) for each in made] == [[] for _ in made]
    assert [sdk_complaints(each.blocks) for each in made] == [[] for _ in made]
    every = [block for each in made for block in each.blocks]
    assert len(commands_in(every)) == len(answer.reply.choices)
    blocks = "".join("\n".join(shown(each.blocks) for each in made).split())
    text = "".join("\n".join(read_by_a_screen_reader(each.text) for each in made).split())
    body = plain(answer.reply, answer.reader).splitlines()
    for line in body[:-1] if answer.reply.choices else body:
        assert all(word in blocks for word in line.split())
        assert all(word in text for word in line.split())


@given(answers())
@settings(max_examples=15)
def test_extremes_are_valid_by_the_published_schema(contracts: Path, answer: Answer) -> None:
    complaints = schema_of(contracts)
    assert [complaints(each.blocks) for each in drawn(answer)] == [[] for _ in drawn(answer)]


@pytest.mark.parametrize("language", ["en-GB", "de", "fr", "es"])
def test_a_hundred_sessions_with_the_longest_names_are_several_messages(language: str) -> None:
    partner = Party("&<Wolfeschlegelsteinhausenbergerdorff Ŵ́> " + "W" * 30, "W", "Asia/Kathmandu")
    lines = tuple(
        SessionLine(replace(BOOKED, when=Interval(29_933_000 + 60 * at, 29_933_045 + 60 * at)), partner)
        for at in range(100)
    )
    made = check(Answer(SessionsListed(past=False, sessions=lines), Reader(language, "America/New_York")))
    assert len(made) > 1
    assert sum(shown(each.blocks).count("\n- ") for each in made) >= 100 - len(made)


def test_a_hundred_receipts_are_all_there() -> None:
    line = ReceiptLine("Ana & Søn", Role.MENTEE, 4, CHECKED.date(), CHECKED.date())
    check(Answer(ReceiptsShown(receipts=(line,) * 100), ANA_READS))


def test_a_hundred_times_go_on_counting(contracts: Path) -> None:
    slots = [Interval(30_000_000 + 60 * at, 30_000_045 + 60 * at) for at in range(400)]
    choices = tuple(Choice(sentence(Words.BOOK_ON, when=each), BookSession(MATCH, each), each, True) for each in slots)
    reply = SlotsOffered(
        partner=Party("Sam", "Sam", "Europe/Berlin"),
        minutes=45,
        suite=None,
        basis=Basis.BOTH_FREE,
        checked_at=CHECKED,
        choices=(*choices, Choice(sentence(Words.MORE), ShowMore(FindSlots(match=MATCH)))),
    )
    made = drawn(Answer(reply, ANA_READS))
    assert len(made) > 1
    assert [message_broken(each.text, each.blocks) for each in made] == [[] for _ in made]
    assert [schema_of(contracts)(each.blocks) for each in made] == [[] for _ in made]
    assert "\n400. " in "\n".join(shown(each.blocks) for each in made)
    assert "\n400. " in "\n".join(each.text for each in made)
    assert len(commands_in([block for each in made for block in each.blocks])) == 401


def test_a_paragraph_too_long_is_cut_at_blanks() -> None:
    words = tuple(f"word{at}" for at in range(3_000))
    reply = Said(
        sentences=(Sentence(Words.FREE, (("times", words),)),), choices=(Choice(sentence(Words.CONTACT), Contact()),)
    )
    made = drawn(Answer(reply, ANA_READS))
    assert len(made) > 1
    assert all(any(word in shown(each.blocks) for each in made) for word in words)
