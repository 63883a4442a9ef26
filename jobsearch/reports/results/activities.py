"""What a report says of the search for work and of the feedback."""

from collections.abc import Mapping

from flask_babel import gettext as _

from jobsearch.core.ratios import SHARE_DECIMALS, Ratio
from jobsearch.reports.paper.rules import Column, Drawing, Figure, Section, Table
from jobsearch.reports.rules import INTERVIEW, Activity, Feedback
from jobsearch.reports.wording import ACTIVITY_NAMES, QUESTION_NAMES, mean, share
from jobsearch.web.formats import number, percent


def activity_section(made: Mapping[str, Activity], person_days: int, language: str) -> Section:
    """Totals by kind with both averages, interviews against tries, and the days."""
    table = Table(
        key="actions",
        caption=_("Actions by kind"),
        columns=(
            Column("kind", _("Kind")),
            Column("total", _("Total"), number=True),
            Column("people", _("People who made any"), number=True),
        ),
        rows=tuple(
            (_(ACTIVITY_NAMES[kind]), one.total, one.per_active_person.denominator)
            for kind, one in made.items()
        ),
        drawing=Drawing.BARS,
        opens=("activity",) * len(made),
    )
    return Section(
        key="activities",
        title=_("Actions in the search for work"),
        sentences=(_("Actions are those that were not undone. Source: the tracker."),),
        figures=(*_means(made, language), *_sums(made, person_days, language)),
        tables=(table,),
    )


def _means(made: Mapping[str, Activity], language: str) -> list[Figure]:
    found = []
    for kind, one in made.items():
        name = _(ACTIVITY_NAMES[kind])
        for key, label, ratio, means in (
            (
                "per_person",
                _("a person"),
                one.per_person,
                _("Actions that were not undone, over everyone who started."),
            ),
            (
                "per_active_person",
                _("a maker"),
                one.per_active_person,
                _("The same actions over those who made at least one."),
            ),
        ):
            found.append(
                Figure(
                    f"activities.{kind}.{key}",
                    f"{name}, {label}",
                    mean(ratio, language),
                    means,
                    ratio.numerator,
                    ratio.denominator,
                    "activity",
                )
            )
    return found


def _sums(made: Mapping[str, Activity], person_days: int, language: str) -> tuple[Figure, ...]:
    tries = sum(one.total for kind, one in made.items() if kind != INTERVIEW)
    per = Ratio(made[INTERVIEW].total, tries, SHARE_DECIMALS)
    part = per.percents(1)
    said = share(per, language) if part is None else percent(part, language=language)
    return (
        Figure(
            "interviews_per_action",
            _("Interviews per action"),
            said,
            _("Interviews agreed over applications and contacts."),
            per.numerator,
            per.denominator,
            "activity",
        ),
        Figure(
            "people.person_days",
            _("Person-days"),
            number(person_days, language=language),
            _("Rows of attendance up to the day, also days of absence."),
            person_days,
            None,
            "activity",
        ),
    )


def feedback_section(feedback: Feedback, language: str) -> Section:
    """The response rate, and means from five answers on."""
    answered = feedback.response_rate
    figures = [
        Figure(
            "feedback.response_rate",
            _("Response rate"),
            share(answered, language),
            _(
                "Replies over those who were asked; a survey from a file counts everyone who "
                "started as asked."
            ),
            answered.numerator,
            answered.denominator,
            "feedback",
        )
    ]
    figures += [
        Figure(
            f"feedback.{question}",
            _(QUESTION_NAMES[question]),
            mean(ratio, language),
            _("Mean on a scale from 1 to 5, over those who answered the question."),
            ratio.numerator,
            ratio.denominator,
            "feedback",
        )
        for question, ratio in feedback.means.items()
        if ratio.value is not None
    ]
    sentence = _("Means are shown from five answers on.")
    return Section("feedback", _("Feedback"), (sentence,), tuple(figures))
