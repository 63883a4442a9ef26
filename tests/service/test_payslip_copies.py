"""A copy of a payslip: asked for by its person, locked with her password, sent by a real server."""

import email
from collections.abc import Callable
from datetime import timedelta
from email import policy
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError
from sqlalchemy import select, text

from jobsearch.config import Config, Mode
from jobsearch.core import files
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.notices.jobs import forget_messages, send_waiting
from jobsearch.notices.models import Message
from jobsearch.payroll.pay.copies.service import send_copy
from jobsearch.payroll.pay.models import Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from jobsearch.people.models import Person
from tests.outbox import Post, mail_server, system
from tests.paid import PAYS_ON, prepare
from tests.world import Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]
WORD = "sininen kuusi 7"


@pytest.fixture
def slip_id(world: World, as_: As) -> str:
    """Pia's issued payslip; she has an e-mail address."""
    with as_(world.aino):
        prepare(world.a, "pia")
        person = db.session.scalars(select(Person).where(Person.id == world.pia.person_id)).one()
        person.email = "pia@example.org"
    with as_(world.paula):
        run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
        run = compute_pay_run(run.id, run.version)
        run_id = review_pay_run(run.id, run.version, world.paula.actor).id
    with as_(world.aino):
        approve_pay_run(run_id, get_run(run_id).version, world.aino.actor)
        return db.session.scalars(select(Payslip.id)).one()


def ask(world: World, as_: As, slip_id: str, password: str = WORD, again: str = WORD) -> None:
    with as_(world.pia):
        send_copy(world.pia.actor, slip_id, password, again, "https://x/my-pay")


def test_a_real_server_gets_the_locked_pdf_and_only_the_password_opens_it(
    world: World, as_: As, slip_id: str, tmp_path
) -> None:
    ask(world, as_, slip_id)
    post = Post()
    with mail_server(post) as url:
        config = Config(Mode.TEST, tmp_path, "", "http://x", smtp_url=url, mail_from="us@x.org")
        send_waiting(config)
    ((to, raw),) = post.received
    assert to == ["pia@example.org"]
    mail = email.message_from_bytes(raw, policy=policy.SMTP)
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == f"{PAYS_ON.isoformat()}.pdf"
    content = attached.get_content()
    assert b"/AESV3" in content
    with pytest.raises(FileNotDecryptedError):
        PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "452,07" in PdfReader(BytesIO(content), password=WORD).pages[0].extract_text()


def test_the_password_is_kept_nowhere(world: World, as_: As, slip_id: str) -> None:
    ask(world, as_, slip_id)
    with system():
        message = db.session.scalars(
            select(Message).where(Message.kind == "payroll.payslip_copy")
        ).one()
        assert WORD not in message.body + message.subject + (message.attachment_name or "")
        row = db.session.execute(text("SELECT * FROM payslip_copy")).one()
        assert not any(WORD in str(value) for value in row)
        assert "pia@" not in str(row)


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("short", "short", "password"), ("x" * 200, "x" * 200, "password"), (WORD, "other", "again")],
)
def test_a_weak_password_is_refused(
    world: World, as_: As, slip_id: str, password: str, again: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        ask(world, as_, slip_id, password, again)
    assert refused.value.field == field


def test_three_copies_a_day_are_enough(world: World, as_: As, slip_id: str) -> None:
    for _time in range(3):
        ask(world, as_, slip_id)
    with pytest.raises(RuleBroken, match="copies in a day"):
        ask(world, as_, slip_id)


def test_nobody_elses_payslip_is_sent(world: World, as_: As, slip_id: str) -> None:
    with as_(world.otto), pytest.raises(NotVisible):
        send_copy(world.otto.actor, slip_id, WORD, WORD, "https://x")


def test_without_an_address_nothing_is_sent(world: World, as_: As, slip_id: str) -> None:
    with as_(world.aino):
        person = db.session.scalars(select(Person).where(Person.id == world.pia.person_id)).one()
        person.email = None
    with pytest.raises(RuleBroken, match="no e-mail address"):
        ask(world, as_, slip_id)


def test_what_was_attached_is_erased_with_its_message(world: World, as_: As, slip_id: str) -> None:
    ask(world, as_, slip_id)
    with system():
        before = db.session.scalars(select(files.StoredFile.id)).all()
        message = db.session.scalars(
            select(Message).where(Message.attachment_id.is_not(None))
        ).one()
        gone = message.attachment_id
        message.state, message.settled_at = "sent", now() - timedelta(days=31)
    forget_messages()
    with system():
        after = db.session.scalars(select(files.StoredFile.id)).all()
    assert set(before) - set(after) == {gone}
