"""Forms of correcting: what is so instead, and why."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.tracker.forms import ActionForm
from jobsearch.tracker.rules import LOOKS, SEARCH_ACTIVITIES, ActionSource, Activity
from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form

_GOALS = {activity: f"goal_{activity}" for activity in SEARCH_ACTIVITIES}
OTHERWISE, MISTAKE = "otherwise", "mistake"


class _ReasonForm(Form):
    """Why something is corrected."""

    reason = StringField(
        _l("Why is it corrected?"),
        description=_l(
            "At most 200 characters. The job seeker reads it in the history of the entry."
        ),
    )
    about_work = BooleanField(_l("It is about a workplace or a job, not about anybody's health."))

    def why(self) -> dict[str, Any]:
        """The reason, as the use cases take it."""
        return {"text": self.reason.data or "", "about_work": bool(self.about_work.data)}


class LateActionForm(ActionForm, _ReasonForm):
    """An action that is added to a locked day."""

    def facts(self) -> dict[str, Any]:
        """What was done, as the use cases take it."""
        return {
            "activity": Activity(self.activity.data),
            "on": self.on.data,
            "employer_id": self.employer_id.data or None,
            "employer_name": self.employer_name.data or None,
            "role_title": self.role_title.data or None,
        }


class CorrectionForm(LateActionForm):
    """An action as it should have been, or the word that there was none."""

    what = RadioField(
        _l("What is wrong?"),
        choices=[
            SelectChoice(OTHERWISE, _l("Something in it: I correct it below")),
            SelectChoice(MISTAKE, _l("All of it: it was a mistake and counts no more")),
        ],
        default=OTHERWISE,
        validators=[InputRequired(_l("Choose what is wrong."))],
    )
    count = IntegerField(_l("How many"), validators=[Required(_l("Write how many there were."))])

    def of_source(self, source: ActionSource) -> "CorrectionForm":
        """Ask for a number only where a figure of a file stands for several actions."""
        if source is not ActionSource.IMPORTED:
            del self.count
        return self

    def facts(self) -> dict[str, Any]:
        """What is so instead."""
        count: Any = self.count.data if "count" in self else 1
        return super().facts() | {"count": count}

    @property
    def is_mistake(self) -> bool:
        """Whether nothing of it was done."""
        return bool(self.what.data == MISTAKE)


class _Goals(_ReasonForm):
    """A number for each activity that has goals."""


for _activity, _name in _GOALS.items():
    setattr(
        _Goals,
        _name,
        IntegerField(
            _l(LOOKS[_activity].plural), validators=[Required(_l("Write a number, 0 for none."))]
        ),
    )


class GoalsForm(_Goals):
    """The goals of one day as they should have been."""

    @classmethod
    def of(cls, targets: Mapping[Activity, int]) -> "GoalsForm":
        """The form with what stands there."""
        shown: dict[str, Any] = {name: targets[kind] for kind, name in _GOALS.items()}
        return cls(**shown)

    @property
    def goals(self) -> list[Any]:
        """The fields of the goals, in their order."""
        return [self[name] for name in _GOALS.values()]

    def targets(self) -> dict[Activity, int]:
        """Goals by activity."""
        return {kind: self[name].data or 0 for kind, name in _GOALS.items()}
