"""Forms of people: find one, correct one, say how oneself is reached."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.people.rules import BoardName, Details
from jobsearch.web.fields import (
    EmailAddressField,
    IbanField,
    IdentityCodeField,
    LanguageField,
    PhoneField,
    Required,
)
from jobsearch.web.forms import Form


def read_version(text: str | None) -> int | None:
    """The version that a form carries, None where it is no number."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


class SearchForm(Form):
    """Find a person; sent as a form, as an address would keep the name."""

    q = StringField(_l("Name, phone or e-mail"), validators=[Length(max=80)])


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
    email = EmailAddressField(_l("E-mail"))
    municipality = StringField(_l("Municipality"), validators=[Length(max=60)])
    language = LanguageField(_l("Language"))
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
        return read_version(self.version.data)

    def details(self) -> Details:
        """What was written, beside the codes."""
        choice = self.board_name.data
        return Details(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            phone=self.phone.data or None,
            email=self.email.data,
            municipality=self.municipality.data or None,
            language=self.language.data or "fi",
            board_name=BoardName(choice) if choice in list(BoardName) else BoardName.FIRST,
        )


class OwnContactForm(Form):
    """How a participant is reached, by herself."""

    version = HiddenField()
    phone = PhoneField(_l("Phone"), description=_l("For example 040 123 4567"))
    email = EmailAddressField(_l("E-mail"))
    municipality = StringField(_l("Municipality"), validators=[Length(max=60)])
    language = LanguageField(_l("Language"))

    def seen(self) -> int | None:
        """The version of the person that was on the page."""
        return read_version(self.version.data)

    def details(self) -> Details:
        """What was written; a name is nobody's to change here."""
        return Details(
            given_name="",
            family_name="",
            phone=self.phone.data or None,
            email=self.email.data,
            municipality=self.municipality.data or None,
            language=self.language.data or "fi",
        )
