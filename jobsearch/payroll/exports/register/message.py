"""Writes deliveries as the Incomes Register reads them, one element under the other."""

from collections.abc import Callable
from datetime import date
from typing import Any

from lxml import etree

from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.payroll.exports.register.rules import (
    ALWAYS,
    HEALTH_CODE,
    NO_WAGES_CODE,
    Cancellation,
    DataType,
    Envelope,
    Income,
    SummaryDelivery,
    WageDelivery,
    WageReport,
)

_SPACE = "http://www.tulorekisteri.fi/2017/1/"
_BUSINESS_ID, _IDENTITY_CODE = 1, 2
_NEW, _REPLACES = 1, 2
_PART_TIME, _FIXED_TERM, _HOURLY, _HOURS, _TK10, _TYEL = 2, 2, 2, 1, 1, 1
# K: what 2 asks for is not documented in what we read; the samples have it (law.md, section 5)
_FAULTY_CONTROL = 2


def wages_xml(delivery: WageDelivery) -> bytes:
    """Wage reports of one payment day and period."""

    def rest(data: Any) -> None:
        period = _add(data, "PaymentPeriod")
        _add(period, "PaymentDate", delivery.pays_on.isoformat())
        _span(period, delivery.period)
        _contact(data, delivery.envelope)
        _payer(data, delivery.envelope)
        reports = _add(data, "Reports")
        for report in delivery.reports:
            _wage_report(_add(reports, "Report"), delivery, report)

    return _request("WageReports", DataType.WAGES, delivery.envelope, rest)


def summary_xml(delivery: SummaryDelivery, on: date) -> bytes:
    """The separate report of a month, told on a day."""

    def rest(data: Any) -> None:
        _contact(data, delivery.envelope)
        _add(data, "ReportDate", on.isoformat())
        _payer(data, delivery.envelope)
        report = _add(_add(data, "Reports"), "Report")
        _report_data(report, delivery.reference, replaces=delivery.replaces)
        month = _add(report, "PaymentMonth")
        _add(month, "Month", delivery.month.month)
        _add(month, "Year", delivery.month.year)
        basic = _add(_add(_add(report, "Transactions"), "Transaction"), "TransactionBasic")
        if delivery.health is None:
            _add(basic, "SummaryTransactionCode", NO_WAGES_CODE)
        else:
            _add(basic, "SummaryTransactionCode", HEALTH_CODE)
            _add(basic, "Amount", _amount(delivery.health))

    return _request("PayerSummaryReports", DataType.SUMMARY, delivery.envelope, rest)


def cancellation_xml(delivery: Cancellation) -> bytes:
    """Reports that count no more."""

    def rest(data: Any) -> None:
        items = _add(data, "Items")
        for reference in delivery.references:
            _add(_add(items, "Item"), "ItemId", reference)

    return _request("Invalidations", delivery.kind, delivery.envelope, rest)


def _request(what: str, kind: DataType, envelope: Envelope, rest: Callable[[Any], None]) -> bytes:
    # only the root element is in the namespace
    space = f"{_SPACE}{what}ToIR"
    root = etree.Element(f"{{{space}}}{what}RequestToIR", nsmap={"ir": space})
    data = _add(root, "DeliveryData")
    _add(data, "Timestamp", envelope.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(data, "Source", "jobsearch")
    _add(data, "DeliveryDataType", int(kind))
    _add(data, "DeliveryId", envelope.reference)
    _add(data, "FaultyControl", _FAULTY_CONTROL)
    _add(data, "ProductionEnvironment", "true" if envelope.sender.is_production else "false")
    for who in ("Owner", "Creator", "Sender"):
        _id(_add(data, f"DeliveryData{who}"), _BUSINESS_ID, envelope.sender.business_id)
    rest(data)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _add(parent: Any, tag: str, value: object = None) -> Any:
    child = etree.SubElement(parent, tag)
    child.text = None if value is None else str(value)
    return child


def _id(parent: Any, kind: int, code: str) -> None:
    _add(parent, "Type", kind)
    _add(parent, "Code", code)


def _span(parent: Any, days: Span) -> None:
    _add(parent, "StartDate", days.first.isoformat())
    _add(parent, "EndDate", (days.last or days.first).isoformat())


def _amount(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"


def _hours(minutes: int) -> str:
    hundredths = (minutes * 100 + 30) // 60
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _contact(data: Any, envelope: Envelope) -> None:
    sender = envelope.sender
    person = _add(_add(data, "ContactPersons"), "ContactPerson")
    _add(person, "Name", sender.contact)
    _add(person, "Telephone", sender.phone)
    if sender.email:
        _add(person, "Email", sender.email)


def _payer(data: Any, envelope: Envelope) -> None:
    payer = _add(_add(_add(data, "Payer"), "PayerIds"), "Id")
    _id(payer, _BUSINESS_ID, envelope.sender.business_id)


def _report_data(report: Any, reference: str, *, replaces: bool) -> None:
    data = _add(report, "ReportData")
    _add(data, "ActionCode", _REPLACES if replaces else _NEW)
    _add(data, "ReportId", reference)


def _wage_report(part: Any, delivery: WageDelivery, report: WageReport) -> None:
    _report_data(part, report.reference, replaces=report.replaces)
    earner = _add(part, "IncomeEarner")
    _id(_add(_add(earner, "IncomeEarnerIds"), "Id"), _IDENTITY_CODE, report.identity_code)
    job = _add(earner, "Employment")
    _add(job, "Employed", "true")
    _add(job, "EmploymentCode", _PART_TIME)
    _add(job, "TermCode", _FIXED_TERM)
    _add(job, "HoursPerWeek", _hours(report.weekly_minutes))
    _add(_add(job, "PaymentTypes"), "PaymentType", _HOURLY)
    _span(_add(_add(job, "EmploymentPeriods"), "Period"), report.employed)
    sender = delivery.envelope.sender
    _id(_add(_add(earner, "Professions"), "Profession"), _TK10, sender.profession)
    if report.is_pension_insured:
        pension = _add(earner, "PensionInsurance")
        _add(pension, "PensionActCode", _TYEL)
        _add(pension, "PensionProvIdCode", sender.pension_provider)
        _add(pension, "PensionPolicyNo", sender.pension_policy)
    incomes = _add(part, "Transactions")
    for income in report.incomes:
        if income.amount or income.code in ALWAYS:
            _income(_add(incomes, "Transaction"), income, delivery.period)


def _income(part: Any, income: Income, earned: Span) -> None:
    basic = _add(part, "TransactionBasic")
    _add(basic, "TransactionCode", income.code)
    _add(basic, "Amount", _amount(income.amount))
    if income.hourly is not None and income.minutes is not None:
        _span(_add(_add(part, "EarningPeriods"), "EarningPeriod"), earned)
        unit = _add(_add(part, "UnitWages"), "UnitWage")
        _add(unit, "UnitPrice", _amount(income.hourly))
        _add(unit, "UnitAmount", _hours(income.minutes))
        _add(unit, "UnitCode", _HOURS)
