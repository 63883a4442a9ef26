"""Messages about one's own account: links that open it, and word of what was changed."""

from datetime import datetime

from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.rules import LinkPurpose
from jobsearch.core.clock import now
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

NEW_PASSWORD = TextKind(
    "accounts.new_password",
    subject=N_("Choose a new password"),
    body=N_(
        "Hello %(name)s,\n\nwith this link you choose a new password. It works once, until"
        " %(until)s:\n%(link)s\n\nIf you did not ask for it, you need not do anything: your"
        " password stays as it is."
    ),
    audience=Audience.STAFF,
    always=True,
)
START_AGAIN = TextKind(
    "accounts.start_again",
    subject=N_("Set up your sign-in again"),
    body=N_(
        "Hello %(name)s,\n\nyour sign-in is made anew, because something that you sign in with was"
        " lost. Your old password, app and passkeys open nothing any more. Choose a new password"
        " with this link. It works once, until %(until)s:\n%(link)s"
    ),
    audience=Audience.STAFF,
    always=True,
)
NEW_EMAIL = TextKind(
    "accounts.new_email",
    subject=N_("Confirm your new e-mail address"),
    body=N_(
        "Hello %(name)s,\n\nwith this link you confirm that this is your address. It works once,"
        " until %(until)s:\n%(link)s\n\nIf you did not ask for it, you need not do anything."
    ),
    audience=Audience.STAFF,
    always=True,
)
PASSWORD_CHANGED = TextKind(
    "accounts.password_changed",
    subject=N_("Your password was changed"),
    body=N_(
        "Hello %(name)s,\n\nthe password of your account was changed: %(time)s. You were signed out"
        " everywhere else.\n\nIf it was not you, choose a new password at once and tell your"
        " manager: %(link)s"
    ),
    audience=Audience.STAFF,
    always=True,
)
FACTORS_CHANGED = TextKind(
    "accounts.factors_changed",
    subject=N_("How you sign in was changed"),
    body=N_(
        "Hello %(name)s,\n\nan app, a passkey or the recovery codes of your account were changed:"
        " %(time)s.\n\nIf it was not you, choose a new password at once and tell your manager:"
        " %(link)s"
    ),
    audience=Audience.STAFF,
    always=True,
)
EMAIL_CHANGED = TextKind(
    "accounts.email_changed",
    subject=N_("Your e-mail address was changed"),
    body=N_(
        "Hello %(name)s,\n\nthe e-mail address of your account was changed: %(time)s. This message"
        " goes to the old and to the new address.\n\nIf it was not you, tell your manager at once."
    ),
    audience=Audience.STAFF,
    always=True,
)
STAFF_TEXTS = (
    NEW_PASSWORD,
    START_AGAIN,
    NEW_EMAIL,
    PASSWORD_CHANGED,
    FACTORS_CHANGED,
    EMAIL_CHANGED,
)
_OF_LINK = {
    LinkPurpose.NEW_PASSWORD: NEW_PASSWORD,
    LinkPurpose.START_AGAIN: START_AGAIN,
    LinkPurpose.NEW_EMAIL: NEW_EMAIL,
}
_PAGE = {LinkPurpose.NEW_EMAIL: "recovery.new_email"}


def send_link(
    account: Account,
    membership: Membership,
    purpose: LinkPurpose,
    secret: str,
    until: datetime,
    email: str | None = None,
) -> None:
    """Send a one-time link to the account's own address, or to the one that it is to confirm."""
    page = _PAGE.get(purpose, "recovery.new_password")
    send(
        _OF_LINK[purpose],
        _recipient(account, email),
        {"link": absolute(page, secret=secret), "until": until},
        organisation_id=membership.organisation_id,
        expires_at=until,
    )


def send_word(
    kind: TextKind, account: Account, organisation_id: str, email: str | None = None
) -> None:
    """Tell the person what was changed in her account; `email` where it goes elsewhere."""
    gaps = {"time": now(), "link": absolute("recovery.forgotten_password")}
    send(
        kind,
        _recipient(account, email),
        {name: gaps[name] for name in kind.asked},
        organisation_id=organisation_id,
    )


def _recipient(account: Account, email: str | None) -> Recipient:
    first = account.name.split(maxsplit=1)[0] if account.name else ""
    return Recipient(email or account.email, None, account.language, account.id, first)
