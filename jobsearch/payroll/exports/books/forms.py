"""Form of the accounts that pay is booked on."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from jobsearch.payroll.exports.books.rules import POST_NAMES, Post
from jobsearch.web.forms import Form


class AccountsForm(Form):
    """A number of the employer's own chart of accounts for each post."""

    @classmethod
    def of(cls, numbers: Mapping[Post, str]) -> "AccountsForm":
        """The form with what is kept."""
        shown: dict[str, Any] = {post.value: number for post, number in numbers.items()}
        return cls(formdata=None, **shown)

    def wanted(self) -> dict[Post, str]:
        """The numbers by post."""
        return {post: self[post.value].data or "" for post in Post}


for _post, _name in POST_NAMES.items():
    setattr(
        AccountsForm,
        _post.value,
        StringField(_l(_name), validators=[Length(max=20, message=_l("At most 20 characters."))]),
    )
