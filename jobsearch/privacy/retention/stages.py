"""What goes at each stage: tables whose rows are erased, and columns that are blanked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobsearch.core.text import mark as N_
from jobsearch.privacy.retention.rules import Stage

GONE = "–"
"""What stands where a text may not be empty."""
OWN_KEY = object()
"""Stands for the row's own key, where two blanked rows of one person may not be alike."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Columns of a table that lose what they say; kinds, days and counts of the row stay."""

    table_name: str
    values: dict[str, Any]


ERASED: dict[Stage, tuple[str, ...]] = {
    Stage.SEARCH: (
        "praise",
        "good_news",
        "buddy",
        "day_plan",
        "debrief",
        "help_call",
        "sparring_note",
        "strategy",
        "tip_claim",
        "document_comment",
        "document_version",
        "document",
        "duty_number",
        "block_pulse",
        "confidence_pulse",
        "told_outcome",
    ),
    Stage.WORK: (
        "absence_notice",
        "week_word",
        "contract_question",
        "short_message",
        "read_mark",
    ),
    Stage.VOUCHERS: ("tax_card", "account_change"),
    Stage.PAPERS: (
        "pay_correction",
        "register_report",
        "payslip_copy",
        "distraint",
        "pay_line",
        "payslip",
        "bonus_award",
        "certificate",
        "certificate_request",
        "contract_signature",
        "contract",
        "orientation",
        "employment",
        "processing_restriction",
    ),
}
"""In the order in which the database lets them go; what hangs on a row goes with it."""

BLANKED: dict[Stage, tuple[Blank, ...]] = {
    Stage.SEARCH: (
        Blank("action", {"role_title": None, "note": None}),
        Blank("employer", {"name": OWN_KEY, "name_key": OWN_KEY}),
        Blank(
            "lead",
            {
                "role_title": GONE,
                "next_step": "",
                "next_step_on": None,
                "advert": "",
                "note": "",
            },
        ),
        Blank("interview", {"place": "", "learned": ""}),
        Blank("next_step", {"text": GONE}),
        Blank("correction", {"reason": GONE}),
        Blank("tip", {"company": GONE, "company_key": "", "role_title": "", "words": ""}),
        Blank(
            "candidate",
            {"referred_by_name": "", "introduction": "", "exit_words": "", "call_when": ""},
        ),
        Blank("candidate_move", {"was_words": ""}),
        Blank("selection_decision", {"words": ""}),
        Blank(
            "referral",
            {
                "given_name": GONE,
                "family_name": "",
                "phone": "",
                "email": None,
                "introduction": "",
                "call_when": "",
                "statement": "",
            },
        ),
        Blank("person", {"phone": None, "email": None}),
    ),
    Stage.WORK: (
        Blank("contract", {"declined_words": None}),
        Blank("attendance", {"checked_in_at": None}),
    ),
    Stage.VOUCHERS: (Blank("person", {"bank_account": None}),),
    Stage.PAPERS: (
        Blank(
            "person",
            {
                "given_name": GONE,
                "family_name": "",
                "identity_code": None,
                "identity_index": None,
                "municipality": None,
                "board_name": "first",
            },
        ),
    ),
}
"""Results count rows of these tables, so the rows stay, without words and names."""

COUNTS = frozenset(
    {
        "alert",
        "booking",
        "contact_attempt",
        "criterion_answer",
        "enrolment",
        "follow_agreement",
        "follow_up",
        "follow_up_ask",
        "follow_up_call",
        "follow_up_objection",
        "goal",
        "interview_tick",
        "lead_move",
        "outcome",
        "seat_offer",
        "sparring_slot",
        "trial_case",
        "waiting_place",
    }
)
"""Tables of kinds, days and counts alone: they hang on a row without a name once she is erased."""

_MORNINGS = N_("Mornings of the group: plans, news, praise, calls for help")
_COACHING = N_("Coaching: notes, strategy, documents with their files, pulses")
_SEARCH = N_("Job search: names of employers, roles and notes; the counts stay")
_TOLD = N_("What was told after the programme, with its documents")
_RECRUITMENT = N_("Recruitment: introductions and words; the counts stay")
_CONTACT = N_("Details of the person")
_MESSAGES = N_("Messages with coaches and questions about the contract")
_TIME = N_("Working time: absences, hours and times of arrival")
_CARDS = N_("Tax cards and changes of the bank account")
_PAY = N_("Pay: payslips, corrections, distraints and reports")
_PAPERS = N_("Contracts, signatures, certificates and the employment itself")

AREAS: dict[str, tuple[str, ...]] = {
    _MORNINGS: ("praise", "good_news", "buddy", "day_plan", "debrief", "help_call"),
    _COACHING: (
        "sparring_note",
        "strategy",
        "document_comment",
        "document_version",
        "document",
        "block_pulse",
        "confidence_pulse",
        "duty_number",
    ),
    _SEARCH: (
        "tip_claim",
        "tip",
        "action",
        "employer",
        "lead",
        "interview",
        "next_step",
        "correction",
    ),
    _TOLD: ("told_outcome",),
    _RECRUITMENT: ("candidate", "candidate_move", "selection_decision", "referral"),
    _CONTACT: ("person", "processing_restriction"),
    _MESSAGES: ("short_message", "read_mark", "contract_question"),
    _TIME: ("absence_notice", "week_word", "attendance"),
    _CARDS: ("tax_card", "account_change"),
    _PAY: (
        "pay_correction",
        "register_report",
        "payslip_copy",
        "distraint",
        "pay_line",
        "payslip",
        "bonus_award",
    ),
    _PAPERS: (
        "certificate",
        "certificate_request",
        "contract_signature",
        "contract",
        "orientation",
        "employment",
    ),
}
"""The tables as a reader knows them: what stands on a page beside how many rows go."""


def by_area(counts: Mapping[str, int]) -> dict[str, int]:
    """Rows by what a reader calls them, without what there is none of."""
    summed = {area: sum(counts.get(name, 0) for name in names) for area, names in AREAS.items()}
    return {area: rows for area, rows in summed.items() if rows}
