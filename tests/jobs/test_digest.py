"""The weekly digest: only what is worth reading, nobody's name, once a week."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Enrolment
from jobsearch.consents.models import ConsentWithdrawal
from jobsearch.conversations.service import write_message
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.desk.digest import jobs
from jobsearch.desk.digest.jobs import send_digests
from jobsearch.desk.digest.mail import STAFF_DIGEST
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.models import DeclinedKind
from jobsearch.notices.wording import write
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from tests.contracted import sign_seats
from tests.furnished import furnish
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")


def system():
    return unit_of_work(whole_installation("test"))


@pytest.fixture
def signed(context, world, as_):
    """Everybody's contract is signed by both."""
    with as_(world.paula):
        sign_seats(world.a, world.paula, ["pia", "otto"])


def digests() -> dict[str, str]:
    """The digests that were written, by address."""
    with system():
        rows = db.session.scalars(sa.select(Message).where(Message.kind.like("digest.%")))
        return {row.address: f"{row.subject}\n{row.body}" for row in rows}


def test_who_has_nothing_to_read_gets_nothing(world):
    send_digests()
    sent = digests()
    assert "nils@example.org" not in sent
    assert "mia@example.org" not in sent
    assert "paula@example.org" not in sent
    assert "pia@example.org" not in sent
    assert "olga@example.org" not in sent


def test_a_coach_reads_of_messages_and_of_people_who_are_quiet_without_their_names(
    world, as_, signed
):
    with as_(world.pia):
        write_message(world.pia.actor, world.a.enrolment_ids["pia"], "Kanarianlintu")
    outcome = send_digests()
    text = digests()["stig@example.org"]
    assert text.startswith("Your week\nGood morning Stig,")
    assert "– Messages that you have not read: 1.\n" in text
    assert "– People who have logged nothing for two working days: 2.\n" in text
    for word in ("Pia", "Otto", "Pihlaja", "Kanarianlintu"):
        assert word not in text
    assert "/today" in text
    assert outcome.startswith("Digests sent: ")


def test_the_digest_counts_the_people_whom_the_day_page_names(world, signed):
    with system():
        hers = sa.update(Enrolment).where(Enrolment.id == world.a.enrolment_ids["pia"])
        db.session.execute(hers.values(left_on=TODAY - timedelta(days=1)))
    send_digests()
    said = "People who have logged nothing for two working days: 1.\n"
    assert said in digests()["stig@example.org"]


def test_a_manager_reads_of_hours_to_approve_and_of_candidates(world, as_):
    with as_(world.aino):
        db.session.add(
            Candidate(
                programme_id=world.a.programme_id,
                person_id=world.otto.person_id,
                stage=Stage.REFERRED,
                introduction="",
                referred_on=TODAY,
                referred_by_name="Mia",
            )
        )
    send_digests()
    text = digests()["aino@example.org"]
    assert "– Candidates whom nobody has called yet: 1.\n" in text
    assert "Days of work to approve" in text
    assert "Otto" not in text


def test_a_municipal_coach_reads_how_many_analyses_wait_and_not_whose(world):
    furnish(world)
    send_digests()
    sent = digests()
    assert "– Analyses that you have not opened: 1.\n" in sent["mia@example.org"]
    assert "Pia" not in sent["mia@example.org"]
    assert "nils@example.org" not in sent


def test_when_the_consent_is_taken_back_the_municipal_coach_hears_nothing_of_it(world):
    furnish(world)
    with system():
        consents = db.session.execute(
            sa.text("SELECT id, person_id FROM consent WHERE purpose = 'analysis'")
        ).all()
        for consent_id, person_id in consents:
            db.session.add(
                ConsentWithdrawal(
                    organisation_id=world.a.organisation_id,
                    consent_id=consent_id,
                    person_id=person_id,
                    withdrawn_at=NOW,
                )
            )
    send_digests()
    assert "mia@example.org" not in digests()


def test_a_digest_is_written_once_a_week(world, clock):
    send_digests()
    first = digests()
    assert first
    send_digests()
    with system():
        count = sa.select(sa.func.count(Message.id)).where(Message.kind.like("digest.%"))
        assert db.session.scalar(count) == len(first)
    clock.shift(timedelta(days=7))
    send_digests()
    with system():
        assert db.session.scalar(count) > len(first)


def test_who_has_turned_it_off_gets_none(world):
    with system():
        db.session.add(
            DeclinedKind(subject_id=world.stig.account_id, kind="digest.staff", declined_at=NOW)
        )
    send_digests()
    assert "stig@example.org" not in digests()
    assert "aino@example.org" in digests()


def test_a_closed_account_gets_none(world):
    with system():
        hers = sa.update(Account).where(Account.id == world.stig.account_id)
        db.session.execute(hers.values(closed_at=NOW))
    send_digests()
    assert "stig@example.org" not in digests()


def test_one_readers_failure_does_not_keep_the_others_from_theirs(
    world, signed, monkeypatch, caplog
):
    whole, failing = jobs.digest_of, (world.stig, world.sam)

    def broken(actor):
        if actor.account_id in [member.account_id for member in failing]:
            raise ValueError("broken")
        return whole(actor)

    monkeypatch.setattr(jobs, "digest_of", broken)
    with pytest.raises(ValueError, match="broken"):
        send_digests()
    assert "aino@example.org" in digests()
    for member in failing:
        assert f"{member.actor.membership_id} gets no digest: ValueError" in caplog.text
    monkeypatch.undo()
    send_digests()
    assert "stig@example.org" in digests()


def test_the_page_says_what_the_digest_would_say(world, sign_in, as_):
    with as_(world.pia):
        write_message(world.pia.actor, world.a.enrolment_ids["pia"], "Hello")
    page = sign_in(world.stig).get("/digest").get_data(as_text=True)
    assert "Messages that you have not read: 1." in page
    assert "Choose your messages" in page
    assert "Nothing that you need to know" in sign_in(world.nils).get("/digest").get_data(
        as_text=True
    )
    assert sign_in(world.pia).get("/digest").status_code == 403
    assert sign_in(world.paula).get("/digest").status_code == 403


def test_the_digest_speaks_the_readers_language(world, signed):
    with system():
        hers = sa.update(Account).where(Account.id == world.stig.account_id)
        db.session.execute(hers.values(language="fi"))
    send_digests()
    assert digests()["stig@example.org"]


def test_a_line_break_in_a_groups_name_adds_no_line(world):
    news = [Outcome("%(group)s ends this week.", group="Group\n\nBcc: x"), Outcome("100 %")]
    written = write(STAFF_DIGEST, "en", {"name": "Stig", "news": news, "link": "https://x"})
    assert "– Group Bcc: x ends this week.\n– 100 %\n" in written.body
