"""Forms of goals: a programme's ramp, and one number of a day."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from jobsearch.tracker.goals.rules import MOST_WEEKS, Ramp
from jobsearch.tracker.rules import LOOKS, MOST_A_DAY, SEARCH_ACTIVITIES, Activity
from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form


def _name(week: int, activity: Activity) -> str:
    return f"week{week}_{activity}"


class RampForm(Form):
    """A number a day for each week and activity; a ramp has as many weeks as its programme."""

    @classmethod
    def of(cls, ramp: Ramp) -> "RampForm":
        """The form with what holds now."""
        shown: Any = {
            _name(week, activity): target
            for week, targets in ramp.items()
            for activity, target in targets.items()
        }
        return cls(formdata=None, **shown).of_weeks(len(ramp))

    def of_weeks(self, weeks: int) -> "RampForm":
        """The form of a programme with so many weeks."""
        for week in range(weeks + 1, MOST_WEEKS + 1):
            for activity in SEARCH_ACTIVITIES:
                del self[_name(week, activity)]
        return self

    def weeks(self) -> Mapping[int, list[Any]]:
        """The fields of each week."""
        return {
            week: [self[_name(week, activity)] for activity in SEARCH_ACTIVITIES]
            for week in range(1, MOST_WEEKS + 1)
            if _name(week, SEARCH_ACTIVITIES[0]) in self
        }

    def wanted(self) -> dict[int, dict[Activity, int]]:
        """The ramp as it was written."""
        return {
            week: {
                activity: field.data or 0
                for activity, field in zip(SEARCH_ACTIVITIES, fields, strict=True)
            }
            for week, fields in self.weeks().items()
        }


for _week in range(1, MOST_WEEKS + 1):
    for _activity in SEARCH_ACTIVITIES:
        _field = IntegerField(
            _l(LOOKS[_activity].plural), validators=[Required(_l("Write a number, or 0."))]
        )
        setattr(RampForm, _name(_week, _activity), _field)


class GoalForm(Form):
    """One goal of one day."""

    count = IntegerField(_l("Goal"), validators=[InputRequired()])

    @property
    def target(self) -> int:
        """The number asked for, within what a goal may be."""
        number: Any = self.count.data
        return min(number or 0, MOST_A_DAY + 1)
