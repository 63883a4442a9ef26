"""The open page of a programme made by what is known now, in every language of the house."""

from collections.abc import Mapping
from datetime import date

from flask_babel import force_locale

from jobsearch.core.access import Actor
from jobsearch.core.text import LANGUAGES
from jobsearch.organisations.queries import get_organisation
from jobsearch.programmes.models import Programme
from jobsearch.reports import queries
from jobsearch.reports.frozen.models import Publication
from jobsearch.reports.funder.outside import hide_for_outside
from jobsearch.reports.paper.rules import Report
from jobsearch.reports.public.content import public_report
from jobsearch.reports.public.rules import check_enough
from jobsearch.reports.public.service import open_page
from jobsearch.web.formats import LOCALES


def compose_pages(programme: Programme, as_of: date) -> Mapping[str, Report]:
    """What the page would say, by language. Raises RuleBroken for fewer than five people."""
    results = queries.results(programme, as_of)
    check_enough(results.outcomes.closed_follow_up.ratio.denominator)
    provider = get_organisation(programme.organisation_id).name
    made = {}
    for language in LANGUAGES:
        with force_locale(LOCALES[language]):
            report = public_report(language, programme.name, provider, results)
            made[language] = hide_for_outside(report)
    return made


def open_results(
    actor: Actor, programme: Programme, asked: date | None, version: int
) -> Publication:
    """Let everybody read the results of a programme. Raises RuleBroken, Conflict."""
    pages = compose_pages(programme, queries.day_of_results(programme, asked))
    return open_page(actor, programme.id, pages, version)
