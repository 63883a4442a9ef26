"""What Pia permits: an introduction that Mia wrote, and that Mia follows her on the way."""

from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.introductions.rules import IntroductionState
from jobsearch.core.db import db
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.following.rules import EDITION, AgreedHow
from tests.world import NOW, TODAY, World


def write_of_pia(world: World, words: str) -> AskedIntroduction:
    """Mia's introduction of Pia, under the permission that the world begins with."""
    introduction = AskedIntroduction(
        organisation_id=world.a.organisation_id,
        person_id=world.pia.person_id,
        consent_id=world.consent_id,
        recipient_id=world.mia.account_id,
        asked_by_id=world.stig.account_id,
        asked_at=NOW,
        state=IntroductionState.WRITTEN,
        text=words,
        written_at=NOW,
        comment=words,
        commented_at=NOW,
    )
    db.session.add(introduction)
    db.session.flush()
    return introduction


def furnish_permissions(world: World, words: str, told: dict[str, str]) -> dict[str, str]:
    """Keys by the names of addresses; in a unit of work of Stig's."""
    agreement = FollowAgreement(
        candidate_id=told["candidate_id"],
        person_id=world.pia.person_id,
        referrer_id=told["referrer_id"],
        how=AgreedHow.BY_LINK,
        given_on=TODAY,
        given_at=NOW,
        wording_edition=EDITION,
        wording_language="en",
        wording="I agree.",
    )
    db.session.add(agreement)
    db.session.flush()
    return {
        "consent_id": world.consent_id,
        "introduction_id": write_of_pia(world, words).id,
        "agreement_id": agreement.id,
    }
