"""The payslip on paper: every figure, on one page, the same bytes each time."""

import dataclasses

from jobsearch.core.money import Money
from jobsearch.payroll.pay.pdf import payslip_pdf
from tests.papers import fonts, pages, payslip, roles, unmarked, words


def test_a_payslip_says_who_paid_whom_for_what_and_when() -> None:
    text = words(payslip_pdf(payslip()))
    for expected in (
        "Työnhakutyö Oy",
        "1234567-1",
        "Mira Saarnivaara",
        "16.11.–3.12.2026",
        "15.12.2026",
        "PS-2026-00042",
        "FI21 •••• •••• 0785",
    ):
        assert expected in text


def test_every_line_shows_hours_or_base_and_rate_and_amount_the_finnish_way() -> None:
    text = words(payslip_pdf(payslip()))
    assert "201 Tuntipalkka 12 päivää. 48 h 13,00 € 624,00" in text
    assert "234 Lomakorvaus Vuosilomalaki 17 §. 680,16 € 9 % 56,16" in text
    assert "402 Ennakonpidätys Verokortti 18,5 %. 680,16 € 18,5 % −125,83" in text
    assert "353 Kulukorvaus Oma yhteys. 20,00" in text
    assert "12 830,16" in text


def test_the_sums_stand_in_the_order_of_the_calculation() -> None:
    text = words(payslip_pdf(payslip()))
    order = ["Gross pay 680,16", "Net pay 498,63", "To the account 518,63", "employer 833,61"]
    places = [text.index(expected) for expected in order]
    assert places == sorted(places)


def test_a_usual_payslip_is_one_page() -> None:
    lines = payslip().employer_lines
    full = payslip(
        earnings=payslip().earnings * 2,
        employer_lines=(*lines, *lines, lines[0]),
        notes=("Selitys.",) * 4,
    )
    [only] = pages(payslip_pdf(full))
    assert "Page 1 / 1" in only


def test_many_lines_run_on_to_a_second_page_with_the_headings_again() -> None:
    content = payslip_pdf(payslip(earnings=payslip().earnings * 20))
    first, second = pages(content)[:2]
    assert "Hours or base" in first
    assert "Hours or base" in second
    assert "PS-2026-00042" in second
    assert unmarked(content) == 0


def test_the_same_payslip_gives_the_same_bytes() -> None:
    assert payslip_pdf(payslip()) == payslip_pdf(dataclasses.replace(payslip()))
    assert payslip_pdf(payslip()) != payslip_pdf(payslip(net=Money(1)))


def test_a_payslip_is_tagged_and_its_fonts_are_embedded() -> None:
    content = payslip_pdf(payslip())
    found = roles(content)
    assert (found["H1"], found["H2"], found["Table"]) == (1, 2, 3)
    assert found["TR"] == 10 + 4 + 2
    assert unmarked(content) == 0
    assert len(fonts(content)) == 2
    assert all(fonts(content).values())


def test_an_unknown_account_and_demonstration_are_said() -> None:
    text = words(payslip_pdf(payslip(masked_iban=None, is_demo=True)))
    assert "Account Not known" in text
    assert "Demonstration: these people and figures are made up." in text
