"""What the clerk's page of tax cards shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.core.clock import today
from jobsearch.core.money import Money
from jobsearch.payroll.contracts.details.queries import list_corrected_cards, list_tax_cards
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.rules import card_days
from jobsearch.payroll.pay.queries import Earlier, earlier_payments
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateKey, RateRow


@dataclass(frozen=True, slots=True)
class Counted:
    """One payment of the year and what had been paid with it; `left` below the card's ceiling.

    `left` is None where no card was in force or the card has no ceiling.
    """

    pays_on: date
    gross: Money
    together: Money
    left: Money | None


@dataclass(frozen=True, slots=True)
class CardsPage:
    """A person's cards in use and those put right, and her year against the ceiling."""

    person: Person
    year: int
    years: Sequence[int]
    in_force: TaxCard | None
    cards: Sequence[TaxCard]
    corrected: Sequence[TaxCard]
    counted: Sequence[Counted]
    no_card: RateRow | None

    @property
    def together(self) -> Money:
        """What this employer has paid in the year."""
        return Money.total(one.gross for one in self.counted)


def show_cards(person_id: str, year: int | None = None) -> CardsPage:
    """The page of a person's cards. Raises NotVisible."""
    person, this_day = get_person(person_id), today()
    cards = list_tax_cards(person_id)
    shown = year or this_day.year
    last = date(shown, 12, 31)
    paid = earlier_payments({person_id}, last, "").get(person_id, [])
    return CardsPage(
        person=person,
        year=shown,
        years=sorted({this_day.year, shown, *(card.valid_from.year for card in cards)}),
        in_force=_in_force(cards, min(this_day, last)),
        cards=cards,
        corrected=list_corrected_cards(person_id),
        counted=_count(paid, cards),
        no_card=load_rate_table().find(RateKey.TAX_NO_CARD, min(this_day, last)),
    )


def _in_force(cards: Sequence[TaxCard], day: date) -> TaxCard | None:
    """The newest card in force on the day; the cards come newest first."""
    return next((card for card in cards if card_days(card.as_terms()).contains(day)), None)


def _count(paid: Sequence[Earlier], cards: Sequence[TaxCard]) -> list[Counted]:
    """Each payment with the running sum; a new card counts from its own first day."""
    found: list[Counted] = []
    together = Money.zero()
    for one in paid:
        together += one.gross
        card = _in_force(cards, one.pays_on)
        found.append(Counted(one.pays_on, one.gross, together, _left(card, paid, one.pays_on)))
    return found


def _left(card: TaxCard | None, paid: Sequence[Earlier], day: date) -> Money | None:
    if card is None or card.ceiling is None:
        return None
    used = Money.total(one.gross for one in paid if card.valid_from <= one.pays_on <= day)
    return max(card.ceiling - used, Money.zero())
