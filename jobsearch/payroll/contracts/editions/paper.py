"""Writes out a contract: terms, settings and days become the texts of its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from jobsearch.core.money import Money, Rate
from jobsearch.payroll.contracts.editions.document import (
    Clause,
    ContractDocument,
    SignedBy,
    SigningRecord,
    WorkingDay,
)
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.rules import ContractTerms, Method
from jobsearch.payroll.contracts.editions.wordings import ContractWords, words_in_use
from jobsearch.payroll.contracts.law.rules import Ground, TermKey
from jobsearch.payroll.contracts.settings.rules import ContractSettings
from jobsearch.web.formats import date_text, hours, long_day, moment, money, percent, time_text

_SPACED = 8  # letters of a digest between two blanks, so that it can be read and wrapped


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A working day: date, minute of the day on which it begins, paid minutes."""

    on: date
    starts_minute: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a contract is written out from."""

    number: str
    edition: int
    terms: ContractTerms
    settings: ContractSettings
    ground: Ground
    employer: str
    business_id: str
    employee: str
    born_on: date
    days: tuple[PlannedDay, ...]
    holiday: Rate
    dated: date
    is_demo: bool


def pay_by(terms: ContractTerms, settings: ContractSettings) -> date:
    """The day on which the pay is on the account at the latest."""
    return (terms.term.last or terms.term.first) + timedelta(days=settings.pay_days)


def write_out(sheet: Sheet) -> ContractDocument:
    """The document of a contract in its language; every written term has its clause."""
    language = sheet.terms.language
    words = words_in_use(sheet.dated)
    texts = _texts(sheet, words)
    clauses = tuple(
        Clause(key, one.title.say(language), texts[key], one.plain.say(language))
        for key, one in ((key, words.clauses[key]) for key in TermKey)
    )
    paper = {name: text.say(language) for name, text in words.paper.items()}
    facts = {
        "term": f"{texts[TermKey.START]} – {texts[TermKey.END]}",
        "hours": hours(sheet.terms.agreed_minutes, language=language),
        "pay": money(sheet.terms.hourly, language),
    }
    return ContractDocument(
        language=language,
        edition_of_words=words.edition,
        number=sheet.number,
        edition=sheet.edition,
        dated=sheet.dated,
        employer=sheet.employer,
        business_id=sheet.business_id,
        employee=sheet.employee,
        facts=tuple((words.facts[name].say(language), value) for name, value in facts.items()),
        clauses=clauses,
        days=tuple(_day(day, language) for day in sheet.days),
        hours_in_all=hours(sum(day.minutes for day in sheet.days), language=language),
        words=paper,
        is_change=sheet.edition > 1,
        is_demo=sheet.is_demo,
    )


def _day(day: PlannedDay, language: str) -> WorkingDay:
    begins = time(*divmod(day.starts_minute, 60))
    return WorkingDay(
        long_day(day.on, language),
        time_text(begins, language),
        hours(day.minutes, language=language),
    )


_Gaps = dict[TermKey, dict[str, object]]


def _texts(sheet: Sheet, words: ContractWords) -> dict[TermKey, str]:
    gaps = {**_gaps_of_the_parties(sheet), **_gaps_of_the_work(sheet, words)}
    said = {
        TermKey.TRIAL_PERIOD: _trial(sheet.terms, words),
        TermKey.PAY: " ".join(_pay(sheet.terms, words)),
    }
    for key in TermKey:
        if key not in said:
            said[key] = words.say(key, "text", sheet.terms.language, **gaps.get(key, {}))
    return said


def _gaps_of_the_parties(sheet: Sheet) -> _Gaps:
    settings, language = sheet.settings, sheet.terms.language
    return {
        TermKey.EMPLOYER: {
            "name": sheet.employer,
            "business_id": sheet.business_id,
            "address": settings.address,
        },
        TermKey.EMPLOYEE: {"name": sheet.employee, "born": date_text(sheet.born_on, language)},
        TermKey.PENSION_INSURER: {"insurer": settings.pension_insurer},
        TermKey.ACCIDENT_INSURER: {
            "insurer": settings.accident_insurer,
            "policy": settings.accident_policy,
        },
    }


def _gaps_of_the_work(sheet: Sheet, words: ContractWords) -> _Gaps:
    terms, language = sheet.terms, sheet.terms.language
    last = terms.term.last or terms.term.first
    usual_tasks = words.say(TermKey.TASKS, "usual", language)
    usual_training = words.say(TermKey.TRAINING, "usual", language)
    return {
        TermKey.START: {"starts": date_text(terms.term.first, language)},
        TermKey.END: {"ends": date_text(last, language)},
        TermKey.GROUND: {
            "ground": sheet.ground.text.say(language),
            "reason": terms.ground_reason,
        },
        TermKey.PLACE: {"place": terms.place.rstrip(".")},
        TermKey.TASKS: {"tasks": terms.tasks or usual_tasks},
        TermKey.PAY_PERIOD: {"pay_by": date_text(pay_by(terms, sheet.settings), language)},
        TermKey.WORKING_TIME: {
            "hours": hours(terms.agreed_minutes, language=language),
            "days": len(sheet.days),
        },
        TermKey.HOLIDAY: {"percent": percent(sheet.holiday, language=language)},
        TermKey.COLLECTIVE_AGREEMENT: {"agreement": terms.agreement},
        TermKey.TRAINING: {"training": sheet.settings.training or usual_training},
    }


def _trial(terms: ContractTerms, words: ContractWords) -> str:
    if not terms.trial_days:
        return words.say(TermKey.TRIAL_PERIOD, "none", terms.language)
    until = terms.term.first + timedelta(days=terms.trial_days - 1)
    return words.say(
        TermKey.TRIAL_PERIOD,
        "text",
        terms.language,
        days=terms.trial_days,
        until=date_text(until, terms.language),
    )


def _pay(terms: ContractTerms, words: ContractWords) -> Sequence[str]:
    language = terms.language
    said = [words.say(TermKey.PAY, "text", language, hourly=money(terms.hourly, language))]
    if terms.allowance > Money.zero():
        allowance = money(terms.allowance, language)
        said.append(words.say(TermKey.PAY, "allowance", language, allowance=allowance))
    if terms.outcome_bonus > Money.zero():
        bonus = money(terms.outcome_bonus, language)
        said.append(words.say(TermKey.PAY, "bonus", language, bonus=bonus))
    return said


def record_of(
    contract: Contract,
    document: ContractDocument,
    signatures: Sequence[Signature],
    zone: str,
) -> SigningRecord:
    """The signing record of a contract that both have signed."""
    assert contract.signed_at is not None and contract.sha256 is not None
    language = document.language
    words = {name: text.say(language) for name, text in words_in_use(document.dated).record.items()}
    return SigningRecord(
        language=language,
        number=contract.number,
        edition=contract.edition,
        employer=document.employer,
        employee=document.employee,
        issued_at=moment(contract.offered_at, language, zone),
        sha256=_spaced(contract.sha256),
        signatures=tuple(_signed(one, words, language, zone) for one in signatures),
        made_at=contract.signed_at,
        words=words,
        page_words=document.words["page"],
        is_demo_words=document.words["demo"] if document.is_demo else "",
    )


def _spaced(digest: str) -> str:
    return " ".join(digest[at : at + _SPACED] for at in range(0, len(digest), _SPACED))


def _signed(one: Signature, words: dict[str, str], language: str, zone: str) -> SignedBy:
    how = words["by_account"]
    if one.method is Method.CODE:
        how = words["by_code"] % {"sent_to": one.sent_to}
    return SignedBy(words[one.side.value], one.name, moment(one.signed_at, language, zone), how)
