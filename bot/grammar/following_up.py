"""After sessions: steps, and whether one is asked; and an admin's averages."""

from __future__ import annotations

from bot.commands.following_up import AskAfterSessions, ShowAverages, ShowSteps, WriteStep
from bot.words import FollowUpWords
from calendar_core.topic import LONGEST

from .phrase import Audience, Phrase, always, says, sets, switch

FOLLOWING_UP = (
    Phrase(
        "step",
        FollowUpWords.HELP_STEP,
        says(r"(?:my )?(?:next )?step(?:(?:\s*:\s*|\s+)(?P<rest>.*))?"),
        lambda rest, _: WriteStep(rest[: LONGEST + 1]),
        audience=Audience.MATCHED,
    ),
    Phrase(
        "my steps",
        FollowUpWords.HELP_STEPS,
        says(r"(?:show |list )?(?:me )?(?:my |all |own )*(?:next )?steps"),
        always(ShowSteps()),
        audience=Audience.MATCHED,
    ),
    Phrase(
        "feedback off",
        FollowUpWords.HELP_FEEDBACK,
        sets(r"feedback(?:[\s:]+(?P<rest>.*))?"),
        switch(AskAfterSessions),
        listed=False,
        audience=Audience.MATCHED,
    ),
    Phrase(
        "admin averages",
        FollowUpWords.HELP_AVERAGES,
        says(
            r"(?:show )?(?:admin\s+)?(?:averages?|ratings?"
            r"|how (?:useful|good) (?:were|are) (?:our|the|my|all)? ?sessions)\??"
        ),
        always(ShowAverages()),
        audience=Audience.ADMINS,
    ),
)
