"""What is written to a member whose role has changed or ended."""

from jobsearch.accounts.models import Account
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send

ROLE_CHANGED = TextKind(
    "accounts.role_changed",
    subject=N_("Your role has changed"),
    body=N_(
        "Your role in %(organisation)s has changed. Sign in again to see your pages. If you did"
        " not expect this, ask your manager."
    ),
    audience=Audience.STAFF,
)

ROLE_ENDED = TextKind(
    "accounts.role_ended",
    subject=N_("Your role has ended"),
    body=N_(
        "Your role in %(organisation)s has ended, and you can't sign in to it any more. What you"
        " did there stays as it is. If you did not expect this, ask your manager."
    ),
    audience=Audience.STAFF,
)


def tell(kind: TextKind, account: Account, organisation_id: str, organisation: str) -> None:
    """Write one of these to a member."""
    to = Recipient(
        account.email, account.phone, account.language, account.id, account.name.split(" ")[0]
    )
    send(kind, to, {"organisation": organisation}, organisation_id=organisation_id)
