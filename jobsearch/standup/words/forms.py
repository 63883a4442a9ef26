"""Forms of what is said in the meetings."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.standup.words.rules import NEWS_NAMES, WAY_NAMES, News, Plan
from jobsearch.tracker.rules import LOOKS, SEARCH_ACTIVITIES, Activity
from jobsearch.web.fields import ClockField, IntegerField
from jobsearch.web.forms import Form

_GOALS = {activity: f"goal_{activity}" for activity in SEARCH_ACTIVITIES}


class _Goals(Form):
    """A number for each activity that has goals."""


for _activity, _name in _GOALS.items():
    setattr(_Goals, _name, IntegerField(_l(LOOKS[_activity].plural)))


class PlanForm(_Goals):
    """The goals of the day, and when, how and where it begins."""

    at = ClockField(_l("At what time?"), description=_l("For example 10.15."))
    way = RadioField(
        _l("What do you do?"),
        choices=[SelectChoice(way.value, _l(name)) for way, name in WAY_NAMES.items()],
        validate_choice=False,
    )
    employer = StringField(
        _l("Which employer first?"), description=_l("For example Rannikon Leipomo.")
    )

    @classmethod
    def of(cls, goals: Mapping[Activity, int], plan: Plan | None) -> "PlanForm":
        """The form with what has been planned."""
        shown: dict[str, Any] = {name: goals.get(kind, 0) for kind, name in _GOALS.items()}
        if plan is not None:
            shown |= {"at": plan.minute, "way": plan.way.value, "employer": plan.employer}
        return cls(formdata=None, **shown)

    @property
    def goals(self) -> list[Any]:
        """The fields of the goals, in their order."""
        return [self[name] for name in _GOALS.values()]

    def wanted(self) -> tuple[dict[Activity, int], str, str, int | None]:
        """Goals by activity, employer, way, and minute of the day."""
        goals = {kind: self[name].data or 0 for kind, name in _GOALS.items()}
        at: Any = self.at.data
        return goals, self.employer.data or "", self.way.data or "", at


class DebriefForm(Form):
    """What was learned, and what comes next."""

    learned = TextAreaField(
        _l("What did you learn today?"),
        description=_l("For example: short calls before ten o'clock work best."),
    )
    next_step = StringField(
        _l("What do you do next?"),
        description=_l("For example: I call Satakunnan Huolto again on Thursday."),
    )
    about_work = BooleanField(_l("It is about a workplace or a job, not about anybody's health."))

    def wanted(self) -> tuple[str, str]:
        """What was learned and what comes next."""
        return self.learned.data or "", self.next_step.data or ""


class NewsForm(Form):
    """Good news for the group."""

    news = RadioField(
        _l("What is celebrated?"),
        choices=[SelectChoice(news.value, _l(name)) for news, name in NEWS_NAMES.items()],
        validators=[InputRequired(_l("Choose what is celebrated."))],
    )
    words = StringField(
        _l("A few words about it"),
        description=_l("For example: warehouse worker, begins on 30 November."),
    )

    def wanted(self) -> tuple[News, str]:
        """What is celebrated, and the words."""
        return News(self.news.data), self.words.data or ""
