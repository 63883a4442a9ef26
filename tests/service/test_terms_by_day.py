"""What is counted from a day in the row itself stays on its last day and goes on the next."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.models import Account
from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.accounts.throttle.models import KnownDevice
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.feedback.models import Survey, SurveyBox
from jobsearch.payroll.pay.models import PayRun
from jobsearch.privacy.retention.days import BY_DAY
from jobsearch.recruitment.referrals.models import Referrer
from tests.furnished import furnish
from tests.world import NOW, World

pytestmark = pytest.mark.usefixtures("context")
ENDED = NOW + timedelta(days=100)
_YEAR = timedelta(days=366)
_SECOND = timedelta(seconds=1)


def _done(kind: str, at: datetime) -> int:
    with unit_of_work(whole_installation("test")):
        return BY_DAY[kind](at)


def _device(world: World) -> None:
    db.session.add(KnownDevice(account_id=world.stig.account_id, digest="d" * 64, seen_at=ENDED))


def _invitation(world: World) -> None:
    db.session.execute(sa.update(Invitation).values(expires_at=ENDED))


def _factor(world: World) -> None:
    db.session.execute(sa.update(Passkey).values(ended_at=ENDED))


def _account(world: World) -> None:
    db.session.get_one(Account, world.petra.account_id).closed_at = ENDED


def _referrer(world: World) -> None:
    db.session.execute(sa.update(Referrer).values(closed_at=ENDED))


@pytest.mark.parametrize(
    ("kind", "plant", "length"),
    [
        ("devices", _device, _YEAR),
        ("invitations", _invitation, 2 * _YEAR),
        ("factors", _factor, 2 * _YEAR),
        ("accounts", _account, 2 * _YEAR),
        ("referrers", _referrer, _YEAR),
    ],
)
def test_what_ended_goes_after_its_years_and_not_a_moment_before(
    world, kind: str, plant: Callable[[World], None], length: timedelta
) -> None:
    furnish(world)
    with unit_of_work(whole_installation("test")):
        plant(world)
    assert _done(kind, ENDED + length) == 0
    assert _done(kind, ENDED + length + _SECOND) >= 1
    assert _done(kind, ENDED + length + _SECOND) == 0


def test_free_words_of_a_survey_go_two_years_after_it_closed(world) -> None:
    furnish(world)
    with unit_of_work(whole_installation("test")):
        db.session.execute(sa.update(Survey).values(closed_on=date(2026, 12, 4)))
        db.session.execute(sa.update(SurveyBox).values(words="Kiitos!"))
    assert _done("surveys", datetime(2028, 12, 4, 12, tzinfo=UTC)) == 0
    assert _done("surveys", datetime(2028, 12, 5, 12, tzinfo=UTC)) >= 1
    with unit_of_work(whole_installation("test"), read_only=True):
        assert set(db.session.scalars(sa.select(SurveyBox.words))) == {None}


def test_files_of_payments_go_ten_years_after_the_year_of_the_pay(world) -> None:
    furnish(world)
    with unit_of_work(whole_installation("test")):
        db.session.execute(sa.update(PayRun).values(pays_on=date(2026, 12, 4)))
    assert _done("payment_files", datetime(2036, 12, 31, 12, tzinfo=UTC)) == 0
    assert _done("payment_files", datetime(2037, 1, 1, 12, tzinfo=UTC)) >= 1
