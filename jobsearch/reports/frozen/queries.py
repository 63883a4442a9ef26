"""What is asked of frozen reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Select, func, or_, select

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.text import DEFAULT_LANGUAGE
from jobsearch.organisations.models import Organisation
from jobsearch.programmes.models import Programme
from jobsearch.reports.frozen.models import FrozenReport
from jobsearch.reports.paper.rules import Kind, Report, read_report

PAGE = 25
_LEFT = or_(FrozenReport.kind == Kind.FUNDER, FrozenReport.language == DEFAULT_LANGUAGE)
"""What has left the house; the other languages of an open page say the same figures again."""


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One frozen report of a list."""

    id: str
    kind: Kind
    language: str
    as_of: date
    sha256: str
    frozen_at: datetime
    frozen_by: str


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """A page of a programme's frozen reports, the newest first."""

    lines: Sequence[FrozenLine]
    page: int
    count: int

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-self.count // PAGE))


def list_frozen(programme_id: str, page: int = 1) -> FrozenPage:
    """What was frozen of a programme for somebody; texts of the open page are not among it."""
    of_programme = (
        FrozenReport.programme_id == programme_id,
        FrozenReport.publication_id.is_(None),
    )
    statement = (
        select(
            FrozenReport.id,
            FrozenReport.kind,
            FrozenReport.language,
            FrozenReport.as_of,
            FrozenReport.sha256,
            FrozenReport.frozen_at,
            Account.name,
        )
        .join(Account, Account.id == FrozenReport.frozen_by_id)
        .where(*of_programme)
        .order_by(FrozenReport.frozen_at.desc(), FrozenReport.id)
    )
    rows = db.session.execute(statement.offset((page - 1) * PAGE).limit(PAGE))
    count = db.session.scalar(select(func.count(FrozenReport.id)).where(*of_programme)) or 0
    return FrozenPage([FrozenLine(*row) for row in rows], page, count)


@dataclass(frozen=True, slots=True)
class Frozen:
    """One frozen report, whole: its text as it was stored, and who kept it when."""

    line: FrozenLine
    programme_id: str
    programme: str
    text: str
    pdf_sha256: str
    workbook_sha256: str

    @property
    def is_whole(self) -> bool:
        """Whether the text is still the one that the checksum is of."""
        return sha256(self.text.encode()).hexdigest() == self.line.sha256

    @property
    def report(self) -> Report:
        """The report that the text says. Raises NotVisible for a text that is not whole."""
        if not self.is_whole:
            raise NotVisible
        return read_report(self.text)

    @property
    def filename(self) -> str:
        """What its files are called, without the ending."""
        return f"{self.line.kind}-{self.line.as_of.isoformat()}-{self.line.sha256[:8]}"


def get_frozen(frozen_id: str) -> Frozen:
    """A frozen report with its text, in one statement. Raises NotVisible."""
    found = db.session.execute(_frozen().where(FrozenReport.id == frozen_id)).first()
    if found is None:
        raise NotVisible
    return _read(*found)


def _frozen() -> Select[FrozenReport, str, Programme]:
    return (
        select(FrozenReport, Account.name, Programme)
        .join(Account, Account.id == FrozenReport.frozen_by_id)
        .join(Programme, Programme.id == FrozenReport.programme_id)
    )


def _read(row: FrozenReport, by: str, programme: Programme) -> Frozen:
    line = FrozenLine(
        row.id, row.kind, row.language, row.as_of, row.sha256, row.frozen_at, frozen_by=by
    )
    return Frozen(
        line, row.programme_id, programme.name, row.content, row.pdf_sha256, row.workbook_sha256
    )


@dataclass(frozen=True, slots=True)
class FrozenBeside:
    """A frozen report with what had left the house before it, the oldest first, and whose it is."""

    frozen: Frozen
    programme: Programme
    provider: str
    earlier: Sequence[Report]


def get_frozen_beside(frozen_id: str) -> FrozenBeside:
    """A frozen report with the earlier ones of its programme; one statement. Raises NotVisible."""
    is_it = FrozenReport.id == frozen_id
    its_programme = select(FrozenReport.programme_id).where(is_it).scalar_subquery()
    its_instant = select(FrozenReport.frozen_at).where(is_it).scalar_subquery()
    statement = (
        _frozen()
        .add_columns(Organisation.name)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(
            FrozenReport.programme_id == its_programme,
            or_(is_it, _LEFT & (FrozenReport.frozen_at < its_instant)),
        )
        .order_by(FrozenReport.frozen_at, FrozenReport.id)
    )
    rows = db.session.execute(statement).all()
    for row, by, programme, provider in rows:
        if row.id == frozen_id:
            earlier = [read_report(other.content) for other, *_ in rows if other is not row]
            return FrozenBeside(_read(row, by, programme), programme, provider, earlier)
    raise NotVisible


def list_told(programme_id: str) -> list[Report]:
    """What has left the house of a programme, the oldest first."""
    statement = (
        select(FrozenReport.content)
        .where(FrozenReport.programme_id == programme_id, _LEFT)
        .order_by(FrozenReport.frozen_at, FrozenReport.id)
    )
    return [read_report(text) for text in db.session.scalars(statement)]


def find_same(programme_id: str, digest: str) -> FrozenReport | None:
    """What was frozen of a programme with this text, if anything."""
    return db.session.scalar(
        select(FrozenReport).where(
            FrozenReport.programme_id == programme_id,
            FrozenReport.publication_id.is_(None),
            FrozenReport.sha256 == digest,
        )
    )
