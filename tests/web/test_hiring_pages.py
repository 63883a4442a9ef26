"""Pages before the start: the way from selected to signed, what each role sees, what is refused."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core import files
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import digest
from jobsearch.hiring import service as hiring
from jobsearch.notices.models import Message
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from tests.hired import CODE, Hired, drafted, helmi, offered, seat, selected, signed
from tests.world import NOW, Member, make_cohort, make_person

ACCOUNT = "FI2112345600000785"


def _sign_in(person_id: str) -> Member:
    """Helmi's own sign-in, of this minute."""
    member = db.session.scalars(select(Membership).where(Membership.person_id == person_id)).one()
    db.session.get_one(Account, member.account_id).language = "en"
    db.session.add(
        SignIn(
            secret_digest=digest("secret-of-helmi"),
            membership_id=member.id,
            device="Test",
            way=Way.CODE,
            started_at=NOW,
            last_seen_at=NOW,
            proven_at=NOW,
        )
    )
    db.session.flush()
    return Member(helmi(Hired(person_id, "", "")), "helmi", "secret-of-helmi")


@pytest.fixture
def at_offer(app: Flask, as_, world, context):
    """Helmi with an offer, and her sign-in."""
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        return hired, contract.id, contract.enrolment_id, _sign_in(hired.person_id)


def _read(model: type, **found: object):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).filter_by(**found).one()


def _all(model: type) -> list:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).all()


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" (?:type="hidden" )?value="([^"]*)"', page)
    found = found or re.search(rf'value="([^"]*)"[^>]*name="{name}"', page)
    found = found or re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def _sent_code() -> str:
    sent = [one for one in _all(Message) if one.kind == "accounts.proof_code"]
    found = re.search(r"\b\d{6}\b", sent[-1].body)
    assert found
    return found[0]


def test_the_clerk_makes_a_draft_changes_it_and_offers_it(app, as_, world, context, sign_in):
    with as_(world.aino):
        hired = selected(world)
    clerk = sign_in(world.paula)
    assert "Helmi Saarinen" in clerk.get("/hiring").get_data(as_text=True)
    url = f"/hiring/candidates/{hired.candidate_id}"
    assert "Group 9" in clerk.get(url).get_data(as_text=True)
    made = clerk.send(url, cohort_id=hired.cohort_id)
    assert made.status_code == 303
    contract = _read(Contract, person_id=hired.person_id)
    edit = f"/contracts/{contract.id}/edit"
    values = {
        "version": contract.version,
        "starts_on": "7.12.2026",
        "ends_on": "24.12.2026",
        "hourly": "11,00",
        "allowance": "20",
        "outcome_bonus": "150",
        "agreement": "Agreement",
        "ground": "own_wish",
        "ground_reason": "She asked for it.",
        "trial_days": "9",
        "place": "Pori",
        "tasks": "",
        "language": "sv",
        "reason": "",
    }
    low = clerk.send(edit, **values)
    assert low.status_code == 422
    assert "below the pay terms of the programme, 11.50" in low.get_data(as_text=True)
    assert clerk.send(edit, **values | {"hourly": "12,00"}).status_code == 422  # no reason given
    good = values | {"hourly": "12,00", "reason": "Agreed with her."}
    assert clerk.send(edit, **good).status_code == 303
    page = clerk.get(f"/contracts/{contract.id}").get_data(as_text=True)
    assert "Agreed with her." in page
    offer = clerk.send(f"/contracts/{contract.id}/offer", version=_field(page, "version"))
    assert offer.status_code == 303
    kept = _read(Contract, id=contract.id)
    assert (kept.state, kept.language) == (ContractState.OFFERED, "sv")
    paper = clerk.get(f"/contracts/{contract.id}/pdf")
    assert paper.mimetype == "application/pdf"
    assert "attachment" in paper.headers["Content-Disposition"]


def test_an_old_version_of_a_draft_is_answered_409_with_words(app, as_, world, context, sign_in):
    with as_(world.aino):
        contract = drafted(world, selected(world))
    answer = sign_in(world.paula).send(f"/contracts/{contract.id}/offer", version=99)
    assert answer.status_code == 409
    assert "look" in answer.get_data(as_text=True).lower()


def test_she_reads_asks_and_signs_with_the_code_from_her_message(at_offer, world, sign_in):
    _hired, contract_id, _enrolment, her = at_offer
    client = sign_in(her)
    page = client.get("/my-contract").get_data(as_text=True)
    assert "Työehtosopimus" in page  # every term, in the contract's language
    assert "Ammattiliitto ja työnantajat" in page  # and in plain words
    asked = client.send(
        f"/my-contract/{contract_id}/question", about="notice", question="Can I leave?"
    )
    assert asked.status_code == 303
    assert client.send(f"/my-contract/{contract_id}/code").status_code == 303
    form = client.get(f"/my-contract/{contract_id}/sign").get_data(as_text=True)
    seen = _field(form, "seen")
    wrong = client.send(f"/my-contract/{contract_id}/sign", seen=seen, code="000000")
    assert wrong.status_code == 422
    other = client.send(f"/my-contract/{contract_id}/sign", seen="0" * 64, code=_sent_code())
    assert other.status_code == 422
    assert _all(Signature) == []
    client.send(f"/my-contract/{contract_id}/code")
    done = client.send(f"/my-contract/{contract_id}/sign", seen=seen, code=_sent_code())
    assert done.status_code == 303
    (signature,) = _all(Signature)
    assert signature.name == "Helmi Saarinen"
    assert signature.sent_to
    assert "+358400000777" not in signature.sent_to
    again = client.send(f"/my-contract/{contract_id}/sign", seen=seen, code=_sent_code())
    assert again.status_code == 422


def test_a_code_is_not_sent_twice_for_what_is_signed_and_looking_signs_nothing(
    at_offer, world, sign_in
):
    _hired, contract_id, _enrolment, her = at_offer
    client = sign_in(her)
    for _look in range(3):
        client.get(f"/my-contract/{contract_id}/sign")
        client.head(f"/my-contract/{contract_id}/sign")
    assert _all(Signature) == []
    assert [one for one in _all(Message) if one.kind == "accounts.proof_code"] == []


def test_the_file_she_gets_is_byte_for_byte_the_one_that_is_signed(at_offer, world, sign_in):
    _hired, contract_id, _enrolment, her = at_offer
    own = sign_in(her).get(f"/my-contract/{contract_id}/pdf")
    office = sign_in(world.aino).get(f"/contracts/{contract_id}/pdf")
    assert own.data == office.data
    with unit_of_work(whole_installation("test"), read_only=True):
        kept = db.session.get_one(Contract, contract_id)
        assert files.get(kept.file_id).content == own.data


def test_the_manager_signs_and_both_get_the_record(app, as_, world, context, sign_in):
    with as_(world.aino):
        hired = selected(world)
        contract = signed(world, hired)
        her = _sign_in(hired.person_id)
    for client, url in (
        (sign_in(world.aino), f"/contracts/{contract.id}/record/pdf"),
        (sign_in(her), f"/my-contract/{contract.id}/record/pdf"),
    ):
        answer = client.get(url)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    page = sign_in(her).get("/my-contract").get_data(as_text=True)
    assert "Signed by both" in page


def test_the_clerk_prepares_but_never_signs(at_offer, world, sign_in):
    _hired, contract_id, _enrolment, _her = at_offer
    page = sign_in(world.paula).get(f"/contracts/{contract_id}").get_data(as_text=True)
    assert "A manager signs for the employer." in page
    assert sign_in(world.paula).send(f"/contracts/{contract_id}/sign").status_code == 403


def test_the_coach_sees_yes_and_no_and_never_a_value(at_offer, as_, world, sign_in):
    hired, contract_id, enrolment_id, _her = at_offer
    with as_(world.aino):
        db.session.get_one(Person, hired.person_id).bank_account = ACCOUNT
    coach = sign_in(world.stig)
    for url in (
        "/hiring",
        f"/hiring/groups/{hired.cohort_id}",
        f"/hiring/people/{enrolment_id}",
    ):
        page = coach.get(url).get_data(as_text=True)
        for secret in (CODE, CODE[:6], ACCOUNT, "0785", "11.50", "TS-2026"):
            assert secret not in page, (url, secret)
    for url in (
        f"/contracts/{contract_id}",
        f"/contracts/{contract_id}/pdf",
        f"/hiring/people/{enrolment_id}/details",
        "/contract-settings",
    ):
        assert coach.get(url).status_code == 403


def test_the_office_sees_codes_masked_and_each_look_is_written_down(at_offer, world, sign_in):
    hired, _contract, enrolment_id, _her = at_offer
    page = sign_in(world.paula).get(f"/hiring/people/{enrolment_id}/details")
    text = page.get_data(as_text=True)
    assert CODE not in text
    assert CODE[:7] in text
    looks = [one.what for one in _all(AccessEntry) if one.person_id == hired.person_id]
    assert "details for pay" in looks


def test_tax_card_code_and_account_are_entered_by_hand(as_, world, context, sign_in):
    with as_(world.aino):
        contract = drafted(world, selected(world, with_code=False))
    clerk, url = sign_in(world.paula), f"/hiring/people/{contract.enrolment_id}/details"
    bad = clerk.send(f"{url}/identity-code", identity_code="010594Y9033")
    assert bad.status_code == 422
    assert clerk.send(f"{url}/identity-code", identity_code=" 010594y9032 ").status_code == 303
    assert clerk.send(f"{url}/account", bank_account="FI00 1").status_code == 422
    assert clerk.send(f"{url}/account", bank_account=ACCOUNT).status_code == 303
    card = {"base": "12,5", "additional": "34", "ceiling": "21 000", "valid_from": "1.1.2026"}
    assert clerk.send(f"{url}/tax-card", **card, kind="benefit").status_code == 422
    assert clerk.send(f"{url}/tax-card", **card, kind="wage").status_code == 303
    assert _all(TaxCard)[0].base_bp == 1250
    assert _read(Person, id=contract.person_id).identity_code == CODE


def test_she_changes_her_account_with_a_code_only(at_offer, world, sign_in):
    hired, _contract, _enrolment, her = at_offer
    client = sign_in(her)
    asked = client.send("/my-details/account", bank_account=ACCOUNT)
    assert asked.status_code == 303
    page = client.get(asked.location).get_data(as_text=True)
    assert ACCOUNT not in page
    assert client.send(asked.location, code="000000").status_code == 422
    assert _read(Person, id=hired.person_id).bank_account is None
    assert client.send(asked.location, code=_sent_code()).status_code == 303
    assert _read(Person, id=hired.person_id).bank_account == ACCOUNT


def test_after_five_wrong_codes_the_right_one_neither_signs_nor_changes_the_account(
    at_offer, world, sign_in
):
    hired, contract_id, _enrolment, her = at_offer
    client = sign_in(her)
    client.send(f"/my-contract/{contract_id}/code")
    form = client.get(f"/my-contract/{contract_id}/sign").get_data(as_text=True)
    _try_too_often(client, f"/my-contract/{contract_id}/sign", seen=_field(form, "seen"))
    assert _all(Signature) == []
    asked = client.send("/my-details/account", bank_account=ACCOUNT)
    _try_too_often(client, asked.location)
    assert _read(Person, id=hired.person_id).bank_account is None


def _try_too_often(client, address: str, **fields: str) -> None:
    wrong = "000000" if _sent_code() != "000000" else "000001"
    for code in (*[wrong] * 5, _sent_code()):
        assert client.send(address, code=code, **fields).status_code == 422


def test_settings_without_a_policy_are_refused_and_kept_ones_are_shown(world, sign_in):
    manager = sign_in(world.aino)
    values = {
        "valid_from": "1.1.2026",
        "address": "Valtakatu 1",
        "pension_insurer": "Elo",
        "accident_insurer": "LähiTapiola",
        "accident_policy": "",
        "pay_days": "12",
        "trial_days": "9",
    }
    assert manager.send("/contract-settings", **values).status_code == 422
    assert (
        manager.send("/contract-settings", **values | {"accident_policy": "1-2"}).status_code == 303
    )
    assert "LähiTapiola, 1-2" in manager.get("/contract-settings").get_data(as_text=True)


def test_an_empty_installation_goes_from_selected_to_an_employment_that_can_be_paid(
    as_, world, context, sign_in
):
    with as_(world.aino):
        hired = selected(world, with_code=False, with_settings=False)
    manager = sign_in(world.aino)
    manager.send(
        "/contract-settings",
        valid_from="1.1.2026",
        address="Valtakatu 1",
        pension_insurer="Elo",
        accident_insurer="LähiTapiola",
        accident_policy="1",
        pay_days="12",
        trial_days="9",
    )
    manager.send(f"/hiring/candidates/{hired.candidate_id}", cohort_id=hired.cohort_id)
    contract = _read(Contract, person_id=hired.person_id)
    url = f"/hiring/people/{contract.enrolment_id}/details"
    manager.send(f"{url}/identity-code", identity_code=CODE)
    manager.send(f"{url}/account", bank_account=ACCOUNT)
    card = {"base": "12,5", "additional": "34", "ceiling": "", "valid_from": "1.1.2026"}
    manager.send(f"{url}/tax-card", **card, kind="wage")
    manager.send(f"/contracts/{contract.id}/offer", version=contract.version)
    with as_(world.aino):
        her = _sign_in(hired.person_id)
    client = sign_in(her)
    client.send(f"/my-contract/{contract.id}/code")
    seen = _read(Contract, id=contract.id).sha256
    client.send(f"/my-contract/{contract.id}/sign", seen=seen, code=_sent_code())
    with as_(world.aino):
        kept = db.session.get_one(Contract, contract.id)
        hiring.sign_for_employer(world.aino.actor, kept.id, kept.version, kept.sha256)
    employment = _read(Employment, person_id=hired.person_id)
    assert employment.starts_on == date(2026, 12, 7)
    page = manager.get(f"/hiring/people/{contract.enrolment_id}").get_data(as_text=True)
    assert "Ready for the first day" in page
    assert _read(Candidate, id=hired.candidate_id).stage is Stage.SIGNED


def test_found_work_before_the_start_is_one_form(at_offer, world, sign_in):
    hired, contract_id, enrolment_id, _her = at_offer
    coach, url = sign_in(world.stig), f"/outcomes/before-start/{enrolment_id}"
    assert "One act does all of it" in coach.get(url).get_data(as_text=True)
    values = {
        "kind": "permanent_full_time",
        "began_on": "1.12.2026",
        "ended_on": "",
        "found_through": "advertised",
        "evidence": "own_word",
    }
    assert coach.send(url, **values | {"began_on": ""}).status_code == 422
    assert coach.send(url, **values).status_code == 303
    assert _read(Contract, id=contract_id).state is ContractState.ENDED
    listed = coach.get(f"/outcomes/{world.a.programme_id}/before-start")
    assert "Helmi Saarinen" in listed.get_data(as_text=True)
    assert coach.send(url, **values).status_code == 422  # not twice
    manager = sign_in(world.aino)
    assert "Came back" in manager.get("/hiring").get_data(as_text=True)
    back = manager.send(f"/hiring/candidates/{hired.candidate_id}", cohort_id=hired.cohort_id)
    assert back.status_code == 303


def test_day_page_of_one_who_waits_says_when_it_starts_and_what_is_left(at_offer, sign_in):
    _hired, _contract, _enrolment, her = at_offer
    page = sign_in(her).get("/today").get_data(as_text=True)
    assert "Starts on Monday" in page
    assert "Read and sign your contract" in page
    assert "Give your tax card" in page


def test_before_there_is_an_offer_her_page_says_so(as_, world, context, sign_in):
    with as_(world.aino):
        hired = selected(world)
        contract_id = drafted(world, hired).id
        her = _sign_in(hired.person_id)
    client = sign_in(her)
    page = client.get("/my-contract").get_data(as_text=True)
    assert "There is no contract to read yet" in page
    draft = f"/my-contract/{contract_id}"
    for address in (draft, f"{draft}/pdf", f"{draft}/sign"):
        assert client.get(address).status_code == 404
    assert client.send(f"{draft}/code").status_code == 404
    assert client.send(f"{draft}/decline").status_code == 404


def test_the_board_asks_as_often_with_1_person_as_with_30(as_, world, context, sign_in, statements):
    with as_(world.aino):
        programme = db.session.get_one(Programme, world.a.programme_id)
        cohort_id = make_cohort(programme, "Group 10", date(2026, 12, 7), None).id
    counts = []
    for more in (1, 29):
        _fill_more(world, cohort_id, more, len(counts))
        for url in (f"/hiring/groups/{cohort_id}", "/hiring"):
            sign_in(world.aino).get(url)
            statements.clear()
            assert sign_in(world.aino).get(url).status_code == 200
            counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8


def _fill_more(world, cohort_id: str, people: int, base: int) -> None:
    with unit_of_work(whole_installation("test")):
        for number in range(people):
            person = make_person(
                world.a.organisation_id, f"P{base}{number}", "Q", f"+3584{base}111{number:04d}"
            )
            seat(world, cohort_id, person.id)


def test_the_list_of_groups_asks_as_often_with_2_as_with_25_and_is_paged(
    as_, world, context, sign_in, statements
):
    counts = []
    for first, last in ((0, 1), (1, 32)):
        with as_(world.aino):
            programme = db.session.get_one(Programme, world.a.programme_id)
            for number in range(first, last):
                make_cohort(programme, f"Coming {number}", date(2026, 12, 7), None)
        statements.clear()
        page = sign_in(world.aino).get("/hiring").get_data(as_text=True)
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1]
    assert "page=2" in page


def test_who_left_is_on_no_board(as_, world, context, sign_in):
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        enrolment = db.session.get_one(Enrolment, contract.enrolment_id)
        enrolment.left_on = NOW.date() - timedelta(days=1)
        cohort = db.session.scalars(select(Cohort).where(Cohort.id == hired.cohort_id)).one()
        assert cohort.name == "Group 9"
    page = sign_in(world.aino).get(f"/hiring/groups/{hired.cohort_id}")
    assert "Helmi" not in page.get_data(as_text=True)
    gone = sign_in(world.aino).get(f"/hiring/people/{contract.enrolment_id}")
    assert gone.status_code == 404


def test_the_employers_signature_needs_a_proof_of_the_last_ten_minutes(
    at_offer, world, sign_in, clock
):
    _hired, contract_id, _enrolment, _her = at_offer
    manager, url = sign_in(world.aino), f"/contracts/{contract_id}/sign"
    page = manager.get(f"/contracts/{contract_id}").get_data(as_text=True)
    values = {"version": _field(page, "version"), "seen": _field(page, "seen")}
    clock.shift(timedelta(minutes=12))
    assert manager.send(url, **values).status_code == 401
    assert _all(Signature) == []
    clock.shift(timedelta(minutes=-12))
    assert manager.send(url, **values).status_code == 303
    (signature,) = _all(Signature)
    assert (signature.name, signature.sent_to) == ("Aino Aalto", "")
    twice = manager.send(url, **values)
    assert twice.status_code == 422
    assert "The employer has signed this version already." in twice.get_data(as_text=True)


def test_an_account_is_entered_by_staff_with_a_proof_of_the_last_ten_minutes_only(
    at_offer, world, sign_in, clock
):
    hired, _contract_id, enrolment_id, _her = at_offer
    clerk, url = sign_in(world.paula), f"/hiring/people/{enrolment_id}/details/account"
    clock.shift(timedelta(minutes=12))
    assert clerk.send(url, bank_account=ACCOUNT).status_code == 401
    assert _read(Person, id=hired.person_id).bank_account is None


def test_a_question_is_answered_on_the_contracts_page_and_read_on_hers(at_offer, world, sign_in):
    _hired, contract_id, _enrolment, her = at_offer
    client, clerk = sign_in(her), sign_in(world.paula)
    client.send(f"/my-contract/{contract_id}/question", about="", question="When is pay day?")
    page = clerk.get(f"/contracts/{contract_id}").get_data(as_text=True)
    found = re.search(r"/questions/([a-z2-7]{20})", page)
    assert found
    url = f"/contracts/{contract_id}/questions/{found[1]}"
    assert clerk.send(url, answer="").status_code == 422
    assert clerk.send(url, answer="By 5 January.").status_code == 303
    assert "By 5 January." in client.get("/my-contract").get_data(as_text=True)


def test_she_declines_and_staff_see_her_words(at_offer, world, sign_in):
    _hired, contract_id, _enrolment, her = at_offer
    answer = sign_in(her).send(f"/my-contract/{contract_id}/decline", words="Wrong days.")
    assert answer.status_code == 303
    assert "Wrong days." in sign_in(world.paula).get(f"/contracts/{contract_id}").get_data(
        as_text=True
    )
