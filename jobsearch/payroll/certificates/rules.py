"""Which certificates there are, and what an employment certificate may say; pure.

Employment Contracts Act 55/2001, chapter 6, section 7 (`finland/law.md` section 7): a plain
certificate tells duration and tasks; the reason of ending and an assessment are told only if the
employee asks for them by name, and nothing in it may tell more than its words do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import words_of_health
from jobsearch.core.periods import Span, add_months
from jobsearch.core.text import mark as N_


class CertificateKind(StrEnum):
    """What a certificate tells."""

    EMPLOYMENT = "employment"
    ASSESSED = "assessed"  # with what the person asked for: reason of ending, assessment
    PAY = "pay"
    HOLIDAY = "holiday"
    DAYS = "days"


KIND_NAMES: Mapping[CertificateKind, str] = {
    CertificateKind.EMPLOYMENT: N_("Employment certificate"),
    CertificateKind.ASSESSED: N_("Employment certificate, as asked for"),
    CertificateKind.PAY: N_("Pay certificate"),
    CertificateKind.HOLIDAY: N_("Holiday compensation statement"),
    CertificateKind.DAYS: N_("Days and hours of work"),
}
AT_ONCE = (
    CertificateKind.DAYS,
    CertificateKind.PAY,
    CertificateKind.HOLIDAY,
    CertificateKind.EMPLOYMENT,
)
"""Those that rest on records alone: issued in one click, also by the person herself."""


class Extent(StrEnum):
    """What the person has asked for beside duration and tasks."""

    REASON = "reason"
    ASSESSMENT = "assessment"
    BOTH = "both"

    @property
    def tells_reason(self) -> bool:
        """Whether the reason of ending was asked for."""
        return self is not Extent.ASSESSMENT

    @property
    def tells_assessment(self) -> bool:
        """Whether an assessment was asked for."""
        return self is not Extent.REASON


EXTENT_NAMES: Mapping[Extent, str] = {
    Extent.REASON: N_("The reason why the employment ended"),
    Extent.ASSESSMENT: N_("An assessment of working skill and conduct"),
    Extent.BOTH: N_("Both of them"),
}


class Ending(StrEnum):
    """Why an employment ended, in words that judge nobody."""

    TERM = "term"
    EMPLOYEE = "employee"
    AGREED = "agreed"
    EMPLOYER = "employer"


ENDING_NAMES: Mapping[Ending, str] = {
    Ending.TERM: N_("The agreed fixed term ended."),
    Ending.EMPLOYEE: N_("The employee ended the employment."),
    Ending.AGREED: N_("Employee and employer agreed to end the employment."),
    Ending.EMPLOYER: N_("The employer ended the employment."),
}
MONTHS_TO_ASK, MONTHS_TO_ASK_ASSESSMENT = 120, 60
"""For ten years after the end a certificate is given, an assessment for five (TSL 6:7)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a manager writes where it was asked for; "" and None where it was not."""

    ending: Ending | None = None
    skill: str = ""
    conduct: str = ""


def check_asked(extent: Extent, employed: Span, asked_on: date, today: date) -> None:
    """Refuse a request of the future, before the end of the employment, or years too late."""
    last = employed.last or employed.first
    if asked_on > today:
        raise RuleBroken(N_("The day of the request is not in the future."), field="asked_on")
    if last > today:
        raise RuleBroken(N_("This can be asked for when the employment has ended."))
    months = MONTHS_TO_ASK_ASSESSMENT if extent.tells_assessment else MONTHS_TO_ASK
    if add_months(last, months) < asked_on:
        raise RuleBroken(
            N_("An assessment can be asked for within five years, a certificate within ten."),
            field="extent",
        )


def check_answer(extent: Extent, answer: Answer) -> None:
    """Refuse to tell what was not asked for, or to leave out what was."""
    if extent.tells_reason and answer.ending is None:
        raise RuleBroken(N_("Choose why the employment ended."), field="ending")
    for field in ("skill", "conduct"):
        words = getattr(answer, field)
        if extent.tells_assessment and not words:
            raise RuleBroken(N_("Write the assessment in words."), field=field)
        if telling := ", ".join(words_of_health(words)):
            raise RuleBroken(
                N_("A certificate says nothing of health. Leave this out: %(words)s."),
                field=field,
                words=telling,
            )
    tells_more = (answer.ending is not None and not extent.tells_reason) or (
        bool(answer.skill or answer.conduct) and not extent.tells_assessment
    )
    if tells_more:
        raise RuleBroken(N_("The certificate tells only what the person has asked for."))
