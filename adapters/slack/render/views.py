"""The booking form's windows: while it is looked, the form itself, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.buttons import fits, token_of
from bot.commands import AskPartner, ChooseDay, Command
from bot.replies import Answer, Choice, Reader, Refused, SlotsOffered
from bot.sentences import Across, Sentence, sentence
from bot.wording import Voice, worded
from bot.words import SlackWords, TeamsWords, Text, TopicWords, Words
from calendar_core.topic import LONGEST
from calendar_core.wall_clock import local_time

from .buttons import text_of
from .drawn import drawn
from .limits import (
    ACCESSIBILITY_LABEL,
    BUTTON_TEXT,
    OPTION_TEXT,
    OPTION_VALUE,
    OPTIONS,
    PLACEHOLDER,
    VIEW_BLOCKS,
    VIEW_TITLE,
    clipped,
)
from .rich_text import MARKED, listed, paragraph, unmarked
from .shown import Block

BOOKING = "booking"  # the form's callback_id
DAY, MINUTES, SLOT, GO, TOPIC = "form-day", "form-minutes", "form-slot", "form-go", "form-topic"
LONGEST_LENGTHS = 20


def looking(reader: Reader, wish: ChooseDay | None = None) -> Block:
    """Opened at once, because a trigger lasts three seconds and calendars may take longer."""
    return _window(reader, [_said(reader, SlackWords.FORM_LOOKING)], wish)


def waiting(reader: Reader) -> Block:
    """The same, for an answer that has nothing to do with the form."""
    return _window(reader, [_said(reader, SlackWords.WINDOW_WAITING)], title=SlackWords.WINDOW_TITLE)


def being_booked(reader: Reader) -> Block:
    """From [Book] to the result."""
    return _window(reader, [_said(reader, SlackWords.FORM_BOOKING)])


def failed(reader: Reader) -> Block:
    """Nobody foresaw it."""
    return _window(reader, [_said(reader, SlackWords.FORM_FAILED)])


def told(reader: Reader, words: Text) -> Block:
    """Only why there is nothing to choose."""
    return _window(reader, [_said(reader, words)])


def result(answer: Answer, title: Text = SlackWords.FORM_TITLE) -> Block:
    """What came of it."""
    blocks = [block for message in drawn(answer) for block in message.blocks]
    return _window(answer.reader, blocks, title=title)


def _said(reader: Reader, words: Text) -> Block:
    return paragraph(Voice(reader, MARKED).say(sentence(words)))


def form(answer: Answer, wish: ChooseDay, topic: str = "", refused: Answer | None = None) -> Block:
    """The form, as far as it can be filled in: a question about somebody's calendar has no times to choose from.
    `topic`: what was typed before; `refused`: what came of sending it, above the times that there are now."""
    reply, reader = answer.reply, answer.reader
    if reply.read is None or not reply.read.windows:
        onward = list(_onward(answer))
        opening = [paragraph(each) for each in worded(reply, Voice(reader, MARKED)).before]
        return _window(reader, [*opening, *onward] if onward else _words(answer), wish)
    voice = Voice(reader, MARKED)
    day = local_time(reader.zone, reply.read.windows[0].start).date()
    minutes = reply.read.minutes or 0
    said = worded(replace(reply, read=None), voice)  # the fields say what was read
    slots = [choice for choice in reply.choices if choice.slot is not None and _is_value(choice)][:OPTIONS]
    blocks = [*(_what_was_refused(refused) if refused else ()), *(paragraph(each) for each in said.before)]
    if not slots and said.lines:
        blocks.append(listed(said.lines, first=1 if said.numbered else None))
    blocks += [_day(day, voice), _length(reply.choices, minutes, day, voice)]
    if slots:
        zone = reply.partner.zone if isinstance(reply, SlotsOffered) else None
        blocks.append(_times(slots, zone, f"slot-{day.isoformat()}-{minutes}", voice))
        blocks.append(_topic(reply.read.partner or "", topic, voice))
    else:
        blocks += _next_day(reply.choices, day, voice)
    blocks += [{"type": "context", "elements": [text_of(unmarked(each))]} for each in said.after]
    wish = replace(wish, day=day, find=replace(wish.find, minutes=minutes))
    words = SlackWords.FORM_ASK if slots and isinstance(slots[0].command, AskPartner) else SlackWords.FORM_BOOK
    return _window(reader, blocks, wish, words if slots else None)


def _window(
    reader: Reader,
    blocks: Sequence[Block],
    wish: ChooseDay | None = None,
    submit: Text | None = None,
    title: Text = SlackWords.FORM_TITLE,
) -> Block:
    def named(words: Text) -> Block:
        return text_of(clipped(Voice(reader).say(sentence(words)), VIEW_TITLE))

    view: dict[str, object] = {
        "type": "modal",
        "callback_id": BOOKING,
        "title": named(title),
        "close": named(SlackWords.FORM_CLOSE),
        "blocks": list(blocks)[:VIEW_BLOCKS],
    }
    if submit is not None:
        view["submit"] = named(submit)
    if wish is not None and fits(wish):
        view["private_metadata"] = token_of(wish)
    return view


def _words(answer: Answer) -> list[Block]:
    return [block for message in drawn(answer) for block in message.blocks if block["type"] != "actions"]


def _what_was_refused(answer: Answer) -> list[Block]:
    """Not which times there are instead: those are in the form."""
    reply = answer.reply
    if isinstance(reply, Refused):
        reply = replace(reply, sentences=reply.sentences[:1], choices=())
    return _words(replace(answer, reply=reply))


def _next_day(choices: Sequence[Choice], day: date, voice: Voice) -> Iterator[Block]:
    """[Next day], where there is none to choose from on this one."""
    wishes = (choice.command for choice in choices)
    later = next((each for each in wishes if isinstance(each, ChooseDay) and each.day and each.day > day), None)
    if later is not None:
        yield {"type": "actions", "elements": [_go(1, voice.unmarked(sentence(SlackWords.FORM_NEXT_DAY)), later)]}


def _topic(partner: str, typed: str, voice: Voice) -> Block:
    """May stay empty. What was typed stays in the window while other times are shown, under the same `block_id`."""
    element: dict[str, object] = {
        "type": "plain_text_input",
        "action_id": TOPIC,
        "max_length": LONGEST,
        "placeholder": text_of(clipped(voice.unmarked(sentence(TopicWords.FIELD_EXAMPLE)), PLACEHOLDER)),
    }
    if typed:
        element["initial_value"] = typed
    return {
        "type": "input",
        "block_id": TOPIC,
        "optional": True,
        "label": text_of(voice.unmarked(sentence(TopicWords.FIELD))),
        "hint": text_of(clipped(voice.unmarked(sentence(TopicWords.FIELD_HINT, partner=partner)), PLACEHOLDER)),
        "element": element,
    }


def _is_value(choice: Choice) -> bool:
    return len(token_of(choice.command)) <= OPTION_VALUE


def _day(day: date, voice: Voice) -> Block:
    picker = {"type": "datepicker", "action_id": DAY, "initial_date": day.isoformat()}
    return _field(f"day-{day.isoformat()}", Words.DAY, picker, voice)


def _length(choices: Sequence[Choice], minutes: int, day: date, voice: Voice) -> Block:
    """The programme's lengths: this one, and those that the reply offers for the same day."""
    wishes = [choice.command for choice in choices if isinstance(choice.command, ChooseDay)]
    others = {wish.find.minutes for wish in wishes if wish.day == day and wish.find.minutes}
    options = [_option(_minutes(each, voice), str(each)) for each in sorted({*others, minutes})][:LONGEST_LENGTHS]
    initial = next(each for each in options if each["value"] == str(minutes))
    menu = {"type": "static_select", "action_id": MINUTES, "options": options, "initial_option": initial}
    return _field(f"length-{minutes}", TeamsWords.FIELD_LENGTH, menu, voice)


def _minutes(minutes: int, voice: Voice) -> str:
    return voice.unmarked(sentence(Words.MINUTES, minutes=minutes))


def _times(slots: Sequence[Choice], zone: str | None, block_id: str, voice: Voice) -> Block:
    """`block_id` is of the day and length: under the same, Slack would keep a time of another day chosen."""
    options = [_option(voice.unmarked(_time(choice, zone)), token_of(choice.command)) for choice in slots]
    label = text_of(voice.unmarked(sentence(SlackWords.FORM_TIME)))
    choose = text_of(voice.unmarked(sentence(SlackWords.FORM_CHOOSE_TIME)))
    menu = {"type": "static_select", "action_id": SLOT, "placeholder": choose, "options": options}
    return {"type": "input", "block_id": block_id, "label": label, "element": menu}


def _time(choice: Choice, zone: str | None) -> Sentence:
    """By the reader's clock, with the other's in brackets."""
    if choice.slot is None:
        return choice.label
    if zone is None:
        return sentence(SlackWords.FORM_SLOT_ALONE, when=choice.slot)
    return sentence(SlackWords.FORM_SLOT, when=Across(choice.slot, zone))


def _field(block_id: str, words: Text, element: Mapping[str, object], voice: Voice) -> Block:
    name = text_of(clipped(voice.unmarked(sentence(words)), PLACEHOLDER))
    return {
        "type": "section",
        "block_id": block_id,
        "text": name,
        "accessory": {**element, "placeholder": name},
    }


def _option(name: str, value: str) -> Block:
    return {"text": text_of(clipped(name, OPTION_TEXT)), "value": value}


def _onward(answer: Answer) -> Iterator[Block]:
    """Which of two matches is meant, for instance: it leads to the form."""
    voice = Voice(answer.reader)
    wishes = [choice for choice in answer.reply.choices if isinstance(choice.command, ChooseDay)]
    buttons = [_go(number, voice.say(each.label), each.command) for number, each in enumerate(wishes[:25], start=1)]
    if buttons:
        yield {"type": "actions", "elements": buttons}


def _go(number: int, name: str, command: Command) -> Block:
    return {
        "type": "button",
        "action_id": f"{GO}-{number}",
        "text": text_of(clipped(name, BUTTON_TEXT)),
        "accessibility_label": clipped(name, ACCESSIBILITY_LABEL),
        "value": token_of(command),
    }
