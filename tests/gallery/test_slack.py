"""What the gallery shows of Slack would be taken by Slack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.slack.limits import message_broken, schema_of, sdk_complaints, sdk_view_complaints, view_broken

from .slack import SlackGallery

LANGUAGES = ["en-GB", "de", "fr", "es"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_it_is_within_every_limit(language: str) -> None:
    for name, shown in SlackGallery(language).messages.items():
        if shown["type"] == "message":
            text, blocks = str(shown["text"]), list(shown["blocks"])  # type: ignore[call-overload]  # a message's own
            assert message_broken(text, blocks) + sdk_complaints(blocks) == [], name
        else:
            about_it = sdk_view_complaints(dict(shown)) if shown["type"] == "modal" else []
            assert view_broken(shown) + about_it == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_in_it_is_valid_by_the_published_schema(contracts: Path, language: str) -> None:
    views = SlackGallery(language).messages.values()
    assert schema_of(contracts, "ModalView")([each for each in views if each["type"] == "modal"]) == []
    assert schema_of(contracts, "HomeView")([each for each in views if each["type"] == "home"]) == []
