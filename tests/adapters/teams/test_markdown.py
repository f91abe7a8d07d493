"""Text of others in cards: shown as it is, whatever it looks like."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from adapters.teams.render import drawn
from adapters.teams.render.markdown import MARKDOWN, escaped
from bot.plain_text import plain_text
from bot.replies import Answer, Reader, Said
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import Words

from .cards import pieces

HOSTILE = [
    "[x](https://evil.example)",
    "\\[x](https://evil.example)",
    "![x](https://evil.example/y.png)",
    "[x][y]",
    "<https://evil.example>",
    "**not bold** __nor this__ *nor this* `code` ~~gone~~",
    "{{DATE(2026-11-24T09:00:00Z, SHORT)}}",
    "<at>Everybody</at> <b>x</b>",
    "&#91;x&#93;(https://evil.example) &amp; &lt;",
    "# heading",
    "> quoted",
    "- point",
    "+ point",
    "1. one",
    "12) twelve",
    "---",
    "===",
    "a|b",
    "O'Brien-Smith & Søn, 3.5 (née Zoë)",
]


def as_read(text: str) -> str:
    """What a reader of CommonMark shows, with its blocks and marks as they come."""
    return str(MarkdownIt("commonmark").render(text))


def marks(text: str) -> set[str]:
    """The kinds of markup that a reader of CommonMark finds."""
    tokens = MarkdownIt("commonmark").parse(text)
    inner = [child for token in tokens for child in token.children or []]
    return {token.type for token in [*tokens, *inner]} - {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_markup(text: str) -> None:
    shown = escaped(text)
    assert marks(shown) == set()
    assert unescape(as_read(shown)) == f"<p>{text}</p>\n"
    assert "[" not in shown
    assert "{{" not in shown
    assert "<" not in shown


@given(st.text(max_size=60))
def test_no_text_is_markup(text: str) -> None:
    said = plain_text(text)
    assert marks(escaped(said)) == set()
    assert unescape(escaped(said)) == unescape(escaped(unescape(escaped(said)))) == said


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_sentence_only_the_sentences_own_marks_count(text: str) -> None:
    said = sentence(Words.NOT_MATCHED, typed=text)
    assert marks(Voice(Reader(), MARKDOWN).say(said)) == {"em_open", "em_close"}
    (made,) = drawn(Answer(Said(sentences=(said,)), Reader()))
    (block,) = [piece for piece in pieces(made.card) if piece["type"] == "TextBlock"]
    assert "[x](" not in str(block["text"])


def test_a_link_unescaped_would_be_seen() -> None:
    assert "link_open" in marks("[x](https://evil.example)")
