"""What is asked of an employer's settings of contracts."""

from datetime import date

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.payroll.contracts.settings.models import ContractSetting
from jobsearch.payroll.contracts.settings.rules import ContractSettings


def find_settings(day: date) -> ContractSettings | None:
    """The employer's settings in force on the day, or None."""
    statement = (
        select(ContractSetting)
        .where(ContractSetting.valid_from <= day)
        .order_by(ContractSetting.valid_from.desc())
        .limit(1)
    )
    found = db.session.scalar(statement)
    return None if found is None else found.as_settings()


def list_settings() -> list[ContractSetting]:
    """Every settings row of the employer, the newest first."""
    statement = select(ContractSetting).order_by(ContractSetting.valid_from.desc()).limit(50)
    return list(db.session.scalars(statement))
