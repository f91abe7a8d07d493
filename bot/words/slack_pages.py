"""Sentences of the pages on which Pairtime is installed in Slack."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class SlackPageWords(Text):
    """Name and English text of each."""

    INSTALLED_TITLE = "Pairtime is installed in Slack"
    INSTALLED = (
        "It is in {place} from now on. Its people can talk to it once whoever runs Pairtime has bound {place} to your "
        "organisation: pairtime bind slack {place}. You can close this page."
    )
    NOT_INSTALLED_TITLE = "Pairtime was not installed"
    SAID_NO_TO_SLACK = "You said no at Slack, so nothing was changed. If that was a mistake, install it again."
    NOT_ASKED_HERE = (
        "This answers nothing that this browser was sent for: it is too late, or was used before. Begin again at "
        "/slack/install."
    )
    SLACK_AWAY = "Slack does not answer right now. Wait a minute, then install it again."
    SLACK_REFUSED = "Slack does not accept this installation. Whoever runs Pairtime finds the reason in its log."
