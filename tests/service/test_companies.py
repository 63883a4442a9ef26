"""The memory of companies: what is counted, once, at which cost, and nothing of anybody."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.audit.models import AuditEntry
from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.tracker.companies import queries
from jobsearch.tracker.companies.jobs import remember_companies
from jobsearch.tracker.companies.models import Company, CompanyChannel
from jobsearch.tracker.companies.queries import BATCH
from jobsearch.tracker.companies.rules import TakesCalls
from jobsearch.tracker.companies.service import note_company, remember_batch, say_takes_calls
from jobsearch.tracker.models import Action, ActionSource, Employer
from jobsearch.tracker.rules import Activity, Channel, Reply
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
YESTERDAY = TODAY - timedelta(days=1)
NOVEMBER = date(2026, 11, 1)


def done(world, name: str = "Rannikon Leipomo", who: str = "pia", **more) -> Action:
    """One thing done at an employer of this name, yesterday unless said otherwise."""
    person_id = getattr(world, who).person_id
    known = db.session.query(Employer).filter_by(person_id=person_id, name=name).first()
    if known is None:
        known = Employer(person_id=person_id, name=name)
        db.session.add(known)
        db.session.flush()
    side = world.b if who == "bo" else world.a
    place = {"pia": 0, "otto": 1, "bo": 0}[who]
    usual = {"on": YESTERDAY, "activity": Activity.EMPLOYER_CONTACT, "logged_at": NOW}
    action = Action(
        person_id=person_id,
        enrolment_id=side.enrolment_ids[who],
        cohort_id=side.cohort_ids[place],
        employer_id=known.id,
        **(usual | more),
    )
    db.session.add(action)
    db.session.flush()
    return action


def counts(world) -> dict[tuple[str, Channel], tuple[int, int, int, date]]:
    """What is counted, by company's key and channel."""
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        statement = sa.select(Company.name_key, CompanyChannel).join(
            CompanyChannel, CompanyChannel.company_id == Company.id
        )
        return {
            (key, row.channel): (row.contacts, row.replies, row.interviews, row.last_month)
            for key, row in db.session.execute(statement)
        }


def test_people_of_all_groups_are_counted_together_by_the_companys_key(world, as_) -> None:
    with as_(world.stig):
        done(world, channel=Channel.PHONE)
        done(world, "RANNIKON LEIPOMO OY", "otto", channel=Channel.PHONE, reply=Reply.INTERESTED)
        done(world, channel=None)
        done(world, activity=Activity.INTERVIEW, channel=Channel.PHONE)
        done(world, "Merikulman Varasto", on=date(2026, 10, 31))
    said = remember_companies()
    assert said == "Actions counted for companies: 5."
    assert counts(world) == {
        ("rannikon leipomo", Channel.PHONE): (2, 1, 1, NOVEMBER),
        ("rannikon leipomo", Channel.OTHER): (1, 0, 0, NOVEMBER),
        ("merikulman varasto", Channel.OTHER): (1, 0, 0, date(2026, 10, 1)),
    }


def test_the_count_goes_on_the_next_night_and_twice_is_once(world, as_) -> None:
    with as_(world.stig):
        done(world, channel=Channel.PHONE, on=date(2026, 10, 30))
    for _twice in range(2):
        remember_companies()
    assert counts(world) == {
        ("rannikon leipomo", Channel.PHONE): (1, 0, 0, date(2026, 10, 1)),
    }
    with as_(world.stig):
        done(world, channel=Channel.PHONE)
        done(world, channel=Channel.VISIT)
    for _twice in range(2):
        remember_companies()
    assert counts(world) == {
        ("rannikon leipomo", Channel.PHONE): (2, 0, 0, NOVEMBER),
        ("rannikon leipomo", Channel.VISIT): (1, 0, 0, NOVEMBER),
    }


def test_what_is_of_today_undone_private_from_a_file_or_nowhere_is_not_counted(world, as_) -> None:
    with as_(world.stig):
        done(world, on=TODAY)
        done(world, undone_at=NOW)
        done(world, private_at=NOW)
        done(world, source=ActionSource.IMPORTED, count=3)
        done(world).employer_id = None
    remember_companies()
    assert counts(world) == {}
    with as_(world.stig):
        assert db.session.query(Company).count() == 0


def test_what_was_left_out_is_not_looked_at_again(world, as_, statements) -> None:
    with as_(world.stig):
        done(world, undone_at=NOW)
        done(world, private_at=NOW)
    assert remember_companies() == "Actions counted for companies: 2."
    assert remember_companies() == "Actions counted for companies: 0."


def test_a_reply_that_comes_days_later_is_counted_once(world, as_, clock) -> None:
    with as_(world.stig):
        action_id = done(world, channel=Channel.PHONE).id
    remember_companies()
    with as_(world.stig):
        action = db.session.get_one(Action, action_id)
        action.reply, action.replied_on = Reply.LATER, TODAY
    remember_companies()
    assert counts(world)["rannikon leipomo", Channel.PHONE] == (1, 0, 0, NOVEMBER)  # it is today's
    clock.move_to(NOW + timedelta(days=1))
    for _twice in range(2):
        remember_companies()
    assert counts(world)["rannikon leipomo", Channel.PHONE] == (1, 1, 0, NOVEMBER)


def test_each_provider_remembers_its_own(world, as_) -> None:
    with as_(world.stig):
        done(world)
    with as_(world.cora):
        done(world, who="bo")
    remember_companies()
    assert len(counts(world)) == 1
    with unit_of_work(whole_installation("test")):
        assert sorted(db.session.scalars(sa.select(Company.organisation_id))) == sorted(
            [world.a.organisation_id, world.b.organisation_id]
        )


def test_three_hundred_actions_cost_as_many_statements_as_three(world, as_, statements) -> None:
    def cost(rows: int, start: int) -> int:
        with as_(world.stig):
            for number in range(start, start + rows):
                done(world, f"Yritys {number % 40}", channel=tuple(Channel)[number % 6])
        with as_(world.stig):
            del statements[:]
            assert remember_batch(world.a.organisation_id, TODAY) == rows
            return len(statements)

    first, many, again = cost(3, 0), cost(300, 3), cost(300, 5)
    assert many <= first + 1  # the rows that are there are raised, for all of them at once
    assert again <= many
    assert many <= 9
    assert sum(row[0] for row in counts(world).values()) == 603


def test_more_than_a_batch_is_counted_in_the_same_night(world, as_) -> None:
    with as_(world.stig):
        employer_id = done(world).employer_id
        place = {"enrolment_id": world.a.enrolment_ids["pia"], "cohort_id": world.a.cohort_ids[0]}
        db.session.add_all(
            Action(
                person_id=world.pia.person_id,
                employer_id=employer_id,
                on=YESTERDAY,
                activity=Activity.EMPLOYER_CONTACT,
                logged_at=NOW,
                **place,
            )
            for _number in range(BATCH)
        )
    assert remember_companies() == f"Actions counted for companies: {BATCH + 1}."
    assert counts(world)["rannikon leipomo", Channel.OTHER][0] == BATCH + 1


def test_nothing_in_the_memory_is_of_a_person_or_leads_to_one(world, as_) -> None:
    of_people = {"person", "enrolment", "account", "action", "employer", "cohort", "lead"}
    for model in (Company, CompanyChannel):
        table = Base.metadata.tables[model.__tablename__]
        for column in table.c:
            assert PERSONAL not in column.info and not column.info.get("secret"), column
            targets = {key.column.table.name for key in column.foreign_keys}
            assert not targets & of_people, column
            assert not isinstance(column.type.python_type, type(NOW)), column
    pointing = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in ("company", "company_channel")
    }
    assert pointing == {"company_channel"}  # and no row of a person leads here


def test_no_column_of_it_is_finer_than_a_month(world, as_) -> None:
    for model in (Company, CompanyChannel):
        for column in Base.metadata.tables[model.__tablename__].c:
            assert "DATETIME" not in str(column.type).upper()
            assert "TIMESTAMP" not in str(column.type).upper()
    with as_(world.stig):
        done(world, on=date(2026, 11, 23))
    remember_companies()
    with as_(world.stig):
        assert [row.last_month for row in db.session.query(CompanyChannel)] == [NOVEMBER]
        # the trail would say in which night something was counted
        told = sa.select(AuditEntry.table_name).where(AuditEntry.table_name.like("company%"))
        assert list(db.session.scalars(told)) == []


def test_a_company_is_shown_from_two_contacts_or_when_a_coach_knows_it(world, as_) -> None:
    with as_(world.stig):
        for name, times in (("Yksi", 1), ("Kaksi", 2), ("Tunnettu", 1)):
            for _time in range(times):
                done(world, name)
        done(world, "Haastattelu", activity=Activity.INTERVIEW)
    remember_companies()
    with as_(world.stig):
        note_company("tunnettu OY", TakesCalls.YES)
        note_company("Uusi Yritys Oy", TakesCalls.NO)
    with as_(world.pia):
        found = queries.list_companies("", 1)
        assert [line.name for line in found.lines] == ["Kaksi", "Tunnettu", "Uusi Yritys Oy"]
        assert found.count == 3
        assert [line.contacts for line in queries.all_companies()] == [2, 1, 0]
        hidden = db.session.query(Company).filter_by(name_key="yksi").one()
        with pytest.raises(NotVisible):
            queries.get_company(hidden.id)


def test_a_name_is_found_by_a_part_of_it_in_any_letters(world, as_) -> None:
    with as_(world.stig):
        for name in ("Länsirannan Leipomo Oy", "Ääniyhtiö", "100% Siivous"):
            note_company(name, TakesCalls.YES)
        for text, names in (
            ("LÄNSIRANNAN", ["Länsirannan Leipomo Oy"]),
            ("leipomo", ["Länsirannan Leipomo Oy"]),
            ("ääni", ["Ääniyhtiö"]),
            ("%", []),
            ("zzz", []),
        ):
            assert [one.name for one in queries.list_companies(text, 1).lines] == names


def test_how_it_takes_calls_is_said_changed_and_forgotten(world, as_) -> None:
    with as_(world.stig):
        company = note_company("Rannikon  Leipomo", TakesCalls.YES)
        assert company.name == "Rannikon Leipomo"
        assert note_company("RANNIKON LEIPOMO", TakesCalls.NO).id == company.id
    with as_(world.stig):
        row = say_takes_calls(company.id, TakesCalls.YES, 2)
        assert row.takes_calls is TakesCalls.YES
    with as_(world.stig):
        with pytest.raises(Conflict):
            say_takes_calls(company.id, None, 2)
        say_takes_calls(company.id, None, 3)
        assert queries.list_companies("", 1).count == 0
        with pytest.raises(RuleBroken):
            note_company("", TakesCalls.YES)
    with as_(world.cora), pytest.raises(NotVisible):
        say_takes_calls(company.id, TakesCalls.YES)
