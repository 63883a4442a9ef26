"""Surveys: what goes out, how a reply is kept, and when which answers are shown."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from jobsearch.audit.models import AuditEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Words
from jobsearch.feedback.answering.service import put_in
from jobsearch.feedback.models import SurveyBox, SurveyTally, SurveyTicket
from jobsearch.feedback.queries import sum_answers
from jobsearch.feedback.results.queries import show_answers
from jobsearch.feedback.rules import AnswerForm, Audience, Question
from jobsearch.feedback.surveys.jobs import close_surveys
from jobsearch.feedback.surveys.mail import ASKED, REMINDED
from jobsearch.feedback.surveys.queries import list_surveys, show_survey
from jobsearch.feedback.surveys.service import (
    add_question,
    drop_survey,
    prepare_survey,
    remove_question,
    send_survey,
)
from jobsearch.links.models import PersonalLink
from jobsearch.notices.models import Message
from tests.surveyed import (
    LAST_DAY,
    employers,
    fill_group,
    of,
    plan,
    questions,
    secrets_sent,
    send,
    tickets,
)
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")
EMPLOYERS = Audience.EMPLOYERS


def _reply(world, ticket_id, scores, words="") -> None:
    with unit_of_work(of(world)):
        put_in(ticket_id, scores, words)


def _reply_all(world, survey_id, each=5, words="", only=None) -> None:
    asked = questions(survey_id)
    for ticket in tickets(survey_id)[:only]:
        _reply(world, ticket, dict.fromkeys(asked, each), words)


def _page(world, day=LAST_DAY, audience=EMPLOYERS, cohort_id=None):
    with unit_of_work(of(world), world.aino.actor, read_only=True):
        return show_answers(world.a.programme_id, day, audience, cohort_id)


def _rows(model):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).all()


def _close(clock) -> None:
    clock.move_to(NOW + timedelta(days=16))
    close_surveys()


def test_everyone_gets_one_message_and_one_reminder_with_the_same_link(world) -> None:
    send(world, 6)
    first, second = secrets_sent(ASKED.key), secrets_sent(REMINDED.key)
    assert len(first) == 6
    assert first == second
    assert len(set(first.values())) == 6
    later = [one.send_after for one in _rows(Message) if one.kind == REMINDED.key]
    assert later == [NOW + timedelta(days=7)] * 6


def test_a_reply_moves_counts_and_tears_up_its_ticket(world) -> None:
    survey_id = send(world, 6)
    ticket = tickets(survey_id)[0]
    asked = questions(survey_id)
    _reply(world, ticket, {asked[0]: 4, asked[3]: 2}, "Good")
    counts = {(row.question_id, row.score): row.replies for row in _rows(SurveyTally)}
    assert {key for key, count in counts.items() if count} == {(asked[0], 4), (asked[3], 2)}
    assert len(counts) == 20
    (box,) = _rows(SurveyBox)
    assert (box.invited, box.replies, box.words) == (6, 1, '["Good"]')
    assert ticket not in tickets(survey_id)
    with pytest.raises(RuleBroken, match="answered with this link"):
        _reply(world, ticket, {asked[0]: 4})
    assert _rows(SurveyBox)[0].replies == 1


@pytest.mark.parametrize(
    ("scores", "words", "sentence"),
    [
        ({}, "", "one question at least"),
        ({"q": 6}, "", "a number from"),
        ({"other": 3}, "", "one question at least"),
        ({"q": 3}, "x" * 1001, "At most"),
        ({"q": 3}, "masennus ja sairausloma", "health"),
        ({"q": 3}, "131052-308T", "identity codes"),
    ],
)
def test_what_is_no_reply_is_refused_and_leaves_the_ticket(world, scores, words, sentence) -> None:
    survey_id = send(world, 2)
    ticket, asked = tickets(survey_id)[0], questions(survey_id)
    given = {asked[0] if key == "q" else key: score for key, score in scores.items()}
    with pytest.raises(RuleBroken, match=sentence):
        _reply(world, ticket, given, words)
    assert ticket in tickets(survey_id)
    assert _rows(SurveyBox)[0].replies == 0


def test_neither_the_link_nor_the_ticket_nor_the_trail_knows_of_a_reply(world) -> None:
    survey_id = send(world, 6)
    with unit_of_work(whole_installation("test"), read_only=True):
        before = db.session.scalar(select(func.count(AuditEntry.id)))
        links = [
            (one.id, one.subject_id, one.spent_at, one.revoked_at)
            for one in db.session.scalars(select(PersonalLink).order_by(PersonalLink.id))
        ]
    _reply_all(world, survey_id, only=3)
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.scalar(select(func.count(AuditEntry.id))) == before
        assert links == [
            (one.id, one.subject_id, one.spent_at, one.revoked_at)
            for one in db.session.scalars(select(PersonalLink).order_by(PersonalLink.id))
        ]
    assert set(SurveyTicket.__table__.c.keys()) == {"id", "survey_id"}


def test_no_table_of_answers_has_a_key_a_time_or_a_number_that_grows() -> None:
    for model in (SurveyBox, SurveyTally, SurveyTicket):
        kinds = {column.name: str(column.type) for column in model.__table__.c}
        assert not [name for name, kind in kinds.items() if "DATE" in kind or "TIME" in kind]
        targets = {key.column.table.name for key in model.__table__.foreign_keys}
        assert targets <= {"survey", "survey_question"}


def test_every_count_of_a_survey_is_written_with_every_reply(world) -> None:
    """So the newest rows of the engine are all of them, whichever counts moved."""
    survey_id = send(world, 6)
    with unit_of_work(whole_installation("test")):
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite numbers no transactions")
    asked = questions(survey_id)
    for ticket, score in zip(tickets(survey_id)[:3], (1, 3, 5), strict=True):
        _reply(world, ticket, {asked[0]: score})
        with unit_of_work(whole_installation("test")):
            numbers = set(db.session.scalars(text("SELECT DISTINCT xmin::text FROM survey_tally")))
        assert len(numbers) == 1


def test_the_same_replies_in_another_order_leave_the_same_bytes(world) -> None:
    """Nothing that is kept depends on the order in which people answered."""
    kept = []
    for name in ("One", "Two"):
        survey_id = send(world, 6, name=name)
        asked = questions(survey_id)
        replies = [{asked[0]: score} for score in (1, 2, 3, 4, 5, 5)]
        random.SystemRandom().shuffle(replies)
        for ticket, scores in zip(tickets(survey_id), replies, strict=True):
            _reply(world, ticket, scores)
        kept.append(
            [
                (asked.index(row.question_id), row.score, row.replies)
                for row in _rows(SurveyTally)
                if row.question_id in asked
            ]
        )
    assert sorted(kept[0]) == sorted(kept[1])


def test_links_are_dealt_so_that_order_and_time_tell_nothing(world) -> None:
    orders = []
    for name in ("A", "B", "C"):
        survey_id = send(world, 40, name=name)
        with unit_of_work(whole_installation("test"), read_only=True):
            issued = [
                one.subject_id
                for one in db.session.scalars(select(PersonalLink).order_by(PersonalLink.issued_at))
                if one.subject_id in tickets_of(survey_id)
            ]
        orders.append(issued)
    assert all(len(one) == 40 for one in orders)
    secrets = list(secrets_sent().values())
    assert len(secrets) == 40  # the same addresses, the newest message of each


def tickets_of(survey_id):
    return set(
        db.session.scalars(select(SurveyTicket.id).where(SurveyTicket.survey_id == survey_id))
    )


def test_nothing_is_shown_before_the_survey_has_closed(world, clock) -> None:
    survey_id = send(world, 6)
    _reply_all(world, survey_id, 4, "Fine")
    assert _page(world, NOW.date()).questions == []
    clock.move_to(NOW + timedelta(days=14))
    close_surveys()
    assert _page(world, LAST_DAY).questions == []
    _close(clock)
    page = _page(world)
    assert [(one.question, one.total, one.replies) for one in page.questions] == [
        (question, 24, 6) for question in Question
    ]
    assert page.words[0][1] == ["Fine"] * 6
    assert (page.reached.rate.numerator, page.reached.rate.denominator) == (6, 6)
    assert _page(world, LAST_DAY - timedelta(days=1)).questions == []


def test_small_surveys_wait_for_each_other_and_stay_together(world, clock) -> None:
    first = send(world, 3, name="First", closed_on=LAST_DAY - timedelta(days=1))
    second = send(world, 3, name="Second")
    large = send(world, 5, name="Large", closed_on=LAST_DAY - timedelta(days=2))
    _reply_all(world, first, 1)
    _reply_all(world, large, 5)
    _reply_all(world, second, 3)
    clock.move_to(NOW + timedelta(days=14))
    close_surveys()
    assert {one.replies for one in _page(world).questions} == {5}
    _close(clock)
    assert {(one.total, one.replies) for one in _page(world).questions} == {(25 + 3 + 9, 11)}
    # on the day before the second one closed its step was not there yet
    earlier = _page(world, LAST_DAY - timedelta(days=1)).questions
    assert {(one.total, one.replies) for one in earlier} == {(25, 5)}


def test_every_survey_is_divided_by_those_whom_it_asked(world, clock) -> None:
    for number, (asked, replied) in enumerate(((10, 6), (8, 5))):
        survey_id = send(world, asked, name=f"Survey {number}")
        _reply_all(world, survey_id, only=replied)
    _close(clock)
    with unit_of_work(of(world), world.aino.actor, read_only=True):
        sums = sum_answers(world.a.programme_id, LAST_DAY, EMPLOYERS)
    assert (sums.respondents, sums.invited, sums.of_files) == (11, 18, 0)
    assert {replies for _total, replies in sums.sums.values()} == {11}


def test_a_file_with_a_day_long_ago_does_not_change_what_was_shown_together(world, clock) -> None:
    for number, name in enumerate(("First", "Second")):
        survey_id = send(world, 3, name=name, closed_on=LAST_DAY - timedelta(days=number))
        _reply_all(world, survey_id, 2)
    _close(clock)
    before = {(one.total, one.replies) for one in _page(world).questions}
    late = send(world, 2, name="Late", closed_on=LAST_DAY + timedelta(days=2))
    _reply_all(world, late, 5)
    with unit_of_work(of(world)):
        db.session.execute(
            text("UPDATE survey SET closed_on = :day WHERE id = :key"),
            {"day": (LAST_DAY - timedelta(days=9)).isoformat(), "key": late},
        )
    close_surveys()
    assert {(one.total, one.replies) for one in _page(world).questions} == before


def test_a_group_sees_its_own_figures_from_five_on(world, clock) -> None:
    cohort_id = world.a.cohort_ids[0]
    own = send(world, 5, name="Own", cohort_id=cohort_id)
    _reply_all(world, own, 5)
    _close(clock)
    page = _page(world, cohort_id=cohort_id)
    assert {one.replies for one in page.questions} == {5}
    assert page.cohort_id == cohort_id


def test_a_small_group_is_in_the_whole_and_not_by_itself(world, clock) -> None:
    cohort_id = world.a.cohort_ids[0]
    for name, group in (("Own", cohort_id), ("Rest", None)):
        _reply_all(world, send(world, 3, name=name, cohort_id=group), 5, "Word")
    _close(clock)
    assert {one.replies for one in _page(world).questions} == {6}
    page = _page(world, cohort_id=cohort_id)
    assert page.questions == []
    assert page.words == []


def test_job_seekers_are_asked_by_group_and_each_audience_is_apart(world, clock) -> None:
    cohort_id = fill_group(world, 6)
    with unit_of_work(of(world), world.aino.actor):
        survey_id = prepare_survey(
            world.aino.actor,
            world.a.programme_id,
            plan(audience=Audience.PARTICIPANTS, cohort_id=cohort_id),
        )
    with unit_of_work(of(world), world.aino.actor, read_only=True):
        reached = show_survey(world.aino.actor, survey_id).reached
    with unit_of_work(of(world), world.aino.actor):
        assert send_survey(survey_id, 1, []) == reached >= 6
    _reply_all(world, survey_id, 4)
    _close(clock)
    assert _page(world, audience=EMPLOYERS).questions == []
    assert {one.replies for one in _page(world, audience=Audience.PARTICIPANTS).questions} == {
        reached
    }
    with unit_of_work(of(world), read_only=True):
        sums = sum_answers(world.a.programme_id, LAST_DAY)
    assert sums.respondents == reached
    assert sums.sums[Question.OVERALL] == (4 * reached, reached)


@pytest.mark.parametrize(
    ("audience", "least"), [(Audience.COACHES, 1), (Audience.MUNICIPAL_COACHES, 1)]
)
def test_coaches_and_municipal_coaches_are_asked_each_once(world, audience, least) -> None:
    with unit_of_work(of(world), world.aino.actor):
        survey_id = prepare_survey(world.aino.actor, world.a.programme_id, plan(audience=audience))
    with unit_of_work(of(world), world.aino.actor):
        asked = send_survey(survey_id, 1, [])
    assert asked >= least
    assert len(secrets_sent()) == asked


def test_a_survey_is_sent_once_and_stays_as_it_is(world) -> None:
    survey_id = send(world, 2)
    first = questions(survey_id)[0]
    for change in (
        lambda: send_survey(survey_id, 2, employers(1)),
        lambda: add_question(survey_id, AnswerForm.SCALE, Words(fi="Uusi?")),
        lambda: remove_question(survey_id, first),
        lambda: drop_survey(survey_id),
    ):
        with unit_of_work(of(world)), pytest.raises(RuleBroken, match="has been sent"):
            change()


def test_a_survey_is_prepared_with_care(world) -> None:
    actor, programme_id = world.aino.actor, world.a.programme_id
    with unit_of_work(of(world), actor):
        survey_id = prepare_survey(actor, programme_id, plan())
        add_question(survey_id, AnswerForm.SCALE, Words(fi="Oliko aikaa?", en="Enough time?"))
        with pytest.raises(RuleBroken, match="one language"):
            add_question(survey_id, AnswerForm.SCALE, Words())
        with pytest.raises(RuleBroken, match="One question in own words"):
            add_question(survey_id, AnswerForm.WORDS, Words(fi="Ja?"))
        with pytest.raises(RuleBroken, match="named"):
            prepare_survey(actor, programme_id, plan())
        with pytest.raises(RuleBroken, match="last day"):
            prepare_survey(actor, programme_id, plan("B", closed_on=NOW.date() - timedelta(days=1)))
        with pytest.raises(NotVisible):
            prepare_survey(actor, programme_id, plan("B", cohort_id="x" * 20))
        with pytest.raises(RuleBroken, match="nobody to ask"):
            send_survey(survey_id, 1, [])
    with unit_of_work(of(world), actor), pytest.raises(Conflict):
        send_survey(survey_id, 7, employers(1))
    with unit_of_work(of(world), actor):
        assert drop_survey(survey_id) == programme_id
    with unit_of_work(of(world), actor, read_only=True):
        assert list_surveys(programme_id, 1).lines == []


def test_another_provider_sees_no_survey(world) -> None:
    survey_id = send(world, 2)
    foreign = whole_installation("test").__class__(frozenset({world.b.organisation_id}), "test")
    with unit_of_work(foreign, world.bo.actor), pytest.raises(NotVisible):
        show_survey(world.bo.actor, survey_id)
    with unit_of_work(foreign, world.bo.actor), pytest.raises(NotVisible):
        send_survey(survey_id, 1, employers(1))


def test_own_words_are_erased_two_years_after_the_survey_closed(world, clock) -> None:
    survey_id = send(world, 5)
    _reply_all(world, survey_id, 4, "Fine")
    _close(clock)
    assert _page(world).words
    clock.move_to(NOW + timedelta(days=14 + 740))
    close_surveys()
    assert _rows(SurveyBox)[0].words is None
    assert _page(world).questions


def test_own_words_are_sealed_in_the_database(world) -> None:
    survey_id = send(world, 5)
    _reply_all(world, survey_id, 4, "Canary words", only=1)
    with unit_of_work(whole_installation("test")):
        stored = db.session.scalar(text("SELECT words FROM survey_box"))
    assert b"Canary" not in bytes(stored)
