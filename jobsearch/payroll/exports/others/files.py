"""The files that other payroll systems read.

Procountor: a CSV of rows of the type E without a heading, columns A to R: row type, personal
identity code, salary type code, its name, quantity, unit price, six projects by name and code;
decimal commas. Public descriptions: support.nepton.com (“ProCountor salary data breakdown format”)
and support.procountor.fi (“Importing salary data to Procountor”). The semicolon between columns is
what Finnish CSV files with decimal commas have; Procountor's page does not say it.

Netvisor: the resource payrollperiodcollector.nv, one XML a person (support.netvisor.fi, “Import
record line for pay period”): date, employee by personal identity code, and lines of an amount and a
record type. It says nothing of euros, so only hours are told.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from lxml import etree

from jobsearch.core.money import Money
from jobsearch.core.sheets import to_csv
from jobsearch.payroll.exports.others.rules import (
    HandedItem,
    HandedLine,
    HandedPerson,
    System,
    check_codes,
    check_exact,
    check_identity,
    hours_of,
)

_PROJECTS = ("",) * 12
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same run gives the same bytes


def file_of(
    system: System, people: Sequence[HandedPerson], codes: Mapping[HandedItem, str]
) -> bytes:
    """The file in a system's form. RuleBroken for what that form cannot say."""
    if system is System.PLAIN:
        return plain_csv(people)
    check_identity(people)
    check_codes(codes)
    check_exact(people)
    if system is System.PROCOUNTOR:
        return procountor_csv(people, codes)
    return netvisor_zip(people, codes)


def plain_csv(people: Iterable[HandedPerson]) -> bytes:
    """A line for each item of each person; no identity code, no account (columns: docs)."""
    heads = (
        _("Reference"),
        _("Name"),
        _("First day"),
        _("Last day"),
        _("Day of payment"),
        _("Income type"),
        _("Pay item"),
        _("Hours"),
        _("Euros an hour"),
        _("Euros"),
    )
    rows = (
        (
            person.reference,
            person.name,
            person.period.first,
            person.period.last,
            person.pays_on,
            line.income_type,
            _(line.item.label),
            None if line.minutes is None else hours_of(line.minutes),
            line.hourly,
            line.amount,
        )
        for person in people
        for line in person.lines
    )
    return to_csv(heads, rows)


def procountor_csv(people: Iterable[HandedPerson], codes: Mapping[HandedItem, str]) -> bytes:
    """Rows of the type E; items that have no code are left to the other system."""
    rows = (
        ("E", person.identity_code or "", codes[line.item], "", *_priced(line), *_PROJECTS)
        for person in people
        for line in person.lines
        if line.item in codes
    )
    return "".join(";".join(row) + "\r\n" for row in rows).encode("ascii")


def _priced(line: HandedLine) -> tuple[str, str]:
    """Quantity and unit price with decimal commas: hours at the wage, or one of the whole."""
    if line.minutes is not None and line.hourly is not None:
        return _comma(hours_of(line.minutes)), _comma(line.hourly)
    return "1", _comma(line.amount)


def _comma(value: Money | Decimal) -> str:
    return (value.plain() if isinstance(value, Money) else f"{value:f}").replace(".", ",")


def netvisor_zip(people: Iterable[HandedPerson], codes: Mapping[HandedItem, str]) -> bytes:
    """One XML of hours for each person, packed together."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for person in people:
            minutes = sum(line.minutes or 0 for line in person.lines)
            if minutes:
                name = zipfile.ZipInfo(f"{person.reference}.xml", _ALWAYS)
                archive.writestr(name, _collector(person, minutes, codes[HandedItem.WAGE]))
    return packed.getvalue()


def _collector(person: HandedPerson, minutes: int, code: str) -> bytes:
    root = etree.Element("Root")
    collector = etree.SubElement(root, "payrollperiodcollector")
    day = etree.SubElement(collector, "date", format="ansi")
    day.text = (person.period.last or person.period.first).isoformat()
    whom = etree.SubElement(collector, "employeeidentifier", type="personalidentificationnumber")
    whom.text = person.identity_code
    line = etree.SubElement(collector, "payrollratioline")
    etree.SubElement(line, "amount").text = _comma(hours_of(minutes))
    etree.SubElement(line, "payrollratio", type="number").text = code
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content
