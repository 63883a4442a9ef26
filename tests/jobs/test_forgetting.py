"""Forgetting: who was not selected goes after the months, and no figure of the funnel changes."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.audit.models import AuditEntry, SubjectKey
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.people.models import Person
from jobsearch.recruitment import service as recruitment
from jobsearch.recruitment.board.overview.queries import show_board
from jobsearch.recruitment.board.queries import CandidateFilter, count_candidates, funnel
from jobsearch.recruitment.board.rules import Breakdown
from jobsearch.recruitment.contacts.rules import ContactResult
from jobsearch.recruitment.contacts.service import log_call
from jobsearch.recruitment.following.service import choose_by_link
from jobsearch.recruitment.forgetting.jobs import due_now, forget
from jobsearch.recruitment.forgetting.models import ForgettingRun, ForgottenCount
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.service import introduce
from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.recruitment.selection.models import SeatOffer, SelectionDecision, WaitingPlace
from jobsearch.recruitment.selection.rules import Decision, DecisionState, Reason
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.rules import BookedBy
from tests.recruits import STATED, make_candidate, make_referrer, told
from tests.selecting import make_session
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
LONG_AGO = date(2026, 3, 3)


def _of_a(world):
    return unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.stig.actor)


def _system():
    return unit_of_work(whole_installation("test"))


@pytest.fixture
def old(world) -> dict[str, str]:
    """Candidates of March at every stage, and one of this month."""
    left = {"exit_reason": ExitReason.DECLINED, "exited_on": LONG_AGO + timedelta(days=40)}
    with _of_a(world):
        made = {
            "declined": make_candidate(
                world.a, 1, Stage.INVITED, referred_on=LONG_AGO, invited_on=LONG_AGO, **left
            ),
            "open": make_candidate(world.a, 2, referred_on=LONG_AGO),
            "selected": make_candidate(
                world.a, 3, Stage.SELECTED, referred_on=LONG_AGO, selected_on=LONG_AGO
            ),
            "signed": make_candidate(
                world.a, 4, Stage.SIGNED, referred_on=LONG_AGO, signed_on=LONG_AGO
            ),
            "started": make_candidate(
                world.a, 5, Stage.STARTED, referred_on=LONG_AGO, started_on=LONG_AGO
            ),
            "new": make_candidate(world.a, 6, referred_on=TODAY),
        }
        pia = Candidate(
            programme_id=world.a.programme_id,
            person_id=world.pia.person_id,
            referred_on=LONG_AGO,
            entered_on=LONG_AGO,
            stage=Stage.CONTACTED,
        )
        db.session.add(pia)
        db.session.flush()
        made["pia"] = pia.id
        return made


def _there() -> set[str]:
    with _system():
        return set(db.session.scalars(sa.select(Candidate.id)))


def _figures(world):
    with _of_a(world):
        return [
            (made.reached, made.exits, made.exits_after_signing)
            for day in (TODAY, date(2026, 6, 30), date(2026, 4, 30))
            for made in [funnel(world.a.programme_id, day)]
        ]


def test_who_was_not_selected_is_gone_and_every_figure_is_as_before(world, old):
    before = _figures(world)
    assert due_now() == {world.a.organisation_id: 4, world.b.organisation_id: 0}
    assert str(forget()) == "Candidates forgotten: 4, persons erased: 3"
    kept = {"signed", "started", "new"}
    assert _there() == {key for name, key in old.items() if name in kept}
    assert _figures(world) == before


@pytest.mark.parametrize("deed", ["books", "waits", "is offered a seat"])
def test_who_has_a_place_or_waits_for_a_seat_is_not_forgotten(world, old, deed):
    her = {"candidate_id": old["open"], "organisation_id": world.a.organisation_id}
    seat = {"cohort_id": world.a.cohort_ids[0]}
    long_ago = NOW - timedelta(days=250)
    with _of_a(world):
        her["person_id"] = db.session.get(Candidate, old["open"]).person_id
        if deed == "books":
            session = make_session(world)
            db.session.add(
                Booking(session_id=session.id, booked_by=BookedBy.STAFF, booked_at=NOW, **her)
            )
        elif deed == "waits":
            db.session.add(
                SelectionDecision(
                    decision=Decision.WAIT,
                    state=DecisionState.HOLDS,
                    reason=Reason.GROUP_FULL,
                    words="",
                    decided_by_id=world.stig.account_id,
                    decided_at=NOW,
                    **her,
                    **seat,
                )
            )
        else:
            by = world.stig.account_id
            place = WaitingPlace(number=1, placed_at=long_ago, placed_by_id=by, **her, **seat)
            db.session.add(place)
            db.session.flush()
            until = NOW + timedelta(days=2)
            db.session.add(
                SeatOffer(place_id=place.id, offered_at=NOW, answer_by=until, **her, **seat)
            )
    forget()
    assert old["open"] in _there()
    assert old["declined"] not in _there()


def test_a_day_in_the_past_counts_the_forgotten_by_their_months(world, old):
    march, april = date(2026, 3, 31), date(2026, 4, 30)
    forget()
    with _of_a(world):
        early, later = (funnel(world.a.programme_id, day) for day in (march, april))
    assert (early.introduced, early.exits) == (6, {})
    assert (later.introduced, later.exits) == (6, {ExitReason.DECLINED: 1})


def test_forgetting_twice_does_nothing_more_and_says_what_it_did(world, old):
    forget()
    assert str(forget()) == "Candidates forgotten: 0, persons erased: 0"
    with _system():
        (run,) = db.session.scalars(sa.select(ForgettingRun))
        assert (run.candidates, run.persons) == (4, 3)
        assert db.session.scalar(sa.select(sa.func.sum(ForgottenCount.count))) == 4


def test_a_person_whom_something_else_keeps_stays(world, old):
    forget()
    with _system():
        assert db.session.get(Person, world.pia.person_id) is not None
        gone = sa.select(sa.func.count(Person.id)).where(Person.given_name == "Helmi1")
        assert db.session.scalar(gone) == 0


def test_nothing_goes_on_the_last_day_and_all_on_the_next(world, clock):
    with _of_a(world):
        make_candidate(world.a, 1, referred_on=TODAY)
    clock.move_to("2027-05-24T09:00:00+00:00")
    assert due_now()[world.a.organisation_id] == 0
    clock.move_to("2027-05-25T09:00:00+00:00")
    assert due_now()[world.a.organisation_id] == 1


def test_whatever_happens_with_her_puts_forgetting_off(world, old):
    with _of_a(world):
        log_call(world.stig.actor, old["open"], ContactResult.NO_ANSWER)
        recruitment.bring_candidate_back(old["declined"])
    assert due_now()[world.a.organisation_id] == 2


def test_whoever_was_taken_in_today_is_not_forgotten_tonight(world):
    with _of_a(world):
        key = make_candidate(world.a, 1, referred_on=LONG_AGO)
        db.session.get_one(Candidate, key).entered_on = TODAY
    assert due_now()[world.a.organisation_id] == 0


def test_the_provider_says_after_how_many_months(world, old, as_):
    with as_(world.aino):
        recruitment.save_settings(world.aino.actor, 0, tries=3, months=12)
    assert due_now()[world.a.organisation_id] == 0


def test_all_that_belongs_to_her_goes_with_her_and_nothing_of_it_can_be_read(world, clock):
    with _of_a(world):
        referrer = make_referrer(world.a)
        made = introduce(referrer, told(world.a, text="Canary-5521"), STATED)
        person = made.person_id
        choose_by_link(made.id, allows=True, wording="Yes.", language="en")
        log_call(world.stig.actor, made.candidate_id, ContactResult.REACHED)
        recruitment.move_candidate(made.candidate_id, Stage.INVITED)
    clock.move_to("2027-06-24T09:00:00+00:00")
    assert str(forget()) == "Candidates forgotten: 1, persons erased: 1"
    with _system() as session:
        connection = session.connection()
        for table in Base.metadata.sorted_tables:
            if table.name in ("audit_entry", "access_entry"):
                continue
            for row in connection.execute(sa.select(table)).mappings():
                values = [value for value in row.values() if isinstance(value, str)]
                kept = {value for value in values if value in (person, made.candidate_id)}
                assert not kept or table.name == "message", f"{table.name} keeps {kept}"
                assert "Canary-5521" not in values
                assert "Elo" not in values
        assert db.session.get(SubjectKey, person) is None
        acts = sa.select(AuditEntry).where(AuditEntry.act == "erase").order_by(AuditEntry.id)
        erased = list(db.session.scalars(acts))
        assert [(one.table_name, one.plain, one.sealed) for one in erased] == [
            ("candidate", None, None),
            ("person", None, None),
        ]


def test_the_numbers_are_filtered_and_taken_apart_like_rows_but_open_none(world, old):
    asked = CandidateFilter(world.a.programme_id, TODAY, municipality="Pori")
    with _of_a(world):
        before = show_board(asked, Breakdown.MONTH, TODAY)
    forget()
    with _of_a(world):
        after = show_board(asked, Breakdown.MONTH, TODAY)
        assert after.funnel.reached == before.funnel.reached
        assert [(one.value, one.reached) for one in after.parts] == [
            (one.value, one.reached) for one in before.parts
        ]
        assert after.funnel.forgotten == 4
        assert count_candidates(asked) == 3
        by_coach = show_board(asked, Breakdown.COACH, TODAY)
        assert by_coach.parts[-1].value is None
        assert by_coach.parts[-1].reached[Stage.REFERRED] == 4


def test_the_command_says_who_is_due_and_then_forgets(app, world, old):
    runner = app.test_cli_runner()
    dry = runner.invoke(args=["recruitment", "forget", "--dry-run"])
    assert f"{world.a.organisation_id}: 4 to be forgotten" in dry.output
    assert len(_there()) == 7
    assert "Candidates forgotten: 4" in runner.invoke(args=["recruitment", "forget"]).output
