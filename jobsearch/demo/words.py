"""What the made-up people planned in the mornings and said in the debriefs."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.demo.diaries import EMPLOYERS, Diary
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from jobsearch.standup.words.rules import News, Way

_WAYS = (Way.CALL, Way.APPLY, Way.CALL, Way.VISIT, Way.WRITE)
_LEARNED = (
    "Lyhyt puhelu ennen kello kymmentä toimii parhaiten.",
    "Kun kysyn suoraan, kuka rekrytoi, pääsen oikean ihmisen puheille.",
    "Hakemus on valmis nopeammin, kun pohja on tehty etukäteen.",
    "Ryhmän vinkistä löytyi paikka, jota ei ollut ilmoitettu.",
    "Ei-vastaus ei haittaa, kun seuraava soitto on jo sovittu.",
)
_NEXT = (
    "Soitan uudestaan torstaina.",
    "Lähetän ansioluettelon sovittuun osoitteeseen.",
    "Kysyn sparrauksessa, miten vastaan palkkatoiveeseen.",
    "Käyn paikan päällä esittäytymässä.",
)
_SILENT = 4  # one of four evenings somebody says nothing


def say(
    cohort: Cohort, enrolments: Mapping[str, Enrolment], diaries: Mapping[str, Diary], today: date
) -> None:
    """Everyone's plans up to today, debriefs of the days before it, and one piece of good news."""
    come = [day for day in cohort.days if day.on <= today]
    for person, (name, enrolment) in enumerate(enrolments.items()):
        for at, day in enumerate(come):
            turn = 2 * person + 3 * at
            if at not in diaries[name].away:
                db.session.add(_plan(enrolment, day, turn))
            if day.on < today and turn % _SILENT:
                db.session.add(_debrief(enrolment, day, turn))
    if len(come) > 1:
        db.session.add(_news(list(enrolments.values())[-1], come[-2]))


def _plan(enrolment: Enrolment, day: CohortDay, turn: int) -> DayPlan:
    return DayPlan(
        enrolment_id=enrolment.id,
        cohort_day_id=day.id,
        employer=EMPLOYERS[turn % len(EMPLOYERS)][0],
        way=_WAYS[turn % len(_WAYS)],
        at_minute=10 * 60 + 15 * (turn % 4),
    )


def _debrief(enrolment: Enrolment, day: CohortDay, turn: int) -> Debrief:
    return Debrief(
        enrolment_id=enrolment.id,
        cohort_day_id=day.id,
        learned=_LEARNED[turn % len(_LEARNED)],
        next_step=_NEXT[turn % len(_NEXT)],
        written_at=datetime.combine(day.on, time(11, 20), UTC),
    )


def _news(enrolment: Enrolment, day: CohortDay) -> GoodNews:
    return GoodNews(
        enrolment_id=enrolment.id,
        cohort_day_id=day.id,
        news=News.INTERVIEW,
        words="kahvilatyöntekijä, torstaina klo 13",
        told_at=datetime.combine(day.on, time(12, 5), UTC),
    )
