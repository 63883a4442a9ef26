"""What the programme of the demo cost besides pay, and what it is set beside; all made up."""

from datetime import date, timedelta

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.money import Money
from jobsearch.costs.comparators.rules import Figure
from jobsearch.costs.comparators.service import enter_comparator
from jobsearch.costs.rules import NewLine
from jobsearch.costs.service import book_cost
from jobsearch.programmes.costs.rules import CostKind

_WEEK = timedelta(days=7)
_OF_A_GROUP = (
    ("Valmentajan työaika", CostKind.COACHING, "3900.00", "78 h x 50,00 €"),
    ("Tila ja tarjoilu", CostKind.OTHER, "540.00", "12 pv x 45,00 €"),
)
_OF_THE_PROGRAMME = (
    ("Infotilaisuudet", CostKind.RECRUITMENT, "620.00", "4 tilaisuutta"),
    ("Palkanlaskennan palvelu", CostKind.EMPLOYMENT_ADMINISTRATION, "480.00", "sopimus"),
)
_SERVICE = "Ryhmävalmennus (keksitty)"
_SOURCE = "Esimerkki, jonka demo keksi: lukua ei ole olemassa"
_CAVEAT = (
    "Keksitty luku. Oikeassakin vertailussa palveluihin ohjataan eri ihmisiä, eikä ero siksi "
    "kerro, mitä palvelu sai aikaan."
)
_PEOPLE = "Kaikki 150 aloittanutta, seuranta kolme kuukautta."


def _figure(year: int, **what: object) -> Figure:
    return Figure(_SERVICE, _PEOPLE, str(year), _SOURCE, _CAVEAT, **what)  # type: ignore[arg-type]


def book_and_compare(manager: Actor, ended: Cohort, running: Cohort, today: date) -> None:
    """Lines of two groups and of the whole programme; a service's rate and its own cost."""
    programme_id = ended.programme_id
    for cohort in (ended, running):
        booked_on = min(cohort.starts_on + _WEEK, today)
        for label, kind, euros, basis in _OF_A_GROUP:
            line = NewLine(label, kind, Money.of(euros), booked_on, cohort.id, basis)
            book_cost(manager, programme_id, line)
    for label, kind, euros, basis in _OF_THE_PROGRAMME:
        line = NewLine(label, kind, Money.of(euros), ended.starts_on, None, basis)
        book_cost(manager, programme_id, line)
    year = today.year - 1
    enter_comparator(manager, _figure(year, found=15, of=150), programme_id)
    enter_comparator(manager, _figure(year, amount=Money.of("640")), programme_id)
