"""What one can type about sessions that are over, as rows of the grammar table."""

from __future__ import annotations

import re

from calendar_core.topic import LONGEST

from .follow_up_commands import AskAfterSessions, ShowAverages, ShowSteps, WriteStep
from .forms import Audience, Form
from .own_commands import ShowSettings
from .words import FollowUpWords

ON, OFF = ("on", "yes"), ("off", "no", "none", "stop")


def _says(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def _asked(rest: str) -> AskAfterSessions | ShowSettings:
    if rest.lower() in (*ON, *OFF):
        return AskAfterSessions(wanted=rest.lower() in ON)
    return ShowSettings()


FOLLOW_UP_FORMS: tuple[Form, ...] = (
    Form(
        "step",
        FollowUpWords.HELP_STEP,
        _says(r"(?:my )?(?:next )?step(?:(?:\s*:\s*|\s+)(?P<rest>.*))?"),
        lambda rest, _: WriteStep(rest[: LONGEST + 1]),
        audience=Audience.MATCHED,
    ),
    Form(
        "my steps",
        FollowUpWords.HELP_STEPS,
        _says(r"(?:show |list )?(?:me )?(?:my |all |own )*(?:next )?steps"),
        lambda _, __: ShowSteps(),
        audience=Audience.MATCHED,
    ),
    Form(
        "feedback off",
        FollowUpWords.HELP_FEEDBACK,
        _says(r"(?:settings? |set |my )*feedback(?:[\s:]+(?P<rest>.*))?"),
        lambda rest, _: _asked(rest),
        listed=False,
        audience=Audience.MATCHED,
    ),
    Form(
        "admin averages",
        FollowUpWords.HELP_AVERAGES,
        _says(
            r"(?:show )?(?:admin\s+)?(?:averages?|ratings?"
            r"|how (?:useful|good) (?:were|are) (?:our|the|my|all)? ?sessions)\??"
        ),
        lambda _, __: ShowAverages(),
        audience=Audience.ADMINS,
    ),
)
