"""The copy of everything: all of a person's is in it, and nothing of anybody else's."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import String, Text, inspect, not_, select, update
from sqlalchemy.exc import DBAPIError

from jobsearch.accounts.models import Membership
from jobsearch.audit.service import note_looks
from jobsearch.cohorts.models import Enrolment, EnrolmentState
from jobsearch.core import files
from jobsearch.core.access import Role
from jobsearch.core.columns import PERSONAL, Encrypted
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.looks import Look
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.notices.models import Message
from jobsearch.privacy.copies.exports import write_archive
from jobsearch.privacy.copies.fields import FIELDS
from jobsearch.privacy.copies.models import DataCopy
from jobsearch.privacy.copies.queries import copied_fields, copied_models
from jobsearch.privacy.copies.rules import LEFT_OUT_FIELDS, MOST_A_DAY
from jobsearch.privacy.copies.service import make_for, make_own
from jobsearch.privacy.copies.titles import TITLES
from jobsearch.privacy.queries import is_hers, personal_models
from jobsearch.privacy.requests.rules import Area, Asked, RequestKind, RequestState
from jobsearch.privacy.requests.service import answer, note_for
from jobsearch.privacy.rules import NOBODYS
from tests.furnished import Furnished, furnish
from tests.world import NOW, Member, World

OTHERS = "Vieras-8842"
# columns that hold text and take none of our own: by what the row itself is bound to
BOUND = {
    ("access_entry", "account_id"),
    ("access_entry", "person_id"),
    ("audit_entry", "account_id"),
    ("audit_entry", "subject_id"),
    ("consent", "subject_id"),
    ("declined_kind", "subject_id"),
    ("failed_address", "subject_id"),
    ("message", "attachment_id"),
    ("message", "subject_id"),
    ("message_choice", "subject_id"),
    ("pay_line", "reverses_id"),
    ("payslip", "corrects_id"),
    ("payslip", "restates_id"),
}
# rows that the database lets nobody change: what was written into them is asked for as it stands
APPEND_ONLY = {"access_entry", "audit_entry", "consent", "consent_withdrawal"}


@pytest.fixture
def furnished(world: World, context: None) -> Furnished:
    return furnish(world)


def archive(member: Member) -> zipfile.ZipFile:
    out = io.BytesIO()
    with unit_of_work(Scope(member.actor.organisation_ids, "test"), member.actor):
        make_own(member.actor, out, write_archive)
    return zipfile.ZipFile(out)


def tables_of(packed: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(packed.read("data.json"))["tables"]
    return found


def plain(packed: zipfile.ZipFile) -> str:
    """Every text of the archive: names, data, the paper's letters, and the documents' bytes."""
    said = [packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()]
    return "\n".join([*packed.namelist(), *said, paper(packed)])


def paper(packed: zipfile.ZipFile) -> str:
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=packed.read("data.pdf"),
        capture_output=True,
        check=True,
    )
    return run.stdout.decode()


def _columns(model: Any) -> Iterator[Any]:
    for column in inspect(model).columns:
        is_text = isinstance(column.type, String | Text | Encrypted) and not hasattr(
            column.type, "enums"
        )
        named = (model.__tablename__, column.key)
        if PERSONAL in column.info and is_text and named not in BOUND:
            yield column


def _plant(model: Any, where: Any, canary: str) -> set[str]:
    """Write a text of our own into every personal text of some rows; those that took it."""
    taken = set()
    for number, column in enumerate(_columns(model)):
        length = getattr(column.type, "length", None) or 40
        if length < 12:
            continue  # a language, a grade: no word of anybody's
        # where a row has the value alone, only one row takes it
        keys = db.session.scalars(select(inspect(model).primary_key[0]).where(where)).all()
        for at, key in enumerate(keys):
            words = f"{canary}{number}x{at}"[:length]
            statement = update(model).where(inspect(model).primary_key[0] == key)
            try:
                with db.session.begin_nested():
                    db.session.execute(statement.values({column.key: words}))
                taken.add(words)
            except DBAPIError:
                continue
    return taken


def test_the_copy_has_every_word_of_hers_and_none_of_anybody_elses(
    world: World, furnished: Furnished
) -> None:
    mine: dict[str, set[str]] = {}
    with unit_of_work(whole_installation("test")) as session:
        session.info["read_only"] = False
        for number, model in enumerate(personal_models()):
            if model.__tablename__ in APPEND_ONLY | {"organisation", "stored_file", "survey_box"}:
                continue
            if model.__tablename__ in NOBODYS:
                _plant(model, inspect(model).primary_key[0].is_not(None), OTHERS)
                continue
            hers = is_hers(model, world.pia.person_id)
            others = select(inspect(model).primary_key[0]).where(hers)
            _plant(model, not_(inspect(model).primary_key[0].in_(others)), OTHERS)
            mine[model.__tablename__] = _plant(model, hers, f"Oma{number}-")
    packed = archive(world.pia)
    text = packed.read("data.json").decode()
    hidden = {key for key in LEFT_OUT_FIELDS if key.endswith(("_index", "_key", "_link", "digest"))}
    lost = {
        (table, words)
        for table, planted in mine.items()
        for words in planted
        if words not in text and not _is_hidden(table, words, hidden)
    }
    assert lost == set()
    assert sum(len(planted) for planted in mine.values()) > 100
    assert len([table for table, planted in mine.items() if planted]) > 35
    assert OTHERS not in plain(packed)


def _is_hidden(table: str, words: str, hidden: set[str]) -> bool:
    model = next(one for one in personal_models() if one.__tablename__ == table)
    number = int(words.partition("-")[2].partition("x")[0])
    return list(_columns(model))[number].key in hidden


def test_every_field_of_hers_is_in_its_row_and_no_secret_is(
    world: World, furnished: Furnished
) -> None:
    packed = archive(world.pia)
    found = tables_of(packed)
    for model in copied_models():
        with unit_of_work(whole_installation("test"), read_only=True):
            count = len(
                db.session.scalars(select(model).where(is_hers(model, world.pia.person_id))).all()
            )
        if model.__tablename__ not in ("audit_entry", "data_copy", "message"):  # grows as we look
            assert len(found.get(model.__tablename__, {"rows": []})["rows"]) == count
        for row in found.get(model.__tablename__, {"rows": []})["rows"]:
            for column in inspect(model).columns:
                if column.info.get("secret"):
                    assert column.key not in row
                elif PERSONAL in column.info and column.key not in LEFT_OUT_FIELDS:
                    assert {column.key, column.key.removesuffix("_id")} & set(row)


def test_every_table_about_people_is_copied_or_belongs_to_nobody() -> None:
    copied = {model.__tablename__ for model in copied_models()}
    assert copied | set(NOBODYS) == {model.__tablename__ for model in personal_models()}
    assert copied == set(TITLES), "say in privacy/copies/titles.py what one row is called"


def test_every_field_has_a_word_or_a_reason_to_be_left_out() -> None:
    for model in copied_models():
        for column in inspect(model).columns:
            if PERSONAL not in column.info:
                continue
            names = {column.key, column.key.removesuffix("_id")}
            assert names & set(FIELDS) or column.key in LEFT_OUT_FIELDS, column
            assert column.key in copied_fields(model) or column.key in LEFT_OUT_FIELDS, column


def test_codes_are_in_full_money_is_euros_and_instants_have_their_zone(
    world: World, furnished: Furnished
) -> None:
    found = tables_of(archive(world.pia))
    (person,) = found["person"]["rows"]
    assert person["identity_code"] == "150591-902A"
    assert person["bank_account"] == "FI2112345600000785"
    assert "601.68 EUR" in [row["gross"] for row in found["payslip"]["rows"]]
    assert found["action"]["rows"][0]["logged_at"] == "2026-11-24T10:00:00+02:00"
    meaning = found["person"]["fields"]["phone"]
    assert set(meaning) == {"name", "purpose", "basis", "retention", "sees"}


def test_staff_and_colleagues_stand_in_it_by_role_and_never_by_key(
    world: World, furnished: Furnished
) -> None:
    packed = archive(world.pia)
    found = tables_of(packed)
    assert {row["writer"] for row in found["sparring_note"]["rows"]} == {"coach"}
    assert {row["writer"] for row in found["short_message"]["rows"]} == {"you"}
    assert {row["who"] for row in found["coach_link"]["rows"]} == {"municipal_coach"}
    text = packed.read("data.json").decode()
    for name in ("stig", "aino", "paula", "mia", "otto", "nils", "sam"):
        member: Member = getattr(world, name)
        assert member.account_id not in text, name
    assert world.otto.person_id not in text
    with unit_of_work(whole_installation("test"), read_only=True):
        for model in copied_models():
            if model.__tablename__ in ("audit_entry", "access_entry"):
                continue  # numbered, not keyed
            key = inspect(model).primary_key[0]
            hers = select(key).where(is_hers(model, world.pia.person_id))
            others = db.session.scalars(select(key).where(key.not_in(hers))).all()
            assert [one for one in others if str(one) in text] == [], model.__tablename__


def test_every_document_of_hers_is_in_it_once_under_a_safe_name(
    world: World, furnished: Furnished
) -> None:
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        paper = files.put(b"%PDF-1.4 twice", "application/pdf")
        same = files.put(b"%PDF-1.4 twice", "application/pdf")
        for file, name in ((paper, "../../etc/CV\u202e:ä.pdf"), (same, "another.pdf")):
            db.session.add(
                Message(
                    organisation_id=world.a.organisation_id,
                    subject_id=world.pia.person_id,
                    channel="email",
                    address="pia@example.org",
                    subject="x",
                    body="x",
                    attachment_id=file.id,
                    attachment_name=name,
                    kind="payroll.copy",
                    created_at=NOW,
                )
            )
    packed = archive(world.pia)
    documents = [name for name in packed.namelist() if name.startswith("documents/")]
    contents = [packed.read(name) for name in documents]
    assert len(set(contents)) == len(contents) >= 7
    assert contents.count(b"%PDF-1.4 twice") == 1
    assert len({name.casefold() for name in documents}) == len(documents)
    for name in documents:
        assert ".." not in name.split("/")
        assert name.count("/") == 1
    named = {row["file"] for row in tables_of(packed)["payslip"]["rows"] if row["file"]}
    assert named <= set(documents)


def test_the_paper_says_the_same_in_her_language(world: World, furnished: Furnished) -> None:
    packed = archive(world.pia)
    said = paper(packed)
    assert "Everything about me" in said
    assert "150591-902A" in said
    assert "601.68" in said or "601,68" in said
    assert "Canary-7319" in said
    tags = subprocess.run(
        ["pdfinfo", "-"], input=packed.read("data.pdf"), capture_output=True, check=True
    ).stdout.decode()
    assert "Tagged:          yes" in tags
    assert packed.testzip() is None
    assert packed.read("README.txt").decode().startswith("Everything about Pia Pihlaja")


def test_who_has_looked_is_in_it_by_role(world: World, context: None) -> None:
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.stig.actor):
        note_looks(world.stig.actor, [(world.pia.person_id, Look.STRATEGY)])
        note_looks(world.stig.actor, [(world.otto.person_id, Look.HOURS)])
    looked = archive(world.pia).read("who-looked.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(looked), delimiter=";"))
    assert [row[1:3] for row in rows[1:]] == [["Coach", "your job search strategy"]]
    assert "Stig" not in looked


def test_a_copy_is_written_down_told_and_made_only_so_often(world: World, context: None) -> None:
    for _time in range(MOST_A_DAY):
        archive(world.pia)
    with pytest.raises(RuleBroken, match="at most 5 times a day"):
        archive(world.pia)
    with unit_of_work(whole_installation("test"), read_only=True):
        made = db.session.scalars(select(DataCopy)).all()
        told = db.session.scalars(select(Message).where(Message.kind == "privacy.copied")).all()
    assert len(made) == len(told) == MOST_A_DAY
    assert {one.person_id for one in made} == {world.pia.person_id}
    assert all(one.size_bytes > 1000 for one in made)


def test_one_day_later_another_copy_is_made(world: World, context: None, clock) -> None:
    for _time in range(MOST_A_DAY):
        archive(world.pia)
    clock.move_to(NOW + timedelta(days=1, minutes=1))
    assert archive(world.pia).namelist()


def test_a_copy_is_made_after_the_group_and_after_the_role(world: World, context: None) -> None:
    with unit_of_work(whole_installation("test")):
        enrolment = db.session.scalars(
            select(Enrolment).where(Enrolment.person_id == world.pia.person_id)
        ).one()
        enrolment.state, enrolment.left_on = EnrolmentState.WITHDREW, NOW.date()
    assert tables_of(archive(world.pia))["enrolment"]["rows"]
    with unit_of_work(whole_installation("test")):
        membership = db.session.get(Membership, world.pia.actor.membership_id)
        assert membership is not None
        membership.ended_at = NOW
        coach = Membership(
            account_id=world.pia.account_id,
            organisation_id=world.a.organisation_id,
            role=Role.COACH,
        )
        db.session.add(coach)
    now_coach = Member(
        type(world.pia.actor)(
            account_id=world.pia.account_id,
            membership_id=coach.id,
            name="Pia",
            role=Role.COACH,
            organisation_id=world.a.organisation_id,
            organisation_ids=frozenset({world.a.organisation_id}),
            language="en",
        ),
        "",
        "",
    )
    found = tables_of(archive(now_coach))
    assert found["person"]["rows"][0]["family_name"] == "Pihlaja"
    assert len(found["membership"]["rows"]) == 1  # the role that ended, which was hers


@pytest.mark.parametrize("name", ["stig", "aino", "paula", "mia", "olga"])
def test_an_accounts_holder_gets_her_own_account_and_nobody(
    world: World, furnished: Furnished, name: str
) -> None:
    member: Member = getattr(world, name)
    packed = archive(member)
    found = tables_of(packed)
    assert [row["email"] for row in found["account"]["rows"]] == [member.email]
    assert found["sign_in"]["rows"]
    assert not {"person", "enrolment", "payslip", "sparring_note"} & set(found)
    assert "Canary-7319" not in packed.read("data.json").decode().replace("referrer", "")
    assert world.pia.person_id not in packed.read("data.json").decode()


def test_another_providers_rows_of_the_same_account_stay_there(world: World, context: None) -> None:
    with unit_of_work(whole_installation("test")):
        for side, words in ((world.a, "from A"), (world.b, OTHERS)):
            db.session.add(
                Message(
                    organisation_id=side.organisation_id,
                    subject_id=world.pia.account_id,
                    channel="email",
                    address="pia@example.org",
                    subject=words,
                    body=words,
                    kind="accounts.code",
                    created_at=NOW,
                )
            )
    text = plain(archive(world.pia))
    assert "from A" in text
    assert OTHERS not in text


def _noted(world: World, kind: RequestKind = RequestKind.COPY) -> str:
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.aino.actor):
        asked = Asked(kind, Area.ALL, "On paper")
        return note_for(world.aino.actor, world.pia.person_id, asked).id


def _for(world: World, request_id: str, by: Member) -> zipfile.ZipFile:
    out = io.BytesIO()
    with unit_of_work(Scope(by.actor.organisation_ids, "test"), by.actor):
        make_for(by.actor, request_id, out, write_archive)
    return zipfile.ZipFile(out)


def test_a_manager_makes_the_copy_of_who_asked_on_paper_and_that_stays_written(
    world: World, furnished: Furnished
) -> None:
    request_id = _noted(world)
    found = tables_of(_for(world, request_id, world.aino))
    assert found["person"]["rows"][0]["given_name"] == "Pia"
    assert found["sign_in"]["rows"], "her accounts are hers"
    assert world.otto.person_id not in json.dumps(found)
    with unit_of_work(whole_installation("test"), read_only=True):
        made = db.session.scalars(select(DataCopy)).one()
    assert (made.person_id, made.account_id, made.request_id) == (
        world.pia.person_id,
        world.aino.account_id,
        request_id,
    )


def test_no_copy_is_made_for_her_without_an_open_request_for_one(
    world: World, context: None
) -> None:
    other = _noted(world, RequestKind.ERASURE)
    with pytest.raises(RuleBroken, match="Nobody waits"):
        _for(world, other, world.aino)
    request_id = _noted(world)
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test"), world.aino.actor):
        answer(world.aino.actor, request_id, 1, RequestState.DONE, "Given on paper.")
    with pytest.raises(RuleBroken, match="Nobody waits"):
        _for(world, request_id, world.aino)
    with pytest.raises(NotVisible):
        _for(world, request_id, world.sam)


def test_a_person_without_an_account_has_a_copy_too(world: World, context: None) -> None:
    with unit_of_work(whole_installation("test")):
        for one in db.session.scalars(
            select(Membership).where(Membership.person_id == world.pia.person_id)
        ):
            one.person_id, one.role = None, Role.COACH
    found = tables_of(_for(world, _noted(world), world.aino))
    assert found["person"]["rows"]
    assert "account" not in found
