"""Forms of intake: the file, and the day that it is of."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import FileRefused
from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form


class FileAnswers(Form):
    """A form that tells everything that is wrong in a file, not the first thing alone."""

    def refuse(self, broken: RuleBroken) -> None:
        """Put every problem of a refused file on the form."""
        for problem in broken.problems if isinstance(broken, FileRefused) else (broken,):
            super().refuse(problem)


class UploadForm(FileAnswers):
    """A file of any of the five kinds."""

    file = FileField(
        _l("File (CSV or XLSX)"), validators=[FileRequired(_l("Choose a file first."))]
    )
    of_day = DateField(
        _l("Day of the feedback or the costs"),
        description=_l(
            "When the survey closed or the costs were booked."
            " Left empty it is the last day of the programme's last group."
        ),
    )

    def content(self) -> tuple[bytes, str]:
        """The file's bytes and its name; empty where none was chosen."""
        if not self.file.data:
            return b"", ""
        return self.file.data.read(), self.file.data.filename or ""


class AnswerForm(FileAnswers):
    """A yes or a no to a file that waits; it carries nothing but its token."""
