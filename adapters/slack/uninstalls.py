"""The app was removed somewhere, it is said: what is of no use any more goes, once Slack itself has confirmed that.

The news may be old, may mean a workspace or the organisation it belongs to, and may concern one of several tokens. So
each place that it names is asked for with its own token. And each day all of them are, for news that never came.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from calendar_core.errors import ProviderError, ProviderRejected, ProviderUnavailable, StoreUnavailable
from calendar_core.job import CHECK_INSTALLATION, Job
from calendar_core.ports import Jobs

from .installation import DEAD, Installations
from .web_api import TokenEnded
from .who import Calls

log = logging.getLogger(__name__)

REMOVED = DEAD | {"invalid_auth"}  # which alone can have other reasons


@dataclass(frozen=True, slots=True)
class Uninstalls:
    """What is not confirmed at once is looked at again by a job, also after this process has ended."""

    installations: Installations
    calls: Calls
    jobs: Jobs

    async def told(self, places: Iterable[str]) -> None:
        """Workspaces or organisations where something was removed."""
        for place in places:
            try:
                await self.jobs.defer(Job(CHECK_INSTALLATION, (place,)))
                await self._check(place)
            except StoreUnavailable:
                log.warning("slack: a removal was not kept; it is found when all are looked at")
            except ProviderUnavailable:
                log.info("slack: a removal is not confirmed yet")

    async def check(self, job: Job) -> None:
        """One place, or all of them. Raises ProviderUnavailable to be tried again, StoreUnavailable."""
        if job.subject:
            await self._check(job.subject[0])
            return
        try:
            places = await self.installations.places()
        except ProviderRejected as refused:
            log.warning("slack: the token in the settings is of no use", extra={"code": refused.code})
            return
        for place in places:
            try:
                installation = await self.installations.at(place)
                if installation is not None:
                    await self.calls.call(installation, "auth.test")
            except StoreUnavailable:
                raise
            except ProviderError as failed:  # a dead token is kept no longer by now
                log.info("slack: an installation does not answer", extra={"kind": type(failed).__name__})

    async def _check(self, place: str) -> None:
        """Removes the one whose token was refused: it may have been installed anew meanwhile."""
        try:
            installation = await self.installations.at(place)
        except ProviderRejected:  # of a token that was never any good nothing is kept
            return
        if installation is None:
            return
        try:
            await self.calls.call(installation, "auth.test")
        except TokenEnded:  # nor is there another
            await self.installations.removed(installation)
        except ProviderRejected as refused:
            if refused.code in REMOVED:
                await self.installations.removed(installation)
