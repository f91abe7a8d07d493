"""What is counted, for Prometheus: requests by route and status, how long they took, calendars that did not answer, and
jobs that were given up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType

SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, float("inf"))


@dataclass(slots=True)
class _Route:
    """One route's answers."""

    seconds: float = 0.0
    within: list[int] = field(default_factory=lambda: [0] * len(SECONDS))
    statuses: Counter[int] = field(default_factory=Counter)


class Metrics:
    """This process's own figures; a scraper adds up those of several."""

    def __init__(self, silences: Mapping[tuple[str, str], int] = MappingProxyType({})) -> None:
        """`silences`: calendars that did not answer, by kind of integration and of error; it may grow."""
        self._silences = silences
        self._routes: dict[str, _Route] = {}

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request was answered. `route` is the pattern, never the values in it."""
        told = self._routes.setdefault(route, _Route())
        told.seconds += seconds
        told.within[bisect_left(SECONDS, seconds)] += 1
        told.statuses[status] += 1

    def written(self, dead_jobs: int, lines: Mapping[str, int] = MappingProxyType({})) -> bytes:
        """In Prometheus' text format; `lines`: connections open, by chat. Its library is loaded by the first who asks:
        it would slow every start."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        answers = CounterMetricFamily("pairtime_requests", "Requests answered.", labels=("route", "status"))
        times = HistogramMetricFamily("pairtime_request_seconds", "Time to the answer.", labels=("route",))
        for name, route in self._routes.items():
            for status, number in route.statuses.items():
                answers.add_metric((name, str(status)), number)
            bounds = [*(str(each) for each in SECONDS[:-1]), "+Inf"]
            times.add_metric((name,), list(zip(bounds, accumulate(route.within), strict=True)), route.seconds)
        silent = CounterMetricFamily("pairtime_calendar_silences", "Calendars not answering.", labels=("vendor", "why"))
        for (vendor, why), number in self._silences.items():
            silent.add_metric((vendor, why), number)
        dead = GaugeMetricFamily("pairtime_jobs_dead", "Jobs whose last attempt failed.", dead_jobs)
        lines_open = GaugeMetricFamily("pairtime_chat_connections", "Connections to a chat.", labels=("chat",))
        for chat, number in lines.items():
            lines_open.add_metric((chat,), number)

        class Now:
            """What a registry collects from."""

            def collect(self) -> list[CounterMetricFamily | HistogramMetricFamily | GaugeMetricFamily]:
                """Once."""
                return [answers, times, silent, dead, lines_open]

        registry = CollectorRegistry()
        registry.register(Now())
        return generate_latest(registry)
