"""Whether people can connect calendars of their own: the installation shows a vendor its client, with a code that
nobody ever got. Refused for the code, the client is known; nothing comes of it either way."""

from __future__ import annotations

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.integration import Suite
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Consent, NotGranted, Ungranted
from calendar_core.sign_in import new_secret

from .finding import Finding, left_out, ok, problem

WHAT = "people can sign in: the client is accepted"
NEVER_GIVEN = "a-code-that-was-never-given"
SOMEBODY = User(UserId(0), OrganisationId(0), "somebody@example.com", "", "UTC")
SILENT = "The vendor did not answer: try again, and look at its status page and at this machine's network."
GOOGLE = (
    "Google does not accept it: look at PAIRTIME_GOOGLE_CLIENT_ID and PAIRTIME_GOOGLE_CLIENT_SECRET, and whether the "
    "client still exists."
)
MICROSOFT = (
    "Microsoft does not let people sign in by this application, so nobody connects a calendar of their own. For that "
    "it has to serve any directory (Supported account types), and its secret or certificate has to be accepted."
)


async def own_consent(consent: Consent, redirect: str) -> Finding:
    """Google's client has no other purpose; Microsoft's application is also the domain's, perhaps for that alone."""
    area, state = consent.kind.value, new_secret()
    google = consent.kind.suite is Suite.GOOGLE
    refused = problem(area, WHAT, GOOGLE) if google else left_out(area, WHAT, MICROSOFT)
    try:
        begun = await consent.begin(SOMEBODY, state=state, redirect=redirect)
        came = await consent.finish(begun.flow, {"state": state, "code": NEVER_GIVEN})
    except ProviderUnavailable:
        return left_out(area, WHAT, SILENT)
    except ProviderRejected:
        return refused
    return ok(area, WHAT) if isinstance(came, NotGranted) and came.why is Ungranted.STALE else refused
