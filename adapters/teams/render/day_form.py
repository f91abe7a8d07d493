"""The booking dialog: a day and a length, and the times of that day that are really free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.buttons import fits, token_of
from bot.commands import AskPartner, ChooseDay
from bot.replies import Answer, Choice, Reply, SlotsOffered
from bot.sentences import Across, Sentence, sentence
from bot.wording import Voice, plain, worded
from bot.words import EndingWords, SlackWords, TeamsWords, Text, TopicWords, Words
from calendar_core.topic import LONGEST
from calendar_core.wall_clock import local_time

from .day_button import ABOUT
from .drawn import Drawn, drawn
from .elements import Element, adaptive_card, text_block
from .markdown import MARKDOWN

DAY, MINUTES, SLOT, TOPIC = "day", "minutes", "slot", "topic"  # the inputs
GO = "go"  # what the dialog's buttons carry
TIMES, TAKE = "times", "take"
MOST_TIMES, MOST_LENGTHS = 60, 20


def day_form(answer: Answer, wish: ChooseDay, topic: str = "", opening: Sequence[Sentence] = ()) -> Drawn:
    """The form, as far as it can be filled in: a question about somebody's calendar has no times to choose from.
    `topic`: what was typed before; `opening`: what was not told, or what came of sending it. `wish` fits a button."""
    reply, voice = answer.reply, Voice(answer.reader, MARKDOWN)
    said = worded(reply, voice)
    body = [text_block(voice.say(each)) for each in opening]
    body += [text_block(each) for each in said.before]
    if reply.read is None or not reply.read.windows:
        body += [text_block(each) for each in (*said.lines, *said.after)]
        return _dialog(answer, body, _onward(reply, topic, voice))
    day = local_time(answer.reader.zone, reply.read.windows[0].start).date()
    minutes = reply.read.minutes or 0
    seen = replace(wish, day=day, find=replace(wish.find, minutes=minutes))
    wish = seen if fits(seen) else wish  # the fields say the same
    slots = [each for each in reply.choices if each.slot is not None and fits(each.command)][:MOST_TIMES]
    if not slots:
        body += [text_block(each) for each in said.lines]
    body += [_day(day, voice), _length(reply.choices, minutes, day, voice)]
    take = SlackWords.FORM_BOOK
    if slots:
        zone = reply.partner.zone if isinstance(reply, SlotsOffered) else None
        body += [_times(slots, zone, voice), *_topic(reply.read.partner or "", topic, voice)]
        take = SlackWords.FORM_ASK if isinstance(slots[0].command, AskPartner) else take
    body += [text_block(each) for each in said.after]
    if slots:
        return _dialog(answer, body, [_go(TAKE, take, wish, voice), _go(TIMES, TeamsWords.SHOW_TIMES, wish, voice)])
    return _dialog(answer, body, [_go(TIMES, TeamsWords.SHOW_TIMES, wish, voice, topic)])


def looking(answer: Answer, wish: ChooseDay, topic: str = "") -> Drawn:
    """Calendars take longer than a dialog may: it can be asked again."""
    voice = Voice(answer.reader, MARKDOWN)
    (first, *_) = drawn(answer)
    return _dialog(answer, list(_body(first)), [_go(TIMES, TeamsWords.SHOW_TIMES, wish, voice, topic)])


def result(answer: Answer) -> Drawn:
    """What came of it: in the dialog nothing leads further."""
    (first, *_) = drawn(answer)
    return _dialog(answer, list(_body(first)), [])


def _body(shown: Drawn) -> Sequence[Element]:
    body = shown.card["body"]
    pieces = body if isinstance(body, list) else []
    said = [each for each in pieces if isinstance(each, dict) and each.get("isVisible") is not False]
    return [each for each in said if each["type"] != "ActionSet"]


def _dialog(answer: Answer, body: list[Element], buttons: list[Element]) -> Drawn:
    text = plain(answer.reply, answer.reader)
    return Drawn(adaptive_card(body, buttons, answer.reader.language, text), text)


def _name(words: Text, voice: Voice) -> str:
    return voice.unmarked(Sentence(words))


def _go(where: str, words: Text, wish: ChooseDay, voice: Voice, topic: str = "") -> Element:
    return {"type": "Action.Submit", "title": _name(words, voice), "data": _carried(where, wish, topic)}


def _carried(where: str, wish: ChooseDay, topic: str) -> Element:
    """`topic` where the form has no field for it: what is deleted in one is not sent along."""
    return {GO: where, ABOUT: token_of(wish), **({TOPIC: topic} if topic else {})}


def _onward(reply: Reply, topic: str, voice: Voice) -> list[Element]:
    """Which of two matches is meant, for instance: it leads to the form."""
    onward: list[Element] = [
        {
            "type": "Action.Submit",
            "title": voice.unmarked(each.label),
            "data": _carried(TIMES, each.command, topic),
            "associatedInputs": "none",
        }
        for each in reply.choices
        if isinstance(each.command, ChooseDay) and fits(each.command)
    ]
    return onward[:5]


def _day(day: date, voice: Voice) -> Element:
    return {
        "type": "Input.Date",
        "id": DAY,
        "label": _name(TeamsWords.FIELD_DAY, voice),
        "value": day.isoformat(),
        "isRequired": True,
        "errorMessage": _name(TeamsWords.DAY_MISSING, voice),
    }


def _length(choices: Sequence[Choice], minutes: int, day: date, voice: Voice) -> Element:
    """The programme's lengths: this one, and those that the reply offers for the same day."""
    wishes = [each.command for each in choices if isinstance(each.command, ChooseDay)]
    others = {wish.find.minutes for wish in wishes if wish.day == day and wish.find.minutes}
    return {
        "type": "Input.ChoiceSet",
        "id": MINUTES,
        "label": _name(TeamsWords.FIELD_LENGTH, voice),
        "style": "compact",
        "value": str(minutes),
        "choices": [
            {"title": voice.unmarked(sentence(Words.MINUTES, minutes=each)), "value": str(each)}
            for each in sorted({*others, minutes})[:MOST_LENGTHS]
        ],
        "isRequired": True,
        "errorMessage": _name(TeamsWords.LENGTH_MISSING, voice),
    }


def _times(slots: Sequence[Choice], zone: str | None, voice: Voice) -> Element:
    """None is chosen before somebody chooses; that one is missing is said by us, not by the client: it would keep
    people from looking at another day."""
    return {
        "type": "Input.ChoiceSet",
        "id": SLOT,
        "label": _name(SlackWords.FORM_TIME, voice),
        "style": "compact",
        "placeholder": _name(TeamsWords.TIME_MISSING, voice),
        "choices": [{"title": voice.unmarked(_time(each, zone)), "value": token_of(each.command)} for each in slots],
        "errorMessage": _name(TeamsWords.TIME_MISSING, voice),
    }


def _topic(partner: str, typed: str, voice: Voice) -> list[Element]:
    """May stay empty; below it is said who reads it."""
    field: Element = {
        "type": "Input.Text",
        "id": TOPIC,
        "label": _name(TopicWords.FIELD, voice),
        "placeholder": _name(TopicWords.FIELD_EXAMPLE, voice),
        "maxLength": LONGEST,
    }
    hint = voice.say(sentence(TopicWords.FIELD_HINT, partner=partner))
    return [field | ({"value": typed} if typed else {}), text_block(hint, close=True)]


def _time(choice: Choice, zone: str | None) -> Sentence:
    """With its day, which the input above may not say any more; by the reader's clock, with the other's in brackets."""
    if choice.slot is None:
        return choice.label
    if zone is None:
        return sentence(Words.PLAIN_ITEM, when=choice.slot)
    return sentence(EndingWords.PLANNED_ITEM, when=Across(choice.slot, zone))
