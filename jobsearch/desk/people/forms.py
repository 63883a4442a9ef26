"""Forms of people: find one, correct one, choose how others see oneself."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, Length, Optional

from jobsearch.people.rules import BoardName, Details
from jobsearch.web.fields import IbanField, IdentityCodeField, PhoneField, Required
from jobsearch.web.forms import Form

_CHOICES = [
    SelectChoice(BoardName.FIRST.value, _l("By my first name")),
    SelectChoice(BoardName.FULL.value, _l("By my full name")),
    SelectChoice(BoardName.TOTALS.value, _l("Only as part of the group's totals")),
]


class SearchForm(Form):
    """Find a person by name; a GET form, so that a search has a link."""

    class Meta(Form.Meta):
        """A GET changes nothing and carries no token."""

        csrf = False

    q = StringField(_l("Name"), validators=[Length(max=80)])


class PersonForm(Form):
    """What is kept of a person. The codes are written in, never shown."""

    version = HiddenField()
    given_name = StringField(
        _l("Given name"),
        validators=[Required(_l("Enter the given name.")), Length(max=80)],
    )
    family_name = StringField(
        _l("Family name"),
        validators=[Required(_l("Enter the family name.")), Length(max=80)],
    )
    phone = PhoneField(_l("Phone"), description=_l("For example 040 123 4567"))
    email = EmailField(
        _l("E-mail"),
        validators=[
            Optional(),
            Length(max=254),
            Email(_l("Enter an e-mail address, for example name@example.org.")),
        ],
    )
    municipality = StringField(_l("Municipality"), validators=[Length(max=60)])
    language = SelectField(
        _l("Language"),
        choices=[
            SelectChoice("fi", "suomi"),
            SelectChoice("sv", "svenska"),
            SelectChoice("en", "English"),
        ],
    )
    identity_code = IdentityCodeField(_l("Identity code"))
    bank_account = IbanField(_l("Bank account"))
    board_name = RadioField(
        _l("How the group sees the person"),
        choices=[
            SelectChoice(BoardName.FIRST.value, _l("By first name")),
            SelectChoice(BoardName.FULL.value, _l("By full name")),
            SelectChoice(BoardName.TOTALS.value, _l("Only as part of the group's totals")),
        ],
    )

    def seen(self) -> int | None:
        """The version of the person that was on the page."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

    def details(self) -> Details:
        """What was written, beside the codes."""
        choice = self.board_name.data
        return Details(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            phone=self.phone.data or None,
            email=(self.email.data or "").lower() or None,
            municipality=self.municipality.data or None,
            language=self.language.data or "fi",
            board_name=BoardName(choice) if choice in list(BoardName) else BoardName.FIRST,
        )


class BoardNameForm(Form):
    """A participant's own choice."""

    board_name = RadioField(_l("How do the others see you?"), choices=_CHOICES)

    def chosen(self) -> BoardName:
        """The choice, after it was validated."""
        return BoardName(self.board_name.data or "")
