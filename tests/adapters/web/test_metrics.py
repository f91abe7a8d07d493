"""What a scraper reads."""

from __future__ import annotations

from collections import Counter

from adapters.web.metrics import Metrics


def test_calendars_that_do_not_answer_are_counted_by_vendor_and_reason() -> None:
    silences = Counter[tuple[str, str]]()
    metrics = Metrics(silences)
    silences["google-domain", "ProviderRejected"] += 2
    figures = metrics.written(0).decode()
    assert 'pairtime_calendar_silences_total{vendor="google-domain",why="ProviderRejected"} 2.0' in figures
