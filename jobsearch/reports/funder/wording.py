"""Figures and names in the language of a report."""

from datetime import date

from flask_babel import gettext as _

from jobsearch.core.ratios import Rate95, Ratio
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import State
from jobsearch.web.formats import date_text, number, percent

ACTIVITY_NAMES = {
    "advertised_application": N_("Applications to advertised jobs"),
    "employer_contact": N_("Contacts with employers"),
    "agency_application": N_("Open applications to staffing agencies"),
    "interview": N_("Interviews agreed"),
}
QUESTION_NAMES = {
    "coaching_content": N_("Coaching content"),
    "assignments": N_("Assignments"),
    "individual_support": N_("Individual support"),
    "overall": N_("Overall"),
}
STATE_NAMES = {
    State.FOUND_WORK: N_("Found work"),
    State.NOT_IN_WORK: N_("Not in work"),
    State.OPEN: N_("Follow-up is open"),
    State.UNKNOWN: N_("Not known"),
}


class Writer:
    """Writes figures in the language of the report."""

    def __init__(self, language: str) -> None:
        """The language in which days, numbers and euros are written."""
        self.language = language

    def share(self, ratio: Ratio) -> str:
        """k of n, with the percentage from five people on."""
        if not ratio.denominator:
            return str(_("nobody yet"))
        k, n = (number(one, None, self.language) for one in (ratio.numerator, ratio.denominator))
        if ratio.percent is None:
            return str(_("%(k)s of %(n)s", k=k, n=n))
        share = percent(ratio.percent, None, self.language)
        return str(_("%(k)s of %(n)s, %(percent)s", k=k, n=n, percent=share))

    def rate(self, rate: Rate95) -> str:
        """The share with its interval."""
        if rate.interval is None:
            return self.share(rate.ratio)
        low = number(rate.interval[0], None, self.language)
        high = percent(rate.interval[1], None, self.language)
        interval = _("95 %% interval %(low)s–%(high)s", low=low, high=high)
        return f"{self.share(rate.ratio)} ({interval})"

    def count(self, value: int) -> str:
        """A number of people or deeds."""
        return number(value, None, self.language)

    def day(self, value: date) -> str:
        """A whole date."""
        return date_text(value, self.language)

    def mean(self, ratio: Ratio) -> str:
        """A quotient with two decimals; a dash where nobody is counted in."""
        return number(ratio.value, 2, self.language)
