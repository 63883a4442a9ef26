"""A message as it leaves the house: one recipient, the same identifier at every try."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import format_datetime, parseaddr
from html import escape

from jobsearch.notices.rules import Channel

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    "<title>{title}</title></head>\n<body>\n{body}\n</body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to a server; the identifier does not change, so that a twin is recognised.

    `attachment` is a PDF: the name it has in the letter, and its bytes.
    """

    identifier: str
    channel: Channel
    sender: str
    address: str
    subject: str
    body: str
    kind: str
    written_at: datetime
    language: str = "fi"
    stop_link: str | None = None
    attachment: tuple[str, bytes] | None = None

    @property
    def domain(self) -> str:
        """The sender's domain, in which identifiers are unique."""
        return parseaddr(self.sender)[1].partition("@")[2] or "localhost"

    def as_message(self) -> EmailMessage:
        """Plain text and the same as simple HTML; no header is made of what people typed but To
        and Subject. Raises ValueError for an address that is none.
        """
        message = EmailMessage(policy=MAIL_POLICY)
        message["From"] = self.sender
        message["To"] = self.address
        message["Subject"] = " ".join(self.subject.split())
        message["Date"] = format_datetime(self.written_at)
        message["Message-ID"] = f"<{self.identifier}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        if self.stop_link:
            message["List-Id"] = f"<{self.kind.replace('_', '-')}.{self.domain}>"
            message["List-Unsubscribe"] = f"<{self.stop_link}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.body)
        message.add_alternative(_as_html(self), subtype="html")
        if self.attachment:
            name, content = self.attachment
            message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        if len(message["To"].addresses) != 1:
            raise ValueError("one message has one recipient")
        return message


def _as_html(letter: Letter) -> str:
    parts = re.split(r"\n\s*\n", letter.body.strip())
    body = "\n".join(f"<p>{_with_links(part)}</p>" for part in parts)
    return _PAGE.format(language=letter.language, title=escape(letter.subject), body=body)


def _with_links(text: str) -> str:
    """Escaped text in which addresses can be clicked; nothing else of it becomes markup."""
    pieces, at = [], 0
    for found in _LINK.finditer(text):
        href = escape(found[0])
        pieces += [escape(text[at : found.start()]), f'<a href="{href}">{href}</a>']
        at = found.end()
    pieces.append(escape(text[at:]))
    return "".join(pieces).replace("\n", "<br>\n")
