"""Answers of pulses, what is asked now, and the sums that staff see of them."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobsearch.audit.models import AuditEntry
from jobsearch.cohorts.models import CohortBlock, CohortDay, Enrolment
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Words
from jobsearch.feedback.pulses import queries, service, sums
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import ConfidenceItem
from jobsearch.feedback.pulses.trends import show_trends
from jobsearch.programmes.models import Template, TemplateBlock, TemplateDay
from jobsearch.programmes.rules import BlockKind
from tests.pulsed import LAST_DAY, NO, PARTLY, YES, blocks_of, score, seat_people, tap
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
NEXT_STEP = ConfidenceItem.NEXT_STEP


def _rows(model):
    with unit_of_work(whole_installation("test")):
        return db.session.scalars(select(model).order_by(model.id)).all()


@pytest.fixture
def today(world, as_):
    """The blocks of Pia's sixth day, by kind; two have ended at 10, the assignment runs."""
    with as_(world.pia):
        return blocks_of(world.a.cohort_ids[0], 6)


def _ask(world):
    day = queries.own_day(world.pia.actor)
    return None if day is None else day.ask


def test_an_answer_is_kept_changed_and_taken_back(world, as_, today):
    actor, block = world.pia.actor, today[BlockKind.COACHING]
    for said in (YES, YES, NO):
        with as_(world.pia):
            service.answer_block(actor, block, said)
    (row,) = _rows(BlockPulse)
    assert (row.usefulness, row.enrolment_id) == (NO, world.a.enrolment_ids["pia"])
    with as_(world.pia):
        service.take_back_answer(actor, row.id)
    assert _rows(BlockPulse) == []


def test_a_block_that_has_not_begun_is_refused(world, as_, today):
    with as_(world.pia), pytest.raises(RuleBroken, match="has not begun yet"):
        service.answer_block(world.pia.actor, today[BlockKind.DEBRIEF], YES)


def test_yesterdays_block_is_answered_no_more(world, as_):
    with as_(world.pia):
        block = blocks_of(world.a.cohort_ids[0], 5)[BlockKind.COACHING]
        with pytest.raises(RuleBroken, match="day is over"):
            service.answer_block(world.pia.actor, block, YES)


@pytest.mark.parametrize("who", ["otto", "bo"])
def test_a_block_of_another_group_is_not_there(world, as_, today, who):
    member = getattr(world, who)
    with as_(member), pytest.raises(NotVisible):
        service.answer_block(member.actor, today[BlockKind.COACHING], YES)
    assert _rows(BlockPulse) == []


def test_an_answer_of_somebody_else_is_taken_back_by_nobody(world, as_, today):
    with as_(world.pia):
        pulse = service.answer_block(world.pia.actor, today[BlockKind.COACHING], YES)
        own = service.answer_confidence(world.pia.actor, 6, NEXT_STEP, 2)
    with as_(world.otto):
        with pytest.raises(NotVisible):
            service.take_back_answer(world.otto.actor, pulse.id)
        with pytest.raises(NotVisible):
            service.take_back_score(world.otto.actor, own.id)
    assert len(_rows(BlockPulse)) == len(_rows(ConfidencePulse)) == 1


def test_who_has_left_can_answer_no_more_and_still_take_back(world, as_, today):
    with as_(world.pia):
        pulse = service.answer_block(world.pia.actor, today[BlockKind.COACHING], YES)
    with as_(world.aino):
        db.session.get(Enrolment, world.a.enrolment_ids["pia"]).left_on = TODAY
    with as_(world.pia):
        assert _ask(world) is None
        with pytest.raises(RuleBroken, match="left this group"):
            service.answer_block(world.pia.actor, today[BlockKind.COACHING], NO)
        with pytest.raises(RuleBroken, match="in no group"):
            service.answer_confidence(world.pia.actor, 6, NEXT_STEP, 4)
    with as_(world.pia):
        service.take_back_answer(world.pia.actor, pulse.id)
    assert _rows(BlockPulse) == []


def test_a_group_that_is_over_is_asked_nothing(world, as_, clock):
    clock.move_to(NOW + timedelta(days=20))
    with as_(world.pia):
        block = blocks_of(world.a.cohort_ids[0], 12)[BlockKind.COACHING]
        assert _ask(world) is None
        with pytest.raises(RuleBroken, match="group is over"):
            service.answer_block(world.pia.actor, block, YES)
        with pytest.raises(RuleBroken, match="in no group"):
            service.answer_confidence(world.pia.actor, 12, NEXT_STEP, 4)


def test_confidence_is_kept_for_its_day_and_the_last_word_counts(world, as_):
    for given in (2, 5):
        with as_(world.pia):
            service.answer_confidence(world.pia.actor, 6, NEXT_STEP, given)
    (row,) = _rows(ConfidencePulse)
    assert (row.day_number, row.item, row.score, row.answered_on) == (6, NEXT_STEP, 5, TODAY)
    for number, words in ((1, "closed"), (12, "not come yet"), (7, "not come yet")):
        with as_(world.pia), pytest.raises(RuleBroken, match=words):
            service.answer_confidence(world.pia.actor, number, NEXT_STEP, 3)


def test_of_two_taps_at_once_one_is_kept(app, world, today):
    scope, gate = Scope(frozenset({world.a.organisation_id}), "test"), threading.Barrier(4)
    failed = []

    def touch(said):
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work(scope, world.pia.actor):
                    service.answer_block(world.pia.actor, today[BlockKind.COACHING], said)
            except Exception as error:  # noqa: BLE001 (whatever it is, the test tells it)
                failed.append(error)

    threads = [threading.Thread(target=touch, args=(said,)) for said in (YES, NO, PARTLY, YES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(_rows(BlockPulse)) == 1


def test_the_trail_holds_no_word_of_what_she_answered(world, as_, today):
    with as_(world.pia):
        service.answer_block(world.pia.actor, today[BlockKind.COACHING], PARTLY)
        service.answer_confidence(world.pia.actor, 6, NEXT_STEP, 4)
    with unit_of_work(whole_installation("test")):
        tables = AuditEntry.table_name.in_(("block_pulse", "confidence_pulse"))
        entries = db.session.scalars(select(AuditEntry).where(tables)).all()
    assert len(entries) == 2
    for entry in entries:
        assert not {"usefulness", "score", "item", "day_number"} & set(entry.fields)
        assert entry.sealed is None


def test_what_is_asked_now_takes_one_statement(world, as_, today, statements):
    with as_(world.pia):
        del statements[:]
        asked = _ask(world)
        assert len(statements) == 1
        assert asked.block.id == today[BlockKind.COACHING]
        service.answer_block(world.pia.actor, today[BlockKind.COACHING], YES)
        assert _ask(world).block.id == today[BlockKind.MORNING_MEETING]
        service.answer_block(world.pia.actor, today[BlockKind.MORNING_MEETING], NO)
        asked = _ask(world)
        assert (asked.block, asked.day_number, asked.left) == (None, 6, 3)
        for item in ConfidenceItem:
            service.answer_confidence(world.pia.actor, 6, item, 3)
        assert _ask(world) is None


def test_four_people_show_nothing_and_five_do(world, as_):
    with as_(world.aino):
        people = seat_people(world, 5)
        block = blocks_of(world.a.cohort_ids[0])[BlockKind.COACHING]
        tap(world, people[:4], block, YES)
        score(world, people[:4], 1, 3)
        shown = show_trends(world.a.programme_id)
        assert shown.useful is None
        assert not any(line.figure for line in (*shown.days, *shown.kinds))
        assert not shown.has_confidence
        assert [line.useful for line in shown.versions] == [None]
        tap(world, people[4:], block, NO)
        score(world, people[4:], 1, 5)
        shown = show_trends(world.a.programme_id)
    assert (shown.useful.ratio.percents(), shown.useful.n, shown.useful.people) == ("80", 5, 5)
    assert [line.part for line in shown.days if line.figure] == [1]
    assert [line.part for line in shown.kinds if line.figure] == [BlockKind.COACHING]
    assert [line.means[0].ratio.value for line in shown.items] == ["3.40"] * 3
    assert shown.versions[0].means[0].n == 15


def test_many_answers_of_four_people_show_nothing(world, as_):
    with as_(world.aino):
        people = seat_people(world, 4)
        for position in (1, 2, 3, 4):
            for block in blocks_of(world.a.cohort_ids[0], position).values():
                tap(world, people, block, YES)
        shown = show_trends(world.a.programme_id)
    assert shown.useful is None
    assert not any(line.figure for line in (*shown.days, *shown.kinds))


def test_the_total_beside_one_hidden_part_tells_nothing_of_it(world, as_):
    with as_(world.aino):
        people = seat_people(world, 9)
        blocks = blocks_of(world.a.cohort_ids[0])
        tap(world, people[:1], blocks[BlockKind.DEBRIEF], NO)
        tap(world, people[:6], blocks[BlockKind.COACHING], YES)
        tap(world, people, blocks[BlockKind.ASSIGNMENT], YES)
        shown = show_trends(world.a.programme_id)
    assert shown.useful.n == 16
    assert [line.part for line in shown.kinds if line.figure] == [BlockKind.ASSIGNMENT]


def test_todays_answers_are_counted_from_tomorrow(world, as_, clock):
    with as_(world.aino):
        people = seat_people(world, 5)
        tap(world, people, blocks_of(world.a.cohort_ids[0], 6)[BlockKind.COACHING], YES)
        shown = show_trends(world.a.programme_id)
        assert shown.useful is None and shown.as_of == TODAY - timedelta(days=1)
    clock.move_to(NOW + timedelta(days=1))
    with as_(world.aino):
        assert show_trends(world.a.programme_id).useful.n == 5


def test_a_score_is_counted_when_its_question_is_closed_and_cannot_change_any_more(
    world, as_, clock
):
    with as_(world.aino):
        people = seat_people(world, 5)
        score(world, people, 6, 4, on=TODAY)
        score(world, people, 12, 5, on=LAST_DAY)
    seen = []
    days = (TODAY, TODAY + timedelta(days=1), LAST_DAY, LAST_DAY + timedelta(days=1))
    for day in days:
        clock.move_to(NOW + (day - TODAY))
        with as_(world.aino):
            line = show_trends(world.a.programme_id).items[0]
            seen.append([mean.n if mean else None for mean in line.means])
    none = [None, None, None]
    assert seen == [none, none, [None, 5, None], [None, 5, 5]]


def test_a_score_of_the_first_day_is_counted_from_the_sixth_on(world, as_, clock):
    with as_(world.aino):
        score(world, seat_people(world, 5), 1, 3)
    seen = []
    for day in (NOW - timedelta(days=1), NOW):  # it is the sixth
        clock.move_to(day)
        with as_(world.aino):
            seen.append(show_trends(world.a.programme_id).has_confidence)
    assert seen == [False, True]


@pytest.fixture
def over(clock):
    """It is the day after the group's last one."""
    clock.move_to(NOW + (LAST_DAY - TODAY) + timedelta(days=1))


def test_the_change_is_of_those_who_answered_twice(world, as_, over):
    with as_(world.aino):
        people = seat_people(world, 6)
        score(world, people, 1, 2)
        score(world, people, 12, 3, 5)
        (line, *_others) = show_trends(world.a.programme_id).items
    assert (line.change.ratio.value, line.change.n) == ("2.67", 6)


def test_the_change_is_left_out_where_it_would_tell_of_one_who_answered_once(world, as_, over):
    with as_(world.aino):
        people = seat_people(world, 6)
        score(world, people, 1, 2)
        score(world, people[:5], 12, 3)
        (line, *_others) = show_trends(world.a.programme_id).items
    assert [bool(mean) for mean in line.means] == [True, False, True]
    assert line.change is None


def test_an_item_of_few_is_not_told_by_the_version_beside_it(world, as_):
    with as_(world.aino):
        people = seat_people(world, 6)
        first, second, third = ConfidenceItem
        score(world, people, 1, 4, items=(first, second))
        score(world, people[:2], 1, 1, items=(third,))
        shown = show_trends(world.a.programme_id)
    assert shown.versions[0].means[0].n == 14
    assert [bool(line.means[0]) for line in shown.items] == [False, True, False]


def _next_edition(world, cohort_id):
    """Make a group one of the next edition of its programme's template."""
    own = {"organisation_id": world.a.organisation_id}
    template = Template(name="Template autumn-2026", edition=2, **own)
    day = TemplateDay(position=1, week=1, weekday=0, paid_minutes=180, title=Words.of("x"), **own)
    block = TemplateBlock(
        position=1, kind=BlockKind.COACHING, minutes=180, text=Words.of("x"), **own
    )
    day.blocks, template.days = [block], [day]
    db.session.add(template)
    db.session.flush()
    of_cohort = select(CohortDay.id).where(CohortDay.cohort_id == cohort_id)
    for row in db.session.scalars(
        select(CohortBlock).where(CohortBlock.cohort_day_id.in_(of_cohort))
    ):
        row.template_block_id = block.id
    db.session.flush()


def test_versions_of_the_template_stand_side_by_side(world, as_):
    first, second = world.a.cohort_ids
    with as_(world.aino):
        _next_edition(world, second)
        old, new = seat_people(world, 5), seat_people(world, 6, second)
        tap(world, old, blocks_of(first)[BlockKind.COACHING], YES, NO)
        tap(world, new, blocks_of(second)[BlockKind.COACHING], YES)
        score(world, old, 1, 2)
        score(world, new, 1, 4)
        shown = show_trends(world.a.programme_id)
    newer, unknown = shown.versions
    assert (newer.version.name, newer.version.edition) == ("Template autumn-2026", 2)
    assert unknown.version is None
    assert (newer.useful.ratio.percents(), newer.useful.n) == ("100", 6)
    assert (unknown.useful.ratio.percents(), unknown.useful.n) == ("20", 5)
    assert (newer.means[0].ratio.value, unknown.means[0].ratio.value) == ("4.00", "2.00")


def test_a_small_version_is_not_told_by_what_is_left_of_the_whole(world, as_):
    first, second = world.a.cohort_ids
    with as_(world.aino):
        _next_edition(world, second)
        tap(world, seat_people(world, 6), blocks_of(first)[BlockKind.COACHING], YES)
        few = seat_people(world, 2, second)
        tap(world, few, blocks_of(second)[BlockKind.COACHING], NO)
        shown = show_trends(world.a.programme_id)
    assert shown.useful.n == 8
    assert [line.useful for line in shown.versions] == [None, None]


def test_another_provider_sums_nothing_of_it(world, as_):
    with as_(world.aino):
        people = seat_people(world, 5)
        tap(world, people, blocks_of(world.a.cohort_ids[0])[BlockKind.COACHING], YES)
        score(world, people, 1, 3)
    with as_(world.sam):
        with pytest.raises(NotVisible):
            show_trends(world.a.programme_id)
        later = TODAY + timedelta(days=9)
        found = sums.sum_usefulness(world.a.programme_id, later)
        assert (found.whole.answers, found.kinds, found.versions) == (0, {}, {})
        assert sums.sum_confidence(world.a.programme_id, later).items == {}
        assert sums.sum_changes(world.a.programme_id, later) == {}


def test_the_page_of_staff_asks_as_often_of_1000_answers_as_of_10(world, as_, statements):
    counts = []
    with as_(world.aino):
        people = seat_people(world, 10)
        tap(world, people, blocks_of(world.a.cohort_ids[0])[BlockKind.COACHING], YES)
        counts.append(_count_of(world, statements))
        more = seat_people(world, 25, world.a.cohort_ids[1])
        for position in range(1, 11):
            for block in blocks_of(world.a.cohort_ids[1], position).values():
                tap(world, more, block, YES, PARTLY)
        score(world, more, 1, 2)
        score(world, more, 12, 4)
        counts.append(_count_of(world, statements))
    assert counts[0] == counts[1] <= 6


def _count_of(world, statements):
    db.session.expire_all()
    del statements[:]
    show_trends(world.a.programme_id)
    return len(statements)
