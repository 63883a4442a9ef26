"""Title, employer and last day from pasted advertisements: proposals, whatever is pasted."""

import time
from datetime import date

import pytest

from jobsearch.tracker.leads.adverts import Proposal, read_advert
from jobsearch.tracker.leads.deadlines import find_deadline

TODAY = date(2026, 11, 24)

ADVERTS = {
    "the title with employer and town in one line": (
        (
            "Leipuri, Rannikon Leipomo Oy, Pori\n"
            "Haemme leipomoomme leipuria vakituiseen työsuhteeseen.\n"
            "Viimeinen hakupäivä 30.11.2026"
        ),
        Proposal("Leipuri", "Rannikon Leipomo Oy", date(2026, 11, 30)),
    ),
    "labels, and words of the page around them": (
        (
            "Avoimet työpaikat\nTakaisin hakutuloksiin\nVarastotyöntekijä\n"
            "Työnantaja: Merikulman Varasto Oy\nSijainti: Pori\nHaku päättyy 5.12. klo 16"
        ),
        Proposal("Varastotyöntekijä", "Merikulman Varasto Oy", date(2026, 12, 5)),
    ),
    "a sentence that says who seeks whom, and a span": (
        (
            "Meriteräs Oy hakee hitsaajaa Poriin\n"
            "Tarjoamme hyvän työyhteisön. Hakuaika: 1.11.–13.12.2026."
        ),
        Proposal("Hitsaaja", "Meriteräs Oy", date(2026, 12, 13)),
    ),
    "labels on lines of their own, a day of next year": (
        (
            "Työpaikkailmoitus\nTehtävänimike\nSiistijä\nTyönantaja\n"
            "Satakunnan Siivouspalvelut Oy\nHakemukset viimeistään 3. tammikuuta klo 23.59"
        ),
        Proposal("Siistijä", "Satakunnan Siivouspalvelut Oy", date(2027, 1, 3)),
    ),
    "one long paragraph, the day before its word": (
        (
            "Oletko sinä etsimämme kokki? Kallon Keittiö Oy etsii nyt kokkia Kalloon. "
            "Lähetä hakemuksesi 28.11. mennessä osoitteeseen rekry@kallo.example."
        ),
        Proposal("Kokki", "Kallon Keittiö Oy", date(2026, 11, 28)),
    ),
    "a town": (
        "Porin kaupunki\nLähihoitaja, kotihoito\nHakuaika päättyy 2.1.2027 klo 16:00",
        Proposal("Lähihoitaja", "Porin kaupunki", date(2027, 1, 2)),
    ),
    "several people, and the weekday": (
        "Yyterin Huolto Ky etsii kiinteistönhoitajia\nHae viimeistään su 29.11.",
        Proposal("Kiinteistönhoitaja", "Yyterin Huolto Ky", date(2026, 11, 29)),
    ),
    "Swedish": (
        (
            "Lagerarbetare till Björneborg\n"
            "Ab Strandlogistik söker en lagerarbetare till sitt lager.\n"
            "Sista ansökningsdag: 15 december 2026"
        ),
        Proposal("Lagerarbetare", "Ab Strandlogistik", date(2026, 12, 15)),
    ),
    "Swedish with a dash, and two digits of a year": (
        "Butiksbiträde – Kust Bageri Ab\nAnsök senast 7.12.26!",
        Proposal("Butiksbiträde", "Kust Bageri Ab", date(2026, 12, 7)),
    ),
    "Swedish labels": (
        "Befattning: Köksbiträde\nArbetsgivare: Skärgårdens Kök\nAnsökningstiden går ut 9.12.",
        Proposal("Köksbiträde", "Skärgårdens Kök", date(2026, 12, 9)),
    ),
    "English": (
        (
            "Warehouse Operative\nat Northern Foods Ltd, Turku\nWe offer a permanent contract.\n"
            "Apply by December 4, 2026."
        ),
        Proposal("Warehouse Operative", "Northern Foods Ltd", date(2026, 12, 4)),
    ),
    "English labels and a day as machines write it": (
        "Job title: Bus driver\nCompany: Coastline Buses Oy\nClosing date: 2026-12-10",
        Proposal("Bus driver", "Coastline Buses Oy", date(2026, 12, 10)),
    ),
    "English without an employer": (
        (
            "We are looking for a kitchen assistant to join our team in Pori. "
            "Applications close on 1st of December."
        ),
        Proposal("Kitchen assistant", "", date(2026, 12, 1)),
    ),
    "nothing to be told": ("Tervetuloa töihin! Ota yhteyttä.", Proposal()),
    "no text": ("", Proposal()),
    "a day that is no last day": ("Työ alkaa 1.12.2026.", Proposal()),
    "markup": ("<script>alert(1)</script>\n<b>Myyjä</b>", Proposal()),
    "a formula": ('=HYPERLINK("http://x";"Myyjä")\n+358401234567', Proposal()),
}


@pytest.mark.parametrize("text", ADVERTS, ids=lambda name: name)
def test_an_advertisement_is_read(text: str) -> None:
    advert, proposal = ADVERTS[text]
    assert read_advert(advert, TODAY) == proposal


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Viimeinen hakupäivä 24.11.", date(2026, 11, 24)),
        ("Viimeinen hakupäivä 23.11.", date(2027, 11, 23)),  # the next one to come
        ("Viimeinen hakupäivä 23.11.2026", date(2026, 11, 23)),  # as it is said
        ("Hakuaika päättyy 5.12. 16.00", date(2026, 12, 5)),  # the hour is no year
        ("Haku päättyy 31.6.2027, siis 30.6.2027", date(2027, 6, 30)),  # no such day
        ("Hakuaika päättyy 29.2.", None),
        ("Hakuaika 16.11.-6.12.2026 klo 12", date(2026, 12, 6)),
        ("Sista ansökningsdag är den 30:e november", date(2026, 11, 30)),
        ("Deadline: 4th December 2026, 16.00", date(2026, 12, 4)),
        ("Apply no later than Dec 4", date(2026, 12, 4)),
        ("Soita 02 123 4567 viimeistään pian", None),
    ],
)
def test_the_last_day_is_found_in_its_spellings(text: str, on: date | None) -> None:
    assert find_deadline(text, TODAY) == on


@pytest.mark.parametrize(
    "text",
    [
        "a" * 8000,
        "A " * 4000,
        "Oy " * 2666,
        "1.1." * 2000,
        "hakuaika " * 888,
        " hakee" * 1333,
        "senast " * 1140 + "31.12.",
        "ansök " + "ja " * 2600,
        "\n" * 8000,
        "Työnantaja:\n" * 660,
        "<" * 8000,
        "12 a" * 2000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    found = read_advert(text[:8000], TODAY)
    assert time.process_time() - started < 0.5
    assert len(found.employer) <= 120 and len(found.role_title) <= 120
