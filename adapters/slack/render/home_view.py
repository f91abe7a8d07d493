"""The Home as blocks: headings, what the replies say, and their buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.buttons import command_of, token_of
from bot.commands import Command, FindSlots, ShowHealth, ShowIntegrations, ShowPerson, ShowSessions, WhoHasntIntegrated
from bot.commands.own import ShowSettings
from bot.replies import Answer, Reader, SessionLine, SessionsListed, Summary
from bot.sentences import sentence
from bot.wording import Button, Voice, worded
from bot.words import ChattingWords, SettingsWords, SlackWords, StatusesWords, TeamsWords, Text, Words
from calendar_core.integration import IntegrationKind
from calendar_core.session import SessionState

from .buttons import linked, open_form, pressed, text_of
from .drawn import drawn
from .limits import CHARACTERS, HEADING, OPTION_TEXT, SECTION_TEXT, VIEW_BLOCKS, clipped, length
from .rich_text import MARKED, paragraph
from .shown import Block

PERSON, WHAT, PAGE = "home-person", "home-what", "home-page"
HERE = (WhoHasntIntegrated, ShowIntegrations, ShowPerson, ShowHealth)  # what looks further, and changes nothing
PAGED = (WhoHasntIntegrated, ShowIntegrations)
SESSIONS_SHOWN = 10  # the others are behind a button
MOST = 3 * CHARACTERS  # of all blocks, far below what a Home may have


@dataclass(frozen=True, slots=True)
class HomeShown:
    """What was asked for it. Only the first is there for an account that is nobody's; `people` only for admins, and
    `listed` is what they asked to be shown of them."""

    sessions: Answer
    status: Answer | None = None
    settings: Answer | None = None
    people: Answer | None = None
    listed: Command | None = None


def home(shown: HomeShown) -> Block:
    """The view."""
    voice = Voice(shown.sessions.reader)
    if shown.status is None:
        return _view(_told(shown.sessions))
    parts: list[list[Block]] = []
    books = _may_book(shown.status)
    if books or shown.people is None or _any_planned(shown.sessions):
        parts.append([_heading(SlackWords.HOME_SESSIONS, voice), *_sessions(shown.sessions, books=books)])
    if shown.people is not None:
        found = [*_finding_people(voice, shown.listed), *_turned(_told(shown.people))]
        parts.append([_heading(SlackWords.HOME_PEOPLE, voice), *found])
    calendar = _told(_without_what_is_said_above(shown.status))
    parts.append([_heading(SlackWords.HOME_CALENDAR, voice), *calendar])
    if shown.settings is not None:
        parts.append([_heading(SettingsWords.SETTINGS, voice), *_told(_without_the_calendar(shown.settings))])
    divided = [block for part in parts for block in ({"type": "divider"}, *part)]
    return _view(divided[1:])


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


def _may_book(status: Answer) -> bool:
    """Whether there is anybody to book with."""
    return any(isinstance(choice.command, FindSlots) for choice in status.reply.choices)


def _any_planned(sessions: Answer) -> bool:
    return isinstance(sessions.reply, SessionsListed) and bool(sessions.reply.sessions)


def _without_what_is_said_above(status: Answer) -> Answer:
    """The calendar alone: what is next, [Find times] and [Settings] have their own place in the Home."""
    if not isinstance(status.reply, Summary):
        return status
    choices = tuple(each for each in status.reply.choices if not isinstance(each.command, FindSlots | ShowSettings))
    return replace(
        status, reply=replace(status.reply, paragraphs=status.reply.paragraphs[:1], join=None, choices=choices)
    )


def _without_the_calendar(settings: Answer) -> Answer:
    """Its first point says how the calendar is connected."""
    if not isinstance(settings.reply, Summary):
        return settings
    how = ((sentence(SlackWords.HOME_SETTINGS),),)
    return replace(settings, reply=replace(settings.reply, paragraphs=how, points=settings.reply.points[1:]))


def _sessions(answer: Answer, *, books: bool) -> Iterator[Block]:
    """Each of the next ones with its [Join]; and how another is booked."""
    voice, reply = Voice(answer.reader), answer.reply
    if not isinstance(reply, SessionsListed):
        yield from _told(answer)
        return
    said = worded(reply, voice)
    if not reply.sessions:
        yield from (paragraph(each) for each in said.before)
    else:
        zone = voice.unmarked(sentence(Words.ONE_ZONE, city=voice.times.home))
        yield {"type": "context", "elements": [text_of(zone)]}
    for number, (line, text) in enumerate(zip(reply.sessions[:SESSIONS_SHOWN], said.lines, strict=False), start=1):
        yield _session(number, line, text, voice)
    left = len(reply.sessions) - SESSIONS_SHOWN
    book = {**open_form(FindSlots(), SlackWords.FORM_TITLE, voice), "style": "primary"}
    row: list[Block] = [book] if books else []
    if left > 0:
        more = voice.unmarked(sentence(Words.AND_MORE, count=left))
        row.append(pressed(1, Button(more, more), ShowSessions(), voice))
    row += [
        pressed(number, button, choice.command, voice)
        for number, (button, choice) in enumerate(zip(said.buttons, reply.choices, strict=True), start=2)
    ]
    if row:
        yield {"type": "actions", "elements": row}


def _session(number: int, line: SessionLine, text: str, voice: Voice) -> Block:
    section: Block = {"type": "section", "text": text_of(clipped(text, SECTION_TEXT))}
    there = line.session.conference
    if there is None or line.session.state is not SessionState.BOOKED:
        return section
    whole = sentence(SlackWords.JOIN_WITH, when=line.session.when, partner=line.partner.name)
    join = linked(number, voice.unmarked(sentence(TeamsWords.JOIN_NOW)), there.url, voice.unmarked(whole))
    return {**section, "accessory": join}


def _finding_people(voice: Voice, listed: Command | None) -> Iterator[Block]:
    """By name, or which kind of list."""
    label = text_of(voice.unmarked(sentence(SlackWords.HOME_PERSON)))
    name = {
        "type": "plain_text_input",
        "action_id": PERSON,
        "max_length": 100,
        "placeholder": text_of(voice.unmarked(sentence(SlackWords.HOME_PERSON_HOW))),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    asked = {"type": "input", "block_id": PERSON, "label": label, "element": name}
    yield {**asked, "dispatch_action": True, "optional": True}
    lists: list[tuple[str, Command]] = [
        (voice.unmarked(sentence(SlackWords.HOME_ALL)), WhoHasntIntegrated()),
        (voice.unmarked(sentence(StatusesWords.EVERYBODY)), ShowIntegrations()),
        *((kind.value, ShowIntegrations(kind=kind)) for kind in IntegrationKind),
        (voice.unmarked(sentence(StatusesWords.NOT_CONNECTED)), ShowIntegrations(blank=True)),
        (voice.unmarked(sentence(SlackWords.HOME_HEALTH)), ShowHealth()),
    ]
    options = [{"text": text_of(clipped(name, OPTION_TEXT)), "value": token_of(command)} for name, command in lists]
    placeholder = text_of(voice.unmarked(sentence(SlackWords.HOME_SHOW)))
    menu = {"type": "static_select", "action_id": WHAT, "placeholder": placeholder, "options": options}
    first = replace(listed, skip=0) if isinstance(listed, PAGED) else listed
    here = [each for each, (_, command) in zip(options, lists, strict=True) if command == first]
    if here:
        menu["initial_option"] = here[0]
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
