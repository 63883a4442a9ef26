"""`flask payroll explain`: the very calculation of a run, for outsiders to check."""

import json

import pytest
from flask import Flask

from jobsearch.payroll.pay.cli import payroll

EXAMPLE = (
    "explain", "--paid-on", "2026-11-20", "--birth", "1991-05-15", "--minutes", "2880",
    "--wage", "11.50", "--allowance", "20", "--bonus", "150",
)  # fmt: skip


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    with app.app_context():
        answer = app.test_cli_runner().invoke(payroll, [*EXAMPLE, *arguments])
    return answer.exit_code, answer.output


def test_the_worked_example_is_explained_to_the_cent(app: Flask) -> None:
    code, output = run(app, "--tax", "20", "--json")
    assert code == 0
    told = json.loads(output)
    expected = {
        "gross": "751.68", "wage": "552.00", "holiday_compensation": "49.68", "bonus": "150.00",
        "tax": "150.34", "pension_employee": "54.87", "unemployment_employee": "6.69",
        "net": "539.78", "to_account": "559.78", "pension_employer": "131.92",
        "unemployment_employer": "2.33", "health_employer": "14.36", "accident_employer": "5.26",
        "group_life_employer": "0.45", "employer_total": "926.00",
    }  # fmt: skip
    assert {key: told[key] for key in expected} == expected
    tax = next(line for line in told["lines"] if line["item"] == "tax")
    assert (tax["rate"], tax["base"], tax["source"]) == ("20.00", "751.68", "tax card")


@pytest.mark.parametrize(
    ("arguments", "tax"),
    [
        (("--tax", "20", "--tax-additional", "42", "--ceiling-left", "500"), "205.71"),
        (("--no-card",), "451.01"),
    ],
)
def test_special_cases_are_explained_to_the_cent(
    app: Flask, arguments: tuple[str, ...], tax: str
) -> None:
    _code, output = run(app, *arguments, "--json")
    assert json.loads(output)["tax"] == tax


def test_the_calculation_is_told_in_words(app: Flask) -> None:
    code, output = run(app, "--tax", "20")
    words = output.replace("\u00a0", " ")
    assert code == 0
    assert "48 h of work, 11.50 € an hour." in words
    assert "7.30 % of 751.68 €." in words or "7.3 % of 751.68 €." in words
    assert "926.00  employer total" in words


def test_a_date_without_rates_is_refused_in_words(app: Flask) -> None:
    code, output = run(app, "--tax", "20", "--paid-on", "2027-01-15")
    assert code == 1
    assert "not known for 15 January 2027" in output.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Give --tax, or --no-card."),
        (("--tax", "101"), "between 0 and 100"),
        (("--tax", "20", "--minutes", "-1"), "not below zero"),
        (("--tax", "20", "--wage", "1.234"), "at most two decimals"),
    ],
)
def test_what_cannot_be_computed_is_said(
    app: Flask, arguments: tuple[str, ...], message: str
) -> None:
    code, output = run(app, *arguments)
    assert code != 0
    assert message in output
