"""Figures of the service in Prometheus's form, of all workers together.

Workers add up their requests in files (prometheus_client's multiprocess mode, in PROMETHEUS_MULTIPROC_DIR, which
gunicorn.conf.py sets); what is known to the database is asked of it when somebody looks.

Under a seal nobody but the office and a team is to know that a packet was opened, a unit released, notified or visited
(docs/sealed.md), and a count that rises tells it. So requests about single units and packets are counted without their
rule, among those to no address of ours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from audit_service.use_cases.readiness import Figures

REQUESTS: Final = Counter("audit_requests", "Requests by method, rule and status.", ("method", "rule", "status"))
SECONDS: Final = Histogram(
    "audit_request_seconds",
    "How long requests took, by rule.",
    ("rule",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)


NO_RULE: Final = "-"
QUIET: Final = re.compile(
    r"/api/v1/(?:draws/<string:draw>/)?(?:assignments|releases|notices|outcomes|evidence|checks)\b.*"
)
"""Rules of what a seal hides when it happens to one unit or team; a check beside the sample announces itself to nobody
either."""
FAILED: Final = 500


def count(method: str, rule: str, status: int, seconds: float) -> None:
    """Add up a request that was answered; of what is not to be told apart only whether the service failed."""
    if rule == NO_RULE or QUIET.fullmatch(rule):
        REQUESTS.labels(NO_RULE, NO_RULE, str(status) if status >= FAILED else NO_RULE).inc()
        return
    REQUESTS.labels(method, rule, str(status)).inc()
    SECONDS.labels(rule).observe(seconds)


def text(figures: Figures | None, now: datetime) -> bytes:
    """All figures; those of the database only where it could be asked."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry = REGISTRY
    asked = CollectorRegistry()
    asked.register(_Asked(figures, now))
    return generate_latest(registry) + generate_latest(asked)


class _Asked(Collector):
    def __init__(self, figures: Figures | None, now: datetime) -> None:
        self._figures, self._now = figures, now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = self._figures
        yield GaugeMetricFamily("audit_database_up", "Whether the database answers.", value=float(found is not None))
        if found is None:
            return
        yield GaugeMetricFamily("audit_log_entries", "How many entries the log has.", value=found.entries)
        yield GaugeMetricFamily("audit_log_unsigned", "How many of them no checkpoint holds yet.", value=found.unsigned)
        yield GaugeMetricFamily("audit_draws_overdue", "Results and reveals that are due.", value=found.overdue)
        if found.signed_at:
            since = (self._now - found.signed_at).total_seconds()
            yield GaugeMetricFamily("audit_log_checkpoint_age_seconds", "Since the newest checkpoint.", value=since)
