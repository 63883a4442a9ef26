"""Pages of following: a candidate's own page by link, spoken words, what a coach may see."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.organisations.queries import get_organisation
from jobsearch.recruitment.candidates.pages import page_of
from jobsearch.recruitment.following import queries, service
from jobsearch.recruitment.following.forms import ChoiceForm, SpokenForm
from jobsearch.recruitment.following.rules import PURPOSE, WORDING
from jobsearch.recruitment.referrals.queries import get_referrer
from jobsearch.web.filters import current_language
from jobsearch.web.gate import by_link, current_actor, current_link, needs
from jobsearch.web.limits import at_most
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("recruitment_following", __name__)


@blueprint.get("/introduced/<link_secret>")
@by_link(PURPOSE)
def introduced(link_secret: str) -> ResponseReturnValue:
    """Who introduced her, what it means, and her choice; opening it does nothing."""
    return render("recruitment/introduced.html", **_page(link_secret, None))


@blueprint.post("/introduced/<link_secret>")
@by_link(PURPOSE)
@at_most("60 per hour")
def choose(link_secret: str) -> ResponseReturnValue:
    """Her own choice whether the coach follows; she may choose again."""
    form, referral_id = ChoiceForm(), current_link().subject_id
    page = _page(link_secret, form)
    words = {"wording": page["wording"], "language": current_language()}
    chosen = {"allows": form.chosen(), **words}
    if not form.attempt(service.choose_by_link, referral_id, **chosen):
        return render_invalid("recruitment/introduced.html", **page)
    flash(_("Your choice is saved. You can change it here at any time."))
    return see_other(".introduced", link_secret=link_secret)


@blueprint.get("/introductions")
@needs(Permission.RECRUITMENT_REFER)
def list_introductions() -> ResponseReturnValue:
    """A municipal coach's own introductions: stage and day of those who agreed, nothing more."""
    page = page_number()
    shown = queries.show_followed(current_actor().account_id, page)
    return render("recruitment/list_introductions.html", shown=shown, page=page)


@blueprint.post("/candidates/<key:candidate_id>/followed-by/<key:referrer_id>")
@needs(Permission.RECRUITMENT_WRITE)
def record_spoken(candidate_id: str, referrer_id: str) -> ResponseReturnValue:
    """Staff write down that the candidate agreed in words."""
    form = SpokenForm()
    words = {"wording": _wording(get_referrer(referrer_id).name), "language": current_language()}
    values = current_actor(), candidate_id, referrer_id, form.on.data
    if not form.attempt(service.record_spoken, *values, **words):
        return render_invalid("recruitment/show_candidate.html", **page_of(candidate_id, form))
    flash(_("Written down. The coach sees the stage and its day, nothing more."))
    return see_other("recruitment_candidates.show_candidate", candidate_id=candidate_id)


@blueprint.post("/candidates/<key:candidate_id>/followed-by/<key:referrer_id>/end")
@needs(Permission.RECRUITMENT_WRITE)
def withdraw(candidate_id: str, referrer_id: str) -> ResponseReturnValue:
    """The candidate has taken it back; the coach sees nothing of her from now on."""
    service.withdraw(candidate_id, referrer_id)
    flash(_("Taken back. The coach sees nothing of this candidate any more."))
    return see_other("recruitment_candidates.show_candidate", candidate_id=candidate_id)


def _page(link_secret: str, form: ChoiceForm | None) -> dict[str, Any]:
    referral = queries.get_referral(current_link().subject_id)
    held = queries.find_agreement(referral.candidate_id, referral.referrer_id)
    coach = referral.referrer.name
    return {
        "form": form or ChoiceForm(allows="yes" if held else None),
        "held": held,
        "coach": coach,
        "provider": get_organisation(referral.organisation_id),
        "programme": referral.candidate.programme,
        "referral": referral,
        "wording": _wording(coach),
        "link_secret": link_secret,
    }


def _wording(coach: str) -> str:
    return str(_(WORDING, coach=coach))
