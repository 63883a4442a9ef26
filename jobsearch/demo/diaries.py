"""What the made-up people did on each day: goals and actions, told in figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jobsearch.attendance.rules import Mark

# Invented employers and jobs; none is meant to be a real one.
EMPLOYERS = (
    ("Merikulman Varasto", "varastotyöntekijä"),
    ("Länsirannan Leipomo", "leipuri"),
    ("Karhuvuoren Kuljetus", "logistiikka-avustaja"),
    ("Satasaaren Siivous", "siistijä"),
    ("Kokemäenjoen Kone", "kokoonpanija"),
    ("Rantatörmän Hoiva", "hoiva-avustaja"),
    ("Jokisuun Rauta", "myyjä"),
    ("Kallon Keittiö", "keittiöapulainen"),
    ("Yyterin Huolto", "kiinteistönhoitaja"),
    ("Valkaman Toimisto", "toimistotyöntekijä"),
)


@dataclass(frozen=True, slots=True)
class Diary:
    """One person's days. `days` holds a word a day: goals of the three kinds, a dash, then what
    was done of the four; `away` the days of absence by their number from 0.
    """

    seed: int
    days: tuple[str, ...]
    away: Mapping[int, Mark] = field(default_factory=dict)

    def goals(self, at: int) -> tuple[int, int, int]:
        """Goals of a day: advertised, contacts, agencies."""
        first, second, third = (int(figure) for figure in self._day(at)[0])
        return first, second, third

    def done(self, at: int) -> tuple[int, int, int, int]:
        """What was done: advertised, contacts, agencies, interviews."""
        first, second, third, fourth = (int(figure) for figure in self._day(at)[1])
        return first, second, third, fourth

    def _day(self, at: int) -> tuple[str, str]:
        goals, done = self.days[at].split("-")
        return goals, done


def _days(text: str) -> tuple[str, ...]:
    return tuple(text.split())


RUNNING = {
    "Aino": Diary(0, _days("100-0000 110-1100 110-0100 221-1201 220-2200 231-1100")),
    "Jari": Diary(1, _days("010-0000 110-0200 120-1200 120-0000 131-0000 231-0000")),
    "Mira": Diary(2, _days("100-0000 100-1000 210-1100 211-2010 220-2101 320-1000")),
    "Tommi": Diary(
        3,
        _days("000-0000 110-0000 110-0100 210-1000 120-0100 220-0000"),
        {2: Mark.UNSETTLED_ABSENCE},
    ),
    "Linnéa": Diary(4, _days("100-0100 110-1100 120-1200 121-1111 220-1200 230-0200")),
    "Petri": Diary(
        5, _days("010-0000 010-0100 020-0200 111-0110 121-1110 121-0000"), {1: Mark.PAID_ABSENCE}
    ),
}

_FIRST_WEEK = "100-0000 110-0100 110-1100 120-1100 "
FOLLOWED = {
    "Sari": Diary(
        6,
        _days(
            _FIRST_WEEK + "220-2100 221-1210 230-2201 231-2210 321-2300 331-3111 330-2201 331-2310"
        ),
    ),
    "Mikko": Diary(
        7,
        _days(
            _FIRST_WEEK + "120-1100 121-1110 130-1200 131-0210 221-2110 221-1200 230-2101 230-1200"
        ),
    ),
    "Tiina": Diary(
        8,
        _days(
            _FIRST_WEEK + "220-1200 220-2100 230-1300 231-1210 231-2200 240-1401 241-2310 330-2201"
        ),
        {5: Mark.PAID_ABSENCE},
    ),
    "Kalle": Diary(
        9,
        _days(
            _FIRST_WEEK + "110-0100 120-1100 120-1200 121-0110 130-1200 131-1210 220-1100 221-1110"
        ),
    ),
    "Nadia": Diary(
        2,
        _days(
            _FIRST_WEEK + "220-2200 231-1211 231-2310 331-2201 331-3310 340-2400 341-3311 331-2201"
        ),
        {8: Mark.UNPAID_ABSENCE},
    ),
}
