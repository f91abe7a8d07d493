"""The Home as blocks: headings, what the replies say, and their buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.buttons import command_of, token_of
from bot.commands import FindSlots, ShowHealth, ShowPerson, WhoHasntIntegrated
from bot.replies import Answer, Reader, SessionsListed
from bot.sentences import sentence
from bot.wording import Button, Voice
from bot.words import ChattingWords, SettingsWords, SlackWords, TeamsWords, Text, Words
from calendar_core.session import SessionState

from .buttons import linked, open_form, pressed, text_of
from .drawn import drawn
from .limits import CHARACTERS, HEADING, OPTION_TEXT, VIEW_BLOCKS, clipped, length
from .rich_text import MARKED, paragraph
from .shown import Block

PERSON, WHAT, PAGE = "home-person", "home-what", "home-page"
HERE = (WhoHasntIntegrated, ShowPerson, ShowHealth)  # what looks further, and changes nothing
SESSIONS_SHOWN = 10  # with a button each; all of them are behind `sessions`
MOST = 3 * CHARACTERS  # of all blocks, far below what a Home may have


@dataclass(frozen=True, slots=True)
class HomeShown:
    """What was asked for it. Only the first is there for an account that is nobody's; `people` only for admins."""

    sessions: Answer
    status: Answer | None = None
    settings: Answer | None = None
    people: Answer | None = None


def home(shown: HomeShown) -> Block:
    """The view."""
    voice = Voice(shown.sessions.reader)
    blocks: list[Block] = []
    if shown.status is None:
        return _view(_told(shown.sessions))
    blocks += [_heading(SlackWords.HOME_SESSIONS, voice), *_sessions(shown.sessions)]
    blocks += [{"type": "divider"}, _heading(SlackWords.HOME_CALENDAR, voice), *_told(shown.status)]
    if shown.settings is not None:
        blocks += [{"type": "divider"}, _heading(SettingsWords.SETTINGS, voice), *_told(shown.settings)]
    if shown.people is not None:
        blocks += [{"type": "divider"}, _heading(SlackWords.HOME_PEOPLE, voice), *_finding_people(voice)]
        blocks += _turned(_told(shown.people))
    return _view(blocks)


def away(reader: Reader) -> Block:
    """Nothing can be asked just now."""
    return _view([paragraph(Voice(reader, MARKED).say(sentence(ChattingWords.DIRECTORY_AWAY)))])


def _view(blocks: Sequence[Block]) -> Block:
    kept: list[Block] = []
    for block in list(blocks)[:VIEW_BLOCKS]:
        if length([*kept, block]) > MOST:
            break
        kept.append(block)
    return {"type": "home", "blocks": kept}


def _heading(words: Text, voice: Voice) -> Block:
    return {"type": "header", "text": text_of(clipped(voice.unmarked(sentence(words)), HEADING))}


def _told(answer: Answer) -> list[Block]:
    return [block for message in drawn(answer) for block in message.blocks]


def _sessions(answer: Answer) -> Iterator[Block]:
    """What is said of them, and for the next ones [Join]; and how another is booked."""
    yield from _told(answer)
    voice = Voice(answer.reader)
    joins: list[Block] = []
    if isinstance(answer.reply, SessionsListed):
        for number, line in enumerate(answer.reply.sessions[:SESSIONS_SHOWN], start=1):
            there = line.session.conference
            if there is not None and line.session.state is SessionState.BOOKED:
                whole = sentence(SlackWords.JOIN_WITH, when=line.session.when, partner=line.partner.name)
                name = voice.unmarked(sentence(TeamsWords.JOIN_NOW))
                joins.append(linked(number, name, there.url, voice.unmarked(whole)))
    find = Button(voice.unmarked(sentence(Words.FIND_TIMES)), voice.unmarked(sentence(Words.FIND_TIMES)))
    book = [pressed(1, find, FindSlots(), voice), open_form(FindSlots(), SlackWords.CHOOSE_A_DAY, voice)]
    for row in (joins[:5], joins[5:], book):
        if row:
            yield {"type": "actions", "elements": row}


def _finding_people(voice: Voice) -> Iterator[Block]:
    """By name, or which kind of list."""
    label = text_of(voice.unmarked(sentence(SlackWords.HOME_PERSON)))
    name = {
        "type": "plain_text_input",
        "action_id": PERSON,
        "max_length": 100,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    asked = {"type": "input", "block_id": PERSON, "label": label, "element": name}
    yield {**asked, "dispatch_action": True, "optional": True}
    options = [
        {"text": text_of(clipped(voice.unmarked(sentence(words)), OPTION_TEXT)), "value": token_of(command)}
        for words, command in (
            (SlackWords.HOME_ALL, WhoHasntIntegrated()),
            (SlackWords.HOME_HEALTH, ShowHealth()),
        )
    ]
    placeholder = text_of(voice.unmarked(sentence(SlackWords.HOME_SHOW)))
    menu = {"type": "static_select", "action_id": WHAT, "placeholder": placeholder, "options": options}
    yield {"type": "actions", "block_id": WHAT, "elements": [menu]}


def _turned(blocks: Sequence[Block]) -> Iterator[Block]:
    """The list's pages and persons are shown here, not in the conversation."""
    for block in blocks:
        elements = block.get("elements")
        if block["type"] == "actions" and isinstance(elements, list):
            yield {**block, "elements": [_here(each) for each in elements]}
        else:
            yield block


def _here(element: Block) -> Block:
    value = element.get("value")
    if not isinstance(value, str) or not isinstance(command_of(value), HERE):
        return element
    return {**element, "action_id": str(element["action_id"]).replace("press", PAGE)}
