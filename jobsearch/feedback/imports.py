"""A spreadsheet of survey answers, a row per respondent, into plain rows without a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobsearch.core.refusals import Refusals, is_total
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record, read_table
from jobsearch.core.text import mark as N_
from jobsearch.feedback.rules import HIGHEST, LOWEST, Question

QUESTIONS: Mapping[str, Sequence[str]] = {
    Question.COACHING_CONTENT: ("Valmennussisällöt", "Valmennussisältö"),
    Question.ASSIGNMENTS: ("Tehtävänannot", "Tehtävät"),
    Question.INDIVIDUAL_SUPPORT: ("Yksilöllinen tuki",),
    Question.OVERALL: ("Kokonaisarvosana", "Yleisarvosana"),
}
REQUIRED: Mapping[str, Sequence[str]] = {"respondent": ("Vastaaja", "Respondent"), **QUESTIONS}


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What one respondent answered; the running number in the sheet is not kept."""

    scores: Mapping[Question, int]


def parse_feedback(sheets: Sequence[Sheet]) -> list[SheetAnswers]:
    """The answers of a file. A question left empty is simply not answered.

    Raises FileRefused with everything that is wrong, each with row and column.
    """
    refusals = Refusals()
    table = read_table(sheets[0], REQUIRED)
    records = [record for record in table.records() if not is_total(record)]
    found = [_answers(record, refusals) for record in records]
    if not records:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheets[0].name)
    refusals.stop_if_any()
    return found


def _answers(record: Record, refusals: Refusals) -> SheetAnswers:
    respondent = refusals.read(record.needed, "respondent")
    if respondent is not None:
        refusals.once(respondent.casefold(), record, "respondent")
    scores: dict[Question, int] = {}
    for question in Question:
        score = refusals.read(record.whole, question)
        if score is None:
            continue
        if not LOWEST <= score <= HIGHEST:
            message = N_(
                "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                "a number from %(low)d to %(high)d belongs here, not “%(value)s”."
            )
            refusals.found.append(record.refuse(question, message, low=LOWEST, high=HIGHEST))
        scores[question] = score
    return SheetAnswers(scores)
