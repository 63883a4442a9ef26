"""The sheets of the workbook that a participant takes home, in her own language."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from jobsearch.attendance.rules import Mark
from jobsearch.coaching.documents.rules import KIND_NAMES, STATE_NAMES
from jobsearch.core.clock import local
from jobsearch.core.periods import time_of
from jobsearch.core.sheets import Cell, Table
from jobsearch.core.text import mark as N_
from jobsearch.desk.takeaway.everything import Everything
from jobsearch.standup.words.rules import WAY_NAMES as PLAN_WAYS
from jobsearch.tracker.interviews.rules import PREPARATIONS, WAY_NAMES, WENT_NAMES
from jobsearch.tracker.leads.exports import lead_rows
from jobsearch.tracker.rules import (
    CHANNEL_NAMES,
    LOOKS,
    REACHED_NAMES,
    REPLY_NAMES,
    ActionSource,
    GoalOrigin,
)

_SOURCES = {
    ActionSource.OWN: N_("Logged by myself"),
    ActionSource.PROXY: N_("Logged for me by my coach"),
    ActionSource.IMPORTED: N_("From a file"),
}
_ORIGINS = {
    GoalOrigin.RAMP: N_("From the programme"),
    GoalOrigin.SET: N_("Set by hand"),
    GoalOrigin.IMPORTED: N_("From a file"),
}


def sheets_of(all_: Everything) -> list[Table]:
    """Every sheet, in the order in which they are read."""
    leads = lead_rows(all_.person_id)
    return [
        _actions(all_),
        Table(_("Leads"), leads.heads, leads.rows),
        _interviews(all_),
        _employers(all_),
        _goals(all_),
        _strategies(all_),
        _words(all_),
        _steps(all_),
        _notes(all_),
        _paid_days(all_),
        _documents(all_),
        _comments(all_),
    ]


def _said(names: Any, value: Any) -> str | None:
    return None if value is None else _(names[value])


def _at(instant: datetime | None, zone: str) -> datetime | None:
    return None if instant is None else local(instant, zone)


def _tick(value: object) -> str | None:
    return _("Yes") if value else None


def _hours_of(minutes: int) -> Decimal:
    return round(Decimal(minutes) / 60, 2)


def _actions(all_: Everything) -> Table:
    header = [_("Day"), _("What"), _("How many"), _("Employer"), _("Job or task"), _("How")]
    header += [_("Reached who decides"), _("Reply"), _("Day of the reply"), _("Note")]
    header += [_("Who logged it"), _("Confirmed by me"), _("Private")]
    rows: list[list[Cell]] = [
        [
            one.on,
            _(LOOKS[one.activity].name),
            one.times,
            one.employer,
            one.role_title,
            _said(CHANNEL_NAMES, one.channel),
            _said(REACHED_NAMES, one.reached),
            _said(REPLY_NAMES, one.reply),
            one.replied_on,
            one.note,
            _(_SOURCES[one.source]),
            _tick(one.confirmed_at),
            _tick(one.private_at),
        ]
        for one in all_.actions
    ]
    return Table(_("Actions"), header, rows)


def _interviews(all_: Everything) -> Table:
    prepared: dict[str, list[str]] = {}
    for one in all_.interviews:
        said = prepared.setdefault(one.id, [])
        if one.prepared is not None:
            said.append(_(PREPARATIONS[one.prepared]))
    once = {one.id: one for one in all_.interviews}
    header = [_("When"), _("Minutes"), _("Employer"), _("Job or task"), _("How"), _("Place")]
    header += [_("What I prepared"), _("How it went"), _("Learned"), _("Cancelled")]
    rows: list[list[Cell]] = [
        [
            _at(one.starts_at, all_.zone),
            one.minutes,
            one.employer,
            one.role_title,
            _(WAY_NAMES[one.way]),
            one.place,
            "\n".join(prepared[one.id]),
            _said(WENT_NAMES, one.went),
            one.learned,
            _tick(one.cancelled_at),
        ]
        for one in once.values()
    ]
    return Table(_("Interviews"), header, rows)


def _employers(all_: Everything) -> Table:
    header = [_("Employer"), _("How many actions"), _("The last one")]
    return Table(
        _("Employers"),
        header,
        [[one.name, int(one.actions), one.last_on] for one in all_.employers],
    )


def _goals(all_: Everything) -> Table:
    rows: list[list[Cell]] = [
        [one.on, _(LOOKS[one.activity].name), one.target, _(_ORIGINS[one.origin])]
        for one in all_.goals
    ]
    return Table(_("Goals"), [_("Day"), _("What"), _("Goal"), _("Where it comes from")], rows)


def _strategies(all_: Everything) -> Table:
    header = [_("Group"), _("Goal"), _("Kinds of work"), _("Area"), _("My own targets")]
    header += [_("Last written"), _("By")]
    rows: list[list[Cell]] = [
        [
            one.group,
            one.goal,
            one.work,
            one.area,
            one.targets,
            _at(one.written_at, all_.zone),
            one.by,
        ]
        for one in all_.strategies
    ]
    return Table(_("Strategy"), header, rows)


def _words(all_: Everything) -> Table:
    header = [_("Day"), _("Time"), _("Employer"), _("What do you do?"), _("Learned")]
    header += [_("What comes next"), _("An interview"), _("A job")]
    rows: list[list[Cell]] = [
        [
            one.on,
            None if one.at_minute is None else time_of(one.at_minute),
            one.employer,
            _said(PLAN_WAYS, one.way),
            one.learned,
            one.next_step,
            one.interview or _tick(one.interview_at),
            one.job or _tick(one.job_at),
        ]
        for one in all_.words
    ]
    return Table(_("Plans and debriefs"), header, rows)


def _steps(all_: Everything) -> Table:
    rows: list[list[Cell]] = [
        [one.text, _at(one.agreed_at, all_.zone), one.due_on, _at(one.done_at, all_.zone)]
        for one in all_.steps
    ]
    return Table(_("Agreed steps"), [_("Next step"), _("Agreed on"), _("By when"), _("Done")], rows)


def _notes(all_: Everything) -> Table:
    rows = [[_at(one.written_at, all_.zone), one.by, one.body] for one in all_.notes]
    return Table(_("Notes"), [_("When"), _("By"), _("Note")], rows)


def _paid_days(all_: Everything) -> Table:
    rows: list[list[Cell]] = [
        [
            one.on,
            _("Present") if one.mark is Mark.PRESENT else _("Away"),
            _hours_of(one.planned_minutes),
            _hours_of(one.paid_minutes),
        ]
        for one in all_.hours
    ]
    return Table(
        _("Hours"), [_("Day"), _("Present or away"), _("Planned hours"), _("Paid hours")], rows
    )


def _documents(all_: Everything) -> Table:
    header = [_("Document"), _("For which job"), _("State"), _("Number of the version"), _("File")]
    header += [_("When"), _("By"), _("Taken away")]
    rows: list[list[Cell]] = [
        [
            _(KIND_NAMES[one.kind]),
            ", ".join(filter(None, (one.role_title, one.employer))),
            _(STATE_NAMES[one.state]),
            one.number,
            one.name if one.file_id else None,
            _at(one.uploaded_at, all_.zone),
            one.by,
            _at(one.taken_away_at, all_.zone),
        ]
        for one in all_.versions
    ]
    return Table(_("Documents"), header, rows)


def _comments(all_: Everything) -> Table:
    rows: list[list[Cell]] = [
        [_(KIND_NAMES[one.kind]), _at(one.written_at, all_.zone), one.by, one.body]
        for one in all_.comments
    ]
    return Table(_("Comments"), [_("Document"), _("When"), _("By"), _("Comment")], rows)
