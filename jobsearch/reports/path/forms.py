"""The form of the way from introduction to work: the day, and by what it is taken apart."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.reports.path.rules import By
from jobsearch.web.as_of import AsOfForm

_CHOICES = [
    SelectChoice(By.MUNICIPALITY, _l("Municipality")),
    SelectChoice(By.MONTH, _l("Month of introduction")),
    SelectChoice(By.CHANNEL, _l("How they came")),
]


class PathForm(AsOfForm):
    """Which day, and by what."""

    by = SelectField(
        _l("Taken apart by"),
        choices=_CHOICES,
        default=By.MUNICIPALITY.value,
        validate_choice=False,
    )

    def chosen(self) -> By:
        """By what the way is taken apart; by municipality when nothing else is asked."""
        return By(self.by.data) if self.by.data in set(By) else By.MUNICIPALITY
