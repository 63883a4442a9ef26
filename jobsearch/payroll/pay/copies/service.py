"""Use case of copies: lock a payslip with its person's own password and send it to her address."""

from datetime import timedelta

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.notices.rules import Attachment, Recipient
from jobsearch.notices.service import send
from jobsearch.organisations.queries import get_organisation
from jobsearch.payroll.pay.copies.mail import PAYSLIP_COPY
from jobsearch.payroll.pay.copies.models import PayslipCopy
from jobsearch.payroll.pay.copies.queries import count_copies
from jobsearch.payroll.pay.copies.rules import (
    check_not_too_often,
    check_password,
    locked_pdf,
    masked_address,
)
from jobsearch.payroll.pay.queries import get_issued
from jobsearch.people.queries import get_person

_DAY = timedelta(days=1)
_TRIED_FOR = timedelta(days=2)


def send_copy(actor: Actor, payslip_id: str, password: str, again: str, link: str) -> PayslipCopy:
    """Send the person her own payslip, locked now; the password is kept nowhere.

    Raises NotVisible, RuleBroken for a weak password, without an e-mail address, or too often.
    """
    if actor.person_id is None:
        raise NotVisible
    issued = get_issued(payslip_id, actor.person_id)
    person, at = get_person(actor.person_id), now()
    if not person.email:
        raise RuleBroken(N_("We have no e-mail address of yours. Tell your coach what it is."))
    check_not_too_often(count_copies(person.id, at - _DAY))
    check_password(password, again)
    file = files.put(locked_pdf(issued.content, password, new_key()), "application/pdf")
    copy = PayslipCopy(
        organisation_id=person.organisation_id,
        payslip_id=payslip_id,
        person_id=person.id,
        sent_to=masked_address(person.email),
        asked_at=at,
    )
    db.session.add(copy)
    send(
        PAYSLIP_COPY,
        Recipient(person.email, None, person.language, person.id, person.given_name),
        {"link": link, "phone": get_organisation(person.organisation_id).phone or ""},
        organisation_id=person.organisation_id,
        expires_at=at + _TRIED_FOR,
        attachment=Attachment(file.id, f"{issued.pays_on.isoformat()}.pdf"),
    )
    db.session.flush()
    return copy
