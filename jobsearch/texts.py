"""The only list of messages: every kind that a feature sends, from the features' mail.py."""

from jobsearch.accounts.codes.mail import CODE
from jobsearch.accounts.invitations.mail import INVITATION
from jobsearch.accounts.members.mail import ROLE_CHANGED, ROLE_ENDED
from jobsearch.accounts.proofs.mail import PROOF
from jobsearch.accounts.staff.mail import STAFF_TEXTS
from jobsearch.analyses.mail import TEXTS as ANALYSES
from jobsearch.cohorts.changes.mail import CANCELLED, MOVED
from jobsearch.conversations.mail import NEW_MESSAGE
from jobsearch.desk.digest.mail import STAFF_DIGEST, TOWN_DIGEST
from jobsearch.notices.rules import TextKind
from jobsearch.recruitment.referrals.mail import TEXTS as REFERRALS

TEXTS: tuple[TextKind, ...] = (
    CODE,
    PROOF,
    INVITATION,
    ROLE_CHANGED,
    ROLE_ENDED,
    *STAFF_TEXTS,
    *ANALYSES,
    *REFERRALS,
    NEW_MESSAGE,
    STAFF_DIGEST,
    TOWN_DIGEST,
    MOVED,
    CANCELLED,
)
"""In the order in which the pages list them."""
