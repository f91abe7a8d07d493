"""A notice as a letter, for somebody whom no chat reaches."""

from __future__ import annotations

from .plain_text import plain_text
from .replies import Answer
from .sentences import sentence
from .wording import Voice, worded
from .words import ReachingWords

LONGEST_SUBJECT = 120


def notice_letter(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """Its subject and its paragraphs, in the reader's language. Mail has no buttons: it says where they are."""
    voice = Voice(answer.reader)
    said = worded(answer.reply, voice)
    lines = (f"{number}. {line}" if said.numbered else line for number, line in enumerate(said.lines, 1))
    told = (*said.before, *lines, *said.after)
    subject = plain_text(told[0], LONGEST_SUBJECT) if told else voice.say(sentence(ReachingWords.NOTICE_SUBJECT))
    return subject, (*told, voice.say(sentence(ReachingWords.NOTICE_WHY)))
