"""Tax withheld from one payment: by the card, split at its ceiling, or 60 % without one; pure."""

from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.rules import TaxCardTerms, card_days, check_tax_card
from jobsearch.payroll.pay.lines import Item, PayLine, share
from jobsearch.rates.rules import RateKey, RateTable


def withhold(
    gross: Money, card: TaxCardTerms | None, paid_on_card: Money, table: RateTable, day: date
) -> list[PayLine]:
    """The tax lines of a payment: one, or two where it straddles the card's ceiling.

    `paid_on_card` is what this employer has paid since the card began. RuleBroken for a benefit
    card and for a card that is not in force on the day of payment. `finland/law.md` section 2.
    """
    if card is None:
        rate = table.percent(RateKey.TAX_NO_CARD, day)
        return [
            share(
                Item.TAX,
                rate,
                gross,
                N_("%(rate)s of %(base)s, because no tax card has been given."),
            )
        ]
    check_tax_card(card)
    if not card_days(card).contains(day):
        raise RuleBroken(N_("The tax card is not in force on %(day)s."), field="pays_on", day=day)
    if card.ceiling is None:
        return [share(Item.TAX, card.base, gross, N_("%(rate)s of %(base)s, by the tax card."))]
    return _at_the_ceiling(gross, card, card.ceiling, paid_on_card)


def _at_the_ceiling(
    gross: Money, card: TaxCardTerms, ceiling: Money, paid_on_card: Money
) -> list[PayLine]:
    below = min(max(ceiling - paid_on_card, Money.zero()), gross)
    above = gross - below
    lines = []
    if below or not above:
        lines.append(
            share(
                Item.TAX,
                card.base,
                below,
                N_("%(rate)s of %(base)s, below the tax card's yearly ceiling of %(ceiling)s."),
                ceiling=ceiling,
            )
        )
    if above:
        lines.append(
            share(
                Item.TAX,
                card.additional,
                above,
                N_("%(rate)s of %(base)s, above the tax card's yearly ceiling of %(ceiling)s."),
                ceiling=ceiling,
            )
        )
    return lines
