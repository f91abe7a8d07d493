"""A form for another time: day, start and length, each with its label and what to do if it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.buttons import token_of
from bot.commands import FindSlots
from bot.replies import Reader
from bot.sentences import Sentence, sentence
from bot.wording import Voice
from bot.words import TeamsWords, Words

from .actions import WISH, executed
from .drawn import Drawn
from .elements import Element, adaptive_card, text_block
from .markdown import MARKDOWN

DAY, START, MINUTES = "day", "start", "minutes"  # ids of the inputs


@dataclass(frozen=True, slots=True)
class TimeForm:
    """What can be chosen: days from `first` to `last` by the reader's calendar, one of the `lengths` in minutes.

    Clients treat the bounds as hints: what comes back is read by `adapters.teams.pressed`.
    """

    find: FindSlots
    first: date
    last: date
    lengths: tuple[int, ...]
    usual: int
    start: time = time(9)


def form_card(form: TimeForm, reader: Reader) -> Drawn:
    """The form. Raises ValueError if the wish does not fit a button."""
    voice = Voice(reader, MARKDOWN)
    heading = sentence(TeamsWords.ANOTHER_TIME)
    about = sentence(TeamsWords.YOUR_TIME, city=voice.times.home)
    look = executed(WISH, _name(TeamsWords.LOOK, voice), {"token": token_of(form.find)}, inputs="auto")
    body = [
        text_block(voice.say(heading), heading=True),
        text_block(voice.say(about)),
        _input(
            "Input.Date", DAY, TeamsWords.FIELD_DAY, TeamsWords.DAY_MISSING, voice,
            value=form.first.isoformat(), min=form.first.isoformat(), max=form.last.isoformat(),
        ),
        _input(
            "Input.Time", START, TeamsWords.FIELD_START, TeamsWords.START_MISSING, voice,
            value=f"{form.start:%H:%M}",
        ),
        _input(
            "Input.ChoiceSet", MINUTES, TeamsWords.FIELD_LENGTH, TeamsWords.LENGTH_MISSING, voice,
            style="compact", value=str(form.usual),
            choices=[
                {"title": voice.unmarked(sentence(Words.MINUTES, minutes=each)), "value": str(each)}
                for each in form.lengths
            ],
        ),
    ]  # fmt: skip
    fields = ", ".join(
        _name(each, voice) for each in (TeamsWords.FIELD_DAY, TeamsWords.FIELD_START, TeamsWords.FIELD_LENGTH)
    )
    text = "\n".join([voice.unmarked(heading), voice.unmarked(about), fields, f"[{look['title']}]"])
    return Drawn(adaptive_card(body, [look], reader.language, text), text)


def _name(words: TeamsWords, voice: Voice) -> str:
    return voice.unmarked(Sentence(words))


def _input(kind: str, name: str, label: TeamsWords, missing: TeamsWords, voice: Voice, **properties: object) -> Element:
    return {
        "type": kind,
        "id": name,
        "label": _name(label, voice),
        "isRequired": True,
        "errorMessage": _name(missing, voice),
        **properties,
    }
