"""The form of the provider's own decision."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from jobsearch.privacy.impact.rules import (
    LONGEST_CONSULTED,
    LONGEST_NAME,
    LONGEST_WORDS,
    Review,
)
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form

_LIKE = _l("For example 24.11.2026")
_TOO_LONG = _l("This is too long: at most %(max)d letters.")


class ReviewForm(Form):
    """When it was looked at, who was asked, what was decided, and who signs."""

    reviewed_on = DateField(
        _l("Day of the review"), description=_LIKE, validators=[Required(_l("Enter the day."))]
    )
    consulted = TextAreaField(
        _l("Who was asked"),
        description=_l("The data protection officer, job seekers, staff, the municipality."),
        validators=[
            Required(_l("Say who was asked, or that nobody was.")),
            Length(max=LONGEST_CONSULTED, message=_TOO_LONG),
        ],
    )
    words = TextAreaField(
        _l("What you decided"),
        description=_l("For example: which risks you accept, and what you do more."),
        validators=[
            Required(_l("Say what you decided.")),
            Length(max=LONGEST_WORDS, message=_TOO_LONG),
        ],
        render_kw={"rows": 6},
    )
    signed_by = StringField(
        _l("Name and task of who answers for it"),
        validators=[
            Required(_l("Enter a name.")),
            Length(max=LONGEST_NAME, message=_TOO_LONG),
        ],
    )
    next_review_on = DateField(
        _l("Next review"),
        description=_l("At most three years away; sooner when something changes."),
        validators=[Required(_l("Enter the day."))],
    )

    def review(self) -> Review:
        """What was filled in; only of a form that is valid."""
        first, following = self.reviewed_on.day, self.next_review_on.day
        assert first is not None, "the form was validated"
        assert following is not None, "the form was validated"
        texts = (self.signed_by.data or "", self.consulted.data or "", self.words.data or "")
        return Review(first, following, *texts)
