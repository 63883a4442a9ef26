"""How long an analysis and the proof of its consent are kept: terms, and the days that follow."""

from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_

MONTHS_OF_CONTENT = (1, 24)
MONTHS_OF_PROOF = (12, 120)


@dataclass(frozen=True, slots=True)
class Terms:
    """A provider's months: of what was sent, of what never was, and of the proof of consent.

    Proof of consent is kept while the data is used and a claims period after (law.md section 9,
    rule (e): "proposed, K"; three years is the general period of limitation of debts, from general
    knowledge and not looked up). The other two are this house's proposals.
    """

    analysis_months: int = 6
    unsent_months: int = 6
    proof_months: int = 36


USUAL = Terms()


def check_terms(terms: Terms) -> None:
    """Raises RuleBroken in words for months that are too few, too many or against each other."""
    for field in ("analysis_months", "unsent_months"):
        _check(field, getattr(terms, field), *MONTHS_OF_CONTENT)
    _check("proof_months", terms.proof_months, *MONTHS_OF_PROOF)
    if terms.proof_months < terms.analysis_months:
        raise RuleBroken(
            N_("The proof is kept at least as long as the analysis that it is about."),
            field="proof_months",
        )


def _check(field: str, months: int, least: int, most: int) -> None:
    if not least <= months <= most:
        raise RuleBroken(
            N_("Choose from %(least)d to %(most)d months."), field=field, least=least, most=most
        )


@dataclass(frozen=True, slots=True)
class ConsentEnd:
    """The last day of one consent: as it said, or the day on which it was taken back."""

    valid_to: date
    withdrawn_on: date | None = None

    @property
    def ended_on(self) -> date:
        """The day on which it ended, or will."""
        return min(self.valid_to, self.withdrawn_on or self.valid_to)


def content_goes_on(terms: Terms, group_ends_on: date, consents: tuple[ConsentEnd, ...]) -> date:
    """The day on which the text of an analysis is erased.

    Months after the group or the last consent ended, whichever was later: what somebody may still
    read is not erased under their eyes.
    """
    if not consents:
        return add_months(group_ends_on, terms.unsent_months)
    last = max(group_ends_on, *(consent.ended_on for consent in consents))
    return add_months(last, terms.analysis_months)


def proof_goes_on(terms: Terms, consent: ConsentEnd) -> date:
    """The day on which the proof of a consent goes: months after the last day that it named.

    One that was taken back counts to the same day: nothing of it goes earlier for that.
    """
    return add_months(consent.valid_to, terms.proof_months) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Erased:
    """How much went: texts of analyses, issued papers, introductions, proofs of consent."""

    analyses: int = 0
    papers: int = 0
    introductions: int = 0
    proofs: int = 0

    @property
    def is_something(self) -> bool:
        """Whether anything went at all."""
        return any((self.analyses, self.papers, self.introductions, self.proofs))

    def __add__(self, other: "Erased") -> "Erased":
        """Both together."""
        return Erased(
            self.analyses + other.analyses,
            self.papers + other.papers,
            self.introductions + other.introductions,
            self.proofs + other.proofs,
        )
