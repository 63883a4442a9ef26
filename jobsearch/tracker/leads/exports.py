"""A person's leads as a sheet: CSV or XLSX, safe against formulas."""

from dataclasses import dataclass

from flask_babel import gettext as _

from jobsearch.core.sheets import Cell, to_csv, to_xlsx
from jobsearch.tracker.leads.queries import list_for_sheet
from jobsearch.tracker.leads.rules import SOURCE_NAMES, STAGE_NAMES, LeadSource

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class LeadSheet:
    """Leads in rows of words, the heads first."""

    heads: list[str]
    rows: list[list[Cell]]


def lead_rows(person_id: str) -> LeadSheet:
    """All of a person's leads, in the reader's language."""
    heads = [
        *(_("Employer"), _("Job or task"), _("How far is it?"), _("Since")),
        *(_("Where did you hear of it?"), _("Last day to apply")),
        *(_("Next step"), _("Day of the next step"), _("Note"), _("The text of the advertisement")),
    ]
    rows: list[list[Cell]] = [
        [
            one.employer,
            one.role_title,
            _(STAGE_NAMES[one.stage]),
            one.stage_on,
            _(SOURCE_NAMES[LeadSource(one.source)]),
            one.deadline_on,
            one.next_step,
            one.next_step_on,
            one.note,
            one.advert,
        ]
        for one in list_for_sheet(person_id)
    ]
    return LeadSheet(heads, rows)


def lead_sheet(person_id: str, name: str, ending: str) -> tuple[bytes, str, str]:
    """The file with its name and type. `name` is the person's; `ending` is csv or xlsx."""
    sheet = lead_rows(person_id)
    title = _("Leads, %(name)s", name=name)
    if ending == "csv":
        return to_csv(sheet.heads, sheet.rows), f"{title}.csv", "text/csv; charset=utf-8"
    return to_xlsx(_("Leads"), sheet.heads, sheet.rows), f"{title}.xlsx", _XLSX
