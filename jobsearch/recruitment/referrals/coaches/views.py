"""The page of the municipal coaches' links: make, renew, close."""

from typing import Any

from flask import Blueprint, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.recruitment.referrals.coaches import service
from jobsearch.recruitment.referrals.coaches.forms import CoachForm
from jobsearch.recruitment.referrals.coaches.service import Issued
from jobsearch.recruitment.referrals.mail import referral_link
from jobsearch.recruitment.referrals.queries import show_referrers
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("recruitment_coaches", __name__, url_prefix="/candidates/coaches")
_PAGE = "recruitment/list_coaches.html"
_NEW = "coach_link"  # shown once to whoever made it; nobody can read it again


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def list_coaches() -> ResponseReturnValue:
    """The coaches who introduce candidates, and the state of their links."""
    return render(_PAGE, new=session.pop(_NEW, None), **_page(CoachForm()))


@blueprint.post("")
@needs(Permission.RECRUITMENT_WRITE)
def add_coach() -> ResponseReturnValue:
    """Make a coach's link and send it to her."""
    form = CoachForm()
    names = ("name", "email", "municipality", "language")
    values = {name: form[name].data or "" for name in names}
    if not form.attempt(service.add_referrer, current_actor(), **values):
        return render_invalid(_PAGE, new=None, **_page(form))
    return _show_once(form.result)


@blueprint.post("/<key:referrer_id>/renew")
@needs(Permission.RECRUITMENT_WRITE)
def renew_link(referrer_id: str) -> ResponseReturnValue:
    """A new link instead of the old one."""
    return _show_once(service.renew_link(referrer_id))


@blueprint.post("/<key:referrer_id>/close")
@needs(Permission.RECRUITMENT_WRITE)
def close_coach(referrer_id: str) -> ResponseReturnValue:
    """The link opens nothing any more."""
    service.close_referrer(referrer_id)
    flash(_("The link is closed. Whoever opens it is told so."))
    return see_other(".list_coaches")


def _show_once(issued: Issued) -> ResponseReturnValue:
    session[_NEW] = [issued.name, referral_link(issued.secret)]
    flash(_("The link was made and sent to %(name)s.", name=issued.name))
    return see_other(".list_coaches")


def _page(form: CoachForm) -> dict[str, Any]:
    page = page_number()
    return {"form": form, "shown": show_referrers(page), "page": page}
