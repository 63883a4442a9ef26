"""Forms of helping: ask for help, share a tip, say a kind word, and the coach's pairs."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.tracker.helping.rules import PRAISE, PraiseWords
from jobsearch.web.forms import Form

_PAIR = "pair_"


class CallForm(Form):
    """What somebody needs help with."""

    words = TextAreaField(
        _l("What do you need help with?"),
        description=_l("For example: how do I begin a call to a kitchen?"),
    )
    about_work = BooleanField(_l("It is about a workplace or a job, not about anybody's health."))

    def wanted(self) -> str:
        """The words."""
        return self.words.data or ""


class TipForm(Form):
    """Work that somebody heard of."""

    company = StringField(
        _l("Which company is hiring?"), description=_l("For example Rannikon Leipomo.")
    )
    role_title = StringField(_l("For what job?"))
    known = StringField(
        _l("What else do you know?"),
        description=_l("For example: they need people at weekends. Leave out names of people."),
    )
    about_work = BooleanField(_l("It is about a workplace or a job, not about anybody's health."))

    def wanted(self) -> tuple[str, str, str]:
        """Company, job and words."""
        return self.company.data or "", self.role_title.data or "", self.known.data or ""


class PraiseForm(Form):
    """A kind word to one person of the group."""

    to = RadioField(_l("To whom?"), choices=[], validators=[InputRequired(_l("Choose a person."))])
    kind = RadioField(
        _l("What do you say?"),
        choices=[SelectChoice(words.value, _l(text)) for words, text in PRAISE.items()],
        validators=[InputRequired(_l("Choose what you say."))],
    )

    def offer(self, people: Sequence[tuple[str, str]]) -> "PraiseForm":
        """The form with the people to choose from: (enrolment, name)."""
        self.to.choices = [SelectChoice(key, name) for key, name in people]
        return self

    def wanted(self) -> tuple[str, PraiseWords]:
        """To whom, and what."""
        return str(self.to.data), PraiseWords(self.kind.data)


class PairsForm(Form):
    """A pair's number for each person of a group; made anew for each group."""

    @classmethod
    def of(cls, people: Sequence[tuple[str, str, int | None]], *, sent: bool) -> "PairsForm":
        """The form of these people: (enrolment, name, pair). `sent`: with what was typed."""
        numbers = [SelectChoice("", _l("No pair"))]
        numbers += [
            SelectChoice(str(one), _l("Pair %(number)d", number=one))
            for one in range(1, len(people) // 2 + 1)
        ]
        fields = {
            _PAIR + key: SelectField(name, choices=numbers, default=str(pair or ""))
            for key, name, pair in people
        }
        made = type("PairsForm", (cls,), fields)
        form: PairsForm = made() if sent else made(formdata=None)
        return form

    def wanted(self) -> dict[str, int]:
        """The number of each one's pair, by enrolment; without a pair somebody is not in it."""
        return {
            field.name.removeprefix(_PAIR): int(field.data)
            for field in self
            if field.name.startswith(_PAIR) and field.data
        }

    def lines(self) -> list[SelectField]:
        """The fields of the people, in their order."""
        return [field for field in self if field.name.startswith(_PAIR)]
