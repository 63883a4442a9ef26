"""The register of processing as CSV: a line for each column about people."""

from flask_babel import gettext as _

from jobsearch.core.sheets import to_csv
from jobsearch.privacy.processing.queries import Register
from jobsearch.privacy.words import TABLES


def register_csv(register: Register) -> bytes:
    """Every column with its activity, table, purpose, basis, retention and who sees it."""
    head = [_("Activity"), _("Whose data"), _("Data"), _("Column"), _("Purpose"), _("Legal basis")]
    head += [_("Kept for"), _("Who sees it"), _("Recipients outside")]
    rows = [
        [
            _(line.words.name),
            _(line.words.persons),
            _(TABLES[column.table_name]),
            f"{column.table_name}.{column.name}",
            _(column.purpose),
            _(column.basis),
            _(column.retention),
            _(column.sees),
            _(line.words.recipients),
        ]
        for line in register.lines
        for column in line.columns
    ]
    return to_csv(head, rows)
