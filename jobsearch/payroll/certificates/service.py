"""Use cases of certificates: issue one, ask for more than the plain one, answer that."""

import hashlib
from dataclasses import replace
from datetime import date

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.payroll.certificates import papers, queries
from jobsearch.payroll.certificates.document import CertificateDocument
from jobsearch.payroll.certificates.models import Certificate, CertificateRequest
from jobsearch.payroll.certificates.pdf import certificate_pdf
from jobsearch.payroll.certificates.queries import Ground
from jobsearch.payroll.certificates.rules import (
    AT_ONCE,
    Answer,
    CertificateKind,
    Extent,
    check_answer,
    check_asked,
)
from jobsearch.payroll.pay.wording import speaking


def issue(
    actor: Actor,
    employment_id: str,
    kind: CertificateKind,
    language: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Certificate:
    """Issue a certificate that rests on records alone; what would tell the same is given again.

    In the person's own language unless another is chosen; `first` and `last` narrow the list of
    days. Whoever is a job seeker gets her own only. Raises NotVisible, RuleBroken.
    """
    ground = queries.get_ground(employment_id, _whose(actor))
    if kind not in AT_ONCE:
        raise RuleBroken(N_("This certificate is given when the person has asked for it."))
    language = language or ground.person.language
    with speaking(language):
        document = _written(ground, kind, language, today(actor.zone), first, last)
        return _keep(actor, ground, kind, document)


def _whose(actor: Actor) -> str | None:
    """The only person whose certificates this actor has, or None for staff."""
    return actor.person_id


def _written(
    ground: Ground,
    kind: CertificateKind,
    language: str,
    day: date,
    first: date | None,
    last: date | None,
) -> CertificateDocument:
    if kind is CertificateKind.EMPLOYMENT:
        return papers.employment_paper(ground, language, day)
    if kind is CertificateKind.DAYS:
        span = _listed(ground, day, first, last)
        days = queries.list_days(ground.employment, span)
        return papers.days_paper(ground, language, days, span)
    slips = queries.list_payments(ground.employment.id)
    if not slips:
        raise RuleBroken(N_("Nothing has been paid for this employment yet."))
    write = papers.pay_paper if kind is CertificateKind.PAY else papers.holiday_paper
    return write(ground, language, slips)


def _listed(ground: Ground, day: date, first: date | None, last: date | None) -> Span:
    """The days of the list: those asked for within the employment, until today."""
    begins = max(ground.term.first, first or ground.term.first)
    ends = min(one for one in (ground.term.last, last, day) if one)
    if ends < begins:
        raise RuleBroken(N_("There is no day of this employment in these days."), field="last")
    return Span(begins, ends)


def _keep(
    actor: Actor,
    ground: Ground,
    kind: CertificateKind,
    document: CertificateDocument,
    request: CertificateRequest | None = None,
) -> Certificate:
    digest = hashlib.sha256(repr(document).encode()).hexdigest()
    there = queries.find_latest(ground.employment.id, kind, document.language)
    if request is None and there is not None and there.digest == digest:
        return there
    edition = queries.latest_edition(ground.employment.id, kind) + 1
    day = today(actor.zone)
    content = certificate_pdf(replace(document, edition=edition, issued_on=day))
    stored = files.put(content, "application/pdf")
    certificate = Certificate(
        organisation_id=ground.employment.organisation_id,
        person_id=ground.person.id,
        employment_id=ground.employment.id,
        kind=kind,
        edition=edition,
        language=document.language,
        issued_on=day,
        issued_at=now(),
        issued_by_id=actor.account_id,
        request_id=None if request is None else request.id,
        digest=digest,
        file_id=stored.id,
        sha256=stored.sha256,
    )
    db.session.add(certificate)
    db.session.flush()
    return certificate


def ask(
    actor: Actor, employment_id: str, extent: Extent, asked_on: date | None = None
) -> CertificateRequest:
    """Note that the person asks for the reason of ending, an assessment, or both.

    She asks herself, today; staff note when she asked them. Raises NotVisible, RuleBroken.
    """
    ground = queries.get_ground(employment_id, _whose(actor))
    day = today(actor.zone)
    asked_on = day if actor.person_id is not None else asked_on or day
    check_asked(extent, ground.term, asked_on, day)
    if queries.find_open_request(employment_id) is not None:
        raise RuleBroken(N_("This has been asked for already. The manager answers it."))
    request = CertificateRequest(
        organisation_id=ground.employment.organisation_id,
        person_id=ground.person.id,
        employment_id=employment_id,
        extent=extent,
        asked_on=asked_on,
        noted_at=now(),
        noted_by_id=actor.account_id,
    )
    db.session.add(request)
    db.session.flush()
    return request


def take_back(actor: Actor, request_id: str) -> None:
    """The person does not want it any more. Raises NotVisible."""
    request = queries.get_open_request(request_id)
    if actor.person_id not in (None, request.person_id):
        raise NotVisible
    request.settled_at = now()
    db.session.flush()


def answer(
    actor: Actor, request_id: str, words: Answer, language: str | None = None
) -> Certificate:
    """Issue what a person has asked for. Raises NotVisible, RuleBroken."""
    request = queries.get_open_request(request_id)
    check_answer(request.extent, words)
    ground = queries.get_ground(request.employment_id)
    language = language or ground.person.language
    with speaking(language):
        document = papers.assessed_paper(ground, language, today(actor.zone), words)
        certificate = _keep(actor, ground, CertificateKind.ASSESSED, document, request)
    request.settled_at = now()
    db.session.flush()
    return certificate
