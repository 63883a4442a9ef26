"""The days on which banks are closed in Finland, by the `holidays` package."""

from datetime import date
from functools import cache

import holidays


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Public holidays of a year with Midsummer Eve and Christmas Eve, on which banks are closed."""
    return frozenset(holidays.country_holidays("FI", years=year, language="fi"))
