"""The only list of messages: every kind that a feature sends, from the features' mail.py."""

from jobsearch.accounts.codes.mail import CODE
from jobsearch.accounts.contacts.mail import CONTACT_CHANGED
from jobsearch.accounts.invitations.mail import INVITATION
from jobsearch.accounts.members.mail import ROLE_CHANGED, ROLE_ENDED
from jobsearch.accounts.proofs.mail import PROOF
from jobsearch.accounts.providers.mail import PROVIDER_CHANGED
from jobsearch.accounts.staff.mail import STAFF_TEXTS
from jobsearch.analyses.clients.mail import TEXTS as CLIENTS
from jobsearch.analyses.mail import TEXTS as ANALYSES
from jobsearch.analyses.questions.mail import ASKED
from jobsearch.coaching.sparring.mail import WITHDRAWN
from jobsearch.cohorts.changes.mail import CANCELLED, MOVED
from jobsearch.consents.introductions.mail import TEXTS as INTRODUCTIONS
from jobsearch.conversations.mail import NEW_MESSAGE
from jobsearch.desk.digest.mail import STAFF_DIGEST, TOWN_DIGEST
from jobsearch.feedback.surveys.mail import TEXTS as SURVEYS
from jobsearch.hiring.mail import TEXTS as HIRING
from jobsearch.notices.rules import TextKind
from jobsearch.outcomes.following.mail import WORK_ASKED
from jobsearch.payroll.bonus.reminders.mail import PROOF_DUE
from jobsearch.payroll.contracts.details.mail import ACCOUNT_CHANGED
from jobsearch.payroll.exports.register.mail import REPORTS_DUE
from jobsearch.payroll.pay.copies.mail import PAYSLIP_COPY
from jobsearch.privacy.breakglass.mail import LOOKED_AT
from jobsearch.privacy.copies.mail import COPIED
from jobsearch.privacy.requests.mail import TEXTS as DATA_REQUESTS
from jobsearch.privacy.trail.mail import TRAIL_BROKEN
from jobsearch.recruitment.referrals.mail import TEXTS as REFERRALS
from jobsearch.recruitment.selection.mail import TEXTS as SELECTION
from jobsearch.recruitment.sessions.mail import TEXTS as SESSIONS
from jobsearch.tracker.leads.mail import SILENT

TEXTS: tuple[TextKind, ...] = (
    CODE,
    PROOF,
    INVITATION,
    ROLE_CHANGED,
    ROLE_ENDED,
    CONTACT_CHANGED,
    *STAFF_TEXTS,
    PROVIDER_CHANGED,
    *ANALYSES,
    ASKED,
    *CLIENTS,
    *INTRODUCTIONS,
    *REFERRALS,
    *SESSIONS,
    *SELECTION,
    *HIRING,
    ACCOUNT_CHANGED,
    PROOF_DUE,
    WORK_ASKED,
    *SURVEYS,
    PAYSLIP_COPY,
    REPORTS_DUE,
    NEW_MESSAGE,
    STAFF_DIGEST,
    TOWN_DIGEST,
    WITHDRAWN,
    SILENT,
    MOVED,
    CANCELLED,
    LOOKED_AT,
    TRAIL_BROKEN,
    *DATA_REQUESTS,
    COPIED,
)
"""In the order in which the pages list them."""
