"""Erasing a person ends what leads to her, and its receipt says what was done."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.rules import SIGN_IN, Address
from jobsearch.accounts.codes.service import issue
from jobsearch.accounts.factors.models import Authenticator, RecoveryCode
from jobsearch.accounts.factors.service import make_recovery_codes
from jobsearch.accounts.models import Account, AccountLink
from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.accounts.service import new_link
from jobsearch.accounts.throttle.models import KnownDevice
from jobsearch.analyses.models import Analysis
from jobsearch.coaching.documents.models import DocumentVersion
from jobsearch.consents.models import CoachLink
from jobsearch.core.clock import now, today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.files import StoredFile
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.tokens import digest
from jobsearch.links.models import PersonalLink
from jobsearch.links.service import issue_link
from jobsearch.notices.models import Message
from jobsearch.notices.service import send
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.people.models import Person
from jobsearch.privacy.erasure.models import Erasure
from jobsearch.privacy.erasure.service import erase, erase_again
from jobsearch.privacy.queries import is_hers, model_of
from tests.factors import give_app
from tests.furnished import furnish
from tests.outbox import LINK, NEWS, pia
from tests.service.test_bytes_of_the_erased import _journal  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("context", "_journal")


@pytest.fixture
def over(world, clock) -> None:
    """All of Pia's has ended and is paid; a message and a link of hers are on their way."""
    furnish(world)
    own = world.a.organisation_id
    with unit_of_work(whole_installation("test")):
        paid = {"state": "paid", "approved_at": datetime(2026, 12, 1, tzinfo=UTC)}
        who = {"approved_by_id": world.aino.account_id, "made_by_id": world.paula.account_id}
        db.session.execute(sa.update(PayRun).values(**paid, **who))
        send(NEWS, pia(world), LINK, organisation_id=own)
        for subject in (world.pia.person_id, world.pia.actor.membership_id):
            until = now() + timedelta(days=400)
            issue_link("test", subject, expires_at=until, organisation_id=own)
    clock.shift(timedelta(days=40))


def _erase(world) -> Erasure:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope, world.aino.actor):
        return erase(world.aino.actor, world.pia.person_id)


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    with unit_of_work(whole_installation("test"), read_only=True):
        return len(db.session.execute(sa.select(sa.literal(1)).where(*conditions)).all())


def test_nobody_follows_her_nothing_waits_for_her_and_no_link_of_hers_opens(world, over) -> None:
    hers = (world.pia.person_id, world.pia.actor.membership_id)
    waiting = Message.subject_id == world.pia.person_id
    opening = PersonalLink.subject_id.in_(hers)
    written = Analysis.person_id == world.pia.person_id
    followed = (CoachLink.person_id == world.pia.person_id, CoachLink.valid_to.is_(None))
    assert _count(waiting) and _count(opening) >= 2 and _count(written) and _count(*followed)
    _erase(world)
    assert not _count(waiting) and not _count(opening) and not _count(*followed)
    with unit_of_work(whole_installation("test"), read_only=True):
        links = sa.select(CoachLink.valid_to).where(CoachLink.person_id == world.pia.person_id)
        assert set(db.session.scalars(links)) == {today()}


def test_no_link_to_anything_that_is_hers_opens(world, over) -> None:
    """To her seat, her releases, what she is asked after: whatever a link may be about."""
    own, until = world.a.organisation_id, now() + timedelta(days=400)
    subjects: set[str] = set()
    with unit_of_work(whole_installation("test")):
        for name in ("candidate", "referral", "seat_offer", "follow_up", "enrolment", "release"):
            model = model_of(name)
            hers = sa.select(model.id).where(is_hers(model, world.pia.person_id))
            subjects |= set(db.session.scalars(hers))
        for subject in subjects:
            issue_link("test", subject, expires_at=until, organisation_id=own)
        issue_link("test", world.a.enrolment_ids["otto"], expires_at=until, organisation_id=own)
    assert len(subjects) >= 3
    _erase(world)
    assert not _count(PersonalLink.subject_id.in_(subjects))
    assert _count(PersonalLink.subject_id == world.a.enrolment_ids["otto"])


def test_nothing_is_left_of_what_opens_her_account(world, over) -> None:
    give_app(world.pia)
    hers, coachs, at = world.pia.account_id, world.stig.account_id, now()
    with unit_of_work(whole_installation("test")):
        make_recovery_codes(hers)
        one = db.session.scalars(sa.select(Passkey).where(Passkey.account_id == coachs)).one()
        values = {key: getattr(one, key) for key in ("credential", "public_key", "sign_count")}
        digests = {"credential_digest": digest(hers), "made_at": at, "name": "Phone"}
        db.session.add(Passkey(account_id=hers, **values, **digests))
        db.session.add(KnownDevice(account_id=hers, digest=digest("her phone"), seen_at=at))
        issue(SIGN_IN, SIGN_IN, Address(email=world.pia.email), hers)
        new_link(db.session.get_one(Account, hers))
    opens = (Authenticator, RecoveryCode, Passkey, KnownDevice, OneTimeCode, AccountLink)
    assert all(_count(model.account_id == hers) for model in opens)
    _erase(world)
    assert [model for model in opens if _count(model.account_id == hers)] == []
    assert _count(Passkey.account_id == coachs)


def test_the_files_of_her_documents_go_and_those_of_her_pay_stay(world, over) -> None:
    with unit_of_work(whole_installation("test"), read_only=True):
        written = DocumentVersion.person_id == world.pia.person_id
        going = set(db.session.scalars(sa.select(DocumentVersion.file_id).where(written)))
        slips = sa.select(Payslip.file_id).where(Payslip.person_id == world.pia.person_id)
        staying = set(db.session.scalars(slips)) - {None}
    assert going and not going & staying
    assert _count(StoredFile.id.in_(going))
    before = _count(StoredFile.id.in_(staying))
    _erase(world)
    assert not _count(StoredFile.id.in_(going))
    assert _count(StoredFile.id.in_(staying)) == before


def test_the_receipt_says_who_erased_and_the_next_night_is_noted(world, over) -> None:
    receipt = _erase(world)
    assert receipt.erased_by_id == world.aino.account_id
    assert receipt.erased_at == now() and receipt.rows > 10
    with unit_of_work(whole_installation("test"), read_only=True):
        person = db.session.get_one(Person, world.pia.person_id)
        assert person.goes_on is not None and person.goes_on > today()
        assert person.erased_at is None  # the law keeps her name


def test_erasing_again_after_a_backup_is_nobodys_and_done_once(world, over) -> None:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    done = []
    for key in (world.pia.person_id, world.pia.person_id, "nobody"):
        with unit_of_work(scope):
            done.append(erase_again(key))
    assert done == [True, False, False]
    with unit_of_work(whole_installation("test"), read_only=True):
        (receipt,) = db.session.scalars(sa.select(Erasure)).all()
        assert receipt.erased_by_id is None
