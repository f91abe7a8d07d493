"""What is kept for a time only, and then forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from calendar_core.job import Job
from calendar_core.ports import (
    Accounts,
    Clock,
    Credentials,
    Happenings,
    MailedAnswers,
    Posts,
    Receipts,
    SignIns,
    TeamsInbox,
    TeamsPlaces,
)

RECEIPTS_LAST = timedelta(days=90)  # decision 9
HAPPENINGS_LAST = timedelta(days=90)  # after they were told
LETTERS_LAST = timedelta(days=90)  # which were read: none comes again after so long
HEARD_LASTS = timedelta(days=1)  # longer than Teams sends anything again
POSTS_LAST = timedelta(days=180)  # longer than anything is told again, or a session stands after it was told
PLACES_LAST = timedelta(days=180)  # of a chat, after whoever is nobody's was heard there last
CODES_LAST = timedelta(days=2)  # longer than the day over which they are counted
WITHDRAWALS_LAST = timedelta(days=2)  # longer than their vendor is asked
SIGN_INS_LAST = timedelta(days=1)  # after their time: so long a link that was used says so


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Removes what has outlasted its time."""

    receipts: Receipts
    happenings: Happenings
    sign_ins: SignIns
    credentials: Credentials
    accounts: Accounts
    mailed_answers: MailedAnswers
    posts: Posts
    heard: TeamsInbox
    places: TeamsPlaces
    clock: Clock

    async def forget(self, _job: Job) -> None:
        """Once a day is enough; twice is once."""
        now = self.clock.now()
        await self.receipts.forget(now.date() - RECEIPTS_LAST)
        await self.accounts.forget_codes(now - CODES_LAST)
        await self.happenings.forget(now - HAPPENINGS_LAST)
        await self.mailed_answers.forget(now - LETTERS_LAST)
        await self.posts.forget(now - POSTS_LAST)
        await self.heard.forget(now - HEARD_LASTS)
        await self.places.forget(now - PLACES_LAST)
        await self.sign_ins.forget(now - SIGN_INS_LAST)
        await self.credentials.forget(now - WITHDRAWALS_LAST)
