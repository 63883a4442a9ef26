"""What the pages of introductions show and read, gathered for their views."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from jobsearch.core.clock import now, today
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.queries import get_organisation
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.referrals import queries
from jobsearch.recruitment.referrals.forms import ReferralForm
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.recruitment.referrals.rules import (
    RECEIPT_SHOWN,
    STATEMENT_EDITION,
    Introduction,
    Statement,
    split_name,
)
from jobsearch.web.filters import current_language


@dataclass(frozen=True, slots=True)
class Offer:
    """To which programmes of which providers a coach can introduce somebody."""

    referrers: dict[str, Referrer]
    programmes: list[Programme]
    providers: dict[str, str]

    def referrer_for(self, programme_id: str) -> Referrer:
        """The coach as the programme's provider knows her. Raises NotVisible."""
        for programme in self.programmes:
            if programme.id == programme_id:
                return self.referrers[programme.organisation_id]
        raise NotVisible


def offer(referrers: Collection[Referrer]) -> Offer:
    """What these providers offer now."""
    by_provider = {one.organisation_id: one for one in referrers}
    programmes = queries.list_open_programmes(by_provider, today())
    names = {key: get_organisation(key).name for key in by_provider}
    return Offer(by_provider, programmes, names)


def offered(form: ReferralForm, offers: Offer) -> ReferralForm:
    """Let choose among the programmes; where there is one it is chosen."""
    several = len(offers.providers) > 1
    choices: list[tuple[str, str]] = []
    for one in offers.programmes:
        provider = offers.providers[one.organisation_id]
        choices.append((one.id, f"{one.name} – {provider}" if several else one.name))
    form.programme.choices = choices
    if len(choices) == 1 and not form.programme.data:
        form.programme.data = choices[0][0]
    return form


def told(form: ReferralForm) -> Introduction:
    """What the coach told."""
    given, family = split_name(form.name.data or "")
    return Introduction(
        programme_id=form.programme.data or "",
        given_name=given,
        family_name=family,
        phone=form.phone.data or "",
        email=form.address.data or None,
        municipality=form.municipality.data or None,
        language=form.language.data or "fi",
        text=form.introduction.data or "",
        call_when=form.call_when.data or "",
    )


def statement_of(form: ReferralForm) -> Statement:
    """The statement as she read it; no words where she did not tick it."""
    words = str(form.agreed.label.text) if form.agreed.data else ""
    return Statement(STATEMENT_EDITION, current_language(), words)


def receipt(referral_id: str, referrer_ids: list[str]) -> Referral:
    """A coach's own receipt, for some hours. Raises NotVisible."""
    found = queries.find_receipt(referral_id, referrer_ids, now() - RECEIPT_SHOWN)
    if found is None:
        raise NotVisible
    return found


def form_page(form: ReferralForm, offers: Offer, action: str) -> dict[str, Any]:
    """What the form's page shows."""
    names = ", ".join(sorted(offers.providers.values()))
    coach = next(iter(offers.referrers.values()))
    return {
        "form": offered(form, offers),
        "provider": names,
        "coach": coach.name,
        "one_programme": len(offers.programmes) == 1,
        "is_open": bool(offers.programmes),
        "action": action,
    }
