"""Use case of an employer's settings of contracts: keep them from a day on."""

from sqlalchemy import select

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.payroll.contracts.settings.models import ContractSetting
from jobsearch.payroll.contracts.settings.rules import ContractSettings, check_settings


def save_settings(actor: Actor, settings: ContractSettings) -> ContractSetting:
    """Keep settings from their day on; a second time on the same day corrects them.

    Contracts that are issued already keep what they say. Raises RuleBroken.
    """
    check_settings(settings)
    statement = select(ContractSetting).where(ContractSetting.valid_from == settings.valid_from)
    row = db.session.scalar(statement)
    if row is None:
        row = ContractSetting(organisation_id=actor.organisation_id, valid_from=settings.valid_from)
        db.session.add(row)
    row.address = settings.address.strip()
    row.pension_insurer = settings.pension_insurer.strip()
    row.accident_insurer = settings.accident_insurer.strip()
    row.accident_policy = settings.accident_policy.strip()
    row.pay_days = settings.pay_days
    row.trial_days = settings.trial_days
    row.tasks = settings.tasks.strip()
    row.training = settings.training.strip()
    db.session.flush()
    return row
