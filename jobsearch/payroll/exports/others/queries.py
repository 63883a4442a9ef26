"""What is asked of a run for another payroll system."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.files import get as get_file
from jobsearch.core.money import Money
from jobsearch.payroll.exports.others.models import HandedFile, PayCode
from jobsearch.payroll.exports.others.rules import (
    HandedItem,
    HandedLine,
    HandedPerson,
)
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.people.models import Person


def list_handed(run_id: str) -> list[HandedPerson]:
    """What a run has computed for each person, by name; one statement."""
    statement = (
        select(Payslip, Person.identity_code, PayLineRow)
        .join(Person, Person.id == Payslip.person_id)
        .join(PayLineRow, PayLineRow.payslip_id == Payslip.id)
        .where(
            Payslip.pay_run_id == run_id, PayLineRow.item.in_([item.value for item in HandedItem])
        )
        .order_by(Payslip.position, Payslip.id, PayLineRow.position)
    )
    found: dict[str, tuple[HandedPerson, list[HandedLine]]] = {}
    for slip, identity_code, line in db.session.execute(statement):
        if slip.id not in found:
            found[slip.id] = _person(slip, identity_code), []
        found[slip.id][1].append(
            HandedLine(
                HandedItem(line.item.value), line.code, line.amount, line.minutes, line.hourly
            )
        )
    return [replace(person, lines=tuple(lines)) for person, lines in found.values()]


def _person(slip: Payslip, identity_code: str | None) -> HandedPerson:
    return HandedPerson(
        reference=slip.id,
        name=slip.employee_name,
        identity_code=identity_code,
        period=slip.period,
        pays_on=slip.pays_on,
        lines=(),
        due=slip.gross + slip.reimbursements,
    )


def list_codes() -> dict[HandedItem, str]:
    """Under which code the other system knows each item; items without one are left out."""
    return {row.item: row.code for row in list_kept_codes().values()}


def list_kept_codes() -> dict[HandedItem, PayCode]:
    """The rows of the same."""
    rows = db.session.scalars(select(PayCode).order_by(PayCode.item))
    return {row.item: row for row in rows}


def find_handed_file(run_id: str) -> HandedFile | None:
    """What was handed over of a run with who made it, or None."""
    statement = (
        select(HandedFile)
        .options(joinedload(HandedFile.made_by))
        .where(HandedFile.pay_run_id == run_id)
    )
    return db.session.scalar(statement)


def get_content(run_id: str) -> tuple[HandedFile, bytes]:
    """The file of a run and its bytes, checked against their digest. Raises NotVisible."""
    file = find_handed_file(run_id)
    if file is None:
        raise NotVisible
    return file, bytes(get_file(file.file_id).content)


@dataclass(frozen=True, slots=True)
class ItemSum:
    """One item of a run over everybody, and the other system's code for it."""

    item: HandedItem
    minutes: int
    amount: Money
    code: str


@dataclass(frozen=True, slots=True)
class RunToHand:
    """A run before or after it is handed over."""

    run: PayRun
    file: HandedFile | None
    people: int
    sums: tuple[ItemSum, ...]

    @property
    def total(self) -> Money:
        """Everything together."""
        return Money.total(one.amount for one in self.sums)


def show_run_to_hand(run_id: str) -> RunToHand:
    """A run before or after it is handed over. Raises NotVisible."""
    run, people, codes = get_run(run_id), list_handed(run_id), list_codes()
    lines = [line for person in people for line in person.lines]
    sums = tuple(
        ItemSum(
            item,
            sum(line.minutes or 0 for line in lines if line.item is item),
            Money.total(line.amount for line in lines if line.item is item),
            codes.get(item, ""),
        )
        for item in HandedItem
        if any(line.item is item for line in lines)
    )
    return RunToHand(run, find_handed_file(run_id), len(people), sums)
