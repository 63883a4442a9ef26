"""Who has looked and what went outside, as sheets of the workbook that a participant takes home."""

from flask_babel import gettext as _

from jobsearch.core.access import Actor
from jobsearch.core.looks import sentence_of
from jobsearch.core.sheets import Cell, Table
from jobsearch.desk.seen_by.forms import name_of
from jobsearch.desk.seen_by.queries import Looks, load_looks, load_sent
from jobsearch.desk.seen_by.rules import OTHER_SEEKER, OUTSIDE, Line, Outside, Sending
from jobsearch.notices.setting import kinds
from jobsearch.web.filters import role_name


def seen_sheets(actor: Actor) -> list[Table]:
    """Two sheets: every line of the page of looks, and of that of what went outside."""
    looks, sent = load_looks(actor), load_sent(actor)
    heads = [_("Day"), _("Who"), _("Role"), _("Organisation"), _("What of mine")]
    heads += [_("How often"), _("Last at"), _("Refused")]
    names = {kind.key: kind.name for kind in kinds()}
    return [
        Table(_("Who has looked"), heads, [_look(line, looks) for line in looks.lines]),
        Table(
            _("Sent outside"),
            [_("Day"), _("What"), _("To whom"), _("How often")],
            [_sending(line, names) for line in sent],
        ),
    ]


def _look(line: Line, looks: Looks) -> list[Cell]:
    return [
        line.on,
        name_of(line.who, looks.readers[line.who]),
        None if line.who == OTHER_SEEKER else role_name(line.role),
        looks.organisations.get(line.organisation_id),
        _(sentence_of(line.kind)),
        line.times,
        line.last,
        _("Yes") if line.refused else None,
    ]


def _sending(line: Sending, names: dict[str, str]) -> list[Cell]:
    is_message = line.kind is Outside.MESSAGE
    more = _(names[line.more]) if is_message and line.more in names else line.more
    return [line.on, _(OUTSIDE[line.kind]), more, line.times]
