"""Forms of an organisation's sign-in provider."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from jobsearch.accounts.oidc.rules import SecondFactor
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class ProviderForm(Form):
    """What a manager knows of her organisation's sign-in."""

    name = StringField(
        _l("Name"),
        description=_l("What your staff call it, for example Firma account."),
        validators=[Required(_l("Enter a name.")), Length(max=60)],
    )
    issuer = StringField(
        _l("Issuer"),
        description=_l("The address of the provider, beginning with https://."),
        validators=[Required(_l("Enter the issuer.")), Length(max=300)],
    )
    client_id = StringField(
        _l("Client ID"), validators=[Required(_l("Enter the client ID.")), Length(max=200)]
    )
    client_secret = PasswordField(
        _l("Client secret"),
        validators=[Length(max=300)],
    )
    domains = StringField(
        _l("Domains of work e-mail"),
        description=_l("The provider speaks only for addresses of these, for example firma.fi."),
        validators=[
            Required(
                _l("Enter the domains of your staff's e-mail addresses, for example firma.fi.")
            ),
            Length(max=1000),
        ],
    )
    required_acr = StringField(
        _l("Level of sign-in to ask for (acr)"),
        description=_l("Leave it empty unless your provider has told you one."),
        validators=[Optional(), Length(max=200)],
    )
    second_factor = RadioField(
        _l("Second factor"),
        choices=[
            SelectChoice(
                SecondFactor.CLAIMED.value,
                _l("The provider says each time whether it asked one; else we ask ours"),
            ),
            SelectChoice(
                SecondFactor.ALWAYS.value, _l("Our organisation's sign-in always asks one")
            ),
        ],
        default=SecondFactor.CLAIMED.value,
    )


class RequireForm(Form):
    """Who can still come in by password when the provider does not answer."""

    break_glass_id = SelectField(
        _l("Manager who keeps her password for emergencies"),
        validators=[Required(_l("Choose a manager."))],
    )


class VersionForm(Form):
    """One deed on the provider as it was read."""

    version = HiddenField()
