"""Who is around a person whose analysis is looked through, and what is asked about in it."""

from sqlalchemy import literal, select

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
    return (
        tuple(look_through(texts, around_person(analysis.person, analysis.enrolment.cohort_id)))
        if texts
        else ()
    )


def around_person(person: Person, cohort_id: str) -> Around:
    """The person's own phone and address, and the names of her group's others and its coach.

    One statement.
    """
    others = (
        select(Person.given_name, Person.family_name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == cohort_id, Person.id != person.id)
    )
    # the coach's name is one: as a family name it is taken apart below
    coach = (
        select(literal(""), Account.name)
        .join(Cohort, Cohort.coach_id == Account.id)
        .where(Cohort.id == cohort_id)
    )
    found = db.session.execute(others.union_all(coach))
    named = tuple(Named(given, name) if given else _whole(name) for given, name in found)
    return Around(person.phone, person.email, person.given_name, named)


def _whole(name: str) -> Named:
    given, _, family = name.strip().rpartition(" ")
    return Named(given or family, family if given else "")
