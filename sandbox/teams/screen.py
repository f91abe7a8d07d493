"""What one person sees in Teams: chats and channels, the messages of one with their cards, and the dialog on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.teams.conversations import Conversation
from sandbox.teams.messages import Message
from sandbox.teams.people import Person
from sandbox.world import Json

if TYPE_CHECKING:
    from sandbox.teams.vendor import Teams

SHOWN_AT_MOST = 200
FILES = "application/vnd.microsoft.teams.card.file."


def screen(teams: Teams, address: str, conversation: str) -> dict[str, Json]:
    """`conversation` "" means the chat with the bot. Raises Impossible."""
    person = teams.hands.person(address)
    here = teams.hands.conversation(person, conversation)
    mine = [each for each in teams.state.conversations.with_member(person.address) if each.kind != "personal"]
    messages = [each for each in teams.state.messages.of(here.id) if each.only in ("", person.address)]
    dialog = teams.dialogs.of(person.address)
    return {
        "seen": teams.state.changes.number,
        "now": teams.state.world.clock.now().isoformat(),
        "me": {
            "id": person.id,
            "name": person.name,
            "address": person.address,
            "zone": person.time_zone,
            "locale": person.locale,
        },
        "app": teams.state.bot.name,
        "conversation": here.id,
        "conversations": [_place(teams, person, each) for each in (teams.hands.conversation(person, ""), *mine)],
        "messages": [_message(teams, person, each) for each in messages[-SHOWN_AT_MOST:]],
        "typing": here.id in teams.state.typing_in,
        "installed": here.bot,
        "commands": [each.json() for each in teams.state.offered.commands(here.kind, person.locale)],
        "extension": teams.state.offered.extension(person.locale),
        "dialog": None
        if dialog is None
        else {"title": dialog.title, "card": dialog.card, "said": dialog.said, "trouble": dialog.trouble},
    }


def _place(teams: Teams, person: Person, conversation: Conversation) -> Json:
    name = conversation.name
    if conversation.kind == "personal":
        name = teams.state.bot.name
    elif conversation.kind == "channel":
        name = f"{conversation.team_name} > {conversation.name}"
    elif not name:
        others = [teams.state.people.at(each) for each in conversation.members if each != person.address]
        name = ", ".join(each.name for each in others if each is not None)
    return {"id": conversation.id, "kind": conversation.kind, "name": name, "bot": conversation.bot}


def _message(teams: Teams, person: Person, message: Message) -> Json:
    author = teams.state.people.at(message.by) if message.by else None
    view = teams.state.messages.view(message, person.address)
    cards: list[Json] = [message.card] if message.card is not None else []
    if isinstance(view.card, dict):
        cards = [view.card]
    pictures: list[Json] = [
        {"url": each["contentUrl"], "name": each.get("name", "")}
        for each in message.attachments
        if isinstance(each, dict) and "contentUrl" in each and str(each.get("contentType")).startswith("image/")
    ]
    return {
        "id": message.id,
        "by": teams.state.bot.name if author is None else author.name,
        "bot": not message.by,
        "mine": message.by == person.address,
        "only": message.only != "",
        "edited": message.edited,
        "text": message.text,
        "plain": message.text_format == "plain",
        "cards": cards,
        "below": view.below,
        "refreshes": message.card is not None and "refresh" in message.card and view.card is None,
        "pictures": pictures,
        "files": _files(message),
        "summary": message.summary,
    }


def _files(message: Message) -> Json:
    """What is handed over, and what the bot asks whether it may: `id` is "" for the latter."""
    found: list[Json] = []
    for each in message.attachments:
        if not isinstance(each, dict) or not str(each.get("contentType")).startswith(FILES):
            continue
        content = each.get("content")
        told = content if isinstance(content, dict) else {}
        asked = str(each["contentType"]).endswith("consent")
        about = {"name": each.get("name") or "file", "about": told.get("description", "")}
        found.append({**about, "id": "" if asked else told.get("uniqueId", "")})
    return found
