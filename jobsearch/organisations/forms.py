"""Forms of organisations."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.organisations.rules import ZONES, OrganisationDetails, OrganisationKind
from jobsearch.web.fields import (
    BusinessIdField,
    EmailAddressField,
    LanguageField,
    PhoneField,
    Required,
)
from jobsearch.web.forms import Form


class DetailsForm(Form):
    """What an organisation says of itself."""

    version = HiddenField()
    name = StringField(
        _l("Name of the organisation"),
        description=_l("As it stands in contracts and reports."),
        validators=[Required(_l("Enter the name.")), Length(max=120)],
    )
    service_name = StringField(
        _l("Name of the service"),
        description=_l("Shown on top of every page and in messages."),
        validators=[Required(_l("Enter the name of the service.")), Length(max=60)],
    )
    business_id = BusinessIdField(_l("Business id"), description=_l("For example 1234567-1"))
    street = StringField(_l("Street address"), validators=[Length(max=120)])
    postal_code = StringField(_l("Postal code"), validators=[Length(max=10)])
    city = StringField(_l("Town"), validators=[Length(max=60)])
    phone = PhoneField(
        _l("Phone"), description=_l("Participants call it when they can't get in or come.")
    )
    email = EmailAddressField(_l("E-mail"))
    language = LanguageField(
        _l("Language at first"), description=_l("Of people whose own language is not known yet.")
    )
    zone = SelectField(_l("Time zone"), choices=[SelectChoice(zone, zone) for zone in ZONES])
    privacy_name = StringField(
        _l("Contact person for privacy"),
        description=_l("Whom people ask about their own data. Shown to everyone who signs in."),
        validators=[Length(max=120)],
    )
    privacy_email = EmailAddressField(_l("E-mail of the contact person"))
    privacy_phone = PhoneField(_l("Phone of the contact person"))

    def seen(self) -> int | None:
        """The version of the organisation that was on the page."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

    def details(self) -> OrganisationDetails:
        """What was written."""
        return OrganisationDetails(
            name=self.name.data or "",
            service_name=self.service_name.data or "",
            business_id=self.business_id.data,
            street=self.street.data or None,
            postal_code=self.postal_code.data or None,
            city=self.city.data or None,
            phone=self.phone.data,
            email=self.email.data,
            zone=self.zone.data or "",
            language=self.language.data or "",
            privacy_name=self.privacy_name.data or None,
            privacy_email=self.privacy_email.data,
            privacy_phone=self.privacy_phone.data,
        )


class FoundingForm(Form):
    """A new organisation of the installation."""

    kind = RadioField(
        _l("What is it?"),
        choices=[
            SelectChoice(OrganisationKind.PROVIDER.value, _l("A provider: runs the programme")),
            SelectChoice(
                OrganisationKind.MUNICIPALITY.value,
                _l("A municipality or employment area: refers people"),
            ),
        ],
        validators=[Required(_l("Choose what it is."))],
    )
    name = StringField(
        _l("Name of the organisation"),
        validators=[Required(_l("Enter the name.")), Length(max=120)],
    )
    business_id = BusinessIdField(_l("Business id"), description=_l("For example 1234567-1"))
