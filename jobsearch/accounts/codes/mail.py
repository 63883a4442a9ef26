"""The message that carries a code and a link, by e-mail or as a text message."""

from datetime import datetime
from urllib.parse import urlsplit

from jobsearch.accounts.codes.queries import WayIn
from jobsearch.accounts.codes.rules import Address
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

CODE = TextKind(
    "accounts.sign_in_code",
    subject=N_("Your code for signing in"),
    body=N_(
        "Your code is %(code)s.\n\nYou can also open this link and press the button on its page:\n"
        "%(link)s\n\nThe code and the link work once, for 15 minutes. Give them to nobody: we never"
        " ask for them by phone or message. If you did not ask for them, you need not do anything."
    ),
    # the last line lets a phone fill in the code, and only on our own pages
    sms=N_(
        "%(code)s is your code for %(service)s. It works for 15 minutes. Give it to nobody."
        "\n%(link)s\n\n@%(host)s #%(code)s"
    ),
    title=N_("Code for signing in"),
    audience=Audience.EVERYONE,
    always=True,
)


def send_code(to: WayIn, address: Address, code: str, link_secret: str, until: datetime) -> None:
    """Write the message to exactly the address that was asked for, as the account has it."""
    link = absolute("codes.open_link", secret=link_secret)
    send(
        CODE,
        Recipient(address.email, address.phone, to.language, to.subject_id, to.first_name),
        {
            "code": code,
            "link": link,
            "host": urlsplit(link).hostname or "",
            "service": to.service_name,
        },
        organisation_id=to.organisation_id,
        expires_at=until,
    )
