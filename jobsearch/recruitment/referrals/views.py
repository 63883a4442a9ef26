"""Pages of introductions: the form by a personal link or signed in, and its receipt."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.recruitment.referrals import pages, queries, service
from jobsearch.recruitment.referrals.forms import ReferralForm
from jobsearch.recruitment.referrals.rules import PURPOSE
from jobsearch.web.gate import by_link, current_actor, current_link, needs
from jobsearch.web.limits import at_most
from jobsearch.web.pages import reads, render, render_invalid, see_other

blueprint = Blueprint("recruitment_referrals", __name__)
_TRIES = "60 per hour"


@blueprint.get("/refer/<link_secret>")
@by_link(PURPOSE)
def refer(link_secret: str) -> ResponseReturnValue:
    """The form behind a coach's personal link; opening it does nothing."""
    return render("recruitment/refer.html", **_by_link(link_secret, ReferralForm()))


@blueprint.post("/refer/<link_secret>")
@by_link(PURPOSE)
@at_most(_TRIES)
def introduce_by_link(link_secret: str) -> ResponseReturnValue:
    """Introduce somebody; the answer is the same for those who are known already."""
    form = ReferralForm()
    page = _by_link(link_secret, form)
    told, words = pages.told(form), pages.statement_of(form)
    if not form.attempt(service.introduce, current_link().subject_id, told, words):
        return render_invalid("recruitment/refer.html", **page)
    return see_other(".receipt", link_secret=link_secret, referral_id=form.result.id)


@blueprint.get("/refer/<link_secret>/received/<key:referral_id>")
@by_link(PURPOSE)
def receipt(link_secret: str, referral_id: str) -> ResponseReturnValue:
    """What was received, and what happens next."""
    referral = pages.receipt(referral_id, [current_link().subject_id])
    again = url_for(".refer", link_secret=link_secret)
    return render("recruitment/receipt.html", referral=referral, again=again)


@blueprint.get("/introduce")
@needs(Permission.RECRUITMENT_REFER)
def introduce() -> ResponseReturnValue:
    """The same form for a municipal coach who is signed in."""
    return render("recruitment/refer.html", **_signed_in(ReferralForm()))


@blueprint.post("/introduce")
@needs(Permission.RECRUITMENT_REFER)
@at_most(_TRIES)
def introduce_signed_in() -> ResponseReturnValue:
    """Introduce somebody to one of the providers that know this coach."""
    form, actor = ReferralForm(), current_actor()
    offers = pages.offer(queries.list_own_referrers(actor.account_id))
    if not offers.programmes:
        raise NotVisible
    page = pages.form_page(form, offers, url_for(".introduce_signed_in"))
    told, words = pages.told(form), pages.statement_of(form)
    referrer = offers.referrer_for(told.programme_id)
    account = {"account_id": actor.account_id}
    if not form.attempt(service.introduce, referrer.id, told, words, **account):
        return render_invalid("recruitment/refer.html", **page)
    return see_other(".own_receipt", referral_id=form.result.id)


@blueprint.get("/introduce/received/<key:referral_id>")
@needs(Permission.RECRUITMENT_REFER)
def own_receipt(referral_id: str) -> ResponseReturnValue:
    """What was received, and what happens next."""
    own = [one.id for one in queries.list_own_referrers(current_actor().account_id)]
    referral = pages.receipt(referral_id, own)
    reads(referral.person_id, Look.INTRODUCTION)
    return render("recruitment/receipt.html", referral=referral, again=url_for(".introduce"))


def _by_link(link_secret: str, form: ReferralForm) -> dict[str, object]:
    offers = pages.offer([queries.get_referrer(current_link().subject_id)])
    return pages.form_page(form, offers, url_for(".introduce_by_link", link_secret=link_secret))


def _signed_in(form: ReferralForm) -> dict[str, object]:
    offers = pages.offer(queries.list_own_referrers(current_actor().account_id))
    if not offers.referrers:
        return {"form": form, "provider": "", "coach": "", "is_open": False, "action": ""}
    return pages.form_page(form, offers, url_for(".introduce_signed_in"))
