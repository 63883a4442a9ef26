"""Moving candidates: one click, a line of history, undone by anybody, one winner of two."""

import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from jobsearch.audit.models import AuditEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.recruitment import queries, service
from jobsearch.recruitment.models import Candidate, CandidateMove
from jobsearch.recruitment.rules import CallWhy, ExitReason, MoveKind, Stage
from tests.recruits import make_candidate
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")
FIELDS = (
    "stage",
    "exit_reason",
    "exit_words",
    "exited_on",
    "contacted_on",
    "invited_on",
    "attended_on",
    "selected_on",
    "signed_on",
    "started_on",
    "times_returned",
    "call_on",
    "call_why",
    "tries",
)


@pytest.fixture
def helmi(world, as_) -> str:
    with as_(world.stig):
        return make_candidate(world.a)


def _snapshot(candidate_id: str) -> dict[str, object]:
    db.session.expire_all()
    row = queries.get_candidate(candidate_id)
    return {name: getattr(row, name) for name in FIELDS}


def test_a_move_has_its_day_its_line_of_history_and_its_maker(world, as_, helmi):
    with as_(world.stig):
        service.move_candidate(helmi, Stage.CONTACTED)
    with as_(world.stig):
        row = queries.get_candidate(helmi)
        (line,) = queries.list_moves(helmi)
        assert (row.stage, row.contacted_on, row.call_on) == (Stage.CONTACTED, TODAY, None)
        assert (line.from_stage, line.to_stage, line.kind) == (
            Stage.REFERRED,
            Stage.CONTACTED,
            MoveKind.MOVE,
        )
        assert line.by_name == "Stig Strand"
    with unit_of_work(whole_installation("test"), read_only=True):
        of_move = select(func.count()).where(AuditEntry.table_name == "candidate_move")
        assert db.session.scalar(of_move.select_from(AuditEntry)) == 1


def test_another_member_undoes_the_last_move_and_everything_is_as_before(world, as_, helmi):
    with as_(world.stig):
        before = _snapshot(helmi)
        service.move_candidate(helmi, Stage.CONTACTED)
    with as_(world.aino):
        move = queries.list_moves(helmi)[0]
        service.undo_move(move.id)
    with as_(world.stig):
        assert _snapshot(helmi) == before
        undone, made = queries.list_moves(helmi)
        assert (undone.kind, undone.by_name, made.is_undone) == (MoveKind.UNDO, "Aino Aalto", True)
        with pytest.raises(RuleBroken, match="moved on since"):
            service.undo_move(move.id)


def test_moves_are_undone_one_by_one_from_the_last(world, as_, helmi):
    with as_(world.stig):
        service.move_candidate(helmi, Stage.CONTACTED)
        service.move_candidate(helmi, Stage.INVITED)
        last, first = (one.id for one in queries.list_moves(helmi))
        with pytest.raises(RuleBroken, match="moved on since"):
            service.undo_move(first)
        service.undo_move(last)
        service.undo_move(first)
        assert queries.get_candidate(helmi).stage is Stage.REFERRED


def test_another_reason_is_kept_in_words_and_undone_with_them(world, as_, helmi):
    with as_(world.stig):
        before = _snapshot(helmi)
        service.let_candidate_go(helmi, ExitReason.OTHER, words="Muutti Tampereelle")
        row = queries.get_candidate(helmi)
        assert (row.exit_words, row.exited_on, row.call_on) == ("Muutti Tampereelle", TODAY, None)
        service.undo_move(queries.list_moves(helmi)[0].id)
        assert _snapshot(helmi) == before


def test_who_comes_back_keeps_her_history_and_the_return_can_be_undone(world, as_, helmi):
    with as_(world.stig):
        service.let_candidate_go(helmi, ExitReason.STUDIES, TODAY - timedelta(days=2))
        gone = _snapshot(helmi)
        service.bring_candidate_back(helmi)
        assert queries.get_candidate(helmi).times_returned == 1
        service.undo_move(queries.list_moves(helmi)[0].id)
        assert _snapshot(helmi) == gone


def test_a_move_of_a_use_case_is_taken_back_by_it_alone(world, as_, helmi):
    with as_(world.stig):
        service.move_candidate(helmi, Stage.CONTACTED, source="selection")
        move = queries.list_moves(helmi)[0]
        with pytest.raises(RuleBroken, match="another decision"):
            service.undo_move(move.id)
        service.undo_move(move.id, source="selection")
        assert queries.get_candidate(helmi).stage is Stage.REFERRED


def test_a_use_case_may_let_go_for_another_reason_without_words_and_a_person_not(world, as_, helmi):
    with as_(world.stig):
        with pytest.raises(RuleBroken, match="in a few words"):
            service.let_candidate_go(helmi, ExitReason.OTHER)
        service.let_candidate_go(helmi, ExitReason.OTHER, source="selection")


def test_nobody_is_closed_as_not_reached_without_the_effort(world, as_, helmi):
    with as_(world.stig), pytest.raises(RuleBroken, match=r"0 attempts\. Try at least 3"):
        service.let_candidate_go(helmi, ExitReason.NOT_REACHED)
    with as_(world.aino):
        service.save_settings(world.aino.actor, 0, tries=1, months=6)
        queries.get_candidate(helmi).tries = 1
        service.let_candidate_go(helmi, ExitReason.NOT_REACHED)


def test_an_agreed_call_survives_a_move_and_a_first_call_does_not(world, as_, helmi):
    with as_(world.stig):
        service.put_on_call_list(helmi, TODAY + timedelta(days=3), CallWhy.CALL_BACK)
        service.move_candidate(helmi, Stage.CONTACTED)
        assert queries.get_candidate(helmi).call_on == TODAY + timedelta(days=3)
        service.take_off_call_list(helmi)
        assert queries.get_candidate(helmi).call_why is None


def test_an_old_page_moves_nobody(world, as_, helmi):
    with as_(world.stig):
        seen = queries.get_candidate(helmi).version
        service.move_candidate(helmi, Stage.CONTACTED, version=seen)
    with as_(world.aino), pytest.raises(Conflict):
        service.let_candidate_go(helmi, ExitReason.DECLINED, version=seen)


def test_another_provider_moves_and_undoes_nothing(world, as_, helmi):
    with as_(world.stig):
        service.move_candidate(helmi, Stage.CONTACTED)
        move = queries.list_moves(helmi)[0].id
    with as_(world.cora), pytest.raises(NotVisible):
        service.move_candidate(helmi, Stage.INVITED)
    with as_(world.cora), pytest.raises(NotVisible):
        service.undo_move(move)


def test_of_eight_who_move_or_undo_at_once_one_wins_and_the_others_are_told(app, world, as_, helmi):
    told = []
    with as_(world.stig):
        seen = queries.get_candidate(helmi).version

    def click() -> None:
        with app.app_context():
            try:
                with unit_of_work(Scope(world.stig.actor.organisation_ids, "test")):
                    service.move_candidate(helmi, Stage.CONTACTED, version=seen)
                told.append("moved")
            except (Conflict, RuleBroken):
                told.append("told")

    _at_once(click)
    assert sorted(told) == ["moved"] + ["told"] * 7
    with as_(world.stig):
        (line,) = queries.list_moves(helmi)
    told.clear()

    def undo() -> None:
        with app.app_context():
            try:
                with unit_of_work(Scope(world.stig.actor.organisation_ids, "test")):
                    service.undo_move(line.id)
                told.append("undone")
            except (Conflict, RuleBroken):
                told.append("told")

    _at_once(undo)
    assert sorted(told) == ["told"] * 7 + ["undone"]
    with as_(world.stig):
        assert [one.number for one in queries.list_moves(helmi)] == [2, 1]
        assert queries.get_candidate(helmi).stage is Stage.REFERRED


def _at_once(work) -> None:
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


DEEDS = st.lists(
    st.one_of(
        st.sampled_from(Stage),
        st.sampled_from([one for one in ExitReason if one is not ExitReason.OTHER]),
        st.just("return"),
    ),
    max_size=7,
)


class _Enough(Exception):
    """Ends an example and takes everything of it back."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
def test_whatever_was_done_undoing_all_of_it_leads_back_to_the_beginning(world, as_, helmi, deeds):
    with pytest.raises(_Enough), as_(world.stig):
        states = [_snapshot(helmi)]
        for deed in deeds:
            try:
                if deed == "return":
                    service.bring_candidate_back(helmi)
                elif isinstance(deed, Stage):
                    service.move_candidate(helmi, deed)
                else:
                    service.let_candidate_go(helmi, deed)
            except RuleBroken:
                continue
            states.append(_snapshot(helmi))
        while states[1:]:
            assert _snapshot(helmi) == states.pop()
            last = queries.find_last_move(helmi)
            service.undo_move(last.id)
        assert _snapshot(helmi) == states[0]
        raise _Enough


def test_the_database_itself_refuses_two_lines_of_one_number_and_two_undos(world, as_, helmi):
    with as_(world.stig):
        service.move_candidate(helmi, Stage.CONTACTED)
        move = queries.find_last_move(helmi)
        twin = {name: getattr(move, name) for name in _COLUMNS}
    with pytest.raises(Conflict), as_(world.stig):
        db.session.add(CandidateMove(**twin))
    with as_(world.stig):
        undo = {**twin, "kind": MoveKind.UNDO, "undoes_id": move.id}
        db.session.add(CandidateMove(**{**undo, "number": 2}))
    with pytest.raises(Conflict), as_(world.stig):
        db.session.add(CandidateMove(**{**undo, "number": 3}))


_COLUMNS = [column.key for column in CandidateMove.__mapper__.column_attrs if column.key != "id"]


def test_words_without_another_reason_are_refused_by_the_database(world, as_, helmi):
    with pytest.raises(Conflict), as_(world.stig):
        db.session.get_one(Candidate, helmi).exit_words = "x"
