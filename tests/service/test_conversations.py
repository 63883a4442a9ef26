"""Short messages: who sees them, what is new, taking back, and being told once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.accounts.models import Account, Membership
from jobsearch.audit.models import AuditEntry
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.conversations import queries, service
from jobsearch.conversations.jobs import tell_of_messages
from jobsearch.conversations.lists import queries as lists
from jobsearch.conversations.models import ReadMark, ShortMessage
from jobsearch.conversations.rules import LONGEST, TOLD_AFTER, WITHDRAWN_WITHIN
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")
SECOND = timedelta(seconds=1)


def system():
    return unit_of_work(whole_installation("test"))


@pytest.fixture
def talk(world) -> str:
    """The key of Pia's conversation with Stig."""
    return world.a.enrolment_ids["pia"]


@pytest.fixture
def write(as_, talk, clock):
    """Write as somebody; a second passes."""

    def written(member, body: str, where: str = talk) -> str:
        clock.shift(1)
        with as_(member):
            return service.write_message(member.actor, where, body).id

    return written


def thread(as_, member, where: str) -> queries.Thread:
    with as_(member):
        return queries.get_thread(member.actor, where)


def unread(as_, member, where: str) -> int:
    return thread(as_, member, where).unread


def badge(member) -> int:
    with system():
        one = sa.select(Membership.unread)
        return db.session.scalar(one.where(Membership.account_id == member.account_id))


def texts(as_, member, where: str) -> list[str | None]:
    return [line.body for line in thread(as_, member, where).lines]


def give_to(account_id: str | None, where: str) -> None:
    with system():
        cohort_id = sa.select(Enrolment.cohort_id).where(Enrolment.id == where).scalar_subquery()
        group = sa.update(Cohort).where(Cohort.id == cohort_id)
        db.session.execute(group.values(coach_id=account_id))


def test_both_sides_read_what_was_written_the_newest_last(world, as_, talk, write):
    write(world.pia, "  Hello, can we move Thursday?  ")
    write(world.stig, "Yes.\nAt ten?")
    for member in (world.pia, world.stig):
        found = thread(as_, member, talk)
        assert [line.body for line in found.lines] == [
            "Hello, can we move Thursday?",
            "Yes.\nAt ten?",
        ]
        assert [line.is_mine for line in found.lines] == [member is world.pia, member is world.stig]


@pytest.mark.parametrize(
    "name", ["aino", "paula", "otto", "mia", "nils", "sam", "cora", "petra", "bo", "olga"]
)
def test_nobody_else_reads_or_writes(world, as_, talk, write, name):
    sent = write(world.pia, "Only for Stig")
    other = getattr(world, name)
    with as_(other):
        for deed in (
            lambda: queries.get_thread(other.actor, talk),
            lambda: service.write_message(other.actor, talk, "x"),
            lambda: service.mark_read(other.actor, talk, sent),
            lambda: service.withdraw_message(other.actor, talk, sent),
        ):
            with pytest.raises(NotVisible):
                deed()


def test_a_coach_who_leaves_the_group_sees_no_more_and_the_next_one_sees_it(
    world, as_, talk, write
):
    write(world.pia, "Before")
    write(world.stig, "Answered")
    write(world.pia, "Not answered")
    with system():
        next_coach = Account(email="next@example.org", name="Nea Next", language="en")
        db.session.add(next_coach)
        db.session.flush()
        role = Membership(
            account_id=next_coach.id, organisation_id=world.a.organisation_id, role=Role.COACH
        )
        db.session.add(role)
        db.session.flush()
        key = next_coach.id
    give_to(key, talk)
    with pytest.raises(NotVisible), as_(world.stig):
        queries.get_thread(world.stig.actor, talk)
    with as_(world.stig):
        assert talk not in {line.id for line in lists.list_conversations(world.stig.actor)[0]}
    assert texts(as_, world.pia, talk) == ["Before", "Answered", "Not answered"]
    with system():
        assert queries.count_unread(key, None) == 1  # what was answered is not new to her


def test_who_left_the_group_keeps_her_words_and_can_write_until_the_follow_up_ends(
    world, as_, talk, write, clock
):
    write(world.pia, "Hello")
    with system():
        left = sa.update(Enrolment).where(Enrolment.id == talk)
        db.session.execute(left.values(left_on=NOW.date()))
    write(world.pia, "I found work!")
    clock.shift(timedelta(days=120))
    assert texts(as_, world.pia, talk) == ["Hello", "I found work!"]
    assert thread(as_, world.pia, talk).is_over
    with pytest.raises(RuleBroken, match="over"):
        write(world.pia, "Later")


def test_who_withdrew_reads_and_does_not_write(world, as_, talk, write):
    write(world.pia, "Hello")
    with system():
        one = sa.update(Enrolment).where(Enrolment.id == talk)
        db.session.execute(one.values(state=EnrolmentState.WITHDREW))
    assert texts(as_, world.pia, talk) == ["Hello"]
    with pytest.raises(RuleBroken, match="over"):
        write(world.pia, "x")


def test_without_a_coach_nothing_is_written_into_the_void(world, as_, talk, write):
    write(world.pia, "Hello")
    give_to(None, talk)
    with pytest.raises(RuleBroken, match="no coach"):
        write(world.pia, "Is anybody there?")
    assert texts(as_, world.pia, talk) == ["Hello"]


@pytest.mark.parametrize("body", ["", "   \n ", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_message_is_refused(world, write, body):
    with pytest.raises(RuleBroken) as broken:
        write(world.pia, body)
    assert broken.value.field == "body"


def test_what_is_new_is_counted_until_it_is_read_or_answered(world, as_, talk, write):
    write(world.pia, "One")
    two = write(world.pia, "Two")
    assert (unread(as_, world.stig, talk), badge(world.stig)) == (2, 2)
    assert (unread(as_, world.pia, talk), badge(world.pia)) == (0, 0)
    with as_(world.stig):
        service.mark_read(world.stig.actor, talk, two)
    assert (unread(as_, world.stig, talk), badge(world.stig)) == (0, 0)
    write(world.stig, "Answer")
    assert (unread(as_, world.pia, talk), badge(world.pia)) == (1, 1)
    write(world.pia, "Thanks")  # an answer is a reading too
    assert (unread(as_, world.pia, talk), badge(world.pia)) == (0, 0)
    assert badge(world.stig) == 1


def test_the_list_has_what_is_new_first_and_people_before_their_first_word(world, as_, talk, write):
    otto = world.a.enrolment_ids["otto"]
    with as_(world.stig):
        lines, pages = lists.list_conversations(world.stig.actor)
    assert pages == 1
    assert {line.id for line in lines} == {talk, otto}
    write(world.otto, "Hello", otto)
    with as_(world.stig):
        lines, _pages = lists.list_conversations(world.stig.actor)
    assert [(line.id, line.unread) for line in lines] == [(otto, 1), (talk, 0)]
    with as_(world.pia):
        mine, _pages = lists.list_conversations(world.pia.actor)
    assert [(line.id, line.coach) for line in mine] == [(talk, "Stig Strand")]


def test_a_message_is_taken_back_for_five_minutes_and_its_words_are_gone(
    world, as_, talk, write, clock
):
    sent = write(world.pia, "Oops, wrong person")
    assert badge(world.stig) == 1
    clock.shift(WITHDRAWN_WITHIN)
    with as_(world.pia):
        service.withdraw_message(world.pia.actor, talk, sent)
    assert badge(world.stig) == 0
    assert texts(as_, world.stig, talk) == [None]
    with pytest.raises(RuleBroken, match="five minutes"), as_(world.pia):
        service.withdraw_message(world.pia.actor, talk, sent)


def test_after_five_minutes_a_message_stays(world, as_, talk, write, clock):
    sent = write(world.pia, "It stays")
    clock.shift(WITHDRAWN_WITHIN + SECOND)
    with pytest.raises(RuleBroken, match="five minutes"), as_(world.pia):
        service.withdraw_message(world.pia.actor, talk, sent)


def test_only_the_writer_takes_back(world, as_, talk, write):
    sent = write(world.pia, "Hers")
    with pytest.raises(NotVisible), as_(world.stig):
        service.withdraw_message(world.stig.actor, talk, sent)


def test_a_message_of_another_conversation_is_not_taken_back_through_this_one(
    world, as_, talk, write
):
    sent = write(world.stig, "To Otto", world.a.enrolment_ids["otto"])
    with pytest.raises(NotVisible), as_(world.stig):
        service.withdraw_message(world.stig.actor, talk, sent)


def test_neither_the_database_nor_the_trail_has_the_words_in_the_open(world, as_, talk, write):
    write(world.pia, "Kanarianlintu-4711")
    with system() as session:
        rows = session.connection().execute(sa.text("SELECT body FROM short_message")).all()
        assert all(b"Kanarianlintu" not in bytes(row[0]) for row in rows)
        entries = db.session.scalars(
            sa.select(AuditEntry).where(AuditEntry.table_name == "short_message")
        ).all()
        assert entries
        for entry in entries:
            assert "Kanarianlintu" not in str(entry.plain)


def told() -> list[tuple[str, str, str]]:
    with system():
        rows = db.session.scalars(
            sa.select(Message)
            .where(Message.kind == "conversations.new")
            .order_by(Message.created_at, Message.id)
        )
        return [(row.address, row.subject, row.body) for row in rows]


def test_the_other_side_is_told_after_five_minutes_once_and_without_the_words(
    world, as_, talk, write, clock
):
    write(world.pia, "Kanarianlintu")
    assert tell_of_messages() == "Told of new messages: 0."
    clock.shift(TOLD_AFTER)
    assert tell_of_messages() == "Told of new messages: 1."
    write(world.pia, "Another one")
    clock.shift(timedelta(hours=2))
    assert tell_of_messages() == "Told of new messages: 0."
    ((address, subject, body),) = told()
    assert address == "stig@example.org"
    assert subject == "You have a new message"
    assert f"/conversations/{talk}" in body
    assert "Kanarianlintu" not in body
    assert "Pia" not in body


def test_after_she_has_read_a_later_message_is_told_again(world, as_, talk, write, clock):
    one = write(world.stig, "One")
    clock.shift(TOLD_AFTER)
    assert tell_of_messages() == "Told of new messages: 1."
    with as_(world.pia):
        service.mark_read(world.pia.actor, talk, one)
    write(world.stig, "Two")
    clock.shift(TOLD_AFTER)
    assert tell_of_messages() == "Told of new messages: 1."
    assert len(told()) == 2


def test_who_has_read_or_taken_back_in_time_causes_no_notice(world, as_, talk, write, clock):
    sent = write(world.pia, "Oops")
    seen = write(world.stig, "Seen at once")
    with as_(world.pia):
        service.mark_read(world.pia.actor, talk, seen)
    with as_(world.pia):
        service.withdraw_message(world.pia.actor, talk, sent)
    clock.shift(timedelta(hours=1))
    assert tell_of_messages() == "Told of new messages: 0."


def test_telling_twice_at_once_tells_once(world, as_, talk, write, clock):
    write(world.pia, "Hello")
    clock.shift(TOLD_AFTER)
    tell_of_messages()
    with system():
        db.session.execute(sa.update(ReadMark).values(told_at=None))  # as if it had died between
    tell_of_messages()
    assert len(told()) == 1


def test_a_coach_whose_role_has_ended_is_not_told(world, as_, talk, write, clock):
    write(world.pia, "Hello")
    with system():
        hers = sa.update(Membership).where(Membership.account_id == world.stig.account_id)
        db.session.execute(hers.values(ended_at=NOW))
    clock.shift(TOLD_AFTER)
    assert tell_of_messages() == "Told of new messages: 0."


def test_a_conversation_is_read_page_by_page(world, as_, talk, write):
    for number in range(queries.PAGE + 5):
        write(world.pia, f"Message {number}")
    with as_(world.stig):
        newest = queries.get_thread(world.stig.actor, talk)
        older = queries.get_thread(world.stig.actor, talk, 2)
    assert (newest.pages, newest.lines[-1].body) == (2, f"Message {queries.PAGE + 4}")
    assert [line.body for line in older.lines] == [f"Message {n}" for n in range(5)]


def test_a_message_without_words_was_taken_back_and_no_other_has_none(world, write):
    write(world.pia, "One")
    with pytest.raises(Exception, match="withdrawn"), system():
        db.session.execute(sa.update(ShortMessage).values(body=None))
