"""The booking form's windows: while it is looked, the form itself, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.buttons import fits, token_of
from bot.commands import AskPartner, ChooseDay
from bot.replies import Answer, Choice, Reader, SlotsOffered
from bot.sentences import Across, Sentence, sentence
from bot.wording import Voice, worded
from bot.words import SlackWords, TeamsWords, Text, Words
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
from .rich_text import MARKED, listed, paragraph
from .shown import Block

BOOKING = "booking"  # the form's callback_id
DAY, MINUTES, SLOT, GO = "form-day", "form-minutes", "form-slot", "form-go"
LONGEST_LENGTHS = 20


def looking(reader: Reader) -> Block:
    """Opened at once, because a trigger lasts three seconds and calendars may take longer."""
    return _window(reader, [paragraph(Voice(reader, MARKED).say(sentence(SlackWords.FORM_LOOKING)))])


def being_booked(reader: Reader) -> Block:
    """From [Book] to the result."""
    return _window(reader, [paragraph(Voice(reader, MARKED).say(sentence(SlackWords.FORM_BOOKING)))])


def failed(reader: Reader) -> Block:
    """Nobody foresaw it."""
    return _window(reader, [paragraph(Voice(reader, MARKED).say(sentence(SlackWords.FORM_FAILED)))])


def result(answer: Answer) -> Block:
    """What came of it."""
    return _window(answer.reader, [block for message in drawn(answer) for block in message.blocks])


def form(answer: Answer, wish: ChooseDay) -> Block:
    """The form, as far as it can be filled in: a question about somebody's calendar has no times to choose from."""
    reply, reader = answer.reply, answer.reader
    if reply.read is None or not reply.read.windows:
        blocks = [block for message in drawn(answer) for block in message.blocks if block["type"] != "actions"]
        return _window(reader, [*blocks, *_onward(answer)], wish)
    voice = Voice(reader, MARKED)
    day = local_time(reader.zone, reply.read.windows[0].start).date()
    minutes = reply.read.minutes or 0
    said = worded(reply, voice)
    slots = [choice for choice in reply.choices if choice.slot is not None and _is_value(choice)][:OPTIONS]
    blocks = [paragraph(each) for each in said.before]
    if not slots and said.lines:
        blocks.append(listed(said.lines, first=1 if said.numbered else None))
    blocks += [_day(day, voice), _length(reply.choices, minutes, day, voice)]
    if slots:
        zone = reply.partner.zone if isinstance(reply, SlotsOffered) else None
        blocks.append(_times(slots, zone, f"slot-{day.isoformat()}-{minutes}", voice))
    blocks += [paragraph(each) for each in said.after]
    wish = replace(wish, day=day, find=replace(wish.find, minutes=minutes))
    words = SlackWords.FORM_ASK if slots and isinstance(slots[0].command, AskPartner) else SlackWords.FORM_BOOK
    return _window(reader, blocks, wish, words if slots else None)


def _window(
    reader: Reader, blocks: Sequence[Block], wish: ChooseDay | None = None, submit: Text | None = None
) -> Block:
    def named(words: Text) -> Block:
        return text_of(clipped(Voice(reader).say(sentence(words)), VIEW_TITLE))

    view: dict[str, object] = {
        "type": "modal",
        "callback_id": BOOKING,
        "title": named(SlackWords.FORM_TITLE),
        "close": named(SlackWords.FORM_CLOSE),
        "blocks": list(blocks)[:VIEW_BLOCKS],
    }
    if submit is not None:
        view["submit"] = named(submit)
    if wish is not None and fits(wish):
        view["private_metadata"] = token_of(wish)
    return view


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
    menu = {"type": "static_select", "action_id": SLOT, "placeholder": label, "options": options}
    return {"type": "input", "block_id": block_id, "label": label, "element": menu}


def _time(choice: Choice, zone: str | None) -> Sentence:
    """By the reader's clock, with the other's in brackets."""
    if choice.slot is None:
        return choice.label
    if zone is None:
        return sentence(Words.PLAIN_ITEM, when=choice.slot)
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
    buttons = [
        {
            "type": "button",
            "action_id": f"{GO}-{number}",
            "text": text_of(clipped(voice.say(choice.label), BUTTON_TEXT)),
            "accessibility_label": clipped(voice.say(choice.label), ACCESSIBILITY_LABEL),
            "value": token_of(choice.command),
        }
        for number, choice in enumerate(wishes[:25], start=1)
    ]
    if buttons:
        yield {"type": "actions", "elements": buttons}
