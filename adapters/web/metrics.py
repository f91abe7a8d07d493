"""What is counted, for Prometheus: requests by route and status, how long they took, and jobs that were given up."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """This process's own figures; a scraper adds up those of several."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pairtime_requests", "Requests answered.", ("route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "pairtime_request_seconds", "Time to the answer.", ("route",), buckets=SECONDS, registry=self._registry
        )
        self._dead = Gauge("pairtime_jobs_dead", "Jobs whose last attempt failed.", registry=self._registry)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request was answered. `route` is the pattern, never the values in it."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def written(self, dead_jobs: int) -> bytes:
        """In Prometheus' text format."""
        self._dead.set(dead_jobs)
        return generate_latest(self._registry)
