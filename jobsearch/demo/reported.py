"""The demo's reports: one frozen before every cost was booked, one after it, and an open page."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.programmes.models import Programme
from jobsearch.reports.frozen.making import freeze_funder_report
from jobsearch.reports.public.making import open_results

_PUBLISHED_ON = date(2022, 1, 10)


def freeze_for_funder(manager: Actor, programme: Programme) -> None:
    """Freeze what is known of the pilot now, as of the day of its publication."""
    freeze_funder_report(manager, programme, _PUBLISHED_ON, "fi")


def open_to_everybody(manager: Actor, programme: Programme) -> None:
    """Let everybody read what came of the pilot."""
    open_results(manager, programme, today(programme.zone), version=0)
