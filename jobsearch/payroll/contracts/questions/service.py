"""Use cases of questions about a contract: ask one, answer one."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.editions.models import ContractQuestion
from jobsearch.payroll.contracts.editions.queries import get_own_contract, get_question
from jobsearch.payroll.contracts.law.rules import TermKey

_MOST_WORDS = 2_000


def ask(actor: Actor, contract_id: str, about: TermKey | None, question: str) -> ContractQuestion:
    """The person asks about her contract before she signs. Raises NotVisible, RuleBroken."""
    contract = get_own_contract(actor, contract_id)
    if not question.strip():
        raise RuleBroken(N_("Write your question."), field="question")
    asked = ContractQuestion(
        organisation_id=contract.organisation_id,
        contract_id=contract.id,
        person_id=contract.person_id,
        about=about,
        question=question.strip()[:_MOST_WORDS],
        asked_at=now(),
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def answer(actor: Actor, question_id: str, words: str) -> ContractQuestion:
    """Staff answer a question, once. Raises NotVisible, RuleBroken."""
    question = get_question(question_id)
    if question.answer is not None:
        raise RuleBroken(N_("This question has been answered already."))
    if not words.strip():
        raise RuleBroken(N_("Write the answer."), field="answer")
    question.answer = words.strip()[:_MOST_WORDS]
    question.answered_by_id, question.answered_at = actor.account_id, now()
    db.session.flush()
    return question
