"""Six people do not call one shop in a day: who has just turned to a company, and until when."""

from datetime import date, timedelta

import pytest

from jobsearch.cohorts.queries import get_cohort_with_days
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.people.rules import BoardName
from jobsearch.tracker.companies.cooling import Cooling, cooling_for, find_cooling
from jobsearch.tracker.helping.models import Tip, TipClaim
from jobsearch.tracker.models import ActionSource, TrackerSettings
from jobsearch.tracker.rules import Activity, company_key
from tests.service.test_companies import done
from tests.world import FIRST_DAY, NOW, TODAY, enrol, make_person

pytestmark = pytest.mark.usefixtures("context")
TOMORROW = TODAY + timedelta(days=1)
BAKERY = "Rannikon Leipomo"


@pytest.fixture
def kaisa(world, as_) -> str:
    """Another person of Pia's group, who asks before she calls."""
    with as_(world.stig):
        person = make_person(world.a.organisation_id, "Kaisa", "Kallio", "+358400000204")
        enrol(get_cohort_with_days(world.a.cohort_ids[0]), person.id, FIRST_DAY)
        return person.id


def found(world, but: str | None, company: str = "RANNIKON LEIPOMO oy", today: date = TODAY):
    return find_cooling(world.a.cohort_ids[0], company, today, but)


def setting(world, days: int) -> None:
    own = world.a.organisation_id
    db.session.merge(TrackerSettings(id=own, organisation_id=own, cooling_days=days, quiet_days=7))
    db.session.flush()


def claim(world, who: str = "pia", at=NOW, **more) -> TipClaim:
    tip = Tip(
        cohort_id=world.a.cohort_ids[0],
        shared_by_id=world.stig.account_id,
        company=BAKERY,
        company_key=company_key(BAKERY),
        shared_at=NOW - timedelta(days=5),
    )
    db.session.add(tip)
    db.session.flush()
    row = TipClaim(tip_id=tip.id, person_id=getattr(world, who).person_id, claimed_at=at, **more)
    db.session.add(row)
    db.session.flush()
    return row


def test_what_somebody_of_the_group_did_today_keeps_the_others_from_it_today(
    world, as_, kaisa
) -> None:
    with as_(world.stig):
        done(world, BAKERY, on=TODAY)
        assert found(world, kaisa) == Cooling("Pia", TODAY, TOMORROW)
        assert found(world, None) == Cooling("Pia", TODAY, TOMORROW)
        assert found(world, world.pia.person_id) is None  # her own contact keeps her from nothing
        assert found(world, kaisa, today=TOMORROW) is None
        assert found(world, kaisa, "Merikulman Varasto") is None
        assert found(world, kaisa, " ") is None
        other_group = world.a.cohort_ids[1]
        assert find_cooling(other_group, BAKERY, TODAY, None) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"activity": Activity.ADVERTISED_APPLICATION},
        {"activity": Activity.INTERVIEW},
        {"undone_at": NOW},
        {"on": TODAY - timedelta(days=1)},
        {"on": TOMORROW},
    ],
    ids=str,
)
def test_only_contacts_with_the_employer_of_these_days_count(world, as_, kaisa, changed) -> None:
    with as_(world.stig):
        done(world, BAKERY, **({"on": TODAY} | changed))
        assert found(world, kaisa) is None


def test_it_lasts_as_many_days_as_the_provider_says_and_0_is_never(world, as_, kaisa) -> None:
    with as_(world.stig):
        done(world, BAKERY, on=TODAY - timedelta(days=2))
        setting(world, 2)
        assert found(world, kaisa) is None
        setting(world, 3)
        assert found(world, kaisa) == Cooling("Pia", TODAY - timedelta(days=2), TOMORROW)
        done(world, BAKERY, on=TODAY)
        assert found(world, kaisa) == Cooling("Pia", TODAY, TODAY + timedelta(days=3))
        setting(world, 0)
        assert found(world, kaisa) is None


def test_what_a_person_keeps_private_is_not_told_to_the_group(world, as_, kaisa) -> None:
    with as_(world.stig):
        done(world, BAKERY, on=TODAY, private_at=NOW)
        assert found(world, kaisa) is None


def test_who_is_only_in_the_totals_is_somebody(world, as_, kaisa) -> None:
    with as_(world.stig):
        done(world, BAKERY, on=TODAY)
        person = db.session.get_one(Person, world.pia.person_id)
        for choice, name in (
            (BoardName.FULL, "Pia Pihlaja"),
            (BoardName.FIRST, "Pia"),
            (BoardName.TOTALS, None),
        ):
            person.board_name = choice
            db.session.flush()
            assert found(world, kaisa) == Cooling(name, TODAY, TOMORROW)


def test_a_coachs_entry_for_her_counts_as_her_own(world, as_, kaisa) -> None:
    with as_(world.stig):
        done(world, BAKERY, on=TODAY, source=ActionSource.PROXY)
        assert found(world, kaisa) == Cooling("Pia", TODAY, TOMORROW)


def test_a_tip_that_somebody_follows_counts_until_she_lets_it_go(world, as_, kaisa) -> None:
    with as_(world.stig):
        row = claim(world)
        assert found(world, kaisa) == Cooling("Pia", TODAY, TOMORROW)
        assert found(world, world.pia.person_id) is None
        row.released_at = NOW
        db.session.flush()
        assert found(world, kaisa) is None


def test_a_claim_of_yesterday_or_of_a_tip_that_was_taken_back_keeps_nobody(
    world, as_, kaisa
) -> None:
    midnight = NOW.replace(day=23, hour=22)  # in Helsinki it is Tuesday already
    with as_(world.stig):
        row = claim(world, at=midnight - timedelta(seconds=1))
        assert found(world, kaisa) is None
        row.claimed_at = midnight
        db.session.flush()
        assert found(world, kaisa) == Cooling("Pia", TODAY, TOMORROW)
        db.session.get_one(Tip, row.tip_id).taken_back_at = NOW
        db.session.flush()
        assert found(world, kaisa) is None


def test_a_participant_asks_about_her_own_group_and_staff_about_none(world, as_, kaisa) -> None:
    with as_(world.stig):
        done(world, BAKERY, on=TODAY)
        assert cooling_for(world.stig.actor, BAKERY) is None
    with as_(world.otto):
        assert cooling_for(world.otto.actor, BAKERY) is None
    with as_(world.pia):
        assert cooling_for(world.pia.actor, BAKERY) is None


def test_it_costs_the_same_however_many_turned_to_it(world, as_, kaisa, statements) -> None:
    with as_(world.stig):
        for _time in range(20):
            done(world, BAKERY, on=TODAY)
    with as_(world.stig):
        del statements[:]
        found(world, kaisa)
        assert len([one for one in statements if one.startswith("SELECT")]) == 4
