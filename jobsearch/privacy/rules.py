"""Whose the rows of each table are."""

PERSON_ID = "person_id"

_BY_ENROLMENT = dict.fromkeys(
    (
        "block_pulse",
        "buddy",
        "confidence_pulse",
        "day_plan",
        "debrief",
        "good_news",
        "sparring_slot",
    ),
    "enrolment_id",
)
_BY_ACCOUNT = dict.fromkeys(
    (
        "account_link",
        "authenticator",
        "break_glass",
        "identity_tie",
        "invitation",
        "known_device",
        "one_time_code",
        "passkey",
        "recovery_code",
        "referrer",
    ),
    "account_id",
)
_BY_SUBJECT = dict.fromkeys(
    ("audit_entry", "declined_kind", "failed_address", "message", "message_choice"), "subject_id"
)

WAYS = {
    **_BY_ENROLMENT,
    **_BY_ACCOUNT,
    **_BY_SUBJECT,
    "account": "id",
    "criterion_answer": "decision_id",
    "pay_correction": "root_id",
    "pay_line": "payslip_id",
    "person": "id",
    "sign_in": "membership_id",
    "trial_case": "candidate_id",
}
"""The column by which a row is somebody's, where it is not `person_id`: the row's own key, a key of
another table that leads on to her, or the key of a person or of an account (`subject_id`)."""

NOBODYS = {
    "candidate_sheet": "a file before it is taken in; it goes within a day, whoever is in it",
    "impact_review": "who answers for a provider's review of the impact on people",
    "marking": "what a whole list of a session was before and after, by the keys of its rows",
    "organisation": "the contact person that a provider names to everyone",
    "pay_run": "what a clerk looks at before a run is paid; its people stand in the payslips",
    "stored_file": "the bytes of a document, whose own row says whose they are",
    "survey_box": "counts of answers that belong to nobody by construction",
    "upload": "a file before it is taken in; it goes within a day, whoever is in it",
    "week_unlock": "why a whole group's week was opened again",
}
"""Tables with marked columns whose rows are not one person's, and why."""


def way_of(table_name: str, column_names: frozenset[str]) -> str | None:
    """The column by which a table's rows are somebody's; None for a table of nobody's."""
    if table_name in NOBODYS:
        return None
    return WAYS.get(table_name) or (PERSON_ID if PERSON_ID in column_names else None)
