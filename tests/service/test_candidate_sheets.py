"""A spreadsheet of candidates: recognised, adjusted, looked at, taken in whole or not at all."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.refusals import FileRefused
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person
from jobsearch.people.rules import Details
from jobsearch.people.service import edit_person
from jobsearch.recruitment.board.queries import funnel
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.rules import KnownBy
from jobsearch.recruitment.rules import CallWhy, Channel, ExitReason, Stage
from jobsearch.recruitment.sheets.models import CandidateSheet
from jobsearch.recruitment.sheets.wizard import service
from tests.recruits import make_candidate
from tests.world import TODAY, make_programme

pytestmark = pytest.mark.usefixtures("context")
PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot" / "asiakkaat.csv"
TWO = (
    "Sukunimi;Etunimi;Puhelin;Sähköposti;Kotikunta;Kieli\r\n"
    "Meri;Matti;040 123 4567;matti@example.org;Pori;suomi\r\n"
    "Öhman;Åsa;050 765 4321;;Björneborg;ruotsi\r\n"
)


def _upload(world, text: str | bytes, name: str = "people.csv") -> CandidateSheet:
    content = text if isinstance(text, bytes) else text.encode("cp1252")
    return service.upload_sheet(world.stig.actor, world.a.programme_id, content, name)


def _candidates() -> list[Candidate]:
    return list(db.session.scalars(select(Candidate).order_by(Candidate.referred_on)))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_a_csv_of_excel_becomes_candidates_on_the_call_list(world, as_, encoding):
    with as_(world.stig):
        sheet = _upload(world, TWO.encode(encoding))
        look = service.look_at(sheet.id)
        assert look.problems == [] and look.new == 2
        assert service.take_in(sheet.id, leaves_out=False) == 2
    with as_(world.stig):
        rows = _candidates()
        assert {row.channel for row in rows} == {Channel.IMPORTED}
        assert {(row.stage, row.call_on, row.call_why) for row in rows} == {
            (Stage.REFERRED, TODAY, CallWhy.FIRST_CALL)
        }
        asa = db.session.scalars(select(Person).where(Person.given_name == "Åsa")).one()
        assert (asa.family_name, asa.language, asa.municipality) == ("Öhman", "sv", "Björneborg")
        assert db.session.scalar(select(func.count(CandidateSheet.id))) == 0


def test_an_xlsx_with_numbers_for_telephones_is_the_same(world, as_):
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["Syksyn ehdokkaat"])
    sheet.append([])
    sheet.append(["Nimi", "Matkapuhelin", "Paikkakunta"])
    sheet.append(["Matti Meri", 401234567, "Pori"])
    book.save(out)
    with as_(world.stig):
        waiting = _upload(world, out.getvalue(), "people.xlsx")
        assert waiting.heading_row == 3
        (row,) = service.look_at(waiting.id).candidates
        assert (row.phone, row.municipality) == ("+358401234567", "Pori")


def test_the_pilots_sheet_gives_exactly_its_funnel(world, as_):
    with as_(world.aino):
        programme, _template = make_programme(world.a.organisation_id, "pilot-2021")
        sheet = service.upload_sheet(
            world.aino.actor, programme.id, PILOT.read_bytes(), "asiakkaat.csv"
        )
        assert service.take_in(sheet.id, leaves_out=False) == 34
        made = funnel(programme.id, TODAY)
        assert made.exits == {
            ExitReason.DID_NOT_COME: 6,
            ExitReason.NOT_REACHED: 3,
            ExitReason.FOUND_WORK: 3,
            ExitReason.STUDIES: 1,
            ExitReason.DECLINED: 1,
        }
        assert made.exits_after_signing == {ExitReason.FOUND_WORK: 1}
        assert (made.introduced, made.reached[Stage.SIGNED], made.reached[Stage.STARTED]) == (
            34,
            21,
            20,
        )


def test_one_mistake_and_nobody_is_taken_in(world, as_):
    with as_(world.stig):
        sheet = _upload(world, TWO + "Virhe;Ville;12;;Pori;suomi\r\n")
        look = service.look_at(sheet.id)
        assert "row 4, column C (Puhelin): “12” is not a telephone number" in str(look.problems[0])
        with pytest.raises(FileRefused):
            service.take_in(sheet.id, leaves_out=False)
        assert _candidates() == []


def test_columns_that_were_taken_for_something_else_are_named_by_hand(world, as_):
    strange = "A;B;C\r\n040 1234567;Matti Meri;Pori\r\n"
    with as_(world.stig):
        sheet = _upload(world, strange)
        assert sheet.columns == {}
        assert "Say which column has the name" in str(service.look_at(sheet.id).problems[0])
        with pytest.raises(RuleBroken, match="phone number or the e-mail"):
            service.name_columns(sheet.id, sheet.version, 1, {"name": 1})
        service.name_columns(sheet.id, sheet.version, 1, {"phone": 0, "name": 1, "municipality": 2})
        (row,) = service.look_at(sheet.id).candidates
        assert (row.name, row.phone) == ("Matti Meri", "+358401234567")


def test_another_heading_row_is_recognised_anew(world, as_):
    with as_(world.stig):
        sheet = _upload(world, "Nimi;Puhelin\r\nNamn;Telefon\r\nMatti Meri;040 1234567\r\n")
        assert sheet.heading_row == 1
        service.name_columns(sheet.id, sheet.version, 2, {})
        assert len(service.look_at(sheet.id).candidates) == 1
        with pytest.raises(RuleBroken, match="nothing on this row"):
            service.name_columns(sheet.id, sheet.version, 99, {})


def test_the_known_are_found_by_phone_address_and_code_and_never_doubled(world, as_):
    with as_(world.stig):
        otto = get_person(world.otto.person_id)
        details = Details("Otto", "Oksanen", otto.phone, otto.email)
        edit_person(otto.id, None, details, identity_code="131052-308T")
        sheet = _upload(
            world,
            "Nimi;Puhelin;Sähköposti;Hetu\r\n"
            "Pia P;+358 (0)40 0000 201;;\r\n"
            "Otto O;;;131052-308t\r\n"
            "Uusi U;040 5551111;uusi@example.org;\r\n",
        )
        look = service.look_at(sheet.id)
        assert [str(one) for one in look.problems] == [
            "people.csv, row 3: Otto O has neither a phone number nor an e-mail address."
        ]
        service.put_aside(sheet.id)
        sheet = _upload(
            world,
            "Nimi;Puhelin;Sähköposti;Hetu\r\n"
            "Pia P;+358 (0)40 0000 201;;\r\n"
            "Otto O;040 9998888;;131052-308t\r\n"
            "Uusi U;040 5551111;uusi@example.org;\r\n",
        )
        look = service.look_at(sheet.id)
        assert {(one.name, one.by) for one in look.known} == {
            ("Pia P", KnownBy.PHONE),
            ("Otto O", KnownBy.IDENTITY_CODE),
        }
        before = db.session.scalar(select(func.count(Person.id)))
        assert service.take_in(sheet.id, leaves_out=False) == 3
        assert db.session.scalar(select(func.count(Person.id))) == before + 1
        new = db.session.scalars(select(Person).where(Person.given_name == "Uusi")).one()
        assert new.identity_code is None


def test_one_known_person_on_two_rows_is_said_and_taken_in_once(world, as_):
    with as_(world.stig):
        otto = get_person(world.otto.person_id)
        details = Details("Otto", "Oksanen", otto.phone, "otto@example.org")
        edit_person(otto.id, None, details)
        rows = f"Nimi;Puhelin;Sähköposti\r\nOtto O;{otto.phone};\r\nO Oksanen;;otto@example.org\r\n"
        sheet = _upload(world, rows)
        said = "Row 3: O Oksanen is the same person as on row 2."
        assert [str(one) for one in service.look_at(sheet.id).problems] == [said]
        with pytest.raises(FileRefused, match="same person as on row 2"):
            service.take_in(sheet.id, leaves_out=True)


def test_candidates_of_the_programme_are_refused_or_left_out(world, as_):
    with as_(world.stig):
        make_candidate(world.a, 5)
        sheet = _upload(world, TWO + "Saari;Helmi5;+358400000005;;Pori;\r\n")
        assert [one.name for one in service.look_at(sheet.id).already] == ["Helmi5 Saari"]
        with pytest.raises(FileRefused, match="Row 4: Helmi5 Saari is a candidate"):
            service.take_in(sheet.id, leaves_out=False)
        assert service.take_in(sheet.id, leaves_out=True) == 2
        again = _upload(world, TWO)
        with pytest.raises(FileRefused, match="Nobody in this file is new"):
            service.take_in(again.id, leaves_out=True)


def test_a_file_that_is_no_table_an_old_page_and_a_stranger_are_refused(world, as_):
    with as_(world.stig):
        with pytest.raises(RuleBroken, match="cannot be read as a table"):
            _upload(world, b"PK\x03\x04 no workbook")
        with pytest.raises(RuleBroken, match="is empty"):
            _upload(world, b"")
        sheet = _upload(world, TWO)
        seen = sheet.version
        service.name_columns(sheet.id, seen, 1, {"given_name": 1, "phone": 2})
        with pytest.raises(Conflict):
            service.name_columns(sheet.id, seen, 1, {"given_name": 1, "phone": 2})
    with as_(world.cora), pytest.raises(NotVisible):
        service.take_in(sheet.id, leaves_out=False)


def test_a_sheet_that_waits_for_more_than_a_day_is_let_go(world, as_, clock):
    with as_(world.stig):
        _upload(world, TWO)
    clock.shift(25 * 3600)
    with as_(world.stig):
        _upload(world, TWO)
        assert db.session.scalar(select(func.count(CandidateSheet.id))) == 1


def test_many_rows_are_looked_up_in_few_statements(world, as_, statements):
    rows = "".join(f"Nimi {n};040 {n:07d}\r\n" for n in range(1, 301))
    with as_(world.stig):
        sheet = _upload(world, "Nimi;Puhelin\r\n" + rows)
        before = len(statements)
        assert service.look_at(sheet.id).new == 300
        assert len(statements) - before < 10
