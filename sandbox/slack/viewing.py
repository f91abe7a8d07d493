"""views.*: modals against a trigger, and App Homes."""

from __future__ import annotations

import json

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_views import BYTES_AT_MOST, check_view
from sandbox.slack.asked import Asked
from sandbox.slack.installed import Installed
from sandbox.slack.refusals import Refused, badly_shaped, sentence
from sandbox.slack.state import State
from sandbox.slack.triggers import Trigger
from sandbox.slack.views import View
from sandbox.world import Json


class Viewing:
    def __init__(self, state: State) -> None:
        self._state = state

    def open(self, asked: Asked) -> dict[str, Json]:
        """views.open."""
        view = checked_view(asked.given("view"))
        trigger = self._trigger(asked)
        return self._answer(self._state.views.open(trigger.user, trigger.team, asked.token.bot, view))

    def push(self, asked: Asked) -> dict[str, Json]:
        """views.push."""
        view = checked_view(asked.given("view"))
        trigger = self._trigger(asked)
        if not trigger.in_view:
            raise Refused("invalid_trigger_id")
        return self._answer(self._state.views.push(trigger.user, trigger.team, asked.token.bot, view))

    def update(self, asked: Asked) -> dict[str, Json]:
        """views.update."""
        old = self._old(asked)
        hash = asked.text("hash")
        if hash and hash != old.hash:
            raise Refused("hash_conflict")
        view = checked_view(asked.given("view"), home=old.is_home)
        return self._answer(self._state.views.update(old, view))

    def publish(self, asked: Asked) -> dict[str, Json]:
        """views.publish."""
        member = self._state.member(asked.token, asked.text("user_id"))
        if member.deleted:
            raise Refused("user_not_found")
        known, hash = self._state.views.home(member.id, asked.token.bot), asked.text("hash")
        if hash and (known is None or hash != known.hash):
            raise Refused("hash_conflict")
        view = checked_view(asked.given("view"), home=True)
        return self._answer(self._state.views.publish(member.id, member.team.id, asked.token.bot, view))

    def _trigger(self, asked: Asked) -> Trigger:
        pointer = asked.text("trigger_id") or asked.text("interactivity_pointer")
        if not pointer:
            raise badly_shaped("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
        trigger = self._state.triggers.take(pointer)
        team = self._state.people.team(trigger.team)
        if team is None or not asked.token.reaches(team):
            raise Refused("invalid_trigger_id")
        return trigger

    def _old(self, asked: Asked) -> View:
        id, external = asked.text("view_id"), asked.text("external_id")
        if bool(id) == bool(external):
            raise badly_shaped("invalid_arguments", ["[ERROR] must provide either view_id or external_id"])
        team = asked.token.team
        old = self._state.views.of(id) if id else self._state.views.by_external(external, team.id if team else "")
        if old is None or old.bot != asked.token.bot:
            raise Refused("not_found")
        return old

    def _answer(self, view: View) -> dict[str, Json]:
        self._state.changes.tell()
        return {"ok": True, "view": view_json(self._state.installed, view)}


def checked_view(view: Json, *, home: bool = False) -> dict[str, Json]:
    """Raises Refused: view_too_large, invalid_arguments."""
    if len(json.dumps(view)) > BYTES_AT_MOST:
        raise Refused("view_too_large")
    try:
        check_view(view, home)
    except Misshapen as wrong:
        raise badly_shaped("invalid_arguments", [sentence(wrong)]) from wrong
    if not isinstance(view, dict):
        raise Refused("invalid_arguments")
    return view


def view_json(installed: Installed, view: View) -> dict[str, Json]:
    return view.json(installed.app.id)
