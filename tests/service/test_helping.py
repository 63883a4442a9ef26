"""Calls for help, kind words and pairs: who may do what, and what a race leaves behind."""

from datetime import timedelta

import pytest

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.people.models import BoardName
from jobsearch.tracker.helping import queries, service
from jobsearch.tracker.helping.models import Buddy, Praise
from jobsearch.tracker.helping.page import cohort_page, own_page
from jobsearch.tracker.helping.rules import PraiseWords
from tests.circled import choose, join, seat_of

pytestmark = pytest.mark.usefixtures("context")
WELL_DONE = PraiseWords.WELL_DONE


@pytest.fixture
def maija(world):
    return join(world, "Maija")


def _call(world, as_, words="How do I begin a call?"):
    with as_(world.pia):
        return service.raise_call(world.pia.actor, words).id


def _calls(as_, member):
    with as_(member):
        return own_page(member.actor, 1).calls


# --- calls for help ---------------------------------------------------------------------------


def test_a_call_is_seen_by_the_group_and_its_coach_and_moves_the_board(world, as_, maija) -> None:
    with as_(world.stig):
        before = db.session.get(Cohort, world.a.cohort_ids[0]).board_version
    _call(world, as_)
    (call,) = _calls(as_, maija)
    assert (call.name, call.words, call.is_own) == ("Pia", "How do I begin a call?", False)
    assert _calls(as_, world.pia)[0].is_own
    assert _calls(as_, world.otto) == ()
    with as_(world.stig):
        group = cohort_page(world.stig.actor, world.a.cohort_ids[0], 1)
        assert group is not None and group.calls[0].name == "Pia Pihlaja"
        assert db.session.get(Cohort, world.a.cohort_ids[0]).board_version > before


def test_the_words_of_a_call_are_not_for_everybody_who_reads_figures(world, as_) -> None:
    _call(world, as_)
    with as_(world.aino):
        group = cohort_page(world.aino.actor, world.a.cohort_ids[0], 1)
        assert group is not None and group.rows and group.calls == ()


def test_at_most_one_call_of_a_person_is_open(world, as_) -> None:
    first = _call(world, as_)
    with as_(world.pia), pytest.raises(RuleBroken, match="already"):
        service.raise_call(world.pia.actor, "Once more")
    with as_(world.pia):
        service.end_call(world.pia.actor, first)
    _call(world, as_)


def test_one_helps_and_her_name_stands_there_until_she_steps_back(world, as_, maija) -> None:
    key = _call(world, as_)
    with as_(maija):
        service.offer_help(maija.actor, key)
        service.offer_help(maija.actor, key)  # a second tap changes nothing
    (call,) = _calls(as_, world.pia)
    assert (call.has_helper, call.helper) == (True, "Maija")
    with as_(world.stig), pytest.raises(RuleBroken, match="already"):
        service.offer_help(world.stig.actor, key)
    with as_(world.stig), pytest.raises(NotVisible):
        service.step_back(world.stig.actor, key)
    with as_(maija):
        service.step_back(maija.actor, key)
    with as_(world.stig):
        service.offer_help(world.stig.actor, key)
    assert _calls(as_, world.pia)[0].helper == "Stig Strand"


def test_a_helper_who_is_only_in_the_totals_has_no_name(world, as_, maija) -> None:
    key = _call(world, as_)
    choose(maija, BoardName.TOTALS)
    with as_(maija):
        service.offer_help(maija.actor, key)
    (call,) = _calls(as_, world.pia)
    assert (call.has_helper, call.helper) == (True, None)


@pytest.mark.parametrize("deed", [service.offer_help, service.end_call, service.step_back])
def test_a_call_of_another_group_is_not_there(world, as_, deed) -> None:
    key = _call(world, as_)
    for member in (world.otto, world.bo, world.cora):
        with as_(member), pytest.raises(NotVisible):
            deed(member.actor, key)


def test_a_person_ends_her_own_call_or_a_coach_does_and_nobody_else(world, as_, maija) -> None:
    key = _call(world, as_)
    with as_(maija), pytest.raises(NotVisible):
        service.end_call(maija.actor, key)
    with as_(world.pia), pytest.raises(NotVisible):
        service.offer_help(world.pia.actor, key)  # nobody helps herself
    with as_(world.stig):
        service.end_call(world.stig.actor, key)
    assert _calls(as_, maija) == ()
    with as_(world.stig), pytest.raises(NotVisible):
        service.end_call(world.stig.actor, key)


def test_nobody_asks_for_help_in_a_group_whose_days_are_over(world, as_, clock) -> None:
    clock.shift(timedelta(days=30))
    with as_(world.pia), pytest.raises(NotVisible):
        service.raise_call(world.pia.actor, "Help")
    with as_(world.pia):
        assert own_page(world.pia.actor, 1).is_over


# --- kind words -------------------------------------------------------------------------------


def _praise(as_, member, to, words=WELL_DONE):
    seat = seat_of(to)
    with as_(member):
        if member.actor.person_id is None:
            cohort_id = db.session.get(Enrolment, seat).cohort_id
            mates = queries.list_mates(member.actor, cohort_id)
        else:
            mates = queries.list_own_mates(member.actor)
        return service.give_praise(member.actor, mates, seat, words).id


def test_a_kind_word_is_read_by_whom_it_is_for_with_the_givers_name(world, as_, maija) -> None:
    _praise(as_, maija, world.pia)
    with as_(world.pia):
        (heard,) = own_page(world.pia.actor, 1).praise
        assert (heard.name, heard.words) == ("Maija", WELL_DONE)
    other = join(world, "Ville")
    with as_(other):
        assert own_page(other.actor, 1).praise == ()


def test_each_word_is_said_once_a_day(world, as_, maija, clock) -> None:
    _praise(as_, maija, world.pia)
    _praise(as_, maija, world.pia, PraiseWords.THANKS)
    with pytest.raises(RuleBroken, match="today"):
        _praise(as_, maija, world.pia)
    clock.shift(timedelta(days=1))
    _praise(as_, maija, world.pia)


def test_a_kind_word_is_taken_back_on_its_day_by_who_said_it(world, as_, maija, clock) -> None:
    key = _praise(as_, maija, world.pia)
    for member in (world.pia, world.stig, world.otto):
        with as_(member), pytest.raises(NotVisible):
            service.take_back_praise(member.actor, key)
    with as_(maija):
        service.take_back_praise(maija.actor, key)
        assert db.session.query(Praise).count() == 0
    key = _praise(as_, maija, world.pia)
    clock.shift(timedelta(days=1))
    with as_(maija), pytest.raises(NotVisible):
        service.take_back_praise(maija.actor, key)


def test_a_kind_word_stands_for_a_week(world, as_, maija, clock) -> None:
    _praise(as_, maija, world.pia)
    for days, there in ((6, 1), (1, 0)):
        clock.shift(timedelta(days=days))
        with as_(world.pia):
            assert len(own_page(world.pia.actor, 1).praise) == there


def test_who_is_only_in_the_totals_is_praised_by_the_coach_alone(world, as_, maija) -> None:
    choose(world.pia, BoardName.TOTALS)
    with pytest.raises(NotVisible):
        _praise(as_, maija, world.pia)
    _praise(as_, world.stig, world.pia)
    with as_(world.pia):
        assert own_page(world.pia.actor, 1).praise[0].name == "Stig Strand"


def test_nobody_praises_herself_or_somebody_of_another_group(world, as_, maija) -> None:
    for to in (maija, world.otto):
        with pytest.raises(NotVisible):
            _praise(as_, maija, to)


# --- pairs ------------------------------------------------------------------------------------


def _pairs(world, as_, member):
    with as_(member):
        return own_page(member.actor, 1).buddies


def test_pairs_are_made_by_the_alphabet_and_each_sees_the_other(world, as_, maija) -> None:
    ville = join(world, "Ville")
    with as_(world.stig):
        service.make_pairs(world.stig.actor, world.a.cohort_ids[0])
    assert _pairs(world, as_, world.pia) == ("Maija", "Ville")
    assert _pairs(world, as_, ville) == ("Maija", "Pia")


def test_a_coach_changes_pairs_and_ends_them(world, as_, maija) -> None:
    cohort_id = world.a.cohort_ids[0]
    ville, anna = join(world, "Ville"), join(world, "Anna")
    with as_(world.stig):
        service.make_pairs(world.stig.actor, cohort_id)
    assert _pairs(world, as_, world.pia) == ("Ville",)
    wanted = {seat_of(world.pia): 1, seat_of(maija): 1}
    with as_(world.stig):
        service.save_pairs(world.stig.actor, cohort_id, wanted)
    assert _pairs(world, as_, world.pia) == ("Maija",)
    assert _pairs(world, as_, ville) == _pairs(world, as_, anna) == ()
    with as_(world.stig):
        service.end_pairs(world.stig.actor, cohort_id)
        assert db.session.query(Buddy).count() == 0


def test_who_is_only_in_the_totals_has_no_pair(world, as_, maija) -> None:
    ville = join(world, "Ville", choice=BoardName.TOTALS)
    with as_(world.stig):
        service.make_pairs(world.stig.actor, world.a.cohort_ids[0])
    assert _pairs(world, as_, ville) == () and _pairs(world, as_, world.pia) == ("Maija",)
    wanted = {seat_of(ville): 1, seat_of(maija): 1}
    with as_(world.stig), pytest.raises(RuleBroken, match="only in the totals"):
        service.save_pairs(world.stig.actor, world.a.cohort_ids[0], wanted)
    choose(maija, BoardName.TOTALS)  # she changes her mind afterwards
    assert _pairs(world, as_, world.pia) == (None,)


def test_nobody_is_paired_across_groups(world, as_) -> None:
    wanted = {world.a.enrolment_ids["pia"]: 1, world.a.enrolment_ids["otto"]: 1}
    with as_(world.stig), pytest.raises(NotVisible):
        service.save_pairs(world.stig.actor, world.a.cohort_ids[0], wanted)
    for deed in (service.end_pairs, service.make_pairs):
        with as_(world.cora), pytest.raises(NotVisible):
            deed(world.cora.actor, world.a.cohort_ids[0])
    with as_(world.stig):
        assert db.session.query(Buddy).count() == 0
