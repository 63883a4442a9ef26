"""The edge of the house: one message handed to a mail server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from urllib.parse import unquote, urlsplit

_SECONDS = 15


class AddressRefused(Exception):
    """The mail server refused this address for good; another try would not help."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent; the identifier is the same at every try, so that a twin is recognised."""

    identifier: str
    sender: str
    address: str
    subject: str
    body: str

    def as_message(self) -> EmailMessage:
        """One recipient, plain text, no header made of what people typed but the subject."""
        message = EmailMessage(policy=MAIL_POLICY)
        message["From"] = self.sender
        message["To"] = self.address
        message["Subject"] = " ".join(self.subject.split())
        message["Message-ID"] = f"<{self.identifier}@{self.sender.partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.body)
        return message


def send(smtp_url: str, letter: Letter) -> None:
    """Hand a letter to the server: `smtp://user:word@host:587` (STARTTLS) or `smtp://localhost`.

    Raises AddressRefused for a 5xx of the recipient, OSError or SMTPException when it may be
    tried again.
    """
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    with smtplib.SMTP(host, parts.port or 25, timeout=_SECONDS) as server:
        if parts.username:
            server.starttls(context=ssl.create_default_context())
            server.login(unquote(parts.username), unquote(parts.password or ""))
        try:
            server.send_message(letter.as_message())
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            if code >= 500:
                raise AddressRefused(str(code)) from refused
            raise
