"""The table of results: what is counted, what it is divided by, and how other programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jobsearch.core.money import Money
from jobsearch.core.ratios import SHARE_DECIMALS, Rate95, Ratio
from jobsearch.costs.rules import Cost
from jobsearch.feedback.rules import FEWEST_SHOWN

ACTIVITIES = ("advertised_application", "employer_contact", "agency_application", "interview")
INTERVIEW = "interview"
QUESTIONS = ("coaching_content", "assignments", "individual_support", "overall")


@dataclass(frozen=True, slots=True)
class People:
    """How many came how far, with the coded reasons of those who left on the way.

    `exits_after_signing` is the part of `exits` that had signed.
    """

    introduced: int = 0
    signed: int = 0
    started: int = 0
    person_days: int = 0
    exits: Mapping[str, int] = field(default_factory=dict)
    exits_after_signing: Mapping[str, int] = field(default_factory=dict)

    @property
    def exits_before_signing(self) -> Mapping[str, int]:
        """Those who left before they had signed, by reason, the most frequent first."""
        left = {r: n - self.exits_after_signing.get(r, 0) for r, n in self.exits.items()}
        return {r: n for r, n in sorted(left.items(), key=lambda one: (-one[1], one[0])) if n}

    @property
    def did_not_come(self) -> int:
        """Invited to an info session and not seen there."""
        return self.exits.get("did_not_come", 0)

    @property
    def not_reached(self) -> int:
        """Introduced and never reached."""
        return self.exits.get("not_reached", 0)

    def to_json_dict(self) -> dict[str, object]:
        """The counts that the results command prints."""
        return {
            "introduced": self.introduced,
            "did_not_come": self.did_not_come,
            "not_reached": self.not_reached,
            "signed": self.signed,
            "started": self.started,
            "person_days": self.person_days,
        }


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How many actions of one kind there were, and how many people made any."""

    total: int = 0
    active_people: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """One kind of action: its total, over everyone who started, and over those who made any."""

    total: int
    per_person: Ratio
    per_active_person: Ratio

    def to_json_dict(self) -> dict[str, object]:
        """Total and both averages."""
        return {
            "total": self.total,
            "per_person": self.per_person.to_json_dict(),
            "per_active_person": self.per_active_person.to_json_dict(),
        }


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """Of everyone who started: found work, still inside the window, closed without an answer.

    `closed` counts the people whose follow-up window has closed, `closed_found` those of them who
    found work.
    """

    found: int = 0
    follow_up_open: int = 0
    unknown: int = 0
    closed: int = 0
    closed_found: int = 0


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The rates of outcome: n is everyone who started, open and unknown people stay in n."""

    found_work: Rate95
    follow_up_open: int
    unknown: int
    closed_follow_up: Rate95

    @property
    def open(self) -> int:
        """People whose outcome is not known on the day: the range runs over them."""
        return self.follow_up_open + self.unknown

    @property
    def low(self) -> Ratio:
        """None of the open ones finds work."""
        return self.found_work.ratio

    @property
    def high(self) -> Ratio:
        """All of the open ones find work."""
        low = self.low
        return Ratio(low.numerator + self.open, low.denominator, low.decimals)

    def to_json_dict(self) -> dict[str, object]:
        """The rates with their interval and range."""
        return {
            "found_work": self.found_work.to_json_dict(),
            "open": self.open,
            "range": {"low": self.low.to_json_dict(), "high": self.high.to_json_dict()},
            "closed_follow_up": self.closed_follow_up.to_json_dict(),
        }


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How many answered, and for each question the sum of the scores and how many gave one.

    `invited` are those whom surveys asked; each of the `of_files` surveys, of which that is not
    known, asked everyone who started.
    """

    respondents: int = 0
    sums: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    invited: int = 0
    of_files: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """Means of the 1-5 questions over those who answered, and how many of those asked did."""

    response_rate: Ratio
    means: Mapping[str, Ratio]

    @property
    def respondents(self) -> int:
        """How many answered."""
        return self.response_rate.numerator

    @property
    def is_shown(self) -> bool:
        """Whether the means hide who said what: from five answers on."""
        return self.respondents >= FEWEST_SHOWN

    def to_json_dict(self) -> dict[str, object]:
        """Respondents, response rate and the mean of each question."""
        head: dict[str, object] = {
            "respondents": self.respondents,
            "response_rate": self.response_rate.to_json_dict(),
        }
        return head | {question: mean.to_json_dict() for question, mean in self.means.items()}


@dataclass(frozen=True, slots=True)
class CostCount:
    """What the programme cost in all, and the part of it that is wages, bonuses and on-costs."""

    total: Money = field(default_factory=Money.zero)
    wages: Money = field(default_factory=Money.zero)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the database counted for a programme up to a day; nothing in it is divided yet."""

    people: People
    activities: Mapping[str, ActivityCount]
    outcomes: OutcomeCount
    feedback: FeedbackCount
    cost: CostCount


@dataclass(frozen=True, slots=True)
class Results:
    """Every figure of a programme on a day, each with its denominator."""

    programme: str
    as_of: date
    people: People
    activities: Mapping[str, Activity]
    interviews_per_action: Ratio
    outcomes: Outcomes
    feedback: Feedback
    cost: Cost

    def of_own_groups(self) -> dict[str, object]:
        """What is a coach's own of it: without recruitment, feedback and cost of the programme."""
        told = self.to_json_dict()
        people = {"started": self.people.started, "person_days": self.people.person_days}
        return {name: told[name] for name in told if name not in ("feedback", "cost")} | {
            "people": people,
            "of": "own_groups",
        }

    def to_json_dict(self) -> dict[str, object]:
        """The structure that `flask reports results --json` prints, key by key."""
        return {
            "programme": self.programme,
            "as_of": self.as_of.isoformat(),
            "people": self.people.to_json_dict(),
            "activities": {kind: made.to_json_dict() for kind, made in self.activities.items()},
            "interviews_per_action": self.interviews_per_action.to_json_dict(),
            "outcomes": self.outcomes.to_json_dict(),
            "feedback": self.feedback.to_json_dict(),
            "cost": self.cost.to_json_dict(),
        }


def compose(programme: str, as_of: date, counts: Counts) -> Results:
    """The table of results from the counts of one programme on one day.

    Interviews are set against the actions that could lead to one: the other three kinds.
    """
    started = counts.people.started
    made = {kind: counts.activities.get(kind, ActivityCount()) for kind in ACTIVITIES}
    tries = sum(count.total for kind, count in made.items() if kind != INTERVIEW)
    found = counts.outcomes.found
    return Results(
        programme=programme,
        as_of=as_of,
        people=counts.people,
        activities=divide(made, started),
        interviews_per_action=Ratio(made[INTERVIEW].total, tries, SHARE_DECIMALS),
        outcomes=outcomes_of(counts.outcomes, started),
        feedback=_feedback(counts.feedback, started),
        cost=Cost(counts.cost.total, counts.cost.wages, started, found),
    )


def divide(counts: Mapping[str, ActivityCount], started: int) -> dict[str, Activity]:
    """Each kind's total over everyone who started and over those who made any."""
    found: dict[str, Activity] = {}
    for kind in ACTIVITIES:
        count = counts.get(kind, ActivityCount())
        over_makers = Ratio(count.total, count.active_people)
        found[kind] = Activity(count.total, Ratio(count.total, started), over_makers)
    return found


def outcomes_of(count: OutcomeCount, started: int) -> Outcomes:
    """The rates of so many counts over everyone who started."""
    return Outcomes(
        found_work=Rate95.of(count.found, started),
        follow_up_open=count.follow_up_open,
        unknown=count.unknown,
        closed_follow_up=Rate95.of(count.closed_found, count.closed),
    )


def _feedback(count: FeedbackCount, started: int) -> Feedback:
    sums = count.sums if count.respondents >= FEWEST_SHOWN else {}
    return Feedback(
        response_rate=Ratio(count.respondents, count.invited + count.of_files * started),
        means={question: Ratio(*sums.get(question, (0, 0))) for question in QUESTIONS},
    )
