"""Every reply as a card: valid, within Teams' limits, and with every fact of the plain text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from adapters.teams.render import MOST_BYTES, Element, Picture, drawn, size
from bot.buttons import command_of
from bot.commands import BookSession, Contact, FindSlots, ShowMore
from bot.commands.own import CountCalendar
from bot.replies import Answer, Choice, Party, Question, Read, Said, SlotsOffered
from bot.samples import ANA_READS, CHECKED, MATCH, SAMPLES
from bot.sentences import Sentence, sentence
from bot.wording import plain
from bot.words import Words
from calendar_core.interval import Interval
from calendar_core.request import Basis

from .cards import actions, limits_broken, pieces, schema_of, shown
from .extremes import answers

LANGUAGES = ["en-GB", "en-US", "de-DE", "fr", "es-MX", "xx-XX"]


def spoken(answer: Answer, language: str) -> Answer:
    return replace(answer, reader=replace(answer.reader, language=language))


def check(answer: Answer) -> list[Element]:
    """The cards, of which together everything is asked that is asked of one."""
    made = drawn(answer)
    cards = [each.card for each in made]
    assert [limits_broken(card) for card in cards] == [[] for _ in cards]
    words = "\n".join(shown(card) for card in cards)
    said = plain(answer.reply, answer.reader)
    buttons = {f"[{each['title']}]" for card in cards for each in actions(card)}
    for line in said.splitlines():
        if line.startswith("[") and line.endswith("]"):
            assert all(f"{name}]" in buttons for name in line.replace("] [", "]\n[").removesuffix("]").split("]\n"))
        elif all(piece not in line for piece in buttons):
            assert all(word in words for word in line.split(": ")), line
    executed = [each for card in cards for each in actions(card) if each["type"] == "Action.Execute"]
    carried = [each["data"] for each in executed if each["associatedInputs"] == "none"]  # not what is chosen there
    expected = [choice.command for choice in answer.reply.choices if not choice.url]
    assert [command_of(str(data["token"])) for data in carried if isinstance(data, dict)] == expected
    return cards


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_one_card_with_every_fact_of_the_text(name: str, language: str) -> None:
    answer = spoken(SAMPLES[name], language)
    (card,) = check(answer)
    (made,) = drawn(answer)
    assert made.summary == card["fallbackText"] == plain(answer.reply, answer.reader)
    assert card["lang"] == language[:2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sample_is_valid_by_the_published_schema(contracts: Path, language: str) -> None:
    complaints = schema_of(contracts)
    found = {name: complaints(drawn(spoken(answer, language))[0].card) for name, answer in SAMPLES.items()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "spoil",
    [
        {"body": [{"type": "TextBlok", "text": "x"}]},
        {"body": [{"type": "TextBlock"}]},
        {"body": [{"type": "TextBlock", "text": "x", "style": "loud"}]},
        {"actions": [{"type": "Action.OpenUrl", "title": "x"}]},
        {"colour": "red"},
    ],
)
def test_the_schema_would_tell(contracts: Path, spoil: Element) -> None:
    assert schema_of(contracts)({**drawn(SAMPLES["times offered"])[0].card, **spoil})


def test_a_button_names_itself_whole_and_both_ways_carry_the_same() -> None:
    first = actions(drawn(SAMPLES["times offered"])[0].card)[0]
    assert (first["title"], first["tooltip"]) == (
        "1",
        "Book Tue 24 Nov, 09:00 (15:00)"[: len("Book Tue 24 Nov, 09:00")],
    )
    fallback = first["fallback"]
    assert isinstance(fallback, dict)
    assert fallback["type"] == "Action.Submit"
    assert fallback["data"] == first["data"]
    assert {fallback["associatedInputs"], first["associatedInputs"]} == {"none"}


def test_the_heading_of_a_list_is_a_heading_and_the_list_one_list() -> None:
    blocks = [piece for piece in pieces(drawn(SAMPLES["times offered"])[0].card) if piece["type"] == "TextBlock"]
    assert [block.get("style") for block in blocks] == ["heading", None, None]
    assert str(blocks[1]["text"]).splitlines()[2] == "3. Tue 1 Dec, 09:00 (15:00)"


def test_a_note_before_it_is_no_heading() -> None:
    sample = SAMPLES["times offered"]
    reply = replace(sample.reply, note=(sentence(Words.ALL_PAST),), read=Read("Sam", (), 45))
    blocks = [piece for piece in pieces(drawn(Answer(reply, ANA_READS))[0].card) if piece["type"] == "TextBlock"]
    assert [block.get("style") for block in blocks[:3]] == [None, None, "heading"]


def test_a_link_opens_and_joining_comes_first() -> None:
    (link,) = [each for each in actions(drawn(SAMPLES["a link"])[0].card) if each["type"] == "Action.OpenUrl"]
    assert link["url"] == "https://pairtime.example.com/connect/microsoft?link=5f2b6c1e"
    for name in ("status", "booked", "told of a session", "about to begin"):
        join = actions(drawn(SAMPLES[name])[0].card)[0]
        assert (join["title"], join.get("url")) == ("Join", "https://meet.google.com/abc-defg-hij"), name
    assert all(each["title"] != "Join" for each in actions(drawn(SAMPLES["invitation sent"])[0].card))


def rows_of(card: Element) -> list[list[Element]]:
    """The buttons that are seen at once, as they stand beside each other."""
    body, below = card["body"], card.get("actions")
    assert isinstance(body, list)
    rows = [each["actions"] for each in body if each["type"] == "ActionSet"]
    return [*rows, below] if isinstance(below, list) else rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_of_buttons_is_wider_than_a_phone(language: str) -> None:
    """Clients draw them in one line, and cut off what has no room there."""
    for name, answer in SAMPLES.items():
        for row in rows_of(drawn(spoken(answer, language))[0].card):
            assert len(row) == 1 or sum(32 + 8 * len(str(each["title"])) for each in row) <= 300, name


@pytest.mark.parametrize("count", [1, 5, 6, 7, 10, 11, 23])
def test_five_buttons_abreast_and_the_others_behind_more_unless_it_is_one(count: int) -> None:
    choices = tuple(Choice(sentence(Words.ASK, name=f"N{at}"), CountCalendar(str(at), True)) for at in range(count))
    (card,) = check(Answer(Question(sentences=(sentence(Words.MORE_OF_WHAT),), choices=choices), ANA_READS))
    shown_at_once = [each for row in rows_of(card) for each in row]
    assert len(shown_at_once) == (count if count <= 5 else 6)
    assert len(actions(card)) == count
    if count > 6:
        more = shown_at_once[-1]
        assert more["type"] == "Action.ToggleVisibility"
        (folded,) = [piece for piece in pieces(card) if piece.get("isVisible") is False]
        assert more["targetElements"] == [folded["id"]]
    else:
        assert {each["type"] for each in shown_at_once} == {"Action.Execute"}


def test_one_message_has_one_card_and_no_text() -> None:
    activity = drawn(SAMPLES["booked"])[0].activity()
    assert "text" not in activity
    assert "Tue 24 Nov 2026" in str(activity["summary"])
    assert isinstance(activity["attachments"], list)
    assert len(activity["attachments"]) == 1


def test_a_picture_is_there_with_its_words_unless_there_is_no_room() -> None:
    sample = SAMPLES["both calendars"]
    small = Picture("data:image/png;base64," + "A" * 14_000, "Tue 24 Nov: both free 09:00 - 11:00", 360)
    (made,) = drawn(sample, small)
    assert [piece["altText"] for piece in pieces(made.card) if piece["type"] == "Image"] == [small.alt]
    assert limits_broken(made.card) == []
    large = replace(small, url=small.url + "A" * 10_000)
    (bare,) = drawn(sample, large)
    assert not [piece for piece in pieces(bare.card) if piece["type"] == "Image"]
    assert limits_broken(bare.card) == []
    assert "AAAA" not in repr(small)


# --- whatever there is to show ---------------------------------------------------------------------------------------


@given(answers())
@settings(max_examples=60)
def test_extremes_stay_within_every_limit_and_lose_nothing(answer: Answer) -> None:
    made = drawn(answer)
    assert [limits_broken(each.card) for each in made] == [[] for _ in made]
    tokens = [each["data"] for page in made for each in actions(page.card) if each["type"] == "Action.Execute"]
    assert len(tokens) == len(answer.reply.choices)
    words = "".join("".join(shown(page.card).split()) for page in made)
    body = plain(answer.reply, answer.reader).splitlines()
    for line in body[:-1] if answer.reply.choices else body:
        assert all(word in words for word in line.split())


@given(answers())
@settings(max_examples=15)
def test_extremes_are_valid_by_the_published_schema(contracts: Path, answer: Answer) -> None:
    complaints = schema_of(contracts)
    assert [complaints(each.card) for each in drawn(answer)] == [[] for _ in drawn(answer)]


def test_a_hundred_times_are_several_cards_that_go_on_counting() -> None:
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
    assert len(made) > 2
    assert max(size(each.card) for each in made) <= MOST_BYTES
    assert "\n1. " in made[0].summary
    assert "400. " in "\n".join(each.summary for each in made)
    assert sum(len(actions(each.card)) for each in made) == 401


def test_a_paragraph_too_long_for_a_card_is_cut_at_blanks() -> None:
    words = tuple(f"word{at}" for at in range(3_000))
    reply = Said(
        sentences=(Sentence(Words.FREE, (("times", words),)),), choices=(Choice(sentence(Words.CONTACT), Contact()),)
    )
    texts = [shown(each.card) for each in drawn(Answer(reply, ANA_READS))]
    assert len(texts) > 1
    assert all(any(word in text for text in texts) for word in words)
