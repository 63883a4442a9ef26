"""Use case: keep an employer's figures of one year."""

from jobsearch.core.access import Actor
from jobsearch.core.errors import Conflict
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.models import EmployerSetting
from jobsearch.rates.queries import find_employer_setting
from jobsearch.rates.service import save_employer_settings


def keep_year(actor: Actor, settings: EmployerSettings, version: int) -> EmployerSetting:
    """Keep what the employer has agreed or chosen for a year; `version` as it was seen, 0 for none.

    RuleBroken as `rates.employer.check_settings`; Conflict when somebody else changed it first.
    """
    there = find_employer_setting(actor.organisation_id, settings.year)
    if (there.version if there else 0) != version:
        raise Conflict
    return save_employer_settings(actor.organisation_id, settings)
