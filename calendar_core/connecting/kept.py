"""What a sign-in keeps, sealed, for its next step: texts that only this module writes and reads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from calendar_core.integration import IntegrationKind
from calendar_core.ports import Granted


@dataclass(frozen=True, slots=True)
class Answered:
    """For the browser that signed in, and for no other: by which account, and what was not ticked there."""

    account: str | None = None
    missing: tuple[str, ...] = ()


def granted_text(granted: Granted, code: str = "") -> str:
    """What was granted, but for an access token that will be over by then; and the code that is being waited for."""
    return json.dumps({"code": code, **asdict(replace(granted, access=None))})


def granted_in(text: str) -> tuple[Granted, str]:
    """The same, read back."""
    fields: dict[str, Any] = json.loads(text)
    code = str(fields.pop("code"))
    kind, scopes = IntegrationKind(fields.pop("kind")), tuple(fields.pop("scopes"))
    return Granted(kind=kind, scopes=scopes, **fields), code


def answered_text(answered: Answered) -> str:
    """Why nothing was granted, as far as the person is shown it."""
    return json.dumps(asdict(answered))


def answered_in(text: str) -> Answered:
    """The same, read back; of a sign-in that never came so far there is nothing."""
    fields: dict[str, Any] = json.loads(text or "{}")
    return Answered(fields.get("account"), tuple(fields.get("missing", ())))
