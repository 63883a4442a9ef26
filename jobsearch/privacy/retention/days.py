"""Terms that are counted from a day in the row itself, for the whole installation."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, or_, select, update

from jobsearch.accounts.factors.models import Authenticator, RecoveryCode
from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.models import Account
from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.accounts.throttle.models import KnownDevice
from jobsearch.audit.service import note_erased
from jobsearch.core.db import db
from jobsearch.core.periods import add_months
from jobsearch.feedback.models import Survey, SurveyBox
from jobsearch.payroll.exports.bank.models import BankFile
from jobsearch.payroll.exports.others.models import HandedFile
from jobsearch.payroll.exports.register.models import RegisterDelivery
from jobsearch.payroll.pay.models import PayRun
from jobsearch.privacy.copies.models import DataCopy
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.retention.accounts import blank_account
from jobsearch.privacy.retention.rules import YEARS, Stage
from jobsearch.privacy.retention.service import forget_files
from jobsearch.privacy.retention.stages import GONE
from jobsearch.recruitment.forgetting.queries import named_elsewhere
from jobsearch.recruitment.referrals.models import Referrer
from jobsearch.web.once import Submission

_AT_ONCE = 200
_YEAR = timedelta(days=366)
_ANSWERED_FORMS = timedelta(days=2)
_SURVEY_MONTHS = 24


def _submissions(at: datetime) -> int:
    return _delete(Submission, Submission.answered_at < at - _ANSWERED_FORMS)


def _devices(at: datetime) -> int:
    return _delete(KnownDevice, KnownDevice.seen_at < at - _YEAR)


def _invitations(at: datetime) -> int:
    before = at - 2 * _YEAR
    over = or_(Invitation.settled_at < before, Invitation.expires_at < before)
    return _delete(Invitation, over)


def _factors(at: datetime) -> int:
    before = at - 2 * _YEAR
    return sum(
        (
            _delete(Authenticator, Authenticator.ended_at < before),
            _delete(Passkey, Passkey.ended_at < before),
            _delete(RecoveryCode, RecoveryCode.spent_at < before),
        )
    )


def _accounts(at: datetime) -> int:
    due = select(Account.id).where(Account.closed_at < at - 2 * _YEAR, Account.name != GONE)
    keys = list(db.session.scalars(due.order_by(Account.closed_at, Account.id).limit(_AT_ONCE)))
    for key in keys:
        blank_account(key, at)
    note_erased("account", keys, subjects=keys)
    return len(keys)


def _referrers(at: datetime) -> int:
    due = (Referrer.closed_at < at - _YEAR, Referrer.name != GONE)
    values = {"name": GONE, "email": Referrer.id, "municipality": ""}
    return _changed(update(Referrer).where(*due).values(**values))


def _surveys(at: datetime) -> int:
    before: date = add_months(at.date(), -_SURVEY_MONTHS)
    closed = select(Survey.id).where(Survey.closed_on < before)
    due = (SurveyBox.words.is_not(None), SurveyBox.survey_id.in_(closed))
    return _changed(update(SurveyBox).where(*due).values(words=None))


def _payment_files(at: datetime) -> int:
    """Files of payments and reports, which name everybody of a pay run: with the ledger."""
    over = select(PayRun.id).where(PayRun.pays_on < date(at.year - YEARS[Stage.PAPERS], 1, 1))
    count = 0
    for model in (BankFile, HandedFile, RegisterDelivery):
        due = select(model.id, model.file_id).where(model.pay_run_id.in_(over))
        rows = db.session.execute(due.order_by(model.id).limit(_AT_ONCE)).all()
        kept = named_elsewhere(model, [row.id for row in rows])
        going = [row for row in rows if row.id not in kept]
        count += _delete(model, model.id.in_([row.id for row in going]))
        forget_files(sorted({row.file_id for row in going}))
    return count


def _records(at: datetime) -> int:
    """That somebody asked something of her data, and that a copy was made."""
    before = at - 3 * _YEAR
    copies = _delete(DataCopy, DataCopy.made_at < before)
    over = or_(DataRequest.answered_at < before, DataRequest.taken_back_at < before)
    is_proof = exists().where(DataCopy.request_id == DataRequest.id)
    return copies + _delete(DataRequest, over & ~is_proof)


def _delete(model: type[Any], which: Any) -> int:
    return _changed(delete(model).where(which))


def _changed(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


BY_DAY: dict[str, Callable[[datetime], int]] = {
    "submissions": _submissions,
    "devices": _devices,
    "invitations": _invitations,
    "factors": _factors,
    "accounts": _accounts,
    "referrers": _referrers,
    "surveys": _surveys,
    "payment_files": _payment_files,
    "records": _records,
}
"""What each kind does at an instant; it returns how many rows, and nothing the second time."""
