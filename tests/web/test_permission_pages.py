"""The participant's page of all her permissions, and how each is taken back."""

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text

from jobsearch.analyses.models import Release
from jobsearch.cohorts.models import Enrolment, EnrolmentState
from jobsearch.consents.models import Consent, ConsentWithdrawal
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.db import db
from jobsearch.recruitment.following.models import FollowAgreement
from tests.furnished import furnish
from tests.permitted import write_of_pia
from tests.world import NOW, TODAY
from tests.written import agree, begin, released, show

pytestmark = pytest.mark.usefixtures("context")
PAGE = "/my-permissions"
FREE = "never a condition of anything"


@pytest.fixture
def furnished(world):
    return furnish(world).keys


def _text(response):
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def _withdrawals():
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT consent_id FROM consent_withdrawal"))
        return {row[0] for row in rows}


def test_she_sees_each_permission_in_plain_words(sign_in, world, furnished):
    page = _text(sign_in(world.pia).get(PAGE))
    assert page.count("In force") == 3  # introduction, analysis, being followed
    assert "Mia Mäki, Town of Pori" in page
    assert "until 22 February 2027" in page
    assert "Mia Mäki follows how far you are" in page
    assert FREE in page


def test_what_she_has_not_given_is_said_calmly(sign_in, world):
    page = _text(sign_in(world.otto).get(PAGE))
    assert page.count("You have not given this.") == 2
    assert "In force" not in page and FREE in page


def test_every_page_of_a_permission_says_that_it_is_no_condition(sign_in, world, furnished):
    pia = sign_in(world.pia)
    introduction = furnished["introduction_id"]
    for path in (
        PAGE,
        f"{PAGE}/{world.consent_id}",
        "/my-introduction/permission",
        f"/my-introductions/{introduction}",
    ):
        assert FREE in _text(pia.get(path)), path


def test_one_permission_shows_its_words_and_its_record(sign_in, world):
    page = _text(sign_in(world.pia).get(f"{PAGE}/{world.consent_id}"))
    assert "I agree." in page and world.mia.email in page.replace("<wbr>", "")
    assert "In your own sign-in, by a one-time code" in page
    assert "2026-1" in page


def test_she_takes_it_back_as_easily_as_she_gave_it(sign_in, world):
    pia = sign_in(world.pia)
    taken = pia.send(f"{PAGE}/{world.consent_id}/take-back")
    assert taken.status_code == 303 and taken.location.endswith(PAGE)
    assert _withdrawals() == {world.consent_id}
    page = _text(pia.get(PAGE))
    assert "Taken back" in page and "What has ended" in page and "In force" not in page


def test_taking_back_twice_is_said_and_changes_nothing(sign_in, world):
    pia = sign_in(world.pia)
    pia.send(f"{PAGE}/{world.consent_id}/take-back")
    again = pia.send(f"{PAGE}/{world.consent_id}/take-back")
    assert again.status_code == 422 and "already" in _text(again)
    assert len(_withdrawals()) == 1


def test_a_look_takes_nothing_back_and_a_post_needs_its_token(sign_in, world):
    pia = sign_in(world.pia)
    assert pia.get(f"{PAGE}/{world.consent_id}/take-back").status_code == 405
    assert pia.post(f"{PAGE}/{world.consent_id}/take-back").status_code == 400
    assert not _withdrawals()


@pytest.mark.parametrize("who", ["otto", "bo"])
@pytest.mark.parametrize("rest", ["", "/record.pdf"])
def test_another_participant_sees_nothing_of_it(sign_in, world, who, rest):
    client = sign_in(getattr(world, who))
    assert client.get(f"{PAGE}/{world.consent_id}{rest}").status_code == 404
    assert client.send(f"{PAGE}/{world.consent_id}/take-back").status_code == 404


@pytest.mark.parametrize("who", ["aino", "stig", "paula", "mia", "nils", "sam", "olga"])
def test_nobody_else_has_this_page(sign_in, world, who):
    client = sign_in(getattr(world, who))
    assert client.get(PAGE).status_code == 403
    assert client.send(f"{PAGE}/{world.consent_id}/take-back").status_code == 403


def test_taking_back_the_analysis_here_closes_it_at_the_next_request(sign_in, world, furnished):
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT id FROM consent WHERE purpose = 'analysis'"))
        consent_id = rows.scalar_one()
    path = f"/inbox/{furnished['release_id']}"
    mia = sign_in(world.mia)
    before = mia.get(path).status_code
    assert sign_in(world.pia).send(f"{PAGE}/{consent_id}/take-back").status_code == 303
    assert before == 200 and mia.get(path).status_code == 404
    assert _withdrawals() == {consent_id}  # the other purpose is left as it was


def test_taking_back_that_of_an_earlier_analysis_leaves_the_newer_one_open(
    sign_in, world, as_, clock, monkeypatch
):
    _key, first = released(as_, world)
    clock.shift(timedelta(minutes=1))
    with as_(world.stig):
        enrolment = Enrolment(
            cohort_id=world.a.cohort_ids[1],
            person_id=world.pia.person_id,
            state=EnrolmentState.STARTED,
        )
        db.session.add(enrolment)
        db.session.flush()
        again = enrolment.id
    monkeypatch.setitem(world.a.enrolment_ids, "pia again", again)
    key = begin(as_, world, "pia again")
    show(as_, world, key)
    second = agree(as_, world.pia)
    with as_(world.pia):
        of = {one: db.session.get_one(Release, one).consent_id for one in (first, second)}
    assert sign_in(world.pia).send(f"{PAGE}/{of[first]}/take-back").status_code == 303
    assert _withdrawals() == {of[first]}
    mia = sign_in(world.mia)
    answers = [mia.get(f"/inbox/{one}").status_code for one in (first, second)]
    assert answers == [404, 200]


def test_being_followed_is_taken_back_here_too(sign_in, world, furnished):
    path = f"{PAGE}/following/{furnished['agreement_id']}/take-back"
    assert sign_in(world.otto).send(path).status_code == 404
    assert sign_in(world.pia).send(path).status_code == 303
    with db.engine.connect() as connection:
        row = connection.execute(select(FollowAgreement.withdrawn_at)).scalar_one()
    assert row is not None


def test_the_record_on_paper_says_what_the_page_says(sign_in, world):
    paper = sign_in(world.pia).get(f"{PAGE}/{world.consent_id}/record.pdf")
    assert (
        paper.mimetype == "application/pdf" and "attachment" in paper.headers["Content-Disposition"]
    )
    reader = PdfReader(io.BytesIO(paper.data))
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    for words in ("I agree.", "Mia Mäki, Town of Pori", world.mia.email, "In force", "2026-1"):
        assert words in said
    assert len(reader.pages) == 1


def test_the_record_of_one_taken_back_says_so(sign_in, world):
    pia = sign_in(world.pia)
    pia.send(f"{PAGE}/{world.consent_id}/take-back")
    paper = pia.get(f"{PAGE}/{world.consent_id}/record.pdf")
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    assert "Taken back" in said and "In force" not in said


def _many(world, count):
    for number in range(count):
        consent = Consent(
            person_id=world.pia.person_id,
            recipient_id=world.mia.account_id,
            recipient_name="Mia Mäki",
            recipient_organisation="Town of Pori",
            recipient_address=world.mia.email,
            purpose=ConsentPurpose.ANALYSIS,
            subject_id="a" * 20,
            subject_version=number,
            wording_edition="2026-1",
            wording_language="en",
            wording="I agree.",
            given_at=NOW - timedelta(minutes=number),
            given_on=TODAY,
            valid_to=TODAY + timedelta(days=30),
            sign_in_id=world.pia.actor.sign_in_id,
        )
        db.session.add(consent)
        db.session.flush()
        db.session.add(
            ConsentWithdrawal(
                consent_id=consent.id, person_id=world.pia.person_id, withdrawn_at=NOW
            )
        )


def test_the_past_is_paged_and_asks_as_little_of_thirty_as_of_one(sign_in, world, as_, statements):
    with as_(world.pia):
        _many(world, 1)
    pia = sign_in(world.pia)
    statements.clear()
    pia.get(PAGE)
    one = len(statements)
    with as_(world.pia):
        _many(world, 30)
    statements.clear()
    page = _text(pia.get(PAGE))
    assert len(statements) == one <= 8
    assert "Page 1 of 2" in page
    assert _text(pia.get(f"{PAGE}?page=2")).count("Taken back 24") == 6


def test_the_introduction_is_a_link_on_her_page(sign_in, world, as_):
    with as_(world.stig):
        key = write_of_pia(world, "Learns fast.").id
    assert f"/my-introductions/{key}" in _text(sign_in(world.pia).get(PAGE))
