"""What the board is asked for by its form."""

from datetime import date

from jobsearch.recruitment.board.forms import FunnelForm
from jobsearch.recruitment.board.queries import CandidateFilter
from jobsearch.recruitment.board.rules import month_in
from jobsearch.recruitment.rules import Channel, ExitReason, Stage


def wanted(form: FunnelForm) -> CandidateFilter:
    """What is asked for; what is no choice of the form is left out."""
    asked = {name: str(form[name].data or "") for name in ("stage", "here", "exit", "channel")}
    return CandidateFilter(
        programme_id=str(form.programme.data or ""),
        as_of=date.max,
        stage=Stage(asked["stage"]) if asked["stage"] in set(Stage) else None,
        here=Stage(asked["here"]) if asked["here"] in set(Stage) else None,
        exit_reason=ExitReason(asked["exit"]) if asked["exit"] in set(ExitReason) else None,
        channel=Channel(asked["channel"]) if asked["channel"] in set(Channel) else None,
        municipality=str(form.municipality.data or "")[:60],
        coach=str(form.coach.data or "")[:120],
        month=month_in(str(form.month.data or "")),
    )
