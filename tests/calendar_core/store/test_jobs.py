"""How patient a runner is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calendar_core.job import Job
from calendar_core.store.jobs import USUAL_PACE, Deferral
from tests.contracts.store.cast import NOW


def test_pauses_grow_to_five_minutes_and_no_further() -> None:
    pauses = [USUAL_PACE.pause_after(failures) for failures in range(1, USUAL_PACE.attempts)]
    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(minutes=5)
    assert timedelta(hours=1) < sum(pauses, timedelta()) < timedelta(hours=2)


def test_a_worker_that_stops_is_done_before_it_is_taken_for_dead() -> None:
    assert USUAL_PACE.grace + USUAL_PACE.renewal < USUAL_PACE.lease


def test_a_deferral_has_a_time_or_a_lock() -> None:
    with pytest.raises(ValueError, match="no lock"):
        Deferral(Job("both"), NOW, "lock")
