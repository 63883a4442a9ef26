"""The contract on paper: every written term, in three languages, read back by other programs."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from jobsearch.core.money import Money
from jobsearch.payroll.contracts.editions.document import load_document
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.paper import record_of, write_out
from jobsearch.payroll.contracts.editions.pdf import contract_pdf, record_pdf
from jobsearch.payroll.contracts.editions.rules import Method, Side
from jobsearch.payroll.contracts.law.rules import WRITTEN_TERMS, TermKey
from tests.contracted import sheet_of, terms_of
from tests.papers import fonts, pages, roles, unmarked, words
from tests.world import NOW

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 24)
LANGUAGES = ("fi", "sv", "en")
# what the reader must find of each written term, whatever the wording
EXPECTED = {
    "fi": {
        TermKey.EMPLOYER: "Provider A, Y-tunnus 1234567-1, Valtakatu 1, 28100 Pori",
        TermKey.EMPLOYEE: "Pia Pihlaja, syntynyt 15.5.1991",
        TermKey.START: "7.12.2026",
        TermKey.END: "24.12.2026",
        TermKey.GROUND: "työttömänä työnhakijana yhdenjaksoisesti vähintään 12 kuukautta",
        TermKey.TRIAL_PERIOD: "9 päivää työn alkamisesta, 15.12.2026 asti",
        TermKey.PLACE: "Pori. Työnhakutehtäviä",
        TermKey.TASKS: "Työnhaku työsuhteessa",
        TermKey.PAY: "Tuntipalkka 11,50 €",
        TermKey.PAY_PERIOD: "viimeistään 5.1.2027",
        TermKey.WORKING_TIME: "yhteensä 48 h 12 päivänä",
        TermKey.HOLIDAY: "lomakorvaus, 9 %",
        TermKey.NOTICE: "Ei irtisanomisaikaa",
        TermKey.COLLECTIVE_AGREEMENT: "Collective agreement of the field",
        TermKey.PENSION_INSURER: "Työeläkevakuutus (TyEL): Elo",
        TermKey.ACCIDENT_INSURER: "LähiTapiola, vakuutus 123-4567890-A",
        TermKey.TRAINING: "Perehdytys ensimmäisenä päivänä",
    },
    "sv": {
        TermKey.EMPLOYER: "Provider A, FO-nummer 1234567-1, Valtakatu 1, 28100 Pori",
        TermKey.EMPLOYEE: "Pia Pihlaja, född 15.5.1991",
        TermKey.START: "7.12.2026",
        TermKey.END: "24.12.2026",
        TermKey.GROUND: "arbetslös arbetssökande utan avbrott i minst 12 månader",
        TermKey.TRIAL_PERIOD: "9 dagar från arbetets början, till och med 15.12.2026",
        TermKey.PLACE: "Pori. Jobbsökaruppgifter",
        TermKey.TASKS: "Jobbsökning i anställning",
        TermKey.PAY: "Timlön 11,50 €",
        TermKey.PAY_PERIOD: "senast den 5.1.2027",
        TermKey.WORKING_TIME: "sammanlagt 48 h på 12 dagar",
        TermKey.HOLIDAY: "semesterersättning, 9 %",
        TermKey.NOTICE: "Ingen uppsägningstid",
        TermKey.COLLECTIVE_AGREEMENT: "Collective agreement of the field",
        TermKey.PENSION_INSURER: "Arbetspensionsförsäkring (ArPL): Elo",
        TermKey.ACCIDENT_INSURER: "LähiTapiola, försäkring 123-4567890-A",
        TermKey.TRAINING: "Introduktionen den första dagen",
    },
    "en": {
        TermKey.EMPLOYER: "Provider A, business ID 1234567-1, Valtakatu 1, 28100 Pori",
        TermKey.EMPLOYEE: "Pia Pihlaja, born on 15 May 1991",
        TermKey.START: "7 December 2026",
        TermKey.END: "24 December 2026",
        TermKey.GROUND: "unemployed job seeker for at least 12 months without a break",
        TermKey.TRIAL_PERIOD: "9 days from the start of work, until 15 December 2026",
        TermKey.PLACE: "Pori. Tasks of job search",
        TermKey.TASKS: "Job search in employment",
        TermKey.PAY: "An hourly wage of 11.50 €",
        TermKey.PAY_PERIOD: "on 5 January 2027 at the latest",
        TermKey.WORKING_TIME: "48 h in all on 12 days",
        TermKey.HOLIDAY: "holiday compensation of 9 %",
        TermKey.NOTICE: "No notice",
        TermKey.COLLECTIVE_AGREEMENT: "Collective agreement of the field",
        TermKey.PENSION_INSURER: "Earnings-related pension insurance (TyEL): Elo",
        TermKey.ACCIDENT_INSURER: "LähiTapiola, policy 123-4567890-A",
        TermKey.TRAINING: "The introduction on the first day",
    },
}


def _paper(language: str, **changes: object) -> bytes:
    return contract_pdf(write_out(sheet_of(terms_of(FIRST, LAST, language, **changes))))


def _read_by_another(content: bytes) -> str:
    paper = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    paper.close()
    return " ".join(text.replace("\u00a0", " ").split())


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", WRITTEN_TERMS, ids=lambda term: term.key.value)
def test_every_written_term_of_the_law_is_in_the_paper(term, language: str) -> None:
    content = _paper(language)
    document = write_out(sheet_of(terms_of(FIRST, LAST, language)))
    (clause,) = (one for one in document.clauses if one.key is term.key)
    for text in (_plain(words(content)), _read_by_another(content)):
        assert clause.title in text
        assert EXPECTED[language][term.key] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_stand_in_a_table_with_their_sum(language: str) -> None:
    text = _plain(words(_paper(language)))
    first = {"fi": "maanantai 7.12.2026", "sv": "måndag 7.12.2026"}
    expected = first.get(language, "Monday 7 December 2026")
    assert expected in text
    assert text.count("4.5 h" if language == "en" else "4,5 h") == 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contract_is_two_pages_each_numbered_and_tagged(language: str) -> None:
    content = _paper(language)
    found = pages(content)
    assert len(found) == 2
    page = {"fi": "Sivu", "sv": "Sida", "en": "Page"}[language]
    assert all(f"{page} {n} / 2" in text for n, text in enumerate(found, 1))
    assert unmarked(content) == 0
    assert {"H1", "H2", "Table", "TH", "TD"} <= set(roles(content))
    assert fonts(content)


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert _paper("fi") == _paper("fi")


def test_no_trial_period_no_allowance_and_no_bonus_are_said_plainly() -> None:
    text = _plain(
        words(_paper("en", trial_days=0, allowance=Money.zero(), outcome_bonus=Money.zero()))
    )
    assert "There is no trial period." in text
    assert "compensation of 0" not in text
    assert "bonus" not in text


def test_long_tasks_and_markup_are_printed_as_they_are() -> None:
    tasks = "<b>Sales</b> & service. " + "Long words of work. " * 60
    content = _paper("en", tasks=tasks)
    assert len(pages(content)) <= 3
    assert "<b>Sales</b> & service." in _plain(words(content))


def test_the_identity_code_is_not_on_the_paper() -> None:
    assert "010594Y9032" not in words(_paper("fi"))


def test_what_was_issued_reads_back_the_same_from_its_stored_form() -> None:
    document = write_out(sheet_of(terms_of(FIRST, LAST, "sv"), edition=2))
    assert load_document(document.dump()) == document
    assert contract_pdf(load_document(document.dump())) == contract_pdf(document)
    assert "ersätter tidigare versioner" in _plain(words(contract_pdf(document)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signing_record_names_file_signers_times_and_ways(language: str) -> None:
    document = write_out(sheet_of(terms_of(FIRST, LAST, language)))
    contract = Contract(
        number=document.number, edition=1, sha256="ab" * 32, signed_at=NOW, offered_at=NOW
    )
    signatures = [
        Signature(
            side=Side.EMPLOYER, name="Aino Aalto", method=Method.SIGN_IN, sent_to="", signed_at=NOW
        ),
        Signature(
            side=Side.EMPLOYEE,
            name="Pia Pihlaja",
            method=Method.CODE,
            sent_to="+358 ••• 201",
            signed_at=NOW,
        ),
    ]
    record = record_of(contract, document, signatures, "Europe/Helsinki")
    text = _plain(words(record_pdf(record)))
    assert " ".join(["abababab"] * 8) in text
    for expected in ("Aino Aalto", "Pia Pihlaja", "+358 ••• 201", document.number):
        assert expected in text
    time = {"fi": "24.11.2026 klo 10.00", "sv": "24.11.2026 kl. 10.00"}
    assert time.get(language, "24 November 2026, 10:00") in text or "10.00" in text
    assert record_pdf(record) == record_pdf(replace(record))
