"""A report as data in tests: every kind of content that page, paper and workbook draw."""

from datetime import date
from typing import Any

from jobsearch.core.money import Money
from jobsearch.reports.paper.rules import (
    Column,
    Drawing,
    Figure,
    Kind,
    Report,
    Section,
    Table,
)

NAMES = Column("name", "Ryhmä")
FOUND = Table(
    key="cohorts",
    caption="Ryhmät ja työhön päässeet",
    columns=(
        NAMES,
        Column("found", "Töihin", number=True),
        Column("percent", "Osuus, %", number=True),
        Column("low", "Väli alkaa, %", number=True),
        Column("high", "Väli päättyy, %", number=True),
    ),
    rows=(("Ryhmä 1", 11, 55, 34, 74), ("=1+1 <b>Ryhmä</b> & 2", None, None, None, None)),
    drawing=Drawing.INTERVALS,
    note="Alle viiden hengen ryhmän luvut on piilotettu.",
    opens=("cohort:1", "cohort:2"),
)
STEPS = Table(
    key="steps",
    caption="Matka töihin",
    columns=(Column("step", "Vaihe"), Column("people", "Ihmisiä", number=True)),
    rows=(("Esitelty", 1039), ("Aloitti", 20)),
    drawing=Drawing.FUNNEL,
)
MONEY = Table(
    key="cost",
    caption="Kulut",
    columns=(Column("kind", "Laji"), Column("sum", "Summa", number=True)),
    rows=(("Palkat", Money(4_012_345)),),
    drawing=Drawing.BARS,
)


def a_report(**changes: Any) -> Report:
    fields: dict[str, Any] = {
        "kind": Kind.RESULTS,
        "language": "fi",
        "title": "Ohjelman tulokset",
        "subject": "Työsuhteinen työnhaku",
        "provider": "Työnhakutyö Oy",
        "as_of": date(2022, 1, 10),
        "sections": (
            Section(
                key="outcomes",
                title="Mitä siitä tuli",
                sentences=("Vertailuryhmää ei ollut.",),
                figures=(
                    Figure(
                        "outcomes.found_work",
                        "Pääsi töihin",
                        "11/20, 55 %",
                        "Työ, joka alkoi seurannan aikana, jaettuna kaikilla aloittaneilla.",
                        11,
                        20,
                        "found_work",
                    ),
                ),
                tables=(FOUND, STEPS),
            ),
            Section(key="cost", title="Kulut", tables=(MONEY,)),
        ),
    }
    return Report(**(fields | changes))
