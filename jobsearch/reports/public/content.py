"""What the open page of results says: counts of groups whose follow-up is over, and no name."""

from flask_babel import gettext as _

from jobsearch.reports.funder.content import (
    activities_table,
    feedback_table,
    people_table,
    rate_figure,
)
from jobsearch.reports.paper.rules import Kind, Report, Section
from jobsearch.reports.public.rules import closed_states
from jobsearch.reports.rules import Results
from jobsearch.reports.wording import STATE_NAMES
from jobsearch.web.formats import date_text


def public_report(language: str, programme: str, provider: str, results: Results) -> Report:
    """The whole page; the reader's language has to be that of the report while it is made.

    Actions and feedback are those of everyone who started, so they are told only when everybody's
    follow-up is over: otherwise they would say how many the others are.
    """
    sections = [_outcomes(results, language)]
    if results.outcomes.closed_follow_up.ratio.denominator == results.people.started:
        made = activities_table(results, language)
        sections += [Section("search", _("Job search"), tables=(made,))]
        if results.feedback.is_shown:
            table = feedback_table(results, language)
            sections += [Section("feedback", _("Feedback"), tables=(table,))]
    return Report(
        kind=Kind.PUBLIC,
        language=language,
        title=_("Results, %(programme)s", programme=programme),
        subject=programme,
        provider=provider,
        as_of=results.as_of,
        sections=tuple(sections),
    )


def _outcomes(results: Results, language: str) -> Section:
    found = rate_figure(
        "found_work",
        _("Found work"),
        results.outcomes.closed_follow_up,
        _(
            "Work that began inside the follow-up, over everyone who started and whose follow-up "
            "is over. Unknown people stay in the denominator."
        ),
        language,
    )
    rows = [(_(STATE_NAMES[state]), n) for state, n in closed_states(results.outcomes).items()]
    return Section(
        "outcomes",
        _("What came of it"),
        sentences=(
            _(
                "Counted are groups whose follow-up was over on %(day)s.",
                day=date_text(results.as_of, language),
            ),
            _("There was no control group, so the share alone does not prove an effect."),
        ),
        figures=(found,),
        tables=(people_table("states", _("People by what is known of them"), rows),),
    )
