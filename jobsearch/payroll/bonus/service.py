"""Use cases of bonuses: promise, bring or note the proof, approve, refuse, withdraw, pay."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import insert, select

from jobsearch.coaching.documents.contents import form_of
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.health_words import check_shared_words
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.payroll.bonus import queries
from jobsearch.payroll.bonus.models import BonusAward, PaidBonus
from jobsearch.payroll.bonus.queries import Case
from jobsearch.payroll.bonus.rules import (
    ENDED,
    BonusState,
    ProofWay,
    check_four_eyes,
    check_new_deadline,
    check_step,
    check_time,
    check_words,
)
from jobsearch.payroll.bonus.terms.rules import (
    Earned,
    Happening,
    amount_of,
    due_on,
    what_is_earned,
)


def award(actor: Actor, enrolment_id: str, found: Happening) -> list[BonusAward]:
    """Promise what a finding earns under the contract of an enrolment; nothing where there is none.

    What was promised already and has not ended stays as it is: no promise is made twice.
    """
    case = queries.find_case(enrolment_id)
    return [] if case is None else _promise_all(actor, case, found)


def register_bonus(actor: Actor, employment_id: str, found: Happening) -> list[BonusAward]:
    """The same by hand. NotVisible for a contract of somebody else.

    RuleBroken when no rule of the programme pays for it, or when all of it was promised before.
    """
    case = queries.get_case(employment_id)
    if found.began_on < case.employment.starts_on:
        raise RuleBroken(
            N_("The employment began on %(day)s. What began before it earns no bonus."),
            field="began_on",
            day=case.employment.starts_on,
        )
    if found.ended_on is not None and found.ended_on < found.began_on:
        raise RuleBroken(N_("The end cannot be before the beginning."), field="ended_on")
    if not what_is_earned(case.rules, found, case.employment.term):
        raise RuleBroken(
            N_("No bonus rule of the programme pays for this. See the rules."), field="began_on"
        )
    awards = _promise_all(actor, case, found)
    if not awards:
        raise RuleBroken(N_("This bonus is registered already."), field="employment_id")
    return awards


def _promise_all(actor: Actor, case: Case, found: Happening) -> list[BonusAward]:
    earned = what_is_earned(case.rules, found, case.employment.term)
    awards = [_promise(actor, case, one) for one in earned]
    db.session.flush()
    return [one for one in awards if one is not None]


def _promise(actor: Actor, case: Case, earned: Earned) -> BonusAward | None:
    """The bonus of a fulfilled rule; None where it is alive or paid, or where nothing is due."""
    terms, employment = earned.rule.terms, case.employment
    amount = amount_of(terms, employment.outcome_bonus)
    if amount == Money.zero():
        return None
    row = queries.find_award(employment.id, terms.promise)
    if row is not None and row.state not in ENDED:
        return None
    if row is None:
        row = BonusAward(
            organisation_id=employment.organisation_id,
            employment_id=employment.id,
            person_id=employment.person_id,
            promise=terms.promise,
        )
        db.session.add(row)
    row.bonus_rule_id, row.event, row.months = earned.rule.rule_id, terms.event, terms.months
    row.amount, row.proof_asked = amount, terms.proof
    row.happened_on = earned.on
    _begin(actor, row, due_on(terms, earned.on, today(case.zone)))
    return row


def _begin(actor: Actor, row: BonusAward, last_day: date) -> None:
    row.state, row.due_on = BonusState.PROMISED, last_day
    row.promised_at, row.promised_by_id = now(), actor.account_id
    row.proof_way = row.proof_at = row.proof_by_id = row.ended_at = None
    row.words = ""


def promise_again(actor: Actor, award_id: str, version: int, last_day: date | None) -> BonusAward:
    """Open an ended bonus once more, with a new last day for the proof. RuleBroken, Conflict."""
    row = _seen(award_id, version)
    if row.state not in ENDED:
        raise RuleBroken(N_("This bonus is being dealt with, or paid. Look at it again."))
    check_new_deadline(last_day, today(actor.zone))
    assert last_day is not None
    _begin(actor, row, last_day)
    db.session.flush()
    return row


def bring_proof(
    actor: Actor, award_id: str, version: int, content: bytes, person_id: str | None = None
) -> BonusAward:
    """Keep a file as the proof until it is checked; `person_id` for one's own only.

    RuleBroken on `file` for what is no document or picture, too early or too late.
    """
    row = _shown(actor, award_id, version, person_id)
    form = form_of(content)
    row.proof_file_id = files.take_in(content, form.value).id
    return _note_proof(actor, row, ProofWay.FILE)


def note_proof(actor: Actor, award_id: str, version: int, way: ProofWay) -> BonusAward:
    """Note that the proof was seen on paper, or by a call; no file is kept."""
    if way is ProofWay.FILE:
        raise RuleBroken(N_("Choose how it was shown."), field="way")
    return _note_proof(actor, _shown(actor, award_id, version, None), way)


def _shown(actor: Actor, award_id: str, version: int, person_id: str | None) -> BonusAward:
    row = _seen(award_id, version, person_id)
    check_step(row.state, BonusState.PROOF)
    check_time(row.happened_on, row.due_on, today(actor.zone))
    return row


def _note_proof(actor: Actor, row: BonusAward, way: ProofWay) -> BonusAward:
    row.state, row.proof_way = BonusState.PROOF, way
    row.proof_at, row.proof_by_id = now(), actor.account_id
    db.session.flush()
    return row


def take_back_proof(
    actor: Actor, award_id: str, version: int, person_id: str | None = None
) -> BonusAward:
    """Take the proof back while nobody has decided; its file is erased.

    NotVisible for who is not staff and did not bring it.
    """
    row = _seen(award_id, version, person_id)
    if row.state is not BonusState.PROOF:
        raise RuleBroken(N_("This bonus has been decided already. Look at it again."))
    if person_id is not None and row.proof_by_id != actor.account_id:
        raise NotVisible
    row.state = BonusState.PROMISED
    row.proof_way = row.proof_at = row.proof_by_id = None
    _forget_file(row)
    return row


def approve_bonus(actor: Actor, award_id: str, version: int) -> BonusAward:
    """Say that the proof holds; its file is erased, who checked what and when stays.

    RuleBroken for who registered the bonus or its proof; Conflict when somebody changed it.
    """
    row = _seen(award_id, version)
    check_step(row.state, BonusState.APPROVED)
    check_four_eyes(row.promised_by_id, row.proof_by_id or "", actor.account_id)
    row.state = BonusState.APPROVED
    row.approved_at, row.approved_by_id = now(), actor.account_id
    _forget_file(row)
    return row


def refuse_bonus(award_id: str, version: int, words: str) -> BonusAward:
    """Say that the proof does not hold, and why; its file is erased."""
    row = _seen(award_id, version)
    check_step(row.state, BonusState.REFUSED)
    return _end(row, BonusState.REFUSED, words)


def withdraw_bonus(award_id: str, version: int, words: str) -> BonusAward:
    """Take a bonus back that was not paid, and say why.

    RuleBroken when an approved pay run pays it already.
    """
    row = _seen(award_id, version)
    check_step(row.state, BonusState.WITHDRAWN)
    payment = queries.payment_of(row.id)
    if payment is not None and payment.settled_at is not None:
        raise RuleBroken(N_("An approved pay run pays this bonus. It cannot be withdrawn."))
    return _end(row, BonusState.WITHDRAWN, words)


def lapse_late(day: date) -> int:
    """End the promised bonuses whose proof has not come by its last day; says how many."""
    late = queries.list_late(day)
    for row in late:
        row.state, row.ended_at = BonusState.LAPSED, now()
    db.session.flush()
    return len(late)


def _end(row: BonusAward, state: BonusState, words: str) -> BonusAward:
    check_words(words)
    check_shared_words("words", words, about_work=False)
    row.state, row.words, row.ended_at = state, words, now()
    row.approved_at = row.approved_by_id = None
    _forget_file(row)
    return row


def _forget_file(row: BonusAward) -> None:
    file_id, row.proof_file_id = row.proof_file_id, None
    db.session.flush()
    if file_id is not None:
        files.forget(file_id)


def _seen(award_id: str, version: int, person_id: str | None = None) -> BonusAward:
    """The bonus, held, if it is still the one that the person looked at."""
    row = queries.get_award(award_id, person_id, held=True)
    if row.version != version:
        raise Conflict
    return row


def put_on_payslips(organisation_id: str, paid: Iterable[tuple[str, str]]) -> None:
    """Write which payslip pays which bonus; the database refuses one that another pays already."""
    rows = [
        {
            "id": new_key(),
            "organisation_id": organisation_id,
            "payslip_id": payslip_id,
            "bonus_award_id": award_id,
        }
        for payslip_id, award_id in paid
    ]
    if rows:
        db.session.execute(insert(PaidBonus), rows)


def settle_bonuses(award_ids: Collection[str]) -> None:
    """A pay run is approved: what it pays can be withdrawn no more."""
    if award_ids:
        statement = select(PaidBonus).where(PaidBonus.bonus_award_id.in_(sorted(award_ids)))
        for payment in db.session.scalars(statement):
            payment.settled_at = now()
        db.session.flush()


def mark_bonuses_paid(award_ids: Collection[str]) -> None:
    """A pay run is paid, and so are its bonuses. RuleBroken for one that is not approved."""
    if award_ids:
        statement = select(BonusAward).where(BonusAward.id.in_(sorted(award_ids)))
        for row in db.session.scalars(statement.order_by(BonusAward.id)):
            check_step(row.state, BonusState.PAID)
            row.state, row.paid_at = BonusState.PAID, now()
        db.session.flush()
