"""Replies with far more of everything than handlers make, and with text that means something elsewhere."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.commands.own import CountCalendar
from bot.replies import Answer, Choice, Question, Reader, Summary
from bot.sentences import sentence
from bot.words import Words

LANGUAGES = ["en-GB", "en-US", "de-DE", "fr", "es-MX", "xx-XX"]
TEXTS = st.text(max_size=80) | st.sampled_from(
    ["[x](https://evil.example)", "**bold**", "<at>Everybody</at>", "{{DATE(2026-01-01T00:00:00Z, SHORT)}}", "1. one"]
)
LONG = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=20), st.integers(1, 120))
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
    choices = tuple(sorted(draw(st.lists(CHOICES, max_size=60)), key=lambda each: not each.numbered))
    sentences = tuple(draw(st.lists(SAID, min_size=1, max_size=8)))
    if draw(st.booleans()):
        points = tuple(draw(st.lists(SAID, max_size=8))) * draw(st.integers(1, 60))
        return Answer(
            Summary(paragraphs=(sentences,) * draw(st.integers(1, 9)), points=points, choices=choices), reader
        )
    return Answer(Question(sentences=sentences * draw(st.integers(1, 40)), choices=choices), reader)
