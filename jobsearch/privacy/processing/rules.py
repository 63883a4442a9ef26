"""For what a provider processes data about people: the activities, and the tables of each."""

from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as _


class Activity(StrEnum):
    """One activity of processing (GDPR art. 30(1)(b))."""

    RECRUITMENT = "recruitment"
    PEOPLE = "people"
    HOURS = "hours"
    SEARCH = "search"
    COACHING = "coaching"
    HELPING = "helping"
    ANALYSES = "analyses"
    CONTRACTS = "contracts"
    PAY = "pay"
    OUTCOMES = "outcomes"
    MESSAGES = "messages"
    FILES = "files"
    SIGN_IN = "sign_in"
    TRACES = "traces"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """An activity in words: its name, whose data it is about, and who outside receives some."""

    name: str
    persons: str
    recipients: str


_SEEKERS = _("Job seekers of the programme")
_INSIDE = _("Nobody outside the organisation")

WORDS: dict[Activity, ActivityWords] = {
    Activity.RECRUITMENT: ActivityWords(
        _("Introducing, inviting and selecting people"),
        _("Candidates, and municipal coaches who introduce them"),
        _("The introducing municipal coach: stage and day, if the candidate agreed"),
    ),
    Activity.PEOPLE: ActivityWords(
        _("Contact details and groups"),
        _SEEKERS,
        _("The municipal coach whom the person has, by her permission"),
    ),
    Activity.HOURS: ActivityWords(_("Hours and attendance"), _SEEKERS, _INSIDE),
    Activity.SEARCH: ActivityWords(_("The job search"), _SEEKERS, _INSIDE),
    Activity.COACHING: ActivityWords(
        _("Coaching, documents and messages with the coach"), _SEEKERS, _INSIDE
    ),
    Activity.HELPING: ActivityWords(
        _("The group's day: helping each other, plans, debriefs and feedback"), _SEEKERS, _INSIDE
    ),
    Activity.ANALYSES: ActivityWords(
        _("Client analyses and permissions"),
        _("Job seekers of the programme, and their municipal coaches"),
        _("The municipal coach whom the permission names, and nobody else"),
    ),
    Activity.CONTRACTS: ActivityWords(
        _("Contracts and certificates of employment"),
        _("Job seekers who are employed in the programme"),
        _INSIDE,
    ),
    Activity.PAY: ActivityWords(
        _("Wages"),
        _("Job seekers who are employed in the programme"),
        _(
            "The Incomes Register of the Tax Administration, the employer's bank, the enforcement"
            " authority, and the employer's own payroll system and books where it has them"
        ),
    ),
    Activity.OUTCOMES: ActivityWords(
        _("What came of the programme"),
        _SEEKERS,
        _("Funders and the public: sums in which groups under five are hidden"),
    ),
    Activity.MESSAGES: ActivityWords(
        _("E-mails and text messages"),
        _("Everyone who gets messages of the service"),
        _("The organisation's providers of e-mail and text messages, on the way"),
    ),
    Activity.FILES: ActivityWords(
        _("Files that are issued, received or taken in"),
        _("Job seekers and candidates"),
        _("Whoever may have the document that the file belongs to"),
    ),
    Activity.SIGN_IN: ActivityWords(
        _("Accounts and signing in"),
        _("Everyone who signs in: job seekers, staff, municipal coaches and operators"),
        _("The organisation's own sign-in, where it uses one"),
    ),
    Activity.TRACES: ActivityWords(
        _("The record of who changed what and who looked"),
        _("Everyone whose data there is, and everyone who signs in"),
        _("The person herself; an authority that the law gives the right to"),
    ),
    Activity.RIGHTS: ActivityWords(
        _("Requests about one's own data"),
        _("Everyone who asks for a copy, a correction, a restriction or an erasure"),
        _("The person herself; the Data Protection Ombudsman where asked"),
    ),
}

_OF: dict[Activity, tuple[str, ...]] = {
    Activity.RECRUITMENT: (
        *("booking", "candidate", "candidate_move", "candidate_sheet", "contact_attempt"),
        *("criterion_answer", "follow_agreement", "marking", "referral", "referrer"),
        *("seat_offer", "selection_decision", "trial_case", "waiting_place"),
    ),
    Activity.PEOPLE: ("person", "enrolment", "orientation"),
    Activity.HOURS: ("attendance", "absence_notice", "week_unlock", "week_word"),
    Activity.SEARCH: (
        *("action", "correction", "duty_number", "employer", "goal", "interview"),
        *("interview_tick", "lead", "lead_move", "strategy"),
    ),
    Activity.COACHING: (
        *("alert", "document", "document_comment", "document_version", "next_step", "read_mark"),
        *("short_message", "sparring_note", "sparring_slot"),
    ),
    Activity.HELPING: (
        *("block_pulse", "buddy", "confidence_pulse", "day_plan", "debrief", "good_news"),
        *("help_call", "praise", "survey_box", "tip", "tip_claim"),
    ),
    Activity.ANALYSES: (
        *("analysis", "analysis_section", "asked_introduction", "client_question", "coach_link"),
        *("consent", "consent_withdrawal", "question_stop", "release", "section_draft"),
    ),
    Activity.CONTRACTS: (
        *("certificate", "certificate_request", "contract", "contract_question"),
        *("contract_signature", "employment"),
    ),
    Activity.PAY: (
        *("account_change", "bonus_award", "distraint", "pay_correction", "pay_line", "pay_run"),
        *("payslip", "payslip_copy", "register_report", "tax_card"),
    ),
    Activity.OUTCOMES: (
        *("follow_up", "follow_up_ask", "follow_up_call", "follow_up_objection", "outcome"),
        "told_outcome",
    ),
    Activity.MESSAGES: ("declined_kind", "failed_address", "message", "message_choice"),
    Activity.FILES: ("stored_file", "upload"),
    Activity.SIGN_IN: (
        *("account", "account_link", "authenticator", "identity_tie", "invitation"),
        *("known_device", "membership", "one_time_code", "organisation", "passkey"),
        *("recovery_code", "sign_in"),
    ),
    Activity.TRACES: ("access_entry", "audit_entry", "break_glass", "impact_review"),
    Activity.RIGHTS: ("data_copy", "data_request", "processing_restriction"),
}

ACTIVITY_OF: dict[str, Activity] = {
    table: activity for activity, tables in _OF.items() for table in tables
}
"""The activity of every table with a column about people; tests hold that none is left out."""

SAFEGUARDS: tuple[str, ...] = (
    _("Everybody sees what her role needs, and of other providers nothing."),
    _("Staff sign in with a second factor; sensitive acts ask for it again."),
    _("Identity codes, bank accounts and secrets are encrypted in the database and its backups."),
    _(
        "Who changed what and who looked is written down, cannot be altered,"
        " and is checked nightly."
    ),
    _("The person sees who has looked at what is hers."),
    _("What is over is erased by itself; values in the record go with the person's key."),
    _("An operator sees nobody's data, but for an hour and a reason that the managers are told."),
    _("Backups are encrypted, and a restored one is compared with what was saved."),
)

_MISSING = _(
    "The register must name the controller and whom to ask: fill in the organisation's details."
)


def check_controller(name: str, address: str, contact: str, reach: str) -> None:
    """Raises RuleBroken when the register could not say who is responsible (art. 30(1)(a))."""
    if not all((name, address, contact, reach)):
        raise RuleBroken(_MISSING)
