"""Writes a credit transfer as the ISO 20022 message pain.001, editions .09 and .03.

Category purpose SALA for pay, a batch of its own for what is passed on. No addresses: unstructured
ones are refused since November 2026 and a creditor needs none (`finland/law.md` section 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.rules import (
    MOST_NAME,
    MOST_REFERENCE,
    Edition,
    Payer,
    Payment,
    Transfer,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Transfers of one kind, booked together; only pay is marked as pay."""

    identifier: str
    payments: Sequence[Payment]
    purpose: str


def transfer_xml(transfer: Transfer) -> bytes:
    """The message as bytes; the same transfer gives the same bytes."""
    edition = transfer.payer.edition
    space = f"urn:iso:std:iso:20022:tech:xsd:{edition.value}"
    root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    message = _add(root, "CstmrCdtTrfInitn")
    _head(_add(message, "GrpHdr"), transfer)
    head = transfer.message_id[:MOST_REFERENCE]
    if transfer.payments:
        _batch(_add(message, "PmtInf"), transfer, Block(head, transfer.payments, "SALA"))
    if transfer.passed_on:
        block = Block(f"{head[: MOST_REFERENCE - 2]}-2", transfer.passed_on, "")
        _batch(_add(message, "PmtInf"), transfer, block)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _add(parent: Any, tag: str, text: str | None = None) -> Any:
    space = etree.QName(parent).namespace
    child = etree.SubElement(parent, f"{{{space}}}{tag}")
    child.text = text
    return child


def _amount(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"


def _head(head: Any, transfer: Transfer) -> None:
    _add(head, "MsgId", transfer.message_id[:MOST_REFERENCE])
    _add(head, "CreDtTm", transfer.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _totals(head, (*transfer.payments, *transfer.passed_on))
    _party(_add(head, "InitgPty"), transfer.payer)


def _totals(parent: Any, payments: Sequence[Payment]) -> None:
    _add(parent, "NbOfTxs", str(len(payments)))
    _add(parent, "CtrlSum", _amount(Money.total(one.amount for one in payments)))


def _party(party: Any, payer: Payer) -> None:
    _add(party, "Nm", payer.name[:MOST_NAME])
    if payer.customer_id:
        other = _add(_add(_add(party, "Id"), "OrgId"), "Othr")
        _add(other, "Id", payer.customer_id)
        _add(_add(other, "SchmeNm"), "Cd", "BANK")


def _batch(batch: Any, transfer: Transfer, block: Block) -> None:
    payer, edition = transfer.payer, transfer.payer.edition
    _add(batch, "PmtInfId", block.identifier)
    _add(batch, "PmtMtd", "TRF")
    _add(batch, "BtchBookg", "true")
    _totals(batch, block.payments)
    kind = _add(batch, "PmtTpInf")
    _add(_add(kind, "SvcLvl"), "Cd", "SEPA")
    if block.purpose:
        _add(_add(kind, "CtgyPurp"), "Cd", block.purpose)
    day = _add(batch, "ReqdExctnDt")
    if edition is Edition.V09:
        day = _add(day, "Dt")
    day.text = transfer.pays_on.isoformat()
    _party(_add(batch, "Dbtr"), payer)
    _account(_add(batch, "DbtrAcct"), payer.account)
    bank = _add(_add(batch, "DbtrAgt"), "FinInstnId")
    if payer.bic:
        _add(bank, "BICFI" if edition is Edition.V09 else "BIC", payer.bic)
    else:
        _add(_add(bank, "Othr"), "Id", "NOTPROVIDED")
    _add(batch, "ChrgBr", "SLEV")
    for payment in block.payments:
        _payment(_add(batch, "CdtTrfTxInf"), payment, block.purpose)


def _payment(part: Any, payment: Payment, purpose: str) -> None:
    _add(_add(part, "PmtId"), "EndToEndId", payment.reference[:MOST_REFERENCE])
    amount = _add(_add(part, "Amt"), "InstdAmt", _amount(payment.amount))
    amount.set("Ccy", "EUR")
    _add(_add(part, "Cdtr"), "Nm", payment.name[:MOST_NAME])
    _account(_add(part, "CdtrAcct"), payment.account)
    if purpose:
        _add(_add(part, "Purp"), "Cd", purpose)
    told = _add(part, "RmtInf")
    if payment.remittance:
        _reference(_add(_add(told, "Strd"), "CdtrRefInf"), payment.remittance)
    else:
        _add(told, "Ustrd", payment.words[:140])


def _reference(part: Any, reference: str) -> None:
    """A payee's own reference: Finnish ones and RF references are both SCOR."""
    kind = _add(part, "Tp")
    _add(_add(kind, "CdOrPrtry"), "Cd", "SCOR")
    if reference.startswith("RF"):
        _add(kind, "Issr", "ISO")
    _add(part, "Ref", reference)


def _account(parent: Any, account: str) -> None:
    _add(_add(parent, "Id"), "IBAN", account)
