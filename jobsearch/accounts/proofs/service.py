"""Use cases of proofs: send a code to the account's own phone or e-mail, and check it."""

from jobsearch.accounts.codes.queries import find_by_request
from jobsearch.accounts.codes.rules import CODE_LIFETIME, MESSAGES, MESSAGES_WINDOW, Address
from jobsearch.accounts.codes.service import WRONG, is_code, issue, spend
from jobsearch.accounts.proofs import mail, queries
from jobsearch.accounts.proofs.rules import PREFIX, ProofDone
from jobsearch.accounts.queries import list_memberships
from jobsearch.core.clock import now
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_


def ask_for_proof(account_id: str, purpose: str, subject_id: str) -> str:
    """Send a 6-digit code to the account's own phone, else to its e-mail.

    Returns the secret that ties the code to this browser (keep it in the session). The code lives
    15 minutes. Raises NotVisible for a closed account and RuleBroken on field `code` after three
    codes in 15 minutes.
    """
    account = queries.hold_account(account_id)
    memberships = list_memberships(account_id)
    if account is None or not memberships:
        raise NotVisible
    at = now()
    if queries.count_asked(account_id, at - MESSAGES_WINDOW) >= MESSAGES:
        raise RuleBroken(
            N_("You have asked for several codes. Use the newest, or wait 15 minutes."),
            field="code",
        )
    address = Address(phone=account.phone) if account.phone else Address(email=account.email)
    issued = issue(PREFIX + purpose, subject_id, address, account_id)
    until = at + CODE_LIFETIME
    mail.send_proof(account, address, issued.code, memberships[0].organisation_id, until)
    return issued.request_secret


def check_proof(request_secret: str, code: str, purpose: str, subject_id: str) -> ProofDone:
    """Spend a proof: it works once, for exactly the purpose and subject that it was asked for.

    Raises RuleBroken on field `code`. The view then calls `keep_refusal()`, or wrong codes are
    forgotten with the refusal: the fifth ends the request. Check before anything else is changed.
    """
    row = find_by_request(request_secret, hold=True)
    at = now()
    right = row is not None and is_code(row, request_secret, code)
    spend(row, PREFIX + purpose, subject_id, right, at)
    if row is None or row.account_id is None:
        raise RuleBroken(WRONG, field="code")
    return ProofDone(row.account_id, row.sent_to, at)
