"""E-mail: messages handed to a mail server."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from jobsearch.config import is_here
from jobsearch.notices.delivery.letter import Letter
from jobsearch.notices.delivery.lines import AddressRefused, MessageRefused, ServerDown, TryLater

_SECONDS = 45  # for each answer: a slow server is waited for, and five answers fit into the lease
_NOT_THE_ADDRESS = frozenset({530, 534, 535, 538})  # the server wants us to sign in


class MailServer:
    """`smtp://user:word@host:587` (STARTTLS), `smtps://host:465`, or a relay on this machine.

    Only this machine is spoken to in the open; any other server must show its certificate.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._server: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect and sign in, unless connected."""
        if self._server is not None:
            return
        try:
            self._server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerDown(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        parts, host = self._parts, self._parts.hostname or "localhost"
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=_SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            if parts.scheme != "smtps" and (parts.username or not is_here(host)):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def deliver(self, letter: Letter) -> str | None:
        """Send one e-mail to one address."""
        assert self._server is not None
        try:
            message = letter.as_message()
        except ValueError as error:
            raise AddressRefused("no address") from error
        try:
            self._server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            self._judge(error)
        return None

    def _judge(self, error: Exception) -> None:
        """Say what a failure means; raises always."""
        code = _code(error)
        refused = isinstance(error, smtplib.SMTPRecipientsRefused)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            raise AddressRefused("letters that the server cannot send to") from error
        if refused and code >= 500 and code not in _NOT_THE_ADDRESS:
            raise AddressRefused(str(code)) from error
        if isinstance(error, smtplib.SMTPDataError) and code >= 500:
            raise MessageRefused(str(code)) from error
        if 400 <= code < 500 and code != 421:
            raise TryLater(str(code)) from error
        self._let_go()
        raise ServerDown(str(code or type(error).__name__)) from error

    def _let_go(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def close(self) -> None:
        """Say good-bye; whether the server hears it does not matter."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
        self._server = None


def _code(error: Exception) -> int:
    """The server's answer to it, 0 when there was none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return 0
