"""What Teams is told of the app: a manifest, its texts in each language, icons, and the package of them.

Two editions: the newest, with slash commands and messages for one person's eyes in a group, and one for tenants and
clouds that do not take it yet. Both are written from the grammar, so that every title is understood when it is typed.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.grammar.table import GRAMMAR
from bot.grammar.titles import LANGUAGES, TITLES, title
from bot.replies import Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import TeamsWords, Text

from .icons import ACCENT, colour_icon, outline_icon

Json: TypeAlias = dict[str, object]

VERSION = "1.1.0"  # rises with every change: Teams takes no other package under the same
NAME = "Pairtime"
SCHEMAS = "https://developer.microsoft.com/json-schemas/teams"
MORNING = (1980, 1, 1, 0, 0, 0)  # of every file in a package, so that the same app is the same bytes
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Edition(Enum):
    """The manifest's version, and how many commands a list of it holds."""

    NEWEST = ("1.30", 12)
    OLDER = ("1.19", 10)

    @property
    def version(self) -> str:
        """As Teams writes it."""
        return self.value[0]

    @property
    def commands(self) -> tuple[str, ...]:
        """Words of the grammar that stand in the lists."""
        known = {phrase.word for phrase in GRAMMAR}
        return tuple([word for word in TITLES if word in known][: self.value[1]])


@dataclass(frozen=True, slots=True)
class App:
    """Whose app it is. Raises ValueError with what is wrong. The pages have to be reachable without signing in."""

    id: str = "00000000-0000-0000-0000-000000000000"
    public_url: str = "https://pairtime.example.com"
    developer: str = NAME
    website: str = ""
    privacy: str = ""
    terms: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError("The app's id has to be the bot's application (client) id, such as 1111...-....")
        if not 0 < len(self.developer) <= 32:
            raise ValueError("The developer's name has to have 1 to 32 letters.")
        for page in (self.public_url, *(each for each in (self.website, self.privacy, self.terms) if each)):
            parts = urlsplit(page)
            if parts.scheme != "https" or not parts.hostname:
                raise ValueError("Every address has to begin with https:// and name a host.")


def package(app: App, edition: Edition) -> dict[str, bytes]:
    """The package's files by name."""
    texts = {f"{language}.json": _texts(language, edition) for language in LANGUAGES}
    written = {name: _json(content) for name, content in {"manifest.json": _manifest(app, edition), **texts}.items()}
    return {**written, "color.png": colour_icon(), "outline.png": outline_icon()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """One file, the same for the same content."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, MORNING), files[name])
    return written.getvalue()


def write_teams(folder: Path, app: App, *, packed: bool) -> list[Path]:
    """Both editions, as a folder each or as a zip each, and nothing else. Returns what was written."""
    made: dict[Path, bytes] = {}
    for edition in Edition:
        files = package(app, edition)
        if packed:
            made[folder / f"pairtime-teams-{edition.version}.zip"] = zipped(files)
        else:
            made |= {folder / f"v{edition.version}" / name: content for name, content in files.items()}
    for path, content in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(made)


def _json(content: Json) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def _manifest(app: App, edition: Edition) -> Json:
    bot: Json = {
        "botId": app.id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "supportsCalling": False,
        "supportsVideo": False,
    }
    together: Json = {"scopes": ["team", "groupChat"], "commands": _commands("en-GB", edition)}
    if edition is Edition.NEWEST:
        bot["supportsTargetedMessages"] = True
        together = {"triggers": ["mention", "slash"], **together}
    bot["commandLists"] = [{"scopes": ["personal"], "commands": _commands("en-GB", edition)}, together]
    return {
        "$schema": f"{SCHEMAS}/v{edition.version}/MicrosoftTeams.schema.json",
        "manifestVersion": edition.version,
        "version": VERSION,
        "id": app.id,
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": each, "file": f"{each}.json"} for each in LANGUAGES],
        },
        "developer": {
            "name": app.developer,
            "websiteUrl": app.website or app.public_url,
            "privacyUrl": app.privacy or app.website or app.public_url,
            "termsOfUseUrl": app.terms or app.website or app.public_url,
        },
        "name": {"short": NAME, "full": _said(TeamsWords.APP_FULL_NAME, "en-GB")},
        "description": {
            "short": _said(TeamsWords.APP_SHORT, "en-GB"),
            "full": _said(TeamsWords.APP_FULL, "en-GB"),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "bots": [bot],
        "composeExtensions": [{"botId": app.id, "commands": _searches("en-GB")}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(app.public_url).hostname],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }


def _texts(language: str, edition: Edition) -> Json:
    """One language's, by where they stand in the manifest."""
    texts: Json = {
        "$schema": f"{SCHEMAS}/v{edition.version}/MicrosoftTeams.Localization.schema.json",
        "name.short": NAME,
        "name.full": _said(TeamsWords.APP_FULL_NAME, language),
        "description.short": _said(TeamsWords.APP_SHORT, language),
        "description.full": _said(TeamsWords.APP_FULL, language),
    }
    for at_list in range(2):
        for at, command in enumerate(_commands(language, edition)):
            for key, value in command.items():
                texts[f"bots[0].commandLists[{at_list}].commands[{at}].{key}"] = value
    for at, (named, description, *further) in enumerate(_texts_of_searches(language)):
        there = f"composeExtensions[0].commands[{at}]"
        texts |= {f"{there}.title": named, f"{there}.description": description}
        if further:
            name, about = further
            texts |= {f"{there}.parameters[0].title": name, f"{there}.parameters[0].description": about}
    return texts


def _searches(language: str) -> list[Json]:
    """One's own sessions, to be put into what one writes; and the booking dialog, also about a message."""
    (sessions, sessions_for, name, name_for), (book, book_for) = _texts_of_searches(language)
    return [
        {
            "id": "sessions",
            "type": "query",
            "title": sessions,
            "description": sessions_for,
            "initialRun": True,
            "context": ["compose"],
            "parameters": [{"name": "query", "title": name, "description": name_for, "inputType": "text"}],
        },
        {
            "id": "book",
            "type": "action",
            "title": book,
            "description": book_for,
            "fetchTask": True,
            "context": ["compose", "message"],
        },
    ]


def _texts_of_searches(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sessions = (
        TeamsWords.SEARCH_SESSIONS,
        TeamsWords.SEARCH_SESSIONS_FOR,
        TeamsWords.SEARCH_NAME,
        TeamsWords.SEARCH_NAME_FOR,
    )
    book = (TeamsWords.BOOK_FROM_ANYWHERE, TeamsWords.BOOK_FROM_ANYWHERE_FOR)
    return tuple(_said(each, language) for each in sessions), tuple(_said(each, language) for each in book)


def _commands(language: str, edition: Edition) -> list[dict[str, str]]:
    about = {phrase.word: phrase.about for phrase in GRAMMAR}
    return [{"title": title(word, language), "description": _said(about[word], language)} for word in edition.commands]


def _said(words: Text, language: str) -> str:
    text = Voice(Reader(language)).unmarked(sentence(words))
    return text[:1].upper() + text[1:]
