"""The message that carries the code of a proof."""

from datetime import datetime
from urllib.parse import urlsplit

from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

PROOF = TextKind(
    "accounts.proof_code",
    subject=N_("Your code for confirming"),
    body=N_(
        "Your code is %(code)s.\n\nType it on the page where you asked for it, and only there. It"
        " works once, for 15 minutes. Give it to nobody: we never ask for it by phone or message."
    ),
    sms=N_(
        "%(code)s is your code for confirming. It works for 15 minutes. Give it to nobody."
        "\n\n@%(host)s #%(code)s"
    ),
    title=N_("Code for confirming"),
    audience=Audience.EVERYONE,
    always=True,
)


def send_proof(
    account: Account, address: Address, code: str, organisation_id: str, until: datetime
) -> None:
    """Write the message to one address of the account's own."""
    send(
        PROOF,
        Recipient(
            address.email, address.phone, account.language, None, account.name.partition(" ")[0]
        ),
        {"code": code, "host": urlsplit(absolute("accounts.sign_in")).hostname or ""},
        organisation_id=organisation_id,
        expires_at=until,
    )
