"""Commands of pay: explain a calculation in words and to the cent."""

import json
from datetime import date, datetime
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from jobsearch.core.db import unit_of_work
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import LANGUAGES
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.payroll.pay.ages import in_raised_pension_band
from jobsearch.payroll.pay.calculation import PayFacts, compute_payslip
from jobsearch.payroll.pay.lines import ITEMS, Item, PayLine, PayslipFigures
from jobsearch.payroll.pay.sentences import Sentence
from jobsearch.payroll.pay.wording import say, word
from jobsearch.rates.employer import AllowanceTreatment, EmployerSettings
from jobsearch.rates.imports import shipped_rates
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateKey, RateTable, pension_employee_key

payroll = AppGroup("payroll", help="Pay runs and their calculation.")

_SOURCES: dict[Item, RateKey] = {
    Item.HOLIDAY_COMPENSATION: RateKey.HOLIDAY_COMP_UNDER_1Y,
    Item.UNEMPLOYMENT_EMPLOYEE: RateKey.UI_EMPLOYEE,
    Item.UNEMPLOYMENT_EMPLOYER: RateKey.UI_EMPLOYER_LOW,
    Item.HEALTH_EMPLOYER: RateKey.HEALTH_EMPLOYER,
    Item.PENSION_EMPLOYER: RateKey.TYEL_CONTRACT_TOTAL,
}
_TOTALS = (
    "gross",
    "deductions",
    "net",
    "reimbursements",
    "to_account",
    "contributions",
    "employer_total",
)


class _Read(click.ParamType[Money | Rate]):
    """An amount or a percentage with at most two decimals."""

    def __init__(self, kind: type[Money] | type[Rate]) -> None:
        self.kind = kind
        self.name = "euros" if kind is Money else "percent"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Money | Rate:
        """Read what was typed; a bad figure is a usage error."""
        if isinstance(value, Money | Rate):
            return value
        try:
            return self.kind.of(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number with at most two decimals", param, ctx)


_EUROS, _PERCENT = _Read(Money), _Read(Rate)
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@payroll.command("explain")
@click.option("--paid-on", type=_DAY, required=True, help="Day of payment, 2026-11-20.")
@click.option("--birth", type=_DAY, required=True, help="Day of birth, 1991-05-15.")
@click.option("--minutes", type=int, default=2880, show_default=True, help="Paid minutes.")
@click.option("--wage", type=_EUROS, default="11.50", show_default=True, help="Euros an hour.")
@click.option("--allowance", type=_EUROS, default="0", help="Cost allowance, euros.")
@click.option("--bonus", type=_EUROS, default="0", help="Bonus, euros.")
@click.option("--tax", type=_PERCENT, help="Base percentage of the tax card.")
@click.option("--tax-additional", type=_PERCENT, help="Percentage above the card's ceiling.")
@click.option("--ceiling-left", type=_EUROS, help="Income left below the card's ceiling, euros.")
@click.option("--no-card", is_flag=True, help="No tax card was given.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def explain(
    paid_on: datetime, birth: datetime, language: str, as_json: bool, **values: Any
) -> None:
    """Compute one payslip as a run would, with the demo employer's settings, for any date."""
    day = paid_on.date()
    facts = PayFacts(
        pays_on=day,
        born_on=birth.date(),
        paid_minutes=values["minutes"],
        hourly=values["wage"],
        allowance=values["allowance"],
        bonus=values["bonus"],
        card=_card(values, day),
    )
    table = _table()
    try:
        figures = compute_payslip(facts, demo_settings(table, day), table)
    except RuleBroken as broken:
        sentence = Sentence(broken.message, broken.gaps)  # type: ignore[arg-type]
        raise click.ClickException(say(sentence, language)) from None
    lines = [_told(line, table, facts, language) for line in figures.lines]
    click.echo(_as_json(figures, lines) if as_json else _as_text(figures, lines))


def demo_settings(table: RateTable, day: date) -> EmployerSettings:
    """The demo employer's settings of a year: contract total, accident 0.70 %, group life 0.06 %.

    RuleBroken where the contract total of the year is not known.
    """
    return EmployerSettings(
        year=day.year,
        tyel_total=table.percent(RateKey.TYEL_CONTRACT_TOTAL, day),
        accident=Rate.of("0.70"),
        group_life=Rate.of("0.06"),
        allowance_treatment=AllowanceTreatment.REIMBURSEMENT,
        allowance_basis="oma puhelin ja yhteys, työn osuus",
    )


def _card(values: dict[str, Any], day: date) -> TaxCardTerms | None:
    if values["no_card"]:
        return None
    base = values["tax"]
    if base is None:
        raise click.UsageError("Give --tax, or --no-card.")
    additional = base if values["tax_additional"] is None else values["tax_additional"]
    ceiling = values["ceiling_left"]
    return TaxCardTerms(TaxCardKind.WAGE, base, additional, ceiling, date(day.year, 1, 1))


def _table() -> RateTable:
    """The figures of this installation; those that ship where it has none yet."""
    try:
        with unit_of_work(whole_installation("payroll explain"), read_only=True):
            table = load_rate_table()
    except SQLAlchemyError:
        return shipped_rates()
    return table if table.rows else shipped_rates()


def _told(line: PayLine, table: RateTable, facts: PayFacts, language: str) -> dict[str, Any]:
    return {
        "item": line.item.value,
        "code": line.code,
        "label": word(ITEMS[line.item].label, language),
        "amount": line.amount.plain(),
        "rate": line.rate.plain() if line.rate else None,
        "base": line.base.plain() if line.base else None,
        "explanation": say(line.explanation, language),
        "rounding": "half up to the cent, once",
        "source": _source(line, table, facts),
    }


def _source(line: PayLine, table: RateTable, facts: PayFacts) -> str:
    key = _SOURCES.get(line.item)
    if line.item is Item.TAX:
        key = RateKey.TAX_NO_CARD if facts.card is None else None
    if line.item is Item.PENSION_EMPLOYEE:
        raised = in_raised_pension_band(facts.born_on, facts.pays_on)
        key = pension_employee_key(raised, facts.pays_on)
    row = table.find(key, facts.pays_on) if key else None
    if row is not None:
        return f"{row.source} ({row.confidence})"
    return "tax card" if line.item is Item.TAX else "agreed by the employer"


def _as_json(figures: PayslipFigures, lines: list[dict[str, Any]]) -> str:
    answer: dict[str, Any] = {item.value: figures.of(item).plain() for item in Item}
    answer |= {name: getattr(figures, name).plain() for name in _TOTALS}
    return json.dumps(answer | {"lines": lines}, ensure_ascii=False, indent=2)


def _as_text(figures: PayslipFigures, lines: list[dict[str, Any]]) -> str:
    told = [
        f"{line['amount']:>10}  {line['code'] or '   ':3}  {line['label']}: {line['explanation']}"
        f" [{line['source']}]"
        for line in lines
    ]
    sums = [f"{getattr(figures, name).plain():>10}  {name.replace('_', ' ')}" for name in _TOTALS]
    return "\n".join([*told, "", *sums, "", "Each line is rounded half up to the cent, once."])
