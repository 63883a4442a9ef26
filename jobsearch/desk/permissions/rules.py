"""How a permission stands, what each purpose is in plain words, and how each was given."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jobsearch.accounts.rules import Way
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.text import mark as N_


class Standing(StrEnum):
    """How a permission stands today."""

    LIVE = "live"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"


def standing(valid_to: date, withdrawn_at: datetime | None, today: date) -> Standing:
    """Taken back, else over after its last day, else live."""
    if withdrawn_at is not None:
        return Standing.TAKEN_BACK
    return Standing.LIVE if valid_to >= today else Standing.ENDED


@dataclass(frozen=True, slots=True)
class PurposeWords:
    """One purpose in plain words, to be translated; `page` is where it is read and given."""

    title: str
    what: str
    not_given: str
    page: str


PURPOSES: dict[ConsentPurpose, PurposeWords] = {
    ConsentPurpose.INTRODUCTION: PurposeWords(
        title=N_("Introduction from your municipal coach"),
        what=N_("Your coach may ask your municipal coach for a short introduction of you."),
        not_given=N_(
            "You have not given this. If you did, your municipal coach could write some sentences"
            " about your work and skills, and you and your coach would read them."
        ),
        page="introductions.permit",
    ),
    ConsentPurpose.ANALYSIS: PurposeWords(
        title=N_("Your analysis to your municipal coach"),
        what=N_("Your municipal coach may read one analysis, the one that you read first."),
        not_given=N_(
            "You have not given this. If you did, your municipal coach could read the analysis"
            " that you and your coach write near the end."
        ),
        page="analyses.my_analysis",
    ),
}

WAYS: dict[Way | None, str] = {
    None: N_("In your own sign-in"),
    Way.CODE: N_("In your own sign-in, by a one-time code"),
    Way.LINK: N_("In your own sign-in, by a link in a message"),
    Way.PASSWORD: N_("In your own sign-in, by a password"),
    Way.AUTHENTICATOR: N_("In your own sign-in, by a password and a code of your phone"),
    Way.RECOVERY_CODE: N_("In your own sign-in, by a recovery code"),
    Way.PASSKEY: N_("In your own sign-in, by a passkey"),
    Way.PROVIDER: N_("In your own sign-in, by an account elsewhere"),
}
