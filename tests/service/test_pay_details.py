"""Identity code, bank account and tax card: by staff, or by the person with a code."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.notices.models import Message
from jobsearch.payroll.contracts.details import service
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.people.queries import get_person

pytestmark = pytest.mark.usefixtures("context")
ACCOUNT, OTHER = "FI2112345600000785", "FI5810171000000122"
CARD = TaxCardTerms(
    TaxCardKind.WAGE, Rate.of("12.5"), Rate.of("34"), Money.of("21000"), date(2026, 1, 1)
)


def _messages(kind: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == kind)))


def _code() -> str:
    sent = _messages("accounts.proof_code")[-1]
    found = re.search(r"\b\d{6}\b", sent.body)
    assert found is not None
    return found[0]


def test_her_own_account_changes_only_with_the_code_and_she_is_told(as_, world) -> None:
    with as_(world.pia):
        change, secret = service.ask_account_change(world.pia.actor, ACCOUNT)
        person = get_person(world.pia.person_id)
        assert person.bank_account is None
        service.confirm_account_change(world.pia.actor, change.id, secret, _code())
        assert person.bank_account == ACCOUNT
        assert change.sent_to
        told = _messages("payroll.account_changed")
        assert len(told) == 2  # by e-mail and to the phone
        assert all(ACCOUNT not in one.body for one in told)


def test_a_wrong_code_or_anothers_change_changes_nothing(as_, world) -> None:
    with as_(world.pia):
        change, secret = service.ask_account_change(world.pia.actor, ACCOUNT)
        wrong = "000000" if _code() != "000000" else "111111"
        with pytest.raises(RuleBroken) as refused:
            service.confirm_account_change(world.pia.actor, change.id, secret, wrong)
        assert refused.value.field == "code"
        with pytest.raises(NotVisible):
            service.confirm_account_change(world.otto.actor, change.id, secret, _code())
        assert get_person(world.pia.person_id).bank_account is None


def test_the_code_of_one_account_does_not_confirm_another(as_, world) -> None:
    with as_(world.pia):
        _first, secret = service.ask_account_change(world.pia.actor, ACCOUNT)
        code = _code()
        second, _ = service.ask_account_change(world.pia.actor, OTHER)
        with pytest.raises(RuleBroken):
            service.confirm_account_change(world.pia.actor, second.id, secret, code)
        assert get_person(world.pia.person_id).bank_account is None


def test_a_code_confirms_once(as_, world) -> None:
    with as_(world.pia):
        change, secret = service.ask_account_change(world.pia.actor, ACCOUNT)
        code = _code()
        service.confirm_account_change(world.pia.actor, change.id, secret, code)
        with pytest.raises(RuleBroken):
            service.confirm_account_change(world.pia.actor, change.id, secret, code)


def test_staff_who_enter_an_account_tell_the_person_too(as_, world) -> None:
    with as_(world.paula):
        service.enter_account(world.pia.person_id, ACCOUNT)
        assert len(_messages("payroll.account_changed")) == 2


def test_she_gives_her_code_once_and_nobody_elses(as_, world) -> None:
    with as_(world.pia):
        service.give_identity_code(world.pia.actor, "010594Y9032")
        person = get_person(world.pia.person_id)
        assert person.identity_code == "010594Y9032"
        assert person.identity_index
        with pytest.raises(RuleBroken, match="here already"):
            service.give_identity_code(world.pia.actor, "020594X903P")
        with pytest.raises(RuleBroken, match="Another person") as refused:
            service.give_identity_code(world.otto.actor, "010594Y9032")
        assert "Pia" not in str(refused.value)


def test_a_tax_card_is_kept_and_a_wrong_one_refused_in_words(as_, world) -> None:
    with as_(world.pia):
        service.give_tax_card(world.pia.actor, CARD)
        assert db.session.scalars(select(TaxCard)).one().base_bp == 1250
        with pytest.raises(RuleBroken, match="entered today already"):
            service.give_tax_card(world.pia.actor, CARD)
        benefit = TaxCardTerms(
            TaxCardKind.BENEFIT, Rate.of("20"), Rate.of("40"), None, date(2026, 2, 1)
        )
        with pytest.raises(RuleBroken, match="benefits"):
            service.give_tax_card(world.pia.actor, benefit)
        old = TaxCardTerms(TaxCardKind.WAGE, Rate.of("20"), Rate.of("40"), None, date(2025, 2, 1))
        with pytest.raises(RuleBroken, match="earlier year"):
            service.give_tax_card(world.pia.actor, old)
        absurd = TaxCardTerms(
            TaxCardKind.WAGE, Rate.of("101"), Rate.of("40"), None, date(2026, 3, 1)
        )
        with pytest.raises(RuleBroken, match="between 0 and 100"):
            service.give_tax_card(world.pia.actor, absurd)


def test_codes_and_accounts_are_unreadable_in_the_database(app, as_, world) -> None:
    with as_(world.pia):
        service.give_identity_code(world.pia.actor, "010594Y9032")
        service.ask_account_change(world.pia.actor, ACCOUNT)
    with app.app_context(), db.engine.connect() as connection:
        for table in ("person", "account_change", "audit_entry"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert all(
                secret.encode() not in str(rows).encode() for secret in ("010594Y9032", ACCOUNT)
            )
