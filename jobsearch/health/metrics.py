"""Figures for Prometheus: requests as they come, and how the installation is when it is asked.

Several workers share one folder of counts, `PROMETHEUS_MULTIPROC_DIR`; without it a process counts
for itself. Labels are endpoints, methods, statuses and names of jobs: nothing of people.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy.pool import QueuePool

from jobsearch.core.db import db
from jobsearch.health.queries import Figures
from jobsearch.notices.delivery.rules import MessageState

_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if _FOLDER:
    Path(_FOLDER).mkdir(parents=True, exist_ok=True)  # the library writes there at once

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OWN = CollectorRegistry()
_REQUESTS = Counter(
    "jobsearch_requests",
    "Answers by endpoint, method and status.",
    ("endpoint", "method", "status"),
    registry=_OWN,
)
_SECONDS = Histogram(
    "jobsearch_request_seconds",
    "How long an answer took.",
    ("endpoint",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_OWN,
)
_CONNECTIONS = Gauge(
    "jobsearch_pool_connections",
    "Connections to the database that are in use, of all workers.",
    multiprocess_mode="livesum",
    registry=_OWN,
)


def init_metrics(app: Flask) -> None:
    """Count every request of this application, from its first to its last step."""
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.began = perf_counter()


def _count(response: Response) -> Response:
    endpoint, method = request.endpoint or "none", request.method
    # a word that a stranger makes up is no series of its own: they would never end
    method = method if method in _METHODS else "other"
    _answers(endpoint, method, response.status_code).inc()
    began = g.get("began")
    if began is not None:
        _times(endpoint).observe(perf_counter() - began)
    pool = db.engine.pool
    if isinstance(pool, QueuePool):
        _CONNECTIONS.set(pool.checkedout())
    return response


@cache
def _answers(endpoint: str, method: str, status: int) -> Counter:
    return _REQUESTS.labels(endpoint, method, str(status))


@cache
def _times(endpoint: str) -> Histogram:
    return _SECONDS.labels(endpoint)


def exposition(figures: Figures | None) -> bytes:
    """Everything in the text format of Prometheus; without figures the database does not answer."""
    shown = CollectorRegistry()
    shown.register(_Installation(figures))
    if not _FOLDER:
        return generate_latest(_OWN) + generate_latest(shown)
    _forget_ended_workers(Path(_FOLDER))
    MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
    return generate_latest(shown)


def _forget_ended_workers(folder: Path) -> None:
    """Take away what ended workers left of figures that only the living have."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        with suppress(PermissionError, ValueError):
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                mark_process_dead(int(pid))  # type: ignore[no-untyped-call]


class _Installation(Collector):
    """The figures of the database's side of things."""

    def __init__(self, figures: Figures | None) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Each figure with its labels."""
        yield _gauge("jobsearch_database_up", "Whether the database answers.", bool(self._figures))
        if self._figures is None:
            return
        yield _of_parts(self._figures)
        yield _time(
            "jobsearch_scheduler_seen", "Last sign of life.", self._figures.scheduler_seen_at
        )
        yield _time(
            "jobsearch_outbox_waiting_since", "Oldest message.", self._figures.waiting_since
        )
        yield _of_messages(self._figures)
        yield from _of_jobs(self._figures)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=float(value))


def _time(name: str, says: str, at: datetime | None) -> GaugeMetricFamily:
    text = f"{says} Seconds since 1970, 0 where there is none."
    return _gauge(f"{name}_timestamp_seconds", text, at.timestamp() if at else 0)


def _labelled(
    name: str, says: str, label: str, values: Iterable[tuple[str, float]]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values:
        family.add_metric([key], float(value))
    return family


def _of_parts(figures: Figures) -> GaugeMetricFamily:
    says = "Whether a part of the installation is well."
    parts = ((one.part.value, one.is_well) for one in figures.findings)
    return _labelled("jobsearch_part_well", says, "part", parts)


def _of_messages(figures: Figures) -> GaugeMetricFamily:
    says = "Messages in the outbox by state."
    states = ((state.value, figures.messages.get(state, 0)) for state in MessageState)
    return _labelled("jobsearch_outbox_messages", says, "state", states)


def _of_jobs(figures: Figures) -> Iterator[GaugeMetricFamily]:
    jobs = figures.jobs
    yield _labelled(
        "jobsearch_job_done_timestamp_seconds",
        "When a job ended well last. Seconds since 1970.",
        "job",
        ((one.job.name, one.done_at.timestamp()) for one in jobs if one.done_at),
    )
    yield _labelled(
        "jobsearch_job_seconds", "How long a job's last turn took.", "job", figures.seconds.items()
    )
    yield _labelled(
        "jobsearch_job_failing",
        "Whether a job failed and has not ended well since.",
        "job",
        ((one.job.name, one.is_failing) for one in jobs),
    )
    yield _labelled(
        "jobsearch_job_overdue",
        "Whether a job is clearly late.",
        "job",
        ((one.job.name, one.is_overdue) for one in jobs),
    )
