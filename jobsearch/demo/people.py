"""The made-up people of the demo: names, and codes and numbers that nobody real can have."""

from dataclasses import dataclass
from datetime import date

from stdnum import iban

# Check characters of Finnish identity codes; the individual numbers 900-999 are for testing only.
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_FIRST_TEST_NUMBER = 900
_TWENTY_FIRST_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Someone:
    """One made-up person; `number` makes her codes and her telephone number."""

    number: int
    given: str
    family: str
    born_on: date
    municipality: str = "Pori"
    language: str = "fi"
    email: str | None = None

    @property
    def phone(self) -> str:
        """A number beside those of the pilot's made-up people."""
        return f"+3584000{self.number:05d}"

    @property
    def identity_code(self) -> str:
        """An identity code of the test range 900-999 (Digital and Population Data Agency)."""
        sign = "A" if self.born_on.year >= _TWENTY_FIRST_CENTURY else "-"
        digits = f"{self.born_on:%d%m%y}{_FIRST_TEST_NUMBER + self.number % 100}"
        check = _CHECKS[int(digits) % len(_CHECKS)]
        return f"{digits[:6]}{sign}{digits[6:]}{check}"

    @property
    def bank_account(self) -> str:
        """An account of no bank that is right in its form and its check digits."""
        base = f"9999990000{self.number:03d}"
        doubled = (int(d) * (2 - at % 2) for at, d in enumerate(reversed(base)))
        check = -sum(value // 10 + value % 10 for value in doubled) % 10
        bare = f"FI00{base}{check}"
        return f"FI{iban.calc_check_digits(bare)}{bare[4:]}"


RUNNING = (
    Someone(301, "Aino", "Lehtoranta", date(1988, 3, 14), email="osallistuja@example.org"),
    Someone(302, "Jari", "Kettunen", date(1971, 9, 2)),
    Someone(303, "Mira", "Salonen", date(1996, 12, 1), "Ulvila"),
    Someone(304, "Tommi", "Niemelä", date(1983, 6, 23)),
    Someone(305, "Linnéa", "Sandell", date(1990, 1, 30), language="sv", email="linnea@example.org"),
    Someone(306, "Petri", "Korpi", date(1966, 11, 8), "Harjavalta"),
)
FOLLOWED = (
    Someone(311, "Sari", "Rantala", date(1979, 4, 19), email="sari@example.org"),
    Someone(312, "Mikko", "Vuorela", date(1992, 8, 5)),
    Someone(313, "Tiina", "Aaltonen", date(1985, 2, 27), "Ulvila", email="tiina@example.org"),
    Someone(314, "Kalle", "Heinonen", date(1974, 10, 11)),
    Someone(315, "Nadia", "Karimi", date(1994, 5, 16), language="en"),
)
"""Names of the groups that run and that are followed; the others are only candidates."""
