"""Two at once: both sign, two managers sign, somebody changes the terms meanwhile; both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.scope import Scope
from jobsearch.hiring import service as hiring
from jobsearch.payroll.contracts.editions import service
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.payroll.contracts.models import Employment
from tests.hired import drafted, helmi, offered, proof_of, selected


def _at_once(app, scope: Scope, works: list[Callable[[], object]]) -> list[object]:
    """Every piece of work in a thread and unit of work of its own, begun together."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        with app.app_context():
            start.wait(10)
            try:
                with unit_of_work(scope):
                    work()
            except (RuleBroken, Conflict) as refused:
                return type(refused)
        return None

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


@pytest.fixture
def scope(world) -> Scope:
    return Scope(frozenset({world.a.organisation_id}), "race")


def _offer(as_, world) -> tuple[object, str, str, int]:
    with as_(world.aino):
        hired = selected(world)
        contract = offered(world, hired)
        return helmi(hired), contract.id, contract.sha256 or "", contract.version


def _kept(as_, world, contract_id: str) -> tuple[ContractState, int, int]:
    with as_(world.aino):
        contract = db.session.get_one(Contract, contract_id)
        signatures = db.session.scalar(select(func.count(Signature.id)))
        employments = db.session.scalar(select(func.count(Employment.id)))
        return contract.state, signatures or 0, employments or 0


@pytest.mark.usefixtures("context")
def test_both_sides_sign_at_once_and_both_signatures_hold(app, as_, world, scope) -> None:
    actor, contract_id, seen, version = _offer(as_, world)
    answers = _at_once(
        app,
        scope,
        [
            lambda: hiring.sign_for_employer(world.aino.actor, contract_id, version, seen),
            lambda: hiring.sign_with_proof(actor, contract_id, seen, proof_of(actor)),
        ],
    )
    assert answers == [None, None]
    assert _kept(as_, world, contract_id) == (ContractState.SIGNED, 2, 1)


@pytest.mark.usefixtures("context")
def test_of_two_managers_who_sign_at_once_one_signs_and_the_other_is_told(
    app, as_, world, scope
) -> None:
    _actor, contract_id, seen, version = _offer(as_, world)
    sign = lambda: hiring.sign_for_employer(world.aino.actor, contract_id, version, seen)  # noqa: E731
    answers = _at_once(app, scope, [sign, sign])
    assert sorted(answers, key=str) == sorted([None, RuleBroken], key=str)
    assert _kept(as_, world, contract_id) == (ContractState.SIGNED_BY_ONE, 1, 0)


@pytest.mark.usefixtures("context")
def test_terms_that_change_while_somebody_signs_leave_one_truth(app, as_, world, scope) -> None:
    actor, contract_id, seen, version = _offer(as_, world)
    answers = _at_once(
        app,
        scope,
        [
            lambda: service.change_contract(world.paula.actor, contract_id, version),
            lambda: hiring.sign_with_proof(actor, contract_id, seen, proof_of(actor)),
        ],
    )
    assert answers in ([None, Conflict], [Conflict, None])
    state, signatures, employments = _kept(as_, world, contract_id)
    assert (state, signatures) in (
        (ContractState.REPLACED, 0),
        (ContractState.SIGNED_BY_ONE, 1),
    )
    assert employments == 0


@pytest.mark.usefixtures("context")
def test_two_drafts_of_one_person_at_once_become_one(app, as_, world, scope) -> None:
    with as_(world.aino):
        hired = selected(world)
    make = lambda: hiring.hire(world.paula.actor, hired.candidate_id, hired.cohort_id)  # noqa: E731
    answers = _at_once(app, scope, [make, make])
    assert answers.count(None) == 1
    with as_(world.aino):
        assert db.session.scalar(select(func.count(Contract.id))) == 1


@pytest.mark.usefixtures("context")
def test_an_offer_and_an_edit_at_once_leave_a_paper_that_says_what_the_row_says(
    app, as_, world, scope
) -> None:
    with as_(world.aino):
        contract = drafted(world, selected(world))
        contract_id, version, terms = contract.id, contract.version, contract.terms
    answers = _at_once(
        app,
        scope,
        [
            lambda: hiring.offer(world.paula.actor, contract_id, version),
            lambda: service.edit_contract(
                contract_id,
                version,
                type(terms)(
                    **{n: getattr(terms, n) for n in terms.__slots__} | {"place": "Ulvila"}
                ),
                "",
            ),
        ],
    )
    assert answers.count(None) == 1
    with as_(world.aino):
        kept = db.session.get_one(Contract, contract_id)
        if kept.state is ContractState.OFFERED:
            assert "Ulvila" not in (kept.content or "")
            assert kept.place == "Pori"
        else:
            assert (kept.state, kept.place) == (ContractState.DRAFT, "Ulvila")
