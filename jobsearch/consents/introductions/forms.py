"""Forms of introductions: the permission, the text, the comment."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from jobsearch.web.fields import IntegerField
from jobsearch.web.forms import Form


class PermitForm(Form):
    """For how many months, and the digest of the words that lay before her."""

    months = IntegerField(widget=HiddenInput())
    seen = HiddenField(validators=[Length(max=64)])


class IntroductionForm(Form):
    """What the municipal coach writes, and the version that she opened."""

    text = TextAreaField(
        _l("The introduction"),
        description=_l(
            "Work experience, skills, goals and what helps. Nothing about health. The job seeker"
            " reads this too, at the same moment as the coach."
        ),
    )
    version = IntegerField(widget=HiddenInput())

    def fill(self, text: str | None, version: int) -> None:
        """Lay what stands there into the form, with its version."""
        self.process(data={"text": text, "version": version})


class CommentForm(Form):
    """What the participant says of it."""

    text = TextAreaField(
        _l("My comment"),
        description=_l("Your coach reads it beside the introduction. You may leave it out."),
    )


class EmptyForm(Form):
    """A deed without values: only its token."""
