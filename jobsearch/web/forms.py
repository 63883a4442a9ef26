"""The base of every form: clean input, and rules that answer on their field."""

from collections.abc import Callable
from contextlib import closing
from typing import Any, Self

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import clean
from jobsearch.web.words import say_rule

_FILE_FIELDS = frozenset({"FileField", "MultipleFileField"})


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose texts are trimmed, in NFC and free of control characters.

    `result` is what the attempted use case returned.
    """

    result: Any = None

    class Meta(FlaskForm.Meta):
        """Every field cleans its text before its own filters."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Put the cleaning first."""
            given = unbound_field.kwargs.get("filters", ())
            if unbound_field.field_class.__name__ not in _FILE_FIELDS:
                unbound_field.kwargs["filters"] = (
                    _cleaned,
                    *(f for f in given if f is not _cleaned),
                )
            bound: Field = unbound_field.bind(form=form, **options)
            return bound

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent: texts for fields of text, files for fields of files, JSON for none."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if request.method != "POST":
                return None
            kinds = ((n, field.field_class.__name__) for n, field in form._unbound_fields)
            wanted = {form._prefix + name for name, kind in kinds if kind in _FILE_FIELDS}
            sent = request.files.items(multi=True) if wanted else ()
            files = MultiDict((name, file) for name, file in sent if name in wanted)
            return CombinedMultiDict((files, request.form)) if files else request.form

    def attempt(self, use_case: Callable[..., Any], *args: Any, **values: Any) -> bool:
        """Validate, then try the use case; a broken rule is shown on its field or on top.

        Returns whether it was done; what it returned is in `result`.
        """
        if not self.validate_on_submit():
            return False
        try:
            self.result = use_case(*args, **values)
        except RuleBroken as broken:
            self.refuse(broken)
            return False
        return True

    def refuse(self, broken: RuleBroken) -> None:
        """Put a broken rule on its field, or on the whole form."""
        message = say_rule(broken)
        field = self._fields.get(broken.field or "")
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


def sent_file(field: Field, most: int) -> tuple[bytes, str]:
    """The bytes and the name of the file of a field, at most one byte over `most`; none is b""."""
    sent: Any = field.data
    if not sent:
        return b"", ""
    with closing(sent):  # a large one lies in a file of its own until then
        return sent.read(most + 1), sent.filename or ""


class AddressForm(Form):
    """A form of a GET: what it asks for is in the address, so that the page has a link.

    A GET changes nothing, so nothing needs a token.
    """

    class Meta(Form.Meta):
        """No token."""

        csrf = False

    @classmethod
    def read(cls, given: Any) -> Self:
        """The form with what the address asks for, validated."""
        form = cls(formdata=given)
        form.validate()
        return form
