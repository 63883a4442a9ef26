"""Pages of bonuses: the list, one bonus, the person's own, the rules of a programme."""

import io
from datetime import date

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.payroll.bonus.models import BonusAward, BonusRule, PaidBonus
from jobsearch.payroll.bonus.rules import BonusState
from jobsearch.payroll.bonus.terms.service import add_rule
from jobsearch.payroll.contracts.models import Employment
from tests.bonused import STUDIES, earn_bonus, promise
from tests.documented import a_pdf
from tests.paid import prepare
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")


def _text(answer) -> str:
    return answer.text.replace("\u00a0", " ")


def _award(**which) -> BonusAward:
    with unit_of_work(whole_installation("test")):
        return db.session.query(BonusAward).filter_by(**which).one()


@pytest.fixture
def employed(world, as_):
    with as_(world.aino):
        prepare(world.a, "pia")
    return world


@pytest.fixture
def key(employed, as_) -> str:
    """A bonus of Pia's that waits for its proof."""
    with as_(employed.stig):
        return promise(employed).id


def _version(key: str) -> str:
    return str(_award(id=key).version)


def _file(content: bytes = b"", name: str = "contract.pdf"):
    return (io.BytesIO(content or a_pdf()), name, "application/pdf")


def test_from_the_outcome_to_the_run_by_pages(employed, sign_in):
    enrolment = employed.a.enrolment_ids["pia"]
    noted = sign_in(employed.stig).send(
        f"/outcomes/person/{enrolment}",
        kind="permanent_full_time",
        began_on="24.11.2026",
        found_through="advertised",
        evidence="own_word",
    )
    assert noted.status_code == 303
    key = _award().id
    pia = sign_in(employed.pia)
    assert "150.00" in _text(pia.get("/my-bonus"))
    brought = pia.send(f"/my-bonus/{key}/proof", version="1", file=_file())
    assert brought.status_code == 303
    assert "waits to be checked" in pia.get(f"/my-bonus/{key}").text
    aino = sign_in(employed.aino)
    page = aino.get(f"/bonuses/{key}")
    assert "I have checked it: approve" in page.text
    assert aino.get(f"/bonuses/{key}/file").data == a_pdf()
    assert aino.send(f"/bonuses/{key}/approve", version=_version(key)).status_code == 303
    assert aino.get(f"/bonuses/{key}/file").status_code == 404
    assert "the file is erased" in pia.get(f"/my-bonus/{key}").text
    paula = sign_in(employed.paula)
    assert "Pay the approved ones" in paula.get("/bonuses").text
    assert "150.00" in _text(paula.get("/pay-runs/bonuses"))
    made = paula.send("/pay-runs/bonuses", pays_on="18.12.2026")
    run = made.headers["Location"]
    assert paula.send(f"{run}/compute", version="1").status_code == 303
    assert "150.00" in paula.get(run).text
    assert paula.send(f"{run}/review", version="2").status_code == 303
    assert aino.send(f"{run}/approve", version="3").status_code == 303
    assert paula.send(f"{run}/paid", version="4").status_code == 303
    assert "The bonus was paid on" in pia.get(f"/my-bonus/{key}").text
    with unit_of_work(whole_installation("test")):
        slip = db.session.query(PaidBonus).one().payslip_id
    assert "What the bonus is for" in pia.get(f"/my-pay/{slip}").text


def test_she_takes_her_file_back_by_one_tap(employed, sign_in, key):
    pia = sign_in(employed.pia)
    pia.send(f"/my-bonus/{key}/proof", version="1", file=_file())
    assert pia.get(f"/my-bonus/{key}/file").data == a_pdf()
    assert pia.send(f"/my-bonus/{key}/take-back", version=_version(key)).status_code == 303
    assert pia.get(f"/my-bonus/{key}/file").status_code == 404
    assert "Bring the proof" in pia.get(f"/my-bonus/{key}").text


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b""])
def test_a_file_that_is_no_proof_is_refused_on_its_field(employed, sign_in, key, content):
    file = (io.BytesIO(content), "x.exe", "application/octet-stream")
    answer = sign_in(employed.pia).send(f"/my-bonus/{key}/proof", version="1", file=file)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


def test_nobody_opens_anothers_bonus(employed, sign_in, key):
    for path in (f"/my-bonus/{key}", f"/my-bonus/{key}/file"):
        assert sign_in(employed.otto).get(path).status_code == 404
    for member, status in (("stig", 403), ("pia", 403), ("petra", 404), ("sam", 404)):
        assert sign_in(getattr(employed, member)).get(f"/bonuses/{key}").status_code == status


def test_the_coach_never_sees_a_bonus(employed, sign_in, key):
    for path in ("/bonuses", "/bonuses.csv", "/bonuses/new", f"/bonuses/{key}"):
        assert sign_in(employed.stig).get(path).status_code == 403


def test_who_noted_the_proof_finds_no_button_to_approve(employed, sign_in, key):
    aino = sign_in(employed.aino)
    noted = aino.send(f"/bonuses/{key}/noted", version="1", way="called")
    assert noted.status_code == 303
    page = aino.get(f"/bonuses/{key}")
    assert "I have checked it" not in page.text
    answer = aino.send(f"/bonuses/{key}/approve", version=_version(key))
    assert answer.status_code == 422
    assert "Another person" in answer.text


def test_the_clerk_proposes_and_does_not_approve(employed, sign_in, key):
    paula = sign_in(employed.paula)
    paula.send(f"/bonuses/{key}/noted", version="1", way="seen")
    assert paula.send(f"/bonuses/{key}/approve", version=_version(key)).status_code == 403
    assert paula.send(f"/bonuses/{key}/refuse", version=_version(key)).status_code == 403
    assert paula.send(f"/bonuses/{key}/take-back", version=_version(key)).status_code == 303


def test_refusing_asks_for_a_reason_that_the_person_reads(employed, sign_in, key):
    paula, aino = sign_in(employed.paula), sign_in(employed.aino)
    paula.send(f"/bonuses/{key}/noted", version="1", way="seen")
    sign_in(employed.aino)
    refused = aino.send(f"/bonuses/{key}/refuse", version=_version(key), words="")
    assert refused.status_code == 422
    assert "Say why, in a few words." in refused.text
    words = "The paper is of another person."
    assert (
        aino.send(f"/bonuses/{key}/refuse", version=_version(key), words=words).status_code == 303
    )
    assert words in sign_in(employed.pia).get(f"/my-bonus/{key}").text
    again = aino.send(f"/bonuses/{key}/again", version=_version(key), due_on="1.2.2027")
    assert again.status_code == 303
    assert _award(id=key).state is BonusState.PROMISED


def test_withdrawing_says_why_and_an_old_page_is_told_to_look_again(employed, sign_in, key):
    paula = sign_in(employed.paula)
    old = _version(key)
    assert paula.send(f"/bonuses/{key}/withdraw", version=old, words="Not begun").status_code == 303
    assert paula.send(f"/bonuses/{key}/again", version=old, due_on="1.2.2027").status_code == 409


def test_a_bonus_is_registered_by_hand(employed, sign_in):
    paula = sign_in(employed.paula)
    assert "Pihlaja Pia, Group 7" in paula.get("/bonuses/new").text
    assert paula.send("/bonuses/new").status_code == 422
    with unit_of_work(whole_installation("test")):
        employment = db.session.query(Employment).one().id
    given = {"employment_id": employment, "what": "work", "began_on": "24.11.2026"}
    made = paula.send("/bonuses/new", **given)
    assert made.status_code == 303
    assert "Happened on" in paula.get(made.headers["Location"]).text
    twice = paula.send("/bonuses/new", **given)
    assert twice.status_code == 422
    assert "This bonus is registered already." in twice.text


def test_the_list_filters_by_state_and_goes_as_a_file(employed, sign_in, key, as_):
    paula = sign_in(employed.paula)
    assert "Pihlaja Pia" in paula.get("/bonuses?state=promised").text
    assert "Pihlaja Pia" not in paula.get("/bonuses?state=paid").text
    assert "30 days left" in paula.get("/bonuses").text
    answer = paula.get("/bonuses.csv")
    assert answer.mimetype == "text/csv"
    assert "Pihlaja Pia" in answer.data.decode("utf-8-sig")
    assert paula.get("/bonuses.xlsx").data[:2] == b"PK"
    assert paula.get("/bonuses?state=nonsense&page=x").status_code == 200


def test_the_manager_sets_the_rules_and_the_clerk_reads_them(employed, sign_in):
    path = f"/programmes/{employed.a.programme_id}/bonus-rules"
    aino, paula = sign_in(employed.aino), sign_in(employed.paula)
    assert "while the programme has no rule of its own" in aino.get(path).text
    given = {
        "event": "studies",
        "months": "3",
        "amount": "80",
        "proof": "study_place",
        "proof_days": "30",
        "valid_from": "1.1.2027",
    }
    assert aino.send(path, **given).status_code == 303
    assert "80.00" in paula.get(path).text
    assert paula.send(path, **given).status_code == 403
    assert sign_in(employed.stig).get(path).status_code == 403
    twice = aino.send(path, **given)
    assert twice.status_code == 422
    assert "There is such a rule" in twice.text
    with unit_of_work(whole_installation("test")):
        rule = db.session.query(BonusRule).one()
    end = f"/bonus-rules/{rule.id}/end"
    assert aino.get(end).status_code == 200
    assert aino.send(end, version="1", valid_to="1.1.2026").status_code == 422
    assert aino.send(end, version="1", valid_to="1.2.2027").status_code == 303


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("months", "", "Between 1 and 24 months."),
        ("amount", "", "contracts promise one for finding work only"),
        ("proof_days", "0", "Between 1 and 365 days."),
        ("valid_from", "", "Enter the first day."),
        ("valid_from", "16.11.2026", "signed already"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_on_its_field(employed, sign_in, field, typed, sentence):
    path = f"/programmes/{employed.a.programme_id}/bonus-rules"
    given = {
        "event": "studies",
        "months": "3",
        "amount": "80",
        "proof": "study_place",
        "proof_days": "30",
        "valid_from": "1.1.2027",
    }
    answer = sign_in(employed.aino).send(path, **(given | {field: typed}))
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_participant_without_a_contract_is_told_so(world, sign_in):
    assert "No contract yet" in sign_in(world.otto).get("/my-bonus").text


def test_the_list_asks_as_much_for_two_as_for_one(employed, sign_in, as_, statements, key):
    paula = sign_in(employed.paula)
    counts = []
    for more in (True, False):
        paula.get("/bonuses")
        statements.clear()
        paula.get("/bonuses")
        counts.append(len(statements))
        if more:
            with as_(employed.aino):
                prepare(employed.a, "otto", "010190-999W")
                earn_bonus(employed, "otto")
    assert counts[0] == counts[1]


def test_studies_earn_what_the_rule_says(world, as_, sign_in):
    with as_(world.aino):
        add_rule(world.aino.actor, world.a.programme_id, STUDIES, date(2026, 1, 1))
        prepare(world.a, "pia")
        promise(world, began_on=TODAY, is_work=False)
    page = _text(sign_in(world.pia).get("/my-bonus"))
    assert "80.00" in page
    assert "a certificate of the study place" in page


def test_the_clerks_day_says_how_many_bonuses_wait_for_the_same_statements(
    employed, sign_in, statements, as_
):
    def asked(member) -> tuple[str, int]:
        client = sign_in(member)
        client.get("/today")
        statements.clear()
        return client.get("/today").text, len(statements)

    page, before = asked(employed.paula)
    assert "Bonuses:" not in page
    with as_(employed.aino):
        earn_bonus(employed)
    page, after = asked(employed.paula)
    assert "Bonuses: 1 to be paid, 0 wait for the proof." in page
    assert before == after
    assert "Bonuses:" not in asked(employed.petra)[0]
