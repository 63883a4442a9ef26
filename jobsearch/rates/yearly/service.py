"""Use cases of an employer's years: keep the figures of one, close it, refuse a closed one."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.models import EmployerSetting
from jobsearch.rates.queries import find_employer_setting
from jobsearch.rates.service import save_employer_settings
from jobsearch.rates.yearly.rules import check_open, check_over


def keep_year(actor: Actor, settings: EmployerSettings, version: int) -> EmployerSetting:
    """Keep what the employer has agreed or chosen for a year; `version` as it was seen, 0 for none.

    RuleBroken as `rates.employer.check_settings`; Conflict when somebody else changed it first.
    """
    there = find_employer_setting(actor.organisation_id, settings.year)
    if (there.version if there else 0) != version:
        raise Conflict
    check_open(settings.year, there.closed_at if there else None)
    return save_employer_settings(actor.organisation_id, settings)


def check_year_open(organisation_id: str, day: date, field: str = "pays_on") -> None:
    """Refuse a day in a year that the employer has closed. Raises RuleBroken on the field."""
    there = find_employer_setting(organisation_id, day.year)
    check_open(day.year, there.closed_at if there else None, field)


def close_year(actor: Actor, year: int, version: int) -> EmployerSetting:
    """Close a year that is over: nothing is paid or changed in it any more.

    Whoever calls has seen that every payment of the year is told of. Raises NotVisible, RuleBroken,
    Conflict.
    """
    there = find_employer_setting(actor.organisation_id, year)
    if there is None:
        raise NotVisible
    if there.version != version:
        raise Conflict
    check_open(year, there.closed_at)
    check_over(year, today())
    there.closed_at, there.closed_by_id = now(), actor.account_id
    db.session.flush()
    return there
