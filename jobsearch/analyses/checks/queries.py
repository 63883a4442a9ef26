"""Who is around a person whose analysis is looked through, and what is asked about in it."""

from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.analyses.checks.names import Named
from jobsearch.analyses.checks.rules import Around, SectionWarnings, look_through
from jobsearch.analyses.models import Analysis
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.people.models import Person


def warnings_of_analysis(
    analysis: Analysis, *, of_paper: bool = False
) -> tuple[SectionWarnings, ...]:
    """What is asked about in the sections of an analysis (loaded with person, enrolment, sections).

    With `of_paper` only in those that stand on the paper. One statement; nothing of it blocks.
    """
    texts = [
        (section.key, section.text)
        for section in analysis.sections
        if section.text and not (of_paper and section.left_out_at)
    ]
    return tuple(look_through(texts, around(analysis))) if texts else ()


def around(analysis: Analysis) -> Around:
    """The person's own phone and address, and the names of her group's others and its coach."""
    person, cohort_id = analysis.person, analysis.enrolment.cohort_id
    others = (
        select(Person.given_name, Person.family_name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == cohort_id, Person.id != person.id)
    )
    coaches = (
        select(Account.name, Cohort.id)
        .join(Cohort, Cohort.coach_id == Account.id)
        .where(Cohort.id == cohort_id)
    )
    named = [Named(given, family) for given, family in db.session.execute(others)]
    for name, _cohort in db.session.execute(coaches):
        given, _, family = name.rpartition(" ")
        named.append(Named(given or family, family if given else ""))
    return Around(person.phone, person.email, person.given_name, tuple(named))
