"""What the report to a funder says, in one language; every figure with its n and definition."""

from collections.abc import Mapping

from flask_babel import gettext as _

from jobsearch.core.money import Money
from jobsearch.core.ratios import Rate95
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import State
from jobsearch.reports.esf.rules import NOT_KNOWN, Indicators, Known, Point
from jobsearch.reports.paper.rules import Column, Figure, Kind, Report, Section, Table
from jobsearch.reports.rules import Outcomes, Results
from jobsearch.reports.wording import ACTIVITY_NAMES, QUESTION_NAMES, STATE_NAMES, mean, rate, share
from jobsearch.web.formats import date_text, money, number, percent

_KNOWN_NAMES = {
    Known.IN_WORK: N_("In employment, including self-employment"),
    Known.STUDIES: N_("In education or training"),
    Known.OUT_OF_WORK: N_("In neither"),
    Known.OPEN: N_("Not asked to the end yet"),
    Known.UNKNOWN: N_("Not known"),
}


def rate_figure(key: str, label: str, found: Rate95, means: str, language: str) -> Figure:
    """A share of people as a figure."""
    k, n = found.ratio.numerator, found.ratio.denominator
    return Figure(key, label, rate(found, language), means, k=k, n=n)


def funder_report(
    language: str, programme: str, provider: str, results: Results, indicators: Indicators
) -> Report:
    """The whole report; the reader's language has to be that of the report while it is made."""
    sections = (
        _people(results, language),
        _outcomes(results, language),
        _search(results, language),
        _feedback(results, language),
        _cost(results, language),
        _esf(indicators, language),
    )
    return Report(
        kind=Kind.FUNDER,
        language=language,
        title=_("Report to the funder"),
        subject=programme,
        provider=provider,
        as_of=results.as_of,
        sections=sections,
    )


def _people(results: Results, language: str) -> Section:
    people = results.people
    counted = (
        ("introduced", _("Introduced"), people.introduced, _("Everyone whom somebody introduced.")),
        ("signed", _("Signed"), people.signed, _("Everyone who signed a contract of employment.")),
        ("started", _("Started"), people.started, _("Everyone who came to the first day.")),
    )
    figures = [
        Figure(key, label, number(n, language=language), means, k=n)
        for key, label, n, means in counted
    ]
    days = Figure(
        "person_days",
        _("Person-days"),
        number(people.person_days, language=language),
        _("Days of the programme, each counted for everyone who took part in it."),
    )
    return Section("people", _("People"), figures=(*figures, days))


def _outcomes(results: Results, language: str) -> Section:
    outcomes = results.outcomes
    low, high = share(outcomes.low, language), share(outcomes.high, language)
    found = rate_figure(
        "found_work",
        _("Found work"),
        outcomes.found_work,
        _(
            "Work that began by the day and inside the follow-up, over everyone who started. "
            "Open and unknown people stay in the denominator."
        ),
        language,
    )
    between = Figure(
        "range",
        _("Range"),
        f"{low} – {high}",
        _("None, or all, of those still open or unknown find work."),
        k=outcomes.high.numerator,
    )
    closed = rate_figure(
        "closed",
        _("Found work, follow-up closed"),
        outcomes.closed_follow_up,
        _("The same over the people whose follow-up window was over on the day."),
        language,
    )
    no_proof = _("There was no control group, so the share alone does not prove an effect.")
    return Section(
        "outcomes",
        _("What came of it"),
        sentences=(no_proof,),
        figures=(found, between, closed),
        tables=(_states(outcomes),),
    )


def _states(outcomes: Outcomes) -> Table:
    ratio = outcomes.found_work.ratio
    rest = ratio.denominator - ratio.numerator - outcomes.open
    counts: Mapping[State, int] = {
        State.FOUND_WORK: ratio.numerator,
        State.NOT_IN_WORK: rest,
        State.OPEN: outcomes.follow_up_open,
        State.UNKNOWN: outcomes.unknown,
    }
    return people_table(
        "states",
        _("Everyone who started, by what is known of them"),
        [(_(STATE_NAMES[state]), count) for state, count in counts.items()],
    )


def people_table(key: str, caption: str, rows: list[tuple[str, int]]) -> Table:
    """People by state, with the total as its last row."""
    columns = (Column("state", _("State")), Column("people", _("People"), number=True))
    total = (_("In all"), sum(count for _name, count in rows))
    return Table(key, caption, columns, (*rows, total))


def activities_table(results: Results, language: str) -> Table:
    """The actions of everyone who started, with how many they are."""
    columns = (
        Column("kind", _("Action")),
        Column("total", _("In all"), number=True),
        Column("people", _("People who started"), number=True),
        Column("a_person", _("A person"), number=True),
    )
    rows = tuple(
        (
            _(ACTIVITY_NAMES[kind]),
            made.total,
            made.per_person.denominator,
            mean(made.per_person, language),
        )
        for kind, made in results.activities.items()
    )
    return Table("activities", _("Actions of everyone who started"), columns, rows)


def _search(results: Results, language: str) -> Section:
    interviews = Figure(
        "interviews_per_action",
        _("Interviews per action"),
        percent(results.interviews_per_action.percents(1), 1, language),
        _("Interviews agreed over applications and contacts."),
    )
    tables = (activities_table(results, language),)
    return Section("search", _("Job search"), figures=(interviews,), tables=tables)


def feedback_table(results: Results, language: str) -> Table:
    """The means of the questions, each with how many answered it."""
    columns = (
        Column("question", _("Question")),
        Column("mean", _("Mean on a scale from 1 to 5"), number=True),
        Column("answers", _("Answers"), number=True),
    )
    rows = tuple(
        (_(QUESTION_NAMES[question]), mean(one, language), one.denominator)
        for question, one in results.feedback.means.items()
        if one.denominator
    )
    return Table("feedback", _("Feedback"), columns, rows)


def _feedback(results: Results, language: str) -> Section:
    feedback, replied = results.feedback, results.feedback.response_rate
    answered = Figure(
        "response_rate",
        _("Response rate"),
        share(replied, language),
        _(
            "Replies over those who were asked; a survey from a file counts everyone who "
            "started as asked."
        ),
        k=replied.numerator,
        n=replied.denominator,
    )
    if not feedback.is_shown or replied.numerator > replied.denominator:
        few = (_("Means are shown from five answers on."),)
        return Section("feedback", _("Feedback"), sentences=few)
    table = feedback_table(results, language)
    return Section("feedback", _("Feedback"), figures=(answered,), tables=(table,))


def _cost(results: Results, language: str) -> Section:
    cost = results.cost
    if not cost.total:
        nothing = _("Nothing had been booked by %(day)s.", day=date_text(results.as_of, language))
        return Section("cost", _("Cost"), (nothing,))
    booked = _(
        "Booked by %(day)s, and pay straight from the pay runs.",
        day=date_text(results.as_of, language),
    )
    figures = (
        Figure("cost", _("In all"), money(cost.total, language), booked),
        _shared(
            *("cost_per_person", _("A person who started"), cost.per_person, cost.people),
            *(_("The whole cost over everyone who started."), language),
        ),
        _shared(
            *("cost_per_placement", _("A person who found work")),
            *(cost.per_placement, cost.placements),
            *(_("The whole cost over those who found work."), language),
        ),
        Figure(
            "wage_share",
            _("Wages, bonuses and on-costs"),
            percent(cost.wage_share.percents(), None, language),
            _("Of the whole cost."),
        ),
    )
    return Section("cost", _("Cost"), figures=figures)


def _shared(
    key: str, label: str, amount: Money | None, among: int, means: str, language: str
) -> Figure:
    """An amount a head, with over how many it is; whoever knows the whole can reckon them."""
    n = _("n = %(n)s", n=number(among, language=language))
    return Figure(key, label, f"{money(amount, language)} ({n})", means, k=among)


def _esf(indicators: Indicators, language: str) -> Section:
    rows = tuple((_(one.name), one.code or "–", _(one.why)) for one in NOT_KNOWN)
    columns = (
        Column("indicator", _("Indicator")),
        Column("code", _("Code")),
        Column("why", _("Why it is not known")),
    )
    sentences = (
        _("Indicators of Regulation (EU) 2021/1057, annex I, on people, as far as they are known."),
        _(
            "Ask the funder who is a participant: by an older national guide, a person whose wage "
            "is paid from the project's money is not one."
        ),
        _(
            "A person who does not answer is not known, and is counted neither in work nor out "
            "of it."
        ),
    )
    total = Figure(
        "esf_participants",
        _("Participants in all"),
        number(indicators.participants, language=language),
        _("Everyone who started."),
        k=indicators.participants,
    )
    tables = (
        _at("esf_leaving", _("On leaving"), indicators.leaving),
        _at("esf_six_months", _("Six months after leaving"), indicators.six_months),
        Table("esf_not_known", _("Indicators that are not known"), columns, rows),
    )
    return Section("esf", _("ESF+ indicators"), sentences, (total,), tables)


def _at(key: str, caption: str, point: Point) -> Table:
    rows = [(_(name), point.counts[known]) for known, name in _KNOWN_NAMES.items()]
    return people_table(key, caption, rows)
