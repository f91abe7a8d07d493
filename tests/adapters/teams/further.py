"""Cards that are no reply alone: the booking dialog, and a session that is put before others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from adapters.teams.render import Drawn
from adapters.teams.render.day_form import day_form, looking, result
from adapters.teams.render.shared import for_everybody, for_one_of_the_two, for_others
from bot.commands import ChooseDay, FindSlots
from bot.replies import Answer, Choice, SessionsListed
from bot.samples import MATCH, SAMPLES
from bot.sentences import sentence
from bot.words import TeamsWords, Words

WISH = ChooseDay(FindSlots(match=MATCH, minutes=45))
DAY = replace(WISH, day=date(2026, 11, 27))
TOPIC = "My first presentation"
TWO = ("29:1", "29:2")


def read_in(language: str, name: str) -> Answer:
    """A sample, in that language."""
    answer = SAMPLES[name]
    return replace(answer, reader=replace(answer.reader, language=language))


def a_day(language: str) -> Answer:
    """What the dialog is told: times of one day."""
    answer, nothing = read_in(language, "times offered"), SAMPLES["nothing fits"]
    lengths = tuple(
        Choice(sentence(Words.MINUTES, minutes=each), replace(DAY, find=replace(WISH.find, minutes=each)))
        for each in (30, 60)
    )
    reply = replace(answer.reply, read=nothing.reply.read, choices=(*answer.reply.choices, *lengths))
    return replace(answer, reply=reply)


def further(language: str) -> dict[str, Drawn]:
    """Each of them, by name."""
    listed = read_in(language, "sessions")
    assert isinstance(listed.reply, SessionsListed)
    line, reader = listed.reply.sessions[0], listed.reader
    line = replace(line, session=replace(line.session, topic=TOPIC))
    return {
        "dialog day": day_form(a_day(language), WISH, TOPIC),
        "dialog without a time": day_form(a_day(language), WISH, opening=(sentence(TeamsWords.TIME_MISSING),)),
        "dialog without times": day_form(read_in(language, "nothing fits"), WISH, TOPIC),
        "dialog looking": looking(read_in(language, "said"), WISH, TOPIC),
        "dialog booked": result(read_in(language, "booked about something")),
        "session for everybody": for_everybody(line, TWO, reader),
        "session for the two": for_one_of_the_two(line, TWO, reader),
        "session for others": for_others(reader),
    }
