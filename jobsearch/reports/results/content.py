"""What the reports of a programme and of a cohort say, in the language of the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.ratios import Rate95
from jobsearch.costs.comparators.rules import Figure as Other
from jobsearch.costs.comparators.rules import set_beside
from jobsearch.outcomes.rules import State
from jobsearch.reports.paper.rules import Column, Drawing, Figure, Kind, Report, Section, Table
from jobsearch.reports.results.activities import activity_section, feedback_section
from jobsearch.reports.results.beside import beside_section
from jobsearch.reports.results.costs import cost_section
from jobsearch.reports.results.queries import CohortResults
from jobsearch.reports.rules import OutcomeCount, Outcomes, People, Results, divide, outcomes_of
from jobsearch.reports.wording import EXIT_NAMES, rate, share
from jobsearch.web.formats import LOCALES, day_range, number


@dataclass(frozen=True, slots=True)
class About:
    """Whose report it is: the language, the provider, what it is about, months of follow-up."""

    language: str
    provider: str
    subject: str
    follow_up_months: int


def results_report(
    about: About,
    results: Results,
    cohorts: Sequence[CohortResults] = (),
    others: Sequence[Other] = (),
    *,
    has_funnel: bool = True,
    has_feedback: bool = True,
    has_cost: bool = True,
) -> Report:
    """The results of a programme; without the parts that are not for the reader.

    `others` are the figures of other services that it is set beside, each with its caveat.
    """
    language = about.language
    with force_locale(LOCALES[language]):
        sections = [outcome_section(results.outcomes, about)]
        if has_funnel:
            sections.append(_funnel(results.people))
        sections.append(activity_section(results.activities, results.people.person_days, language))
        if has_feedback:
            sections.append(feedback_section(results.feedback, language))
        if has_cost:
            sections.append(cost_section(results.cost, results.as_of, language))
        if others:
            against = set_beside(results.cost, others)
            sections.append(beside_section(others, against, language))
        if cohorts:
            sections.insert(1, _cohorts(cohorts, language))
        title = str(_("Results of the programme"))
    return _report(Kind.RESULTS, title, about, results.as_of, sections)


def cohort_report(about: About, cohort: CohortResults, as_of: date) -> Report:
    """What came of one cohort: outcomes with their denominator, actions and days."""
    language, count = about.language, cohort.standing
    counted = OutcomeCount(
        found=count.states[State.FOUND_WORK],
        follow_up_open=count.states[State.OPEN],
        unknown=count.states[State.UNKNOWN],
        closed=count.closed,
        closed_found=count.closed_found,
    )
    made = divide(cohort.activities, count.started)
    with force_locale(LOCALES[language]):
        sections = [
            outcome_section(outcomes_of(counted, count.started), about),
            activity_section(made, cohort.person_days, language),
        ]
        title = str(_("Results of a group"))
    return _report(Kind.COHORT, title, about, as_of, sections)


def _report(
    kind: Kind, title: str, about: About, as_of: date, sections: Sequence[Section]
) -> Report:
    return Report(
        kind=kind,
        language=about.language,
        title=title,
        subject=about.subject,
        provider=about.provider,
        as_of=as_of,
        sections=tuple(sections),
    )


def outcome_section(found: Outcomes, about: About) -> Section:
    """The two rates with interval and range, and those whose outcome is not known."""
    language = about.language
    return Section(
        key="outcomes",
        title=_("Found work"),
        sentences=(
            _("Open and unknown people stay in the denominator."),
            _("There was no control group, so the share alone does not prove an effect."),
        ),
        figures=(*_rates(found, about), *_range(found, language)),
    )


def _rates(found: Outcomes, about: About) -> tuple[Figure, ...]:
    whole, closed = found.found_work, found.closed_follow_up
    return (
        Figure(
            "outcomes.found_work",
            _("Found work"),
            rate(whole, about.language),
            _(
                "Work that began by the day and inside the follow-up, over everyone who started. "
                "Open and unknown people stay in the denominator."
            ),
            whole.ratio.numerator,
            whole.ratio.denominator,
            "outcomes:found_work",
        ),
        Figure(
            "outcomes.closed_follow_up",
            _("Found work, follow-up closed"),
            rate(closed, about.language),
            _(
                "The same over the people whose follow-up window was over on the day: "
                "%(n)s months from the last day.",
                n=number(about.follow_up_months, language=about.language),
            ),
            closed.ratio.numerator,
            closed.ratio.denominator,
            "outcomes:closed",
        ),
    )


def _range(found: Outcomes, language: str) -> tuple[Figure, ...]:
    low, high = found.low, found.high
    n = low.denominator
    none = _("None of those still open or unknown finds work.")
    all_ = _("All of those still open or unknown find work.")
    still_open = _("The follow-up window had not closed and no work was known.")
    unknown = _("The window had closed without an answer: neither in work nor out of it.")
    rows = (
        ("range.low", _("Range, low end"), share(low, language), none, low.numerator),
        ("range.high", _("Range, high end"), share(high, language), all_, high.numerator),
        *(
            (key, label, number(count, language=language), means, count)
            for key, label, means, count in (
                ("follow_up_open", _("Follow-up open"), still_open, found.follow_up_open),
                ("unknown", _("Not known"), unknown, found.unknown),
            )
        ),
    )
    return tuple(
        Figure(f"outcomes.{key}", label, reads, means, k, n, "outcomes:open")
        for key, label, reads, means, k in rows
    )


def _cohorts(cohorts: Sequence[CohortResults], language: str) -> Section:
    """A row for each cohort; a percentage only from five people on."""
    table = Table(
        key="cohorts",
        caption=_("Groups and the share who found work"),
        columns=(
            Column("group", _("Group")),
            Column("days", _("Days")),
            Column("started", _("Started"), number=True),
            Column("found", _("Found work"), number=True),
            Column("percent", _("Share, %"), number=True),
            Column("low", _("Interval from, %"), number=True),
            Column("high", _("Interval to, %"), number=True),
        ),
        rows=tuple(_cohort_row(one, language) for one in cohorts),
        drawing=Drawing.INTERVALS,
        note=_("Intervals are of 95 per cent; a percentage is said from five people on."),
        opens=tuple(f"cohort:{one.id}" for one in cohorts),
    )
    return Section(key="cohorts", title=_("By group"), tables=(table,))


def _cohort_row(one: CohortResults, language: str) -> tuple[str | int, ...]:
    found, started = one.standing.states[State.FOUND_WORK], one.standing.started
    made = Rate95.of(found, started)
    days = day_range(one.starts_on, one.ends_on, language)
    if made.interval is None or made.ratio.percent is None:
        return (one.name, days, started, found, "–", "–", "–")
    low, high = made.interval
    return (one.name, days, started, found, int(made.ratio.percent), int(low), int(high))


def _funnel(people: People) -> Section:
    stages = (
        ("referred", _("Introduced"), people.introduced),
        ("signed", _("Signed"), people.signed),
        ("started", _("Started"), people.started),
    )
    tables = [
        Table(
            key="funnel",
            caption=_("People by how far they came"),
            columns=(Column("stage", _("Stage")), Column("people", _("People"), number=True)),
            rows=tuple((label, count) for _key, label, count in stages),
            drawing=Drawing.FUNNEL,
            opens=tuple(f"candidates:{key}" for key, _label, _count in stages),
        )
    ]
    exits = (
        *_exits(people.exits_before_signing, _("before signing"), ""),
        *_exits(people.exits_after_signing, _("after signing, before the start"), ":signed"),
    )
    if exits:
        tables.append(
            Table(
                key="exits",
                caption=_("Why the others left"),
                columns=(Column("reason", _("Reason")), Column("people", _("People"), number=True)),
                rows=tuple((label, count) for label, count, _opens in exits),
                drawing=Drawing.BARS,
                opens=tuple(opens for _label, _count, opens in exits),
            )
        )
    said = _("Source: candidates of this programme with their stages and coded reasons.")
    return Section("funnel", _("From introduction to start"), (said,), (), tuple(tables))


def _exits(counts: Mapping[str, int], when: str, at: str) -> list[tuple[str, int, str]]:
    return [
        (f"{_(EXIT_NAMES[reason])}, {when}", count, f"exits:{reason}{at}")
        for reason, count in counts.items()
    ]
