"""The nightly erasure of analyses: provider by provider, once, and only said in a dry run."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.analyses.keeping.jobs import due_now, erase_old_analyses
from jobsearch.analyses.keeping.models import KeepingRun
from jobsearch.analyses.models import AnalysisSection
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.written import released

pytestmark = pytest.mark.usefixtures("context")


def _count(model) -> int:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_dry_run_says_what_would_go_and_the_run_erases_it_once(app, as_, world, clock) -> None:
    released(as_, world)
    assert all(not due.analyses for due in due_now().values())
    assert "erased: 0" in str(erase_old_analyses())
    clock.shift(timedelta(days=400))
    due = due_now()
    assert {key: len(one.analyses) for key, one in due.items() if one.analyses} == {
        world.a.organisation_id: 1
    }
    told = app.test_cli_runner().invoke(args=["analyses", "erase-old", "--dry-run"]).output
    assert f"{world.a.organisation_id}: 1 analyses, 0 introductions, 0 proofs" in told
    assert _count(AnalysisSection) > 0 and _count(KeepingRun) == 0
    done = app.test_cli_runner().invoke(args=["analyses", "erase-old"]).output
    assert "Analyses erased: 1, papers: 1, introductions: 0, proofs of consent: 0" in done
    assert _count(AnalysisSection) == 0 and _count(KeepingRun) == 1
    assert "erased: 0" in str(erase_old_analyses())
    assert _count(KeepingRun) == 1


def test_a_participant_is_erased_by_command_after_a_question(app, as_, world) -> None:
    released(as_, world)
    run = app.test_cli_runner().invoke
    assert run(args=["analyses", "erase-person", world.pia.person_id], input="n\n").exit_code
    assert _count(AnalysisSection) > 0
    told = run(args=["analyses", "erase-person", world.pia.person_id, "--yes"]).output
    assert "1 analyses and 1 issued papers erased" in told
    assert _count(AnalysisSection) == 0
    assert run(args=["analyses", "erase-person", "nobody", "--yes"]).exit_code == 1
