"""What is asked of an employer's yearly figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Rate
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.models import EmployerSetting
from jobsearch.rates.queries import find_employer_setting, load_rate_table
from jobsearch.rates.rules import FIRST_DAY, RateKey, RateRow

_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Years:
    """The years that an employer has figures of, newest first, and the next one without."""

    kept: Sequence[EmployerSettings]
    missing: Sequence[int]


def list_years() -> Years:
    """The employer's years, and which of this year and the next one have no figures yet."""
    this_year = today().year
    statement = select(EmployerSetting).order_by(EmployerSetting.year.desc())
    kept = [row.as_settings() for row in db.session.scalars(statement)]
    known = {settings.year for settings in kept}
    return Years(kept, [year for year in (this_year, this_year + 1) if year not in known])


@dataclass(frozen=True, slots=True)
class Year:
    """One year's figures as they are kept, with what tables suggest beside them.

    `version` is 0 while nothing is kept; `proposed` is then last year's, or nothing.
    """

    year: int
    version: int
    settings: EmployerSettings | None
    contract_total: RateRow | None
    temporary_total: RateRow | None


def show_year(organisation_id: str, year: int) -> Year:
    """A year's figures; where there are none, those of the year before to begin with.

    Raises NotVisible for a year before the first one kept or too far ahead.
    """
    if not FIRST_DAY.year <= year <= today().year + _YEARS_AHEAD:
        raise NotVisible
    row = find_employer_setting(organisation_id, year)
    earlier = None if row else find_employer_setting(organisation_id, year - 1)
    shown = row or earlier
    table, day = load_rate_table(), date(year, 7, 1)
    return Year(
        year=year,
        version=row.version if row else 0,
        settings=shown.as_settings() if shown else None,
        contract_total=table.find(RateKey.TYEL_CONTRACT_TOTAL, day),
        temporary_total=table.find(RateKey.TYEL_TEMPORARY_TOTAL, day),
    )


def suggested(year: Year) -> Rate | None:
    """The whole pension percentage that a contract employer usually has that year."""
    return Rate(year.contract_total.value) if year.contract_total else None
