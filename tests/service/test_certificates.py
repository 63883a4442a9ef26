"""Certificates: what they tell and do not tell, issued once, asked for by the person alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.payroll.certificates import queries, service
from jobsearch.payroll.certificates.models import Certificate
from jobsearch.payroll.certificates.rules import Answer, CertificateKind, Ending, Extent
from tests.certified import employment_of, end_yesterday
from tests.service.test_incomes_register import run_id
from tests.world import TODAY

__all__ = ["run_id"]

pytestmark = pytest.mark.usefixtures("context", "run_id")
PRAISE = Answer(Ending.TERM, "Learns quickly and finishes what is begun.", "Kind and on time.")


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def issued(world, as_, who, kind, language="en", **days) -> tuple[str, str]:
    """The key of the certificate, and what it says."""
    with as_(who):
        employment = employment_of(world, "pia")
        one = service.issue(who.actor, employment.id, kind, language, **days)
        return one.id, text_of(queries.get_issued(one.id).content)


def test_the_plain_certificate_tells_duration_and_tasks_and_nothing_else(world, as_) -> None:
    _key, said = issued(world, as_, world.paula, CertificateKind.EMPLOYMENT)
    assert "Pia Pihlaja has been employed by Provider A since 16 November 2026." in said
    assert "agreed to last until 3 December 2026" in said
    assert "Tasks: " in said
    for kept_back in ("skill", "Conduct", "ended", "€", "absence", "Unemployed"):
        assert kept_back not in said


def test_when_it_is_over_the_real_last_day_stands_in_it(world, as_) -> None:
    with as_(world.aino):
        end_yesterday(world, "pia")
    _key, said = issued(world, as_, world.paula, CertificateKind.EMPLOYMENT)
    assert "was employed by Provider A from 16 November 2026 to 23 November 2026" in said


def test_the_pay_certificate_tells_by_day_of_payment_with_holiday_compensation_apart(
    world, as_
) -> None:
    _key, said = issued(world, as_, world.paula, CertificateKind.PAY)
    assert "4 December 2026" in said
    assert "48 h" in said
    for euros in ("552.00", "49.68", "601.68", "120.34", "20.00"):
        assert euros in said


def test_the_holiday_statement_tells_amount_and_basis(world, as_) -> None:
    _key, said = issued(world, as_, world.paula, CertificateKind.HOLIDAY)
    for figure in ("552.00", "9 %", "49.68", "Annual Holidays Act"):
        assert figure in said


def test_the_list_of_days_has_each_day_until_today_and_its_sums(world, as_) -> None:
    _key, said = issued(world, as_, world.pia, CertificateKind.DAYS)
    assert "Week 47" in said
    assert "November 2026" in said
    days = said.count("Work")
    with as_(world.pia):
        span = employment_of(world, "pia").term.until(TODAY)
        listed = queries.list_days(employment_of(world, "pia"), span)
    assert days >= len(listed) > 0
    assert all(day.on <= TODAY for day in listed)


def test_the_list_can_be_narrowed_and_refuses_days_that_are_none_of_hers(world, as_) -> None:
    first = TODAY - timedelta(days=1)
    _key, said = issued(world, as_, world.pia, CertificateKind.DAYS, first=first)
    assert "Mon 16 Nov" not in said
    assert "Mon 23 Nov Work 4.5 h" in said
    with pytest.raises(RuleBroken, match="no day of this employment"):
        issued(world, as_, world.pia, CertificateKind.DAYS, last=TODAY - timedelta(days=365))


def test_what_has_not_changed_is_not_issued_again_and_a_change_is_the_next_version(
    world, as_
) -> None:
    first, _said = issued(world, as_, world.paula, CertificateKind.EMPLOYMENT)
    again, _said = issued(world, as_, world.pia, CertificateKind.EMPLOYMENT)
    assert again == first
    with as_(world.aino):
        end_yesterday(world, "pia")
    other, said = issued(world, as_, world.paula, CertificateKind.EMPLOYMENT)
    assert other != first
    assert "/ 2" in said
    with as_(world.paula):
        assert "since" in text_of(queries.get_issued(first).content)  # the old one stays


def test_it_is_in_her_own_language_unless_another_is_chosen(world, as_) -> None:
    _key, said = issued(world, as_, world.paula, CertificateKind.EMPLOYMENT, "fi")
    assert "Työtodistus" in said
    _key, said = issued(world, as_, world.paula, CertificateKind.EMPLOYMENT, "sv")
    assert "Arbetsintyg" in said


def test_a_job_seeker_has_her_own_only(world, as_) -> None:
    key, _said = issued(world, as_, world.paula, CertificateKind.DAYS)
    with as_(world.otto):
        with pytest.raises(NotVisible):
            service.issue(world.otto.actor, employment_of(world, "pia").id, CertificateKind.DAYS)
        with pytest.raises(NotVisible):
            queries.get_issued(key, world.otto.actor.person_id)
    with as_(world.sam), pytest.raises(NotVisible):
        queries.get_issued(key)


def asked(world, as_, extent: Extent) -> str:
    with as_(world.aino):
        end_yesterday(world, "pia")
    with as_(world.pia):
        return service.ask(world.pia.actor, employment_of(world, "pia").id, extent).id


def test_more_than_the_plain_one_needs_her_own_wish(world, as_) -> None:
    with pytest.raises(RuleBroken, match="asked for it"):
        issued(world, as_, world.aino, CertificateKind.ASSESSED)
    request_id = asked(world, as_, Extent.BOTH)
    with as_(world.aino):
        one = service.answer(world.aino.actor, request_id, PRAISE, "en")
        said = text_of(queries.get_issued(one.id).content)
    for words in ("The agreed fixed term ended.", PRAISE.skill, PRAISE.conduct):
        assert words in said
    with as_(world.aino), pytest.raises(NotVisible):  # a wish is answered once
        service.answer(world.aino.actor, request_id, PRAISE)


def test_the_database_too_refuses_an_assessment_that_nobody_asked_for(world, as_) -> None:
    key, _said = issued(world, as_, world.paula, CertificateKind.DAYS)
    with pytest.raises(Conflict, match="ck_certificate_asked"), as_(world.paula):
        one = db.session.get_one(Certificate, key)
        one.kind = CertificateKind.ASSESSED
        db.session.flush()


@pytest.mark.parametrize(
    ("extent", "words", "message"),
    [
        (Extent.REASON, Answer(), "Choose why"),
        (Extent.REASON, PRAISE, "only what the person has asked for"),
        (Extent.ASSESSMENT, Answer(None, "Good", ""), "Write the assessment"),
        (Extent.ASSESSMENT, PRAISE, "only what the person has asked for"),
        (Extent.BOTH, Answer(Ending.TERM, "Was often sick", "Fine"), "nothing of health"),
    ],
)
def test_what_was_not_asked_for_is_not_told(world, as_, extent, words, message) -> None:
    request_id = asked(world, as_, extent)
    with as_(world.aino), pytest.raises(RuleBroken, match=message):
        service.answer(world.aino.actor, request_id, words)


def test_a_wish_waits_once_is_taken_back_and_comes_after_the_end(world, as_) -> None:
    with as_(world.pia), pytest.raises(RuleBroken, match="when the employment has ended"):
        service.ask(world.pia.actor, employment_of(world, "pia").id, Extent.REASON)
    request_id = asked(world, as_, Extent.REASON)
    with as_(world.paula), pytest.raises(RuleBroken, match="asked for already"):
        service.ask(world.paula.actor, employment_of(world, "pia").id, Extent.BOTH)
    with as_(world.otto), pytest.raises(NotVisible):
        service.take_back(world.otto.actor, request_id)
    with as_(world.pia):
        service.take_back(world.pia.actor, request_id)
        assert queries.list_open_requests() == []


def test_after_five_years_no_assessment_and_after_ten_nothing_is_asked_for(
    world, as_, clock
) -> None:
    with as_(world.aino):
        end_yesterday(world, "pia")
    clock.shift(timedelta(days=6 * 365))
    with as_(world.paula):
        employment = employment_of(world, "pia")
        with pytest.raises(RuleBroken, match="within five years"):
            service.ask(world.paula.actor, employment.id, Extent.ASSESSMENT)
        with pytest.raises(RuleBroken, match="in the future"):
            later = TODAY + timedelta(days=9999)
            service.ask(world.paula.actor, employment.id, Extent.REASON, later)
        service.ask(world.paula.actor, employment.id, Extent.REASON)
