"""The page of a group: a participant's own, and a group's for staff; each deed comes back to it.

The participant's addresses name no group: it is her own. Those of staff do.
"""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.cohorts.queries import get_cohort
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.helping import deeds, service
from jobsearch.tracker.helping.tips import service as tips
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("tracker_helping", __name__)
_OWN = "/job-search/group"
_COHORT = "/cohorts/<key:cohort_id>/helping"


@blueprint.get(_OWN)
@needs(Permission.TRACKER_LOG)
def show_group() -> ResponseReturnValue:
    """The participant's own group: what everyone does, and how they help each other."""
    try:
        return deeds.draw(deeds.group_of(None), is_own=True)
    except NotVisible:  # she has left, or is in no group yet
        return render("tracker_helping/no_seat.html")


@blueprint.post(f"{_OWN}/calls")
@needs(Permission.TRACKER_LOG)
def raise_call() -> ResponseReturnValue:
    """Ask the group and its coach for help."""
    return deeds.ask_for_help()


@blueprint.post(f"{_OWN}/calls/<key:call_id>/help")
@needs(Permission.TRACKER_LOG)
def offer_help(call_id: str) -> ResponseReturnValue:
    """Say that one helps."""
    return deeds.help_out(None, call_id)


@blueprint.post(f"{_OWN}/calls/<key:call_id>/step-back")
@needs(Permission.TRACKER_LOG)
def step_back(call_id: str) -> ResponseReturnValue:
    """Who helps cannot after all."""
    return deeds.step_back(None, call_id)


@blueprint.post(f"{_OWN}/calls/<key:call_id>/end")
@needs(Permission.TRACKER_LOG)
def end_call(call_id: str) -> ResponseReturnValue:
    """Her own call is over."""
    return deeds.end_call(None, call_id)


@blueprint.post(f"{_OWN}/praise")
@needs(Permission.TRACKER_LOG)
def give_praise() -> ResponseReturnValue:
    """Say a kind word to somebody of the group."""
    return deeds.praise(None)


@blueprint.post(f"{_OWN}/praise/take-back")
@needs(Permission.TRACKER_LOG)
def take_praise_back() -> ResponseReturnValue:
    """It was not said."""
    return deeds.take_back(None)


@blueprint.post(f"{_OWN}/tips")
@needs(Permission.TRACKER_LOG)
def share_tip() -> ResponseReturnValue:
    """Tell the group of work."""
    return deeds.share(None)


@blueprint.post(f"{_OWN}/tips/<key:tip_id>/claim")
@needs(Permission.TRACKER_LOG)
def claim_tip(tip_id: str) -> ResponseReturnValue:
    """Follow a tip; when somebody has just turned to the company, the page asks first."""
    return deeds.claim(tip_id)


@blueprint.post(f"{_OWN}/tips/<key:tip_id>/release")
@needs(Permission.TRACKER_LOG)
def release_tip(tip_id: str) -> ResponseReturnValue:
    """Let a tip go."""
    return deeds.do(None, _("The others can take the tip now."), tips.release_tip, tip_id)


@blueprint.post(f"{_OWN}/tips/<key:tip_id>/thank")
@needs(Permission.TRACKER_LOG)
def thank_for_tip(tip_id: str) -> ResponseReturnValue:
    """Thank who shared a tip."""
    return deeds.do(None, _("Your thanks stand beside the tip."), tips.thank_for_tip, tip_id)


@blueprint.post(f"{_OWN}/tips/<key:tip_id>/take-back")
@needs(Permission.TRACKER_LOG)
def take_tip_back(tip_id: str) -> ResponseReturnValue:
    """Her own tip is no tip any more."""
    return deeds.take_tip_back(None, tip_id)


@blueprint.get(_COHORT)
@needs(Permission.TRACKER_READ)
def show_cohort(cohort_id: str) -> ResponseReturnValue:
    """A group for its coach: the same, by full names, and the pairs."""
    cohort = get_cohort(cohort_id)
    try:
        return deeds.draw(deeds.group_of(cohort_id), is_own=False)
    except NotVisible:
        return render("tracker_helping/nobody.html", cohort=cohort)


@blueprint.post(f"{_COHORT}/calls/<key:call_id>/help")
@needs(Permission.TRACKER_WRITE)
def offer_help_in_cohort(cohort_id: str, call_id: str) -> ResponseReturnValue:
    """The coach helps."""
    return deeds.help_out(cohort_id, call_id)


@blueprint.post(f"{_COHORT}/calls/<key:call_id>/step-back")
@needs(Permission.TRACKER_WRITE)
def step_back_in_cohort(cohort_id: str, call_id: str) -> ResponseReturnValue:
    """The coach cannot after all."""
    return deeds.step_back(cohort_id, call_id)


@blueprint.post(f"{_COHORT}/calls/<key:call_id>/end")
@needs(Permission.TRACKER_WRITE)
def end_call_in_cohort(cohort_id: str, call_id: str) -> ResponseReturnValue:
    """The coach ends a call."""
    return deeds.end_call(cohort_id, call_id)


@blueprint.post(f"{_COHORT}/praise")
@needs(Permission.TRACKER_WRITE)
def give_praise_in_cohort(cohort_id: str) -> ResponseReturnValue:
    """The coach says a kind word, to anybody of the group."""
    return deeds.praise(cohort_id)


@blueprint.post(f"{_COHORT}/praise/take-back")
@needs(Permission.TRACKER_WRITE)
def take_praise_back_in_cohort(cohort_id: str) -> ResponseReturnValue:
    """The coach did not say it."""
    return deeds.take_back(cohort_id)


@blueprint.post(f"{_COHORT}/tips")
@needs(Permission.TRACKER_WRITE)
def share_tip_in_cohort(cohort_id: str) -> ResponseReturnValue:
    """The coach tells the group of work."""
    return deeds.share(cohort_id)


@blueprint.post(f"{_COHORT}/tips/<key:tip_id>/take-back")
@needs(Permission.TRACKER_WRITE)
def take_tip_back_in_cohort(cohort_id: str, tip_id: str) -> ResponseReturnValue:
    """The coach takes a tip away."""
    return deeds.take_tip_back(cohort_id, tip_id)


@blueprint.post(f"{_COHORT}/pairs")
@needs(Permission.TRACKER_WRITE)
def save_pairs(cohort_id: str) -> ResponseReturnValue:
    """Keep who searches with whom."""
    return deeds.pair_up(cohort_id)


@blueprint.post(f"{_COHORT}/pairs/make")
@needs(Permission.TRACKER_WRITE)
def make_pairs(cohort_id: str) -> ResponseReturnValue:
    """Pair everyone by the alphabet."""
    said = _("The pairs are made. Each sees the other on the page of the group.")
    return deeds.do(cohort_id, said, service.make_pairs, cohort_id)


@blueprint.post(f"{_COHORT}/pairs/end")
@needs(Permission.TRACKER_WRITE)
def end_pairs(cohort_id: str) -> ResponseReturnValue:
    """Nobody has a pair any more."""
    return deeds.do(cohort_id, _("Nobody has a pair now."), service.end_pairs, cohort_id)
