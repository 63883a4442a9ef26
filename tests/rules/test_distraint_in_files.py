"""Distraint in the bank's file, valid by the ISO schema; references with right check digits."""

from datetime import UTC, date, datetime
from importlib.resources import files
from io import BytesIO

import pytest
from lxml import etree

from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.message import transfer_xml
from jobsearch.payroll.exports.bank.rules import Edition, Payer, Payment, Transfer
from jobsearch.payroll.pay.distraint.rules import is_reference, plain_reference

ACCOUNT = "FI2112345600000785"


def transfer(edition: Edition, reference: str, payments: tuple[Payment, ...]) -> Transfer:
    passed_on = Payment("ban", "Ulosottolaitos", ACCOUNT, Money.of("80"), "Distraint", reference)
    payer = Payer("Provider", ACCOUNT, edition=edition)
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    return Transfer("m" * 35, at, date(2026, 12, 4), payer, payments, (passed_on,))


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("reference", ["1232", "RF18539007547034"])
@pytest.mark.parametrize("with_pay", [True, False])
def test_a_file_with_distraint_is_valid_by_the_schema(
    edition: Edition, reference: str, with_pay: bool
) -> None:
    pay = (Payment("slip", "Pia Pihlaja", ACCOUNT, Money.of("372.07"), "Pay"),)
    content = transfer_xml(transfer(edition, reference, pay if with_pay else ()))
    schema = files("sepaxml") / "schemas" / f"{edition.value}.xsd"
    root = etree.parse(BytesIO(content))
    etree.XMLSchema(etree.parse(str(schema))).assertValid(root)
    assert root.findtext(".//{*}GrpHdr/{*}NbOfTxs") == ("2" if with_pay else "1")
    total = root.findtext(".//{*}GrpHdr/{*}CtrlSum")
    assert total == ("452.07" if with_pay else "80.00")
    names = [part.text for part in root.iterfind(".//{*}PmtInfId")]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 35 for name in names)


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("1232", True),
        ("00 0012 32", True),
        ("13 50009", False),
        ("1233", False),
        ("rf18 5390 0754 7034", True),
        ("RF19539007547034", False),
        ("", False),
        ("12", False),
        ("１２３２", False),
    ],
)
def test_a_reference_has_right_check_digits(typed: str, is_right: bool) -> None:
    assert is_reference(plain_reference(typed)) is is_right
