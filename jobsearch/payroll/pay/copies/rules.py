"""How a copy of a payslip is locked, and how often one is sent; pure."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

SHORTEST, LONGEST_BYTES = 10, 127  # a PDF takes no longer password (ISO 32000-2, 7.6.4)
MOST_IN_A_DAY = 3


def check_password(password: str, again: str) -> None:
    """Refuse what is too short to lock anything, too long for a PDF, or typed in two ways."""
    if len(password) < SHORTEST:
        raise RuleBroken(
            N_("The password has at least %(least)d characters."), field="password", least=SHORTEST
        )
    if len(password.encode()) > LONGEST_BYTES:
        raise RuleBroken(N_("The password is too long for a PDF."), field="password")
    if password != again:
        raise RuleBroken(N_("The two passwords are not the same."), field="again")


def check_not_too_often(sent_today: int) -> None:
    """Refuse more copies than anybody needs in a day."""
    if sent_today >= MOST_IN_A_DAY:
        raise RuleBroken(
            N_("You have asked for %(most)d copies in a day. Ask again tomorrow."),
            most=MOST_IN_A_DAY,
        )


def locked_pdf(content: bytes, password: str, owner_password: str) -> bytes:
    """The same pages, opened by the password alone: AES with 256 bits (ISO 32000-2)."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, owner_password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def masked_address(email: str) -> str:
    """An address as a page may show it: `p…@example.org`."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"[:60]
