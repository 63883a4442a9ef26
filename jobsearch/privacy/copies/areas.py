"""The areas into which everything about a person falls, in plain words: what, who sees, how long.

They are what she reads; the marks of the columns, which say it of each field, go with the copy.
"""

from dataclasses import dataclass

from jobsearch.core.text import mark as N_


@dataclass(frozen=True, slots=True)
class Area:
    """One area: the features whose tables it holds, and what is said of it."""

    features: tuple[str, ...]
    name: str
    what: str
    sees: str
    kept: str


_COACH_AND_MANAGER = N_("You, your coach and the manager.")
_AFTER_FOLLOW_UP = N_("Until the questions after the programme have ended.")

AREAS: tuple[Area, ...] = (
    Area(
        ("people", "privacy"),
        N_("Who you are"),
        N_("Name, contact details, identity code, bank account, and what you asked of your data."),
        N_("You and the staff. Identity code and account in full: you and payroll."),
        N_("Contact details until the follow-up has ended; what pay needs, for 10 years."),
    ),
    Area(
        ("accounts",),
        N_("Your account"),
        N_("Your roles, where and how you have signed in, and your devices."),
        N_("You. That you have an account: the staff."),
        N_("As long as the account is open; sign-ins for 90 days."),
    ),
    Area(
        ("recruitment",),
        N_("Before the start"),
        N_("How you came to us, calls, info sessions, selection and the waiting list."),
        N_("You, the coaches, the manager, and who introduced you as far as you have agreed."),
        _AFTER_FOLLOW_UP,
    ),
    Area(
        ("consents",),
        N_("Your permissions"),
        N_("To whom something of yours may go, until when, and what was written by permission."),
        N_("You, your coach, the manager, and the municipal coach whom a permission names."),
        N_("The proof of a permission for three years after its last day."),
    ),
    Area(
        ("cohorts", "attendance"),
        N_("Your group and hours"),
        N_("Your place in a group, and your days, hours and absences. No reasons of absences."),
        N_("You, your coach, the manager and payroll."),
        N_("With the payroll records: up to 10 years."),
    ),
    Area(
        ("tracker", "standup"),
        N_("Your job search"),
        N_("Actions, leads, interviews, goals, plans and debriefs, help and praise."),
        N_("You and your coach; your group as far as you have chosen. What is private: you alone."),
        _AFTER_FOLLOW_UP,
    ),
    Area(
        ("coaching", "conversations"),
        N_("Talks and documents"),
        N_("Messages with your coach, notes, agreed steps, your strategy and your documents."),
        N_("You and your coach. Notes that are for the staff alone are in the copy too."),
        _AFTER_FOLLOW_UP,
    ),
    Area(
        ("feedback",),
        N_("How it felt"),
        N_("What you answered to the short questions. Nobody knows who answered a survey."),
        N_("You. The staff see only sums of five people or more."),
        _AFTER_FOLLOW_UP,
    ),
    Area(
        ("analyses",),
        N_("Your analysis"),
        N_("The text about your job search, its drafts, and where it went by your permission."),
        N_("You, your coaches, and the municipal coach whom your permission names."),
        N_("Six months after the group or the last permission ended, if not otherwise decided."),
    ),
    Area(
        ("payroll", "hiring"),
        N_("Your contract and pay"),
        N_("Contracts, tax cards, payslips, bonuses, certificates and reports about your pay."),
        N_("You, payroll and the manager; the tax authority what the law asks for."),
        N_("The law: pay for 10 years, vouchers for 6 years, certificates for 10 years."),
    ),
    Area(
        ("outcomes",),
        N_("What came of it"),
        N_("Work or studies that you have told of, and answers to questions afterwards."),
        _COACH_AND_MANAGER,
        _AFTER_FOLLOW_UP,
    ),
    Area(
        ("notices",),
        N_("Messages sent to you"),
        N_("E-mails and text messages of this service, and how you want to get them."),
        N_("You. That one did not arrive: your coach."),
        N_("A message for 30 days; your choices as long as you are here."),
    ),
    Area(
        ("audit",),
        N_("Traces"),
        N_("Who has looked at what of yours, and who has changed what."),
        N_("You and the manager."),
        N_("Five years."),
    ),
)
"""In the order in which they are read."""


def area_of(feature: str) -> Area:
    """The area of a feature's tables. Raises LookupError for a feature that has none yet."""
    for area in AREAS:
        if feature in area.features:
            return area
    raise LookupError(feature)
