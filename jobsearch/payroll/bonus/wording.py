"""What a rule pays for, in a sentence of the reader's language."""

from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.payroll.bonus.terms.rules import BonusEvent


def say_event(event: BonusEvent, months: int) -> str:
    """What earns a bonus, with its months."""
    said = _("Work that begins during the employment")
    if event is BonusEvent.WORK_AFTER:
        said = ngettext(
            "Work that begins within %(num)d month of the end of the employment",
            "Work that begins within %(num)d months of the end of the employment",
            months,
        )
    elif event is BonusEvent.STUDIES:
        said = ngettext(
            "Studies that begin during the employment or within %(num)d month of its end",
            "Studies that begin during the employment or within %(num)d months of its end",
            months,
        )
    elif event is BonusEvent.LASTED:
        said = ngettext(
            "The new job lasts for at least %(num)d month",
            "The new job lasts for at least %(num)d months",
            months,
        )
    return str(said)
