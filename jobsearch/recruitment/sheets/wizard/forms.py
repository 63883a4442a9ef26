"""Forms of the wizard: the file, what its columns are, and the yes."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import FileRefused
from jobsearch.recruitment.sheets.rules import Column
from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.forms import Form

COLUMNS = [
    SelectChoice("", _l("Leave it out")),
    SelectChoice(Column.NAME, _l("Name")),
    SelectChoice(Column.GIVEN_NAME, _l("First name")),
    SelectChoice(Column.FAMILY_NAME, _l("Last name")),
    SelectChoice(Column.PHONE, _l("Telephone")),
    SelectChoice(Column.EMAIL, _l("E-mail")),
    SelectChoice(Column.IDENTITY_CODE, _l("Identity code (to recognise, not kept)")),
    SelectChoice(Column.MUNICIPALITY, _l("Municipality")),
    SelectChoice(Column.LANGUAGE, _l("Language")),
    SelectChoice(Column.MUNICIPAL_COACH, _l("Municipal coach")),
    SelectChoice(Column.INTRODUCTION, _l("Introduction")),
    SelectChoice(Column.CALL_WHEN, _l("When to call")),
    SelectChoice(Column.REFERRED_ON, _l("Day of introduction")),
    SelectChoice(Column.SESSION_ON, _l("Day of the info session")),
    SelectChoice(Column.SESSION_FORM, _l("Form of the info session")),
    SelectChoice(Column.CAME, _l("Came to the info session or not")),
    SelectChoice(Column.DECISION, _l("Selected or not")),
    SelectChoice(Column.GROUP, _l("Group")),
    SelectChoice(Column.NOTE, _l("Reason (read for its kind, not kept)")),
]


class SheetForm(Form):
    """A spreadsheet of candidates, and to which programme they are introduced."""

    programme_id = SelectField(_l("Programme"), validate_choice=False)
    file = FileField(
        _l("File (CSV or XLSX)"), validators=[FileRequired(_l("Choose a file first."))]
    )

    def content(self) -> tuple[bytes, str]:
        """The file's bytes and its name; empty where none was chosen."""
        if not self.file.data:
            return b"", ""
        return self.file.data.read(), self.file.data.filename or ""


class ColumnsForm(Form):
    """On which row the headings are; what each column holds comes beside it, by its place."""

    heading_row = IntegerField(
        _l("The headings are on row"), validators=[Required(_l("Enter the number of a row."))]
    )
    version = HiddenField()
    columns = HiddenField()

    def seen(self) -> int:
        """The sheet's version as the page showed it."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    @staticmethod
    def chosen(given: Mapping[str, str]) -> dict[str, int]:
        """What each column was said to hold, by its place; of two alike the first counts."""
        found: dict[str, int] = {}
        for name, value in given.items():
            head, _dash, place = name.partition("-")
            is_place = place.isascii() and place.isdigit() and len(place) < 4
            if head == "column" and is_place and value in set(Column):
                found.setdefault(value, int(place))
        return found


class TakeInForm(Form):
    """The yes; whoever is a candidate already may be left out."""

    leaves_out = BooleanField(_l("Leave out those who are candidates of the programme already"))

    def refuse(self, broken: RuleBroken) -> None:
        """Put every problem of a refused file on the form."""
        for problem in broken.problems if isinstance(broken, FileRefused) else (broken,):
            super().refuse(problem)
