"""What is found in the free text of an analysis, and what is left alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.analyses.checks.names import Named, names_in, stems_of
from jobsearch.analyses.checks.rules import (
    DOUBTS,
    Around,
    Doubt,
    findings_in,
    look_through,
    words_of_absence,
    words_of_pay,
)
from jobsearch.analyses.prefill.records import OpenLead, Records, without_doubts
from jobsearch.analyses.rules import SectionKey, check_refill, check_text
from jobsearch.analyses.sheet import Figures
from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.core.errors import RuleBroken
from jobsearch.core.free_text import accounts_in, emails_in, identity_codes_in, phones_in

OTHERS = (
    Named("Pekka", "Virtanen"),
    Named("Satu", "Mäki"),
    Named("Toivo", "Aalto"),
    Named("Stig", "Strand"),
    Named("Anna-Liisa", "Laine"),
    Named("Pia", "Ranta"),
    Named("Johannes", "Kuusi"),
)
AROUND = Around("+358401234567", "pia@example.org", "Pia", OTHERS)
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@pytest.mark.parametrize(
    "text",
    ["131052-308T", "131052–308t", "13 10 52 - 308 T", "13.10.52-308T", "010594y9032",
     "Tunnus:020516C903K.", "131052 -308T"],
)  # fmt: skip
def test_an_identity_code_is_found_however_it_is_written(text):
    assert identity_codes_in(text)


@pytest.mark.parametrize(
    "text",
    ["24.11.2026–3.12.2026", "1.2.26 - 300 h", "Y-tunnus 1234567-1", "klo 9.30-12.00", "48 h",
     "Viikolla 48 12 hakemusta", "040 123 4567", "FI21 1234 5600 0007 85"],
)  # fmt: skip
def test_dates_hours_and_numbers_are_no_identity_codes(text):
    assert identity_codes_in(text) == ()


@given(
    day=st.integers(1, 28),
    month=st.integers(1, 12),
    year=st.integers(0, 99),
    sign=st.sampled_from("+-YXWVUABCDEF"),
    number=st.integers(2, 999),
    gap=st.sampled_from(["", " ", "  "]),
    low=st.booleans(),
)
def test_every_true_identity_code_is_found_and_refused_at_save(
    day, month, year, sign, number, gap, low
):
    digits = f"{day:02d}{month:02d}{year:02d}{number:03d}"
    code = f"{day:02d}{gap}{month:02d}{gap}{year:02d}{gap}{sign}{gap}{number:03d}{gap}"
    code += _CHECKS[int(digits) % 31]
    text = f"Hän kertoi: {code.lower() if low else code}, siinä se."
    assert len(identity_codes_in(text)) == 1
    with pytest.raises(RuleBroken) as refused:
        check_text(SectionKey.WORKED, "Ensin tämä.\n" + text)
    assert refused.value.gaps["line"] == 2
    assert code not in str(refused.value.gaps["code"]), "the code itself is not said again"


@given(st.text())
def test_any_text_is_looked_through_and_what_is_found_stands_in_it(text):
    for found in findings_in(text, AROUND):
        assert found.words
        if found.doubt not in (Doubt.IDENTITY_CODE, Doubt.HEALTH):
            assert all(word in text for word in found.words)


def test_a_phone_number_that_is_not_her_own_is_found():
    text = "Oma 040 1234567, pomo (050) 765 4321, ruotsi +46 70 123 45 67."
    assert phones_in(text, ("+358401234567",)) == ("(050) 765 4321", "+46 70 123 45 67")


@pytest.mark.parametrize("text", ["2026-11-24", "04.12.2026", "04 12 2026", "00100 Helsinki", "85"])
def test_days_and_postal_codes_are_no_phone_numbers(text):
    assert phones_in(text) == ()


def test_an_address_and_an_account_are_found():
    assert emails_in("a@b.fi ja PIA@example.org", ("pia@example.org",)) == ("a@b.fi",)
    assert accounts_in("Tili fi21 1234 5600 0007 85 on") == ("fi21 1234 5600 0007 85",)
    assert accounts_in("FI21 1234 5600 0007 86") == (), "its check digits are wrong"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pekan kanssa", ("Pekan",)),
        ("Puhuin pekka virtasen kanssa", ("pekka virtasen",)),
        ("Kiitos Sadulle", ("Sadulle",)),
        ("Satu tiesi. Satuin paikalle.", ()),
        ("Toivon työtä. Kerroin Toivolle.", ("Toivolle",)),
        ("Anna-Liisalle ja Liisalle", ("Anna-Liisalle", "Liisalle")),
        ("Pia Rannan kanssa, Pia itse", ("Pia Rannan",)),
        ("Johanneksen neuvo", ("Johanneksen",)),
        ("pekka mainittu pienellä", ()),
        ("Pekkala Oy", ()),
    ],
)
def test_names_of_others_are_found_as_they_are_bent(text, found):
    assert names_in(text, OTHERS, "Pia") == found


@given(st.sampled_from(["Pekka", "Satu", "Johannes", "Stig", "Virtanen", "Outi", "Matti"]))
def test_a_name_is_among_its_own_stems(name):
    assert name in stems_of(name)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Palkka oli 11,50 € tunnissa", True),
        ("Sai 2 500 euroa palkkaa", True),
        ("Verokortti puuttuu", True),
        ("Lön 2 500 euro i månaden", True),
        ("Palkkatyö kiinnostaa, matka maksaa 5 €", False),
        ("Hakee palkkatuettua työtä", False),
        ("Palkkaus sovitaan. Bussilippu on 3 €.", False),
    ],
)
def test_pay_is_found_where_it_has_an_amount_or_a_word_of_payroll(text, is_found):
    assert bool(words_of_pay(text)) is is_found


def test_absences_are_found():
    assert words_of_absence("Poissaoloja oli kolme, frånvaro en gång") == (
        "Poissaoloja",
        "frånvaro",
    )


def test_warnings_come_section_by_section_and_every_doubt_has_words():
    texts = [(SectionKey.SITUATION, "Hyvä."), (SectionKey.NEEDED, "Pekan kanssa, sairausloma")]
    (only,) = look_through(texts, AROUND)
    assert only.key is SectionKey.NEEDED
    assert [one.doubt for one in only.findings] == [Doubt.NAME, Doubt.HEALTH]
    assert set(DOUBTS) == set(Doubt)


def test_the_records_leave_doubtful_words_out():
    records = Records(
        Figures(),
        StrategyText(goal="Kaupan työ", work="Lääkärin lausunto ensin"),
        leads=(OpenLead("Myyjä", "Kauppa Oy", "Soita Pekalle"), OpenLead("Pekan apuri", "X")),
        steps=("Soita 050 765 4321", "Tee CV"),
    )
    kept = without_doubts(records, AROUND)
    assert kept.strategy == StrategyText(goal="Kaupan työ")
    assert kept.leads == (OpenLead("Myyjä", "Kauppa Oy"),)
    assert kept.steps == ("Tee CV",)


@pytest.mark.parametrize("field", ["goal", "work", "area", "targets"])
def test_a_doubtful_line_of_the_strategy_is_left_out_wherever_it_stands(field):
    said = StrategyText(goal="Kauppa", work="Myynti", area="Pori", targets="Kolme soittoa")
    doubtful = replace(said, **{field: "Kuten Pekka Virtanen"})
    kept = without_doubts(Records(Figures(), doubtful), AROUND)
    assert kept.strategy == replace(said, **{field: ""})


def test_a_lead_at_somebody_goes_and_a_step_that_goes_takes_its_day_along():
    on = date(2026, 11, 30)
    leads = (
        OpenLead("Myyjä", "Pekka Virtanen", "Soita", on),
        OpenLead("Myyjä", "Kauppa Oy", "Soita Pekalle", on),
        OpenLead("Myyjä", "Toinen Oy", "Soita", on),
    )
    kept = without_doubts(Records(Figures(), leads=leads), AROUND)
    assert kept.leads == (OpenLead("Myyjä", "Kauppa Oy"), leads[2])


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        (SectionKey.WORKED, "on jo", "uutta"),
        (SectionKey.WORKED, "", ""),
        (SectionKey.OWN_WORDS, "", "sanoja"),
        (SectionKey.PROPOSALS, "", "sanoja"),
    ],
)
def test_only_an_empty_section_is_filled_and_only_from_words(key, text, words):
    with pytest.raises(RuleBroken):
        check_refill(key, text, words)
    check_refill(SectionKey.WORKED, "", "sanoja")
