"""What a message says: checked as Slack checks it before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_blocks import TooLong, check_blocks
from sandbox.slack.naming import named_blocks
from sandbox.slack.refusals import Refused, badly_shaped, sentence
from sandbox.slack.state import State
from sandbox.world import Json

TEXT_AT_MOST = 40_000


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    blocks: tuple[Json, ...]


def content(state: State, told: Mapping[str, Json]) -> Content:
    """Raises Refused: no_text, invalid_blocks_format, invalid_blocks, msg_blocks_too_long, invalid_arguments."""
    text, blocks = told.get("text") or "", told.get("blocks") or []
    if told.get("attachments"):
        raise badly_shaped("invalid_arguments", ["[ERROR] attachments are legacy; nothing here sends any"])
    if not isinstance(text, str):
        raise badly_shaped("invalid_arguments", ["[ERROR] must be a text [json-pointer:/text]"])
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    try:
        check_blocks(blocks, "message")
    except Misshapen as wrong:
        raise badly_shaped("invalid_blocks", [sentence(wrong)]) from wrong
    except TooLong as wrong:
        raise Refused("msg_blocks_too_long") from wrong
    if not text.strip() and not blocks:
        raise Refused("no_text")
    _refuse_unknown_files(state, blocks)
    return Content(text[:TEXT_AT_MOST], tuple(named_blocks(blocks)))


def _refuse_unknown_files(state: State, blocks: list[Json]) -> None:
    for id in files_in(blocks):
        file = state.files.of(id)
        if file is None or not file.finished:
            raise badly_shaped("invalid_blocks", ["[ERROR] invalid slack file"])


def files_in(inside: Json) -> Iterator[str]:
    """Ids of the Slack files that blocks show."""
    if isinstance(inside, list):
        for each in inside:
            yield from files_in(each)
    elif isinstance(inside, dict):
        shown = inside.get("slack_file")
        if isinstance(shown, dict) and isinstance(shown.get("id"), str):
            yield str(shown["id"])
        for each in inside.values():
            yield from files_in(each)
