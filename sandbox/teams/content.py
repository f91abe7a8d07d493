"""What a bot says, checked and taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # checked JSON, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.teams_activities import TooBig, check_activity
from sandbox.rules.teams_cards import check_attachments
from sandbox.teams.refusals import Refused
from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Content:
    """`typing`: nothing is said yet."""

    text: str
    text_format: str
    attachments: tuple[Json, ...]
    entities: tuple[Json, ...]
    summary: str
    typing: bool = False

    @property
    def is_split(self) -> bool:
        """Whether Teams makes several messages of it, and so tells no id."""
        return len(self.attachments) + bool(self.text) > 1 and self._listed

    _listed: bool = True


def content(activity: dict[str, Json]) -> Content:
    """Raises Refused as Teams does."""
    try:
        check_activity(activity)
        check_attachments(activity.get("attachments") or [])
    except Misshapen as wrong:
        raise Refused(400, "BadArgument", f"{wrong} ({wrong.path})") from None
    except RecursionError:
        raise Refused(400, "BadArgument", "The message is nested too deeply.") from None
    except TooBig:
        raise Refused(413) from None
    attachments: Any = activity.get("attachments") or []
    entities: Any = activity.get("entities") or []
    return Content(
        str(activity.get("text") or ""),
        str(activity.get("textFormat") or "markdown"),
        tuple(attachments),
        tuple(entities),
        str(activity.get("summary") or ""),
        activity["type"] == "typing",
        activity.get("attachmentLayout") != "carousel",
    )
