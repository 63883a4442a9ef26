"""Tips of work: shared, followed by one at a time, let go, thanked for, taken back."""

from datetime import timedelta

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.people.models import BoardName
from jobsearch.tracker.helping.models import TipClaim
from jobsearch.tracker.helping.page import own_page
from jobsearch.tracker.helping.rules import StillCooling
from jobsearch.tracker.helping.tips import service
from jobsearch.tracker.leads.models import Lead, LeadMove, LeadSource, LeadStage
from jobsearch.tracker.models import Employer
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action
from tests.circled import choose, join

pytestmark = pytest.mark.usefixtures("context")
COMPANY = "Rannikon Leipomo Oy"


@pytest.fixture
def maija(world):
    return join(world, "Maija")


def _share(world, as_, member, **more):
    said = {"company": COMPANY, "role_title": "leipuri", "words": "Viikonloppuihin."} | more
    with as_(member):
        return service.share_tip(member.actor, world.a.cohort_ids[0], **said).id


def _tips(as_, member):
    with as_(member):
        return own_page(member.actor, 1).tips


def _do(as_, deed, member, key, **more):
    with as_(member):
        return deed(member.actor, key, **more)


def test_a_tip_is_read_by_the_group_with_the_name_of_who_shared_it(world, as_, maija) -> None:
    _share(world, as_, world.pia)
    (tip,) = _tips(as_, maija)
    assert (tip.company, tip.role_title, tip.sharer) == (COMPANY, "leipuri", "Pia")
    assert not tip.is_own and not tip.is_claimed
    assert _tips(as_, world.pia)[0].is_own
    assert _tips(as_, world.otto) == ()


def test_a_tip_of_somebody_who_is_only_in_the_totals_has_no_name(world, as_, maija) -> None:
    _share(world, as_, world.pia)
    choose(world.pia, BoardName.TOTALS)
    assert _tips(as_, maija)[0].sharer is None


def test_a_coach_shares_a_tip_by_her_own_name(world, as_) -> None:
    _share(world, as_, world.stig)
    assert _tips(as_, world.pia)[0].sharer == "Stig Strand"


@pytest.mark.parametrize("who", ["otto", "bo", "cora"])
def test_nobody_shares_a_tip_with_another_group(world, as_, who) -> None:
    with pytest.raises(NotVisible):
        _share(world, as_, getattr(world, who))


def test_to_follow_a_tip_makes_a_lead_of_ones_own(world, as_, maija) -> None:
    key = _share(world, as_, world.pia)
    _do(as_, service.claim_tip, maija, key)
    with as_(maija):
        (lead,) = db.session.query(Lead)
        assert (lead.person_id, lead.role_title) == (maija.person_id, "leipuri")
        assert (lead.source, lead.stage) == (LeadSource.GROUP, LeadStage.FOUND)
        assert db.session.get(Employer, lead.employer_id).name == COMPANY
        assert db.session.query(LeadMove).count() == 1
        assert db.session.query(TipClaim.lead_id).scalar() == lead.id
    (tip,) = _tips(as_, world.pia)
    assert tip.is_claimed and tip.claimer == "Maija"


def test_a_tip_without_a_job_becomes_a_lead_all_the_same(world, as_, maija) -> None:
    for role, words, title in (("", "Kesätöitä", "Kesätöitä"), ("", "", "–")):
        key = _share(world, as_, world.pia, company=f"A{words}", role_title=role, words=words)
        _do(as_, service.claim_tip, maija, key)
        with as_(maija):
            titles = [one for (one,) in db.session.query(Lead.role_title)]
            assert title in titles


def test_one_follows_a_tip_at_a_time_and_the_second_reads_who(world, as_, maija) -> None:
    ville = join(world, "Ville")
    key = _share(world, as_, world.pia)
    _do(as_, service.claim_tip, maija, key)
    _do(as_, service.claim_tip, maija, key)  # a double tap
    with pytest.raises(RuleBroken, match="Maija follows this tip at Rannikon Leipomo Oy already"):
        _do(as_, service.claim_tip, ville, key)
    choose(maija, BoardName.TOTALS)
    with pytest.raises(RuleBroken, match="Somebody of your group"):
        _do(as_, service.claim_tip, ville, key)
    with as_(ville):
        assert db.session.query(TipClaim).count() == db.session.query(Lead).count() == 1


def test_a_tip_that_is_let_go_can_be_taken_and_taken_again_makes_no_second_lead(
    world, as_, maija
) -> None:
    key = _share(world, as_, world.pia)
    _do(as_, service.claim_tip, maija, key)
    for member in (world.pia, world.otto, world.stig):
        with pytest.raises(NotVisible):
            _do(as_, service.release_tip, member, key)
    _do(as_, service.release_tip, maija, key)
    assert not _tips(as_, world.pia)[0].is_claimed
    _do(as_, service.claim_tip, maija, key)
    with as_(maija):
        assert db.session.query(Lead).count() == 1


def test_who_follows_a_tip_thanks_and_who_shared_it_sees_it(world, as_, maija) -> None:
    key = _share(world, as_, world.pia)
    with pytest.raises(NotVisible):
        _do(as_, service.thank_for_tip, maija, key)
    _do(as_, service.claim_tip, maija, key)
    _do(as_, service.thank_for_tip, maija, key)
    (tip,) = _tips(as_, world.pia)
    assert tip.is_own and tip.is_thanked and tip.claimer == "Maija"


def test_who_shared_a_tip_takes_it_back_or_a_coach_does(world, as_, maija) -> None:
    own, other = _share(world, as_, world.pia), _share(world, as_, world.pia)
    for member in (maija, world.otto, world.cora):
        with pytest.raises(NotVisible):
            _do(as_, service.take_tip_back, member, own)
    _do(as_, service.take_tip_back, world.pia, own)
    _do(as_, service.take_tip_back, world.stig, other)
    assert _tips(as_, maija) == ()
    with pytest.raises(NotVisible):
        _do(as_, service.claim_tip, maija, own)


def test_a_company_that_somebody_turned_to_is_asked_about_and_not_refused(
    world, as_, maija, clock
) -> None:
    with as_(world.pia):
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT, employer_name="rannikon leipomo")
    key = _share(world, as_, world.pia)
    with pytest.raises(StillCooling, match="Pia turned to Rannikon Leipomo Oy on 2026-11-24"):
        _do(as_, service.claim_tip, maija, key)
    choose(world.pia, BoardName.TOTALS)
    with pytest.raises(StillCooling, match="Somebody of your group turned to"):
        _do(as_, service.claim_tip, maija, key)
    _do(as_, service.claim_tip, maija, key, knowingly=True)
    _do(as_, service.release_tip, maija, key)
    clock.shift(timedelta(days=1))
    _do(as_, service.claim_tip, maija, key)  # the next day it is free


def test_who_turned_to_a_company_herself_is_asked_nothing(world, as_, maija) -> None:
    with as_(maija):
        log_action(maija.actor, Activity.EMPLOYER_CONTACT, employer_name=COMPANY)
    key = _share(world, as_, world.pia)
    _do(as_, service.claim_tip, maija, key)


def test_two_who_take_a_tip_at_once_are_told_apart_by_the_database(world, as_, maija) -> None:
    key = _share(world, as_, world.pia)
    _do(as_, service.claim_tip, maija, key)
    with as_(world.stig):
        (claim,) = db.session.query(TipClaim)
        twin = TipClaim(tip_id=key, person_id=world.pia.person_id, claimed_at=claim.claimed_at)
        db.session.add(twin)
        with pytest.raises(Exception, match=r"(?i)unique"):
            db.session.flush()
        db.session.rollback()
