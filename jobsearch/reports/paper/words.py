"""The few words that a drawing adds to a report, outside the catalogues.

A frozen report is drawn again years later to the same bytes, so a word that has been printed is
never changed here: a catalogue may be.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The words of one language; `page` has the gaps {page} and {pages}, `as_of` has {day}."""

    page: str
    as_of: str
    provider: str
    subject: str
    day: str
    checksum: str
    figure: str
    value: str
    counted: str
    of: str
    meaning: str
    hidden: str
    summary: str
    figures: str
    text: str


WORDS: Final[dict[str, PaperWords]] = {
    "fi": PaperWords(
        page="Sivu {page} / {pages}",
        as_of="Luvut {day}",
        provider="Järjestäjä",
        subject="Aihe",
        day="Tietojen päivä",
        checksum="Tarkistussumma (SHA-256)",
        figure="Luku",
        value="Arvo",
        counted="Laskettu",
        of="Joukosta",
        meaning="Mitä se tarkoittaa",
        hidden="piilotettu",
        summary="Raportti",
        figures="Luvut",
        text="Teksti",
    ),
    "sv": PaperWords(
        page="Sida {page} / {pages}",
        as_of="Siffror {day}",
        provider="Anordnare",
        subject="Ämne",
        day="Uppgifternas dag",
        checksum="Kontrollsumma (SHA-256)",
        figure="Siffra",
        value="Värde",
        counted="Räknade",
        of="Av",
        meaning="Vad den betyder",
        hidden="dold",
        summary="Rapport",
        figures="Siffror",
        text="Text",
    ),
    "en": PaperWords(
        page="Page {page} / {pages}",
        as_of="Figures of {day}",
        provider="Provider",
        subject="Subject",
        day="Day of the data",
        checksum="Checksum (SHA-256)",
        figure="Figure",
        value="Value",
        counted="Counted",
        of="Of",
        meaning="What it means",
        hidden="hidden",
        summary="Report",
        figures="Figures",
        text="Text",
    ),
}
