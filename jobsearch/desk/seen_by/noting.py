"""What is kept after an answer: who was looked at, who was only tried, and that a sign-in lives."""

from collections.abc import Mapping
from typing import Any

from flask import g
from sqlalchemy import select

from jobsearch.accounts import service as account_service
from jobsearch.accounts.rules import SEEN_STEP
from jobsearch.analyses.models import Analysis, Release
from jobsearch.audit.service import note_looks
from jobsearch.coaching.documents.models import Document, DocumentVersion
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.looks import Look
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.certificates.models import Certificate
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.pay.models import Payslip
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.models import Action
from jobsearch.web.unit import Trace

# the gaps of addresses that name somebody's own thing: where it is kept, and what it is
_OWNED_BY: dict[str, tuple[Any, Look]] = {
    "action_id": (Action, Look.ACTION),
    "analysis_id": (Analysis, Look.ANALYSIS),
    "award_id": (BonusAward, Look.BONUS),
    "candidate_id": (Candidate, Look.CANDIDATE),
    "certificate_id": (Certificate, Look.CERTIFICATE_FILE),
    "contract_id": (Contract, Look.CONTRACT),
    "conversation_id": (Enrolment, Look.CONVERSATION),
    "document_id": (Document, Look.DOCUMENT),
    "enrolment_id": (Enrolment, Look.PAGE),
    "interview_id": (Interview, Look.INTERVIEW),
    "lead_id": (Lead, Look.LEAD),
    "payslip_id": (Payslip, Look.PAYSLIP),
    "person_id": (Person, Look.PAGE),
    "release_id": (Release, Look.RELEASE),
    "version_id": (DocumentVersion, Look.DOCUMENT_FILE),
}


def remember(actor: Actor, traces: list[Trace], tried: Mapping[str, Any] | None) -> None:
    """After the answer: note looks at personal data, and now and then that the sign-in is used.

    `tried` are the gaps of an address that was refused: whose thing it names is told that too.
    """
    at = now()
    stale = at - g.head.last_seen_at > SEEN_STEP
    if traces or stale:
        with unit_of_work(Scope(actor.organisation_ids, "after the answer"), actor):
            if stale:
                account_service.touch(actor.sign_in_id, at)
            if traces:
                looks = [(trace.person_id, trace.what) for trace in traces]
                note_looks(actor, looks, refused=tried is not None)
    if tried and not traces:
        with unit_of_work(whole_installation("a look that was refused"), actor):
            _note_refusal(actor, tried)


def _note_refusal(actor: Actor, tried: Mapping[str, Any]) -> None:
    """Keep that the actor asked for somebody's thing, in any organisation, and was refused it."""
    for gap, (model, look) in _OWNED_BY.items():
        if gap in tried:
            whose = Person.id if model is Person else model.person_id
            person_id = db.session.scalar(select(whose).where(model.id == tried[gap]))
            if person_id and person_id != actor.person_id:
                note_looks(actor, [(person_id, look.value)], refused=True)
            return
