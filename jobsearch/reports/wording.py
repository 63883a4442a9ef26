"""The words of the reports: names of figures, and the figures as they are read."""

from flask_babel import gettext as _

from jobsearch.core.ratios import Rate95, Ratio
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import State
from jobsearch.web.formats import number, percent

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
EXIT_NAMES = {
    "not_reached": N_("Could not be reached"),
    "did_not_come": N_("Did not come"),
    "found_work": N_("Found work"),
    "studies": N_("Got a study place"),
    "declined": N_("Did not want to"),
    "not_eligible": N_("Not eligible"),
    "other": N_("Another reason"),
}


def share(ratio: Ratio, language: str) -> str:
    """k of n, with the percentage where there are at least five."""
    if not ratio.denominator:
        return str(_("nobody yet"))
    k, n = (number(count, language=language) for count in (ratio.numerator, ratio.denominator))
    if ratio.percent is None:
        return str(_("%(k)s of %(n)s", k=k, n=n))
    part = percent(ratio.percent, language=language)
    return str(_("%(k)s of %(n)s, %(percent)s", k=k, n=n, percent=part))


def rate(found: Rate95, language: str) -> str:
    """The share, and its interval where there are at least five."""
    said = share(found.ratio, language)
    if found.interval is None:
        return said
    low, high = found.interval
    interval = _("95 %% interval %(low)s–%(high)s", low=low, high=percent(high, language=language))
    return f"{said} ({interval})"


def mean(ratio: Ratio, language: str) -> str:
    """A mean with two decimals, or that nobody is counted in yet."""
    value = ratio.value
    return str(_("nobody yet")) if value is None else number(value, 2, language)
