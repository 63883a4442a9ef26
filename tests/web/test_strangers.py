"""Every address against everyone: who may not, may not; and a refusal tells nothing."""

import io
import json
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from jobsearch.core.access import Actor, Permission, Role, may
from tests.addresses import filled
from tests.furnished import CANARY, Furnished, furnish
from tests.pages import client_of
from tests.world import Member, World

CAST = (
    "aino",
    "stig",
    "paula",
    "pia",
    "otto",
    "mia",
    "nils",
    "hilla",
    "sam",
    "cora",
    "petra",
    "bo",
    "olga",
)
_OF_A = {"aino", "stig", "paula"}
# whose row an address opens, beside the permission: staff of provider A, and for her own things Pia
OWNERS: dict[str, set[str]] = {
    "action_id": _OF_A | {"pia"},
    "agreement_id": {"pia"},
    "alert_id": _OF_A,
    "analysis_id": _OF_A,
    "award_id": _OF_A | {"pia"},
    "bonus_rule_id": _OF_A,
    "booking_id": _OF_A,
    "block_id": _OF_A,
    "attempt_id": _OF_A,
    "call_id": _OF_A | {"pia"},
    "candidate_id": _OF_A,
    "card_id": _OF_A,
    "client_id": {"mia"},
    "client_question_id": {"pia"},
    "change_id": {"pia"},
    "closure_id": _OF_A,
    "certificate_id": _OF_A | {"pia"},
    "cohort_id": _OF_A,
    "comparator_id": _OF_A,
    "survey_id": _OF_A,
    "survey_question_id": _OF_A,
    "company_id": _OF_A | {"pia", "otto"},
    "cost_id": _OF_A,
    "data_request_id": _OF_A,
    "decision_id": _OF_A,
    "document_id": {"stig", "pia"},
    "conversation_id": {"pia", "stig"},
    "delivery_id": _OF_A,
    "consent_id": {"pia"},
    "contract_id": _OF_A | {"pia"},
    "employer_id": {"pia"},
    "employment_id": _OF_A,
    "own_employment_id": {"pia"},
    "request_id": _OF_A | {"pia"},
    "enrolment_id": _OF_A,
    "entry_id": {"aino"},
    "glass_id": {"aino", "olga"},
    "interview_id": _OF_A | {"pia"},
    "frozen_id": _OF_A,
    "introduction_id": {"stig", "pia", "mia"},
    "invitation_id": {"aino", "olga"},
    "job_id": {"olga"},
    "lead_id": _OF_A | {"pia"},
    "lead_move_id": _OF_A | {"pia"},
    "marking_id": _OF_A,
    "membership_id": {"aino", "olga"},
    "organisation_id": {"aino", "olga"},
    "failure_id": _OF_A,
    "passkey_id": {"stig"},
    "notice_id": {"pia"},
    "move_id": _OF_A,
    "outcome_id": _OF_A,
    "own_block_id": {"pia"},
    "own_data_request_id": {"pia"},
    "own_enrolment_id": {"pia"},
    "own_outcome_id": {"pia"},
    "own_told_id": {"pia"},
    "own_pulse_id": {"pia"},
    "own_rate_id": _OF_A,
    "correction_id": _OF_A,
    "own_score_id": {"pia"},
    "payslip_id": _OF_A | {"pia"},
    "person_id": _OF_A,
    "programme_id": _OF_A,
    "provider_id": _OF_A,
    "publication_id": _OF_A,
    "question_id": _OF_A,
    "question_stop_id": {"pia"},
    "referral_id": {"mia"},
    "referrer_id": _OF_A,
    "release_id": {"mia"},
    "resource_id": _OF_A | {"pia", "otto"},
    "run_id": _OF_A,
    "session_id": _OF_A,
    "sheet_id": _OF_A,
    "short_message_id": {"pia"},
    "sign_in_id": {"pia"},
    "slot_id": {"stig", "pia", "otto"},
    "step_id": {"stig", "pia"},
    "template_id": _OF_A,
    "town_coach_id": {"hilla"},
    "trial_id": _OF_A,
    "tie_id": _OF_A,
    "template_day_id": _OF_A,
    "told_id": _OF_A,
    "tip_id": _OF_A | {"pia"},
    "upload_id": _OF_A,
    "version_id": {"stig", "pia"},
    "wording_id": _OF_A,
}

# a participant follows the board of her own group
FOLLOWED_BY: dict[str, set[str]] = {
    "standup.show_cohort_board": {"pia"},
    "standup.poll_board": {"pia"},
}


def _rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and app.view_functions[rule.endpoint].gate is not None:
            yield rule


def _values(rule: Rule, furnished: Furnished) -> dict[str, object]:
    try:
        return filled(rule.arguments, furnished)
    except KeyError as unknown:
        pytest.fail(f"{rule.rule}: say in tests/furnished.py what {unknown} is")


def _keys_of(rule: Rule) -> set[str]:
    return set(rule.arguments) & (set(OWNERS) | {"day_id"})


def _is_owner(name: str, rule: Rule) -> bool:
    if name in FOLLOWED_BY.get(rule.endpoint, ()):
        return True
    return all(name in OWNERS[key] for key in _keys_of(rule) if key in OWNERS)


def _expected(
    actor: Actor | None, name: str, rule: Rule, method: str, gate: Permission
) -> set[int]:
    """The answers that are right for this person here."""
    if actor is None:
        return {303} if method == "GET" else {401}
    if not may(actor, gate):
        return {403}
    if _keys_of(rule) and not _is_owner(name, rule):
        return {404}
    return {200, 303, 304, 404, 409, 422}


@pytest.fixture
def furnished(world: World, context: None) -> Furnished:
    return furnish(world)


def test_every_key_in_an_address_has_an_owner_in_the_table(
    app: Flask, furnished: Furnished
) -> None:
    for rule in _rules(app):
        _values(rule, furnished)
        named = {a for a in rule.arguments if a.endswith("_id")}
        assert named <= set(OWNERS) | {"day_id"}, rule.rule


@pytest.mark.parametrize("name", ["", *CAST])
def test_everyone_gets_the_answer_that_is_right_for_her_at_every_address(
    app: Flask, world: World, furnished: Furnished, name: str
) -> None:
    member: Member | None = getattr(world, name) if name else None
    wrong = []
    for rule in sorted(
        _rules(app), key=lambda r: (r.endpoint.startswith("accounts.sign_out"), r.rule)
    ):
        gate = app.view_functions[rule.endpoint].gate
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if name and _is_owner(name, rule) and method == "POST" and may(member.actor, gate):
                continue  # her own deeds are tested where they are made
            client = client_of(app, member)
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **_values(rule, furnished))
            answer = client.get(address) if method == "GET" else client.send(address)
            right = _expected(member.actor if member else None, name, rule, method, gate)
            if answer.status_code not in right:
                wrong.append(f"{method} {rule.rule}: {answer.status_code}, not {right}")
            if answer.status_code in (401, 403, 404, 303) and _tells(answer.get_data()):
                wrong.append(f"{method} {rule.rule}: the refusal tells of Pia")
    assert not wrong, "\n".join(wrong)


def _tells(body: bytes) -> bool:
    if body.startswith(b"PK\x03\x04"):  # a workbook says what it says in its parts
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    return CANARY.encode() in body or b"Pihlaja" in re.sub(
        rb"<header.*?</header>", b"", body, flags=re.DOTALL
    )


@pytest.mark.parametrize("name", ["otto", "nils", "hilla", "sam", "cora", "petra", "bo", "olga"])
def test_no_page_that_opens_for_a_stranger_tells_of_pia(
    app: Flask, world: World, furnished: Furnished, name: str
) -> None:
    member: Member = getattr(world, name)
    telling, files = [], 0
    for rule in _rules(app):
        asked = rule.arguments - set(rule.defaults or ())  # a file names its ending itself
        if asked or "GET" not in (rule.methods or ()):
            continue
        answer = client_of(app, member).get(rule.rule)
        files += answer.status_code == 200 and rule.rule.endswith((".csv", ".xlsx"))
        if _tells(answer.get_data()):
            telling.append(rule.rule)
    assert files or not may(member.actor, Permission.TRACKER_LOG)
    assert not telling, "\n".join(telling)


def test_the_manager_reads_no_word_of_an_analysis(
    app: Flask, world: World, furnished: Furnished
) -> None:
    for rule in _rules(app):
        if rule.endpoint.startswith("analyses.") and "GET" in (rule.methods or ()):
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **_values(rule, furnished))
            assert CANARY.encode() not in client_of(app, world.aino).get(address).get_data(), (
                rule.rule
            )


def test_the_municipal_coach_gets_no_identity_no_account_and_no_wage(
    app: Flask, world: World, furnished: Furnished
) -> None:
    for rule in _rules(app):
        if "GET" in (rule.methods or ()) and may(
            world.mia.actor, app.view_functions[rule.endpoint].gate
        ):
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **_values(rule, furnished))
            body = client_of(app, world.mia).get(address).get_data(as_text=True)
            for secret in ("150591-902A", "FI2112345600000785", "11,50", "552,00"):
                assert secret not in body, rule.rule


def test_a_role_is_what_the_table_says_it_is() -> None:
    assert may(None, Permission.DESK_READ) is False
    assert json.dumps(sorted(Role)) == json.dumps(
        [
            *("coach", "manager", "municipal_admin", "municipal_coach"),
            *("operator", "participant", "payroll_clerk"),
        ]
    )
