"""The machine of a connection's health: from any state, by any order of refusals and answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.health import (
    DomainHealth,
    Repairer,
    domain_of,
    next_reminder,
    refused,
    repairer,
    warning_due,
    worked,
)
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.people import OrganisationId, UserId

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HEARD = st.lists(st.one_of(st.none(), st.sampled_from(Trouble)), max_size=12)


@given(kind=st.sampled_from(IntegrationKind), heard=HEARD)
def test_the_last_thing_heard_decides_and_since_is_when_that_began(
    kind: IntegrationKind, heard: list[Trouble | None]
) -> None:
    state = Integration(UserId(1), kind, Health.OK, "ana@example.com", since=NOW)
    began, before = NOW, state
    for hour, trouble in enumerate(heard, start=1):
        at = NOW + timedelta(hours=hour)
        state = worked(state, at) if trouble is None else refused(state, trouble, at)
        if (state.health, state.trouble) != (before.health, before.trouble):
            began = at
        before = state
        assert state.usable == (trouble is None)
        assert state.trouble is trouble
        assert (state.health is Health.REVOKED) == (trouble is Trouble.ACCESS_WITHDRAWN)
        assert (state.kind, state.since, state.checked_at) == (kind, began, at)


def test_where_nothing_was_ever_connected_an_answer_changes_nothing() -> None:
    nobody = Integration(UserId(1), None, Health.BROKEN, "", Trouble.OPTED_OUT)
    assert worked(nobody, NOW) == nobody


def test_whatever_expires_still_works() -> None:
    expiring = Integration(UserId(1), IntegrationKind.GOOGLE_INDIVIDUAL, Health.EXPIRING, "ana@example.com")
    assert expiring.usable
    assert worked(expiring, NOW).health is Health.EXPIRING


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("kind", [None, *IntegrationKind])
def test_every_trouble_is_somebody_s_to_repair(kind: IntegrationKind | None, trouble: Trouble) -> None:
    whose = repairer(kind, trouble)
    assert (whose in (Repairer.IT, Repairer.OPERATOR)) >= trouble.repaired_by_it
    if whose is Repairer.PERSON:
        assert not trouble.repaired_by_it


def test_withdrawn_access_is_the_person_s_to_repair_only_if_they_gave_it() -> None:
    assert repairer(IntegrationKind.GOOGLE_INDIVIDUAL, Trouble.ACCESS_WITHDRAWN) is Repairer.PERSON
    assert repairer(IntegrationKind.GOOGLE_DOMAIN, Trouble.ACCESS_WITHDRAWN) is Repairer.IT


def test_reminders_are_spaced_and_end() -> None:
    days = [next_reminder(NOW, told) for told in range(6)]
    assert days == [None, NOW + timedelta(days=3), NOW + timedelta(days=7), NOW + timedelta(days=14), None, None]


@given(days=st.lists(st.integers(0, 400), min_size=1))
def test_a_warning_comes_once_for_each_mark_however_the_days_go_by(days: list[int]) -> None:
    warned: int | None = None
    told: list[int] = []
    for left in sorted(days, reverse=True):
        due = warning_due(left, warned)
        if due is not None:
            told.append(due)
            warned = due
    assert told == sorted(set(told), reverse=True)
    assert bool(told) == (min(days) <= 30)


def test_a_domain_that_is_refused_is_broken_whatever_its_secret_does() -> None:
    soon = NOW + timedelta(days=12)
    health = DomainHealth(OrganisationId(1), IntegrationKind.OUTLOOK_DOMAIN, ends_at=soon)
    assert (health.health(NOW), health.days_left(NOW)) == (Health.EXPIRING, 12)
    broken = DomainHealth(OrganisationId(1), IntegrationKind.OUTLOOK_DOMAIN, "", Trouble.KEY_REFUSED, ends_at=soon)
    assert broken.health(NOW) is Health.BROKEN


def test_only_a_workspace_is_known_by_its_domain() -> None:
    assert domain_of(IntegrationKind.GOOGLE_DOMAIN, "Ana@Example.com") == "example.com"
    assert domain_of(IntegrationKind.OUTLOOK_DOMAIN, "sam@example.com") == ""
