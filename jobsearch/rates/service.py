"""Use cases of dated figures: take in those that ship, and keep an employer's own."""

from jobsearch.core.db import db
from jobsearch.rates.employer import EmployerSettings, check_settings
from jobsearch.rates.imports import shipped_rates
from jobsearch.rates.models import EmployerSetting, RateEntry
from jobsearch.rates.queries import find_employer_setting, load_rate_table
from jobsearch.rates.rules import check_no_overlap


def load_shipped_rates() -> int:
    """Add the shipped figures that are not there yet; says how many. Running it again adds none.

    A figure that begins on the same day stays as it is in the database: somebody corrected it.
    RuleBroken when a shipped figure overlaps one that was entered.
    """
    there = [row for row in load_rate_table().rows if not row.is_own]
    known = {(row.key, row.valid.first) for row in there}
    new = [row for row in shipped_rates().rows if (row.key, row.valid.first) not in known]
    check_no_overlap([*there, *new])
    db.session.add_all(
        RateEntry(
            key=row.key,
            unit=row.unit,
            value=row.value,
            valid_from=row.valid.first,
            valid_to=row.valid.last,
            source=row.source,
            confidence=row.confidence,
        )
        for row in new
    )
    db.session.flush()
    return len(new)


def save_employer_settings(organisation_id: str, settings: EmployerSettings) -> EmployerSetting:
    """Keep an employer's figures of a year, new or changed. RuleBroken as `check_settings` says."""
    check_settings(settings)
    row = find_employer_setting(organisation_id, settings.year)
    if row is None:
        row = EmployerSetting(organisation_id=organisation_id, year=settings.year)
        db.session.add(row)
    row.tyel_form = settings.tyel_form
    row.tyel_total_bp = settings.tyel_total.basis_points
    row.accident_bp = settings.accident.basis_points
    row.group_life_bp = settings.group_life.basis_points
    row.ui_band = settings.ui_band
    row.allowance_treatment = settings.allowance_treatment
    row.allowance_basis = settings.allowance_basis
    row.bonus_in_holiday_base = settings.bonus_in_holiday_base
    db.session.flush()
    return row
