"""A whole report without groups under five: figures and tables are hidden together."""

from dataclasses import replace
from datetime import date

from jobsearch.reports.paper.rules import Column, Figure, Kind, Report, Section, Table
from jobsearch.reports.small.papers import Down, Layout, Layouts, hide_small

ROWS = (("Pori", 14, 9, "64 %"), ("Ulvila", 6, 2, "33 %"), ("Together", 20, 11, "55 %"))
LAYOUTS = Layouts(
    tables={
        "towns": Layout(
            people=("n", "k"), down=Down.TOTAL_LAST, inside=(("k", "n"),), derived=("share",)
        )
    },
    people=frozenset({"found"}),
    same=(("found.n", "towns.2.n"), ("found.k", "towns.2.k")),
)


def report(k: int) -> Report:
    keys = [("town", False), ("n", True), ("k", True), ("share", False)]
    columns = tuple(Column(key, key, number) for key, number in keys)
    figure = Figure("found", "Found work", f"{k} of 20", "…", k, 20, opens="found_work")
    table = Table("towns", "Towns", columns, ROWS, opens=("a", "b", "c"))
    return Report(
        Kind.FUNDER,
        "en",
        "Results",
        "Pilot",
        "House",
        date(2022, 1, 10),
        (Section("one", "One", (), (figure,), (table,)),),
    )


def test_a_small_cell_goes_with_its_percentage_and_with_what_would_give_it_away() -> None:
    (section,) = hide_small(report(11), LAYOUTS, "hidden", "Small groups are hidden.").sections
    (table,), (figure,) = section.tables, section.figures
    pori, ulvila, together = table.rows
    assert ulvila[2] is None and ulvila[3] is None, "two found work in Ulvila"
    assert None in pori[1:] or together[2] is None, "else it could be subtracted"
    assert (figure.k is None) == (together[2] is None), "the same count in two places"
    assert table.note == "Small groups are hidden."
    assert table.opens == () and figure.opens == ""


def test_what_has_no_small_group_stays_as_it_was() -> None:
    (section,) = hide_small(report(11), Layouts(people=frozenset({"found"})), "-", "-").sections
    assert section.tables[0].rows == ROWS
    assert section.figures[0].reads == "11 of 20"


def test_words_that_hold_a_hidden_count_go_with_it() -> None:
    # the range begins with those who found work, and only its end is counted as its own
    found = Figure("found", "Found work", "3 of 20", "…", 3, 20)
    between = Figure("range", "Range", "3 of 20 – 11 of 20", "…", 11)
    whole = replace(report(3), sections=(Section("one", "One", (), (found, between)),))
    layouts = Layouts(
        people=frozenset({"found", "range"}), follows={"range": ("found.k", "found.n")}
    )
    (section,) = hide_small(whole, layouts, "hidden", "-").sections
    assert [one.reads for one in section.figures] == ["hidden", "hidden"]
