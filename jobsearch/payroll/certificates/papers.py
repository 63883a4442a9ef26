"""Writes certificates out of records, in the locale of the caller: what each kind tells."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext as _

from jobsearch.attendance.rules import MARK_NAMES, Mark
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span, month_of, week_number, week_of
from jobsearch.payroll.certificates.document import CertificateDocument, Sheet
from jobsearch.payroll.certificates.queries import Day, Ground
from jobsearch.payroll.certificates.rules import (
    ENDING_NAMES,
    KIND_NAMES,
    Answer,
    CertificateKind,
)
from jobsearch.payroll.contracts.editions.wordings import words_in_use
from jobsearch.payroll.contracts.law.rules import TermKey
from jobsearch.payroll.contracts.rules import born_on
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import Payslip
from jobsearch.web.formats import (
    amount,
    date_text,
    day_range,
    hours,
    money,
    month_text,
    percent,
    short_day,
)

_PREFIXES = {
    CertificateKind.EMPLOYMENT: "TT",
    CertificateKind.ASSESSED: "TA",
    CertificateKind.PAY: "PT",
    CertificateKind.HOLIDAY: "LK",
    CertificateKind.DAYS: "PL",
}


def employment_paper(ground: Ground, language: str, today: date) -> CertificateDocument:
    """Duration and tasks, and nothing else (TSL 6:7)."""
    texts = [_employed(ground, language, today), _tasks(ground, language)]
    return _paper(CertificateKind.EMPLOYMENT, ground, language, texts, signer=_signer(ground))


def assessed_paper(
    ground: Ground, language: str, today: date, answer: Answer
) -> CertificateDocument:
    """Duration and tasks, and of the rest what the person has asked for."""
    texts = [_employed(ground, language, today), _tasks(ground, language)]
    if answer.ending is not None:
        texts.append(_(ENDING_NAMES[answer.ending]))
    if answer.skill:
        texts.append(_("Working skill: %(words)s", words=answer.skill))
    if answer.conduct:
        texts.append(_("Conduct: %(words)s", words=answer.conduct))
    return _paper(CertificateKind.ASSESSED, ground, language, texts, signer=_signer(ground))


def _employed(ground: Ground, language: str, today: date) -> str:
    first, last = ground.term.first, ground.term.last or ground.term.first
    gaps = {
        "name": ground.person.full_name,
        "employer": ground.organisation.name,
        "first": date_text(first, language),
        "last": date_text(last, language),
    }
    if ground.is_over(today):
        text = _("%(name)s was employed by %(employer)s from %(first)s to %(last)s.", **gaps)
    else:
        text = _(
            "%(name)s has been employed by %(employer)s since %(first)s. The employment is agreed"
            " to last until %(last)s.",
            **gaps,
        )
    return str(text)


def _tasks(ground: Ground, language: str) -> str:
    usual = words_in_use(ground.term.first).say(TermKey.TASKS, "usual", language)
    return str(_("Tasks: %(tasks)s", tasks=ground.tasks or usual))


def _signer(ground: Ground) -> str:
    return str(_("For %(employer)s", employer=ground.organisation.name))


def pay_paper(ground: Ground, language: str, slips: Sequence[Payslip]) -> CertificateDocument:
    """What was paid by day of payment, with holiday compensation on its own, and by month."""
    heads = (
        _("Paid on"),
        _("Work"),
        _("Hours"),
        _("Wages"),
        _("Holiday comp."),
        _("Bonus"),
        _("Gross"),
    )
    rows = tuple(
        (
            date_text(slip.pays_on, language),
            day_range(slip.period, language=language),
            hours(slip.paid_minutes, language=language),
            *_earned([slip], language),
        )
        for slip in slips
    )
    minutes = sum(slip.paid_minutes for slip in slips)
    total = (_("In all"), "", hours(minutes, language=language), *_earned(slips, language))
    payments = Sheet(_("Payments, euros"), heads, rows, total, texts=2)
    notes = [
        _("Wages are wages for work and what is paid as wage beside them."),
        _("Euros are before tax; reimbursements of expenses are no wages and are not in gross."),
    ]
    sheets = [payments, _by_month(slips, language)]
    return _paper(CertificateKind.PAY, ground, language, [], sheets=sheets, notes=notes)


def _earned(slips: Sequence[Payslip], language: str) -> tuple[str, ...]:
    gross = Money.total(slip.gross for slip in slips)
    holiday, bonus = _of(slips, Item.HOLIDAY_COMPENSATION), _of(slips, Item.BONUS)
    return tuple(amount(one, language) for one in (gross - holiday - bonus, holiday, bonus, gross))


def _of(slips: Iterable[Payslip], item: Item) -> Money:
    return Money.total(line.amount for slip in slips for line in slip.lines if line.item is item)


def _by_month(slips: Sequence[Payslip], language: str) -> Sheet:
    heads = (
        _("Month of payment"),
        _("Gross"),
        _("of it holiday compensation"),
        _("Withheld tax"),
        _("Reimbursements"),
    )
    months = sorted({month_of(slip.pays_on).first for slip in slips})
    rows = []
    for month in months:
        own = [slip for slip in slips if month_of(slip.pays_on).first == month]
        sums = (
            Money.total(slip.gross for slip in own),
            _of(own, Item.HOLIDAY_COMPENSATION),
            Money.total(slip.tax for slip in own),
            Money.total(slip.reimbursements for slip in own),
        )
        rows.append((month_text(month, language), *(amount(one, language) for one in sums)))
    return Sheet(_("By calendar month, euros"), heads, tuple(rows))


def holiday_paper(ground: Ground, language: str, slips: Sequence[Payslip]) -> CertificateDocument:
    """The amount of holiday compensation and what it rests on (Annual Holidays Act 162/2005)."""
    heads = (_("Work"), _("Paid on"), _("Base"), _("Share of it"), _("Amount"))
    found = [
        (slip, line)
        for slip in slips
        for line in slip.lines
        if line.item is Item.HOLIDAY_COMPENSATION
    ]
    rows = tuple(
        (
            day_range(slip.period, language=language),
            date_text(slip.pays_on, language),
            money(line.base, language) if line.base is not None else "",
            _rate(line.rate_bp, language),
            money(line.amount, language),
        )
        for slip, line in found
    )
    together = Money.total(line.amount for _slip, line in found)
    sheet = Sheet(
        _("Holiday compensation"),
        heads,
        rows,
        (_("In all"), "", "", "", money(together, language)),
        texts=2,
    )
    texts = [
        _(
            "Instead of days of holiday, holiday compensation is paid as a share of the pay for"
            " time at work (Annual Holidays Act 162/2005, chapter 4)."
        )
    ]
    return _paper(CertificateKind.HOLIDAY, ground, language, texts, sheets=[sheet])


def _rate(basis_points: int | None, language: str) -> str:
    return "" if basis_points is None else percent(Rate(basis_points), language=language)


def days_paper(
    ground: Ground, language: str, days: Sequence[Day], span: Span
) -> CertificateDocument:
    """Each working day with its hours, and sums by week and by month; no reason of absence."""
    rows = tuple((short_day(day.on, language), _told(day), _paid(day, language)) for day in days)
    total = (_("In all"), "", hours(_minutes(days), language=language))
    heads = (_("Day"), _("What"), _("Paid hours"))
    listed = Sheet(_("Days"), heads, rows, total, texts=2)
    sheets = [listed, _weeks(days, language), _months(days, language)]
    facts = [(_("Days of the list"), day_range(span, language=language))]
    notes = [
        _("Hours are those that are paid, day by day, as Kela and unemployment funds ask for them.")
    ]
    kind = CertificateKind.DAYS
    return _paper(kind, ground, language, [], sheets=sheets, notes=notes, facts=facts)


def _told(day: Day) -> str:
    if day.mark is None:
        return str(_("Not marked yet"))
    return str(_("Work") if day.mark is Mark.PRESENT else _(MARK_NAMES[day.mark]))


def _paid(day: Day, language: str) -> str:
    return "–" if day.paid_minutes is None else hours(day.paid_minutes, language=language)


def _minutes(days: Iterable[Day]) -> int:
    return sum(day.paid_minutes or 0 for day in days)


def _weeks(days: Sequence[Day], language: str) -> Sheet:
    weeks = sorted({week_of(day.on) for day in days})
    rows = []
    for week in weeks:
        own = [day for day in days if week.contains(day.on)]
        name = _("Week %(week)d", week=week_number(week.first))
        rows.append((f"{name}, {day_range(week, language=language)}", *_counted(own, language)))
    return Sheet(_("By week"), (_("Week"), _("Days with pay"), _("Paid hours")), tuple(rows))


def _months(days: Sequence[Day], language: str) -> Sheet:
    months = sorted({month_of(day.on) for day in days})
    rows = tuple(
        (
            month_text(month.first, language),
            *_counted([day for day in days if month.contains(day.on)], language),
        )
        for month in months
    )
    return Sheet(_("By calendar month"), (_("Month"), _("Days with pay"), _("Paid hours")), rows)


def _counted(days: Sequence[Day], language: str) -> tuple[str, str]:
    return str(sum(bool(day.paid_minutes) for day in days)), hours(
        _minutes(days), language=language
    )


def _paper(
    kind: CertificateKind,
    ground: Ground,
    language: str,
    texts: Sequence[str],
    *,
    sheets: Sequence[Sheet] = (),
    notes: Sequence[str] = (),
    facts: Sequence[tuple[str, str]] = (),
    signer: str = "",
) -> CertificateDocument:
    organisation, person = ground.organisation, ground.person
    known = [(_("Employee"), person.full_name)]
    if person.identity_code:
        known.append((_("Date of birth"), date_text(born_on(person.identity_code), language)))
    known.append((_("Employment"), day_range(ground.term, language=language)))
    foot = _("Issued from the employer’s records.")
    if organisation.demo_since is not None:
        foot = _("Demonstration: these people and figures are made up.")
    return CertificateDocument(
        language=language,
        title=_(KIND_NAMES[kind]),
        number=f"{_PREFIXES[kind]}-{ground.employment.id[:8].upper()}",
        employer=organisation.name,
        business_id=_("Business ID %(business_id)s", business_id=organisation.business_id or "–"),
        address=organisation.postal_address,
        facts=(*known, *facts),
        texts=tuple(str(text) for text in texts),
        sheets=tuple(sheets),
        notes=tuple(str(note) for note in notes),
        employee=person.full_name,
        signer=signer,
        foot=str(foot),
    )
