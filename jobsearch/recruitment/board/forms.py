"""The form of the board: which candidates to show."""

from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.recruitment.board.rules import UNKNOWN, Breakdown
from jobsearch.recruitment.forms import CHANNELS, EXITS, STAGES
from jobsearch.web.as_of import AsOfForm

_EVERYONE = SelectChoice("", _l("Everyone"))
_ALL = SelectChoice("", _l("All"))
BREAKDOWNS = [
    SelectChoice(Breakdown.MUNICIPALITY, _l("Municipality")),
    SelectChoice(Breakdown.COACH, _l("Municipal coach")),
    SelectChoice(Breakdown.CHANNEL, _l("How they came")),
    SelectChoice(Breakdown.MONTH, _l("Month")),
]


class FunnelForm(AsOfForm):
    """Which candidates to show; a GET, so that the page has a link."""

    programme = StringField()
    stage = SelectField(_l("Reached at least"), choices=[_EVERYONE, *STAGES], default="")
    here = SelectField(_l("At this stage now"), choices=[_EVERYONE, *STAGES], default="")
    exit = SelectField(_l("Left because"), choices=[_EVERYONE, *EXITS], default="")
    channel = SelectField(_l("How they came"), choices=[_ALL, *CHANNELS], default="")
    municipality = SelectField(_l("Municipality"), validate_choice=False, default="")
    coach = SelectField(_l("Municipal coach"), validate_choice=False, default="")
    month = SelectField(_l("Month of introduction"), validate_choice=False, default="")
    by = SelectField(choices=BREAKDOWNS, default=Breakdown.MUNICIPALITY.value)

    def breakdown(self) -> Breakdown:
        """By what the board is taken apart."""
        return Breakdown(self.by.data) if self.by.data in set(Breakdown) else Breakdown.MUNICIPALITY

    def offer(self, municipalities: list[str], coaches: list[str], months: list[str]) -> None:
        """Let choose among what occurs."""
        unknown = SelectChoice(UNKNOWN, _l("Not known"))
        for field, values in ((self.municipality, municipalities), (self.coach, coaches)):
            field.choices = [_ALL, *(SelectChoice(one, one) for one in values), unknown]
        self.month.choices = [_ALL, *(SelectChoice(one, _month(one)) for one in months)]

    def kept(self) -> dict[str, str]:
        """What narrows the rows, for links that keep it."""
        names = ("stage", "here", "exit", "channel", "municipality", "coach", "month")
        chosen = {name: str(self[name].data or "") for name in names}
        return {name: value for name, value in chosen.items() if value}

    def query(self, programme_id: str) -> str:
        """The list as it is narrowed, for a deed that comes back to it."""
        return urlencode({"programme": programme_id, "by": str(self.by.data), **self.kept()})


def _month(text: str) -> str:
    year, _dash, month = text.partition("-")
    return f"{int(month)}/{year}"
