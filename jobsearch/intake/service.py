"""Use cases of intake: look at a file, take it in whole, or put it aside."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete

from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.feedback.service import import_feedback
from jobsearch.intake import queries
from jobsearch.intake.imports import Parsed, parse_file
from jobsearch.intake.models import Upload
from jobsearch.intake.rules import FileKind
from jobsearch.intake.tracking.service import import_tracker
from jobsearch.outcomes.service import import_outcomes
from jobsearch.programmes.costs.service import import_costs
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.queries import groups_to_start
from jobsearch.recruitment.service import record_starts
from jobsearch.recruitment.sheets.queries import cohort_starts
from jobsearch.recruitment.sheets.service import import_candidates

_KEPT = timedelta(days=1)


def upload_file(programme_id: str, content: bytes, name: str, of_day: date | None = None) -> Upload:
    """Understand a file and let it wait for a yes. Raises NotVisible, FileRefused, RuleBroken."""
    programme = queries.get_programme(programme_id)
    parsed = _parse(content, name, programme.id)
    upload = Upload(
        programme_id=programme.id,
        kind=parsed.kind,
        name=name[:120],
        of_day=of_day,
        content=content,
        uploaded_at=now(),
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def _parse(content: bytes, name: str, programme_id: str) -> Parsed:
    there = queries.cohort_names(programme_id)
    return parse_file(content, name, groups_to_start(programme_id), there)


def forget_uploads() -> int:
    """Erase files that have waited for more than a day; returns how many."""
    old = delete(Upload).where(Upload.uploaded_at < now() - _KEPT)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits, and what taking it in would make."""

    upload: Upload
    programme: Programme
    parsed: Parsed


def preview(upload_id: str) -> Preview:
    """What a file that waits would make. Raises NotVisible, FileRefused, RuleBroken."""
    upload = queries.get_upload(upload_id)
    parsed = _parse(upload.content, upload.name, upload.programme_id)
    return Preview(upload, queries.get_programme(upload.programme_id), parsed)


def take_in_upload(upload_id: str) -> int:
    """Take in a file that waits and let its bytes go; returns how many rows it made.

    Raises NotVisible, FileRefused, RuleBroken; then nothing of it is saved.
    """
    waiting = preview(upload_id)
    upload = waiting.upload
    made = save(waiting.programme, waiting.parsed, upload.name, upload.of_day)
    db.session.delete(upload)
    return made


def put_aside(upload_id: str) -> str:
    """Let a file that waits go without taking it in; returns its programme. Raises NotVisible."""
    upload = queries.get_upload(upload_id)
    db.session.delete(upload)
    return upload.programme_id


def take_in(
    programme_id: str, content: bytes, name: str, of_day: date | None = None
) -> tuple[FileKind, int]:
    """Understand a file and take it in at once; returns its kind and how many rows it made.

    Raises NotVisible, FileRefused, RuleBroken; then nothing of it is saved.
    """
    programme = queries.get_programme(programme_id)
    parsed = _parse(content, name, programme.id)
    return parsed.kind, save(programme, parsed, name, of_day)


def save(programme: Programme, parsed: Parsed, name: str, of_day: date | None) -> int:
    """Save what was understood, all of it or nothing; returns how many rows it had.

    `of_day` is the day that a survey closed or costs were booked; by default the last day of the
    programme's last cohort, and never later than today.
    """
    this_day = today(programme.zone)
    of_day = of_day or min(queries.last_day(programme.id) or this_day, this_day)
    if parsed.kind is FileKind.CANDIDATES:
        starts = cohort_starts(programme.id)
        made = import_candidates(programme.id, parsed.candidates, starts, this_day)
        record_starts(programme.id)
        return made
    if parsed.kind is FileKind.TRACKER:
        made = import_tracker(programme, parsed.days)
        record_starts(programme.id)
        return made
    if parsed.kind is FileKind.OUTCOMES:
        return import_outcomes(programme.id, parsed.outcomes, programme.follow_up_months, this_day)
    if parsed.kind is FileKind.FEEDBACK:
        return import_feedback(programme.id, parsed.replies, name.rpartition(".")[0], of_day)
    return import_costs(programme.id, parsed.costs, of_day)
