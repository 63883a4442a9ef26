"""What the pilot was set beside when it was published, each figure with its source and caveat."""

from jobsearch.core.access import Actor
from jobsearch.core.money import Money, Rate
from jobsearch.costs.comparators.rules import Figure
from jobsearch.costs.comparators.service import enter_comparator

_PUBLICATION = "Yhdessä: INKA Satakunta -hankkeen loppujulkaisu, työsuhteinen työnhakukokeilu"
COACHING = Figure(
    service="Valmennuspalvelut, Pori",
    population="Porin valmennuspalveluissa olleet työnhakijat; määrää ei ole julkaistu.",
    period="1–8/2021",
    source=f"Työnvälitystilasto, TVS03; {_PUBLICATION}",
    caveat=(
        "Toinen palvelu, toiset työnhakijat ja toinen mittaustapa. Osallistujamäärää ei kerrota, "
        "joten satunnaisvaihtelua ei voi arvioida. Kokeilussa oli 20 henkilöä eikä vertailuryhmää."
    ),
    percent=Rate.of("11"),
)
RECRUITING = Figure(
    service="Rekrytoiva Satakunta",
    population="Kokeilun asiakkaat tavoitteiden mukaan; toteutunutta määrää ei ole julkaistu.",
    period="tavoitteet ja budjetti",
    source=f"{_PUBLICATION}, panokset ja tuotokset",
    caveat=(
        "Noin 580 euroa on laskettu tavoitteista ja budjetista, ei toteutuneista kuluista. Palvelu "
        "on toinen kuin se, jonka työllistymisosuus 11 % on."
    ),
    amount=Money.of("580"),
)


def set_beside(manager: Actor, programme_id: str) -> None:
    """Enter the pilot's comparators: a rate of one service and a cost of another."""
    for figure in (COACHING, RECRUITING):
        enter_comparator(manager, figure, programme_id)
