"""Fills gallery/: a folder a chat and a language, in it a reply's data (JSON) and its pictures, light and dark (PNG).

Languages named on the command line, or all. Without a browser there is the data alone.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

from bot.grammar.titles import LANGUAGES as OTHERS
from tests.conftest import CHROMIUM

from .console import ConsoleGallery
from .shooting import Gallery, shoot
from .slack import SlackGallery
from .teams import TeamsGallery

GALLERY = Path(__file__).parents[2] / "gallery"
CHATS: dict[str, Callable[[str], Gallery]] = {"console": ConsoleGallery, "slack": SlackGallery, "teams": TeamsGallery}
LANGUAGES = ("en-GB", "en-US", *OTHERS)


def main(wanted: list[str]) -> None:
    """Replaces what the gallery held of these languages."""
    for chat, language in product(CHATS, wanted or LANGUAGES):
        folder = GALLERY / chat / language
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        gallery = CHATS[chat](language)
        for name, message in gallery.messages.items():
            data = json.dumps(message, ensure_ascii=False, indent=2)
            (folder / f"{name}.json").write_text(f"{data}\n", encoding="utf-8")
        if CHROMIUM:
            asyncio.run(shoot(gallery, folder, CHROMIUM))
        sys.stdout.write(f"{len(gallery.messages)} replies in {folder.relative_to(GALLERY.parent)}\n")
    if not CHROMIUM:
        sys.stdout.write("No pictures of them: there is no Chromium here (Debian: apt-get install chromium).\n")


if __name__ == "__main__":
    main(sys.argv[1:])
