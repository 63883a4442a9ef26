"""The form of one's own choices of messages."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget

from jobsearch.desk.messages.rules import Reach, mask
from jobsearch.notices.preferences.rules import Choices, Quiet
from jobsearch.notices.rules import Channel
from jobsearch.web.forms import Form

_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}
_CHANNELS = {Channel.EMAIL: _l("E-mail"), Channel.SMS: _l("Text message")}
_HOURS = [SelectChoice(str(hour), f"{hour}.00") for hour in range(24)]


class ChoicesForm(Form):
    """How somebody wants to be reached, and which optional messages she wants."""

    channel = RadioField(_l("Messages come by"))
    language = SelectField(
        _l("Language of the messages"),
        choices=[SelectChoice(code, name) for code, name in _NAMES.items()],
    )
    quiet_from = SelectField(_l("No messages from"), choices=_HOURS)
    quiet_to = SelectField(_l("Until"), choices=_HOURS)
    wanted = SelectMultipleField(
        _l("Messages that you can leave out"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, reach: Reach, *, masked: bool = False) -> "ChoicesForm":
        """Offer what this person has, and show what she chose until she sends something.

        Her addresses are masked for whoever comes by a link: it may have been passed on.
        """
        self.channel.choices = [
            SelectChoice(
                one.channel.value,
                f"{_CHANNELS[one.channel]}: {mask(one.text) if masked else one.text}",
            )
            for one in reach.addresses
        ]
        self.wanted.choices = [SelectChoice(kind.key, _(kind.name)) for kind in reach.optional]
        if not self.is_submitted():
            chosen = reach.choices
            self.channel.data = reach.channel.value
            self.language.data = chosen.language or reach.language
            self.quiet_from.data = str(chosen.quiet.from_minute // 60)
            self.quiet_to.data = str(chosen.quiet.to_minute // 60 % 24)
            self.wanted.data = [k.key for k in reach.optional if k.key not in chosen.declined]
        if not reach.addresses:
            del self.channel
        if not reach.optional:
            del self.wanted
        return self

    def choices(self, reach: Reach) -> Choices:
        """What was chosen."""
        picked = "channel" in self and self.channel.data
        wanted = set(self.wanted.data or []) if "wanted" in self else set()
        return Choices(
            channel=Channel(self.channel.data) if picked else None,
            language=self.language.data,
            quiet=Quiet(int(self.quiet_from.data or 0) * 60, int(self.quiet_to.data or 0) * 60),
            declined=frozenset(kind.key for kind in reach.optional) - wanted,
        )
