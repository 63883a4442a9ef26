"""The earlier texts of one section: who wrote them and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.analyses.drafts.queries import get_section
from jobsearch.analyses.models import AnalysisSection
from jobsearch.analyses.rules import SectionKey
from jobsearch.audit.queries import Change, list_changes
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text that stood in the section; `number` counts them from the first.

    `name` is "" where the records filled it; `is_now` says that it stands there now.
    """

    number: int
    text: str
    name: str
    at: datetime
    is_now: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A section and every text that has stood in it, newest first."""

    section: AnalysisSection
    texts: tuple[EarlierText, ...]


def get_story(actor: Actor, analysis_id: str, key: SectionKey) -> Story:
    """The texts of a section that both of its writers may read. Raises NotVisible.

    The participant's own words of earlier are hers alone: what she took out she took out.
    """
    if key is SectionKey.OWN_WORDS and actor.role is not Role.PARTICIPANT:
        raise NotVisible
    section = get_section(actor, analysis_id, key)
    changes = list_changes(section.organisation_id, "analysis_section", [section.id])
    said = [one for one in changes if one.values.get("text", ("", None))[1]]
    names = _names({one.account_id for one in said if one.account_id and not _is_filled(one)})
    texts = [
        EarlierText(
            number=number,
            text=str(one.values["text"][1]),
            name="" if _is_filled(one) else names.get(one.account_id or "", ""),
            at=one.at,
            is_now=False,
        )
        for number, one in enumerate(said, 1)
    ]
    return Story(section, tuple(_newest_first(texts, section.text)))


def get_earlier(actor: Actor, analysis_id: str, key: SectionKey, number: int) -> str:
    """One earlier text by its number. Raises NotVisible."""
    for one in get_story(actor, analysis_id, key).texts:
        if one.number == number:
            return one.text
    raise NotVisible


def _is_filled(change: Change) -> bool:
    """Whether the records filled it: then nobody wrote it."""
    return change.values.get("filled_at", (None, None))[1] is not None


def _newest_first(texts: list[EarlierText], now_there: str) -> list[EarlierText]:
    turned = texts[::-1]
    if turned and turned[0].text == now_there:
        first = turned[0]
        turned[0] = EarlierText(first.number, first.text, first.name, first.at, is_now=True)
    return turned


def _names(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    statement = select(Account.id, Account.name).where(Account.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(statement)}
