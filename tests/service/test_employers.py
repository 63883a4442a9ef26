"""A person's own register of employers."""

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.tracker.employers import queries, service
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.queries import recent_employers
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, undo_action
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")


def _log(world, as_, name):
    with as_(world.pia):
        action = log_action(world.pia.actor, Activity.EMPLOYER_CONTACT, employer_name=name)
        return action.id, action.employer_id


def _lines(world, as_):
    with as_(world.pia):
        return [
            (one.name, one.actions, one.last_on)
            for one in queries.my_employers(world.pia.person_id, 1).lines
        ]


def test_the_register_says_how_often_and_when_last(world, as_):
    _log(world, as_, "Meriteräs")
    _log(world, as_, "Meriteräs")
    undone, _ = _log(world, as_, "Meriteräs")
    with as_(world.pia):
        undo_action(world.pia.actor, undone)
        service.add_employer(world.pia.actor, "Äänekosken Öljy")
    assert _lines(world, as_) == [("Meriteräs", 2, TODAY), ("Äänekosken Öljy", 0, None)]


def test_an_employer_that_is_there_is_not_added_twice(world, as_):
    _log(world, as_, "Rannikon Leipomo Oy")
    with as_(world.pia):
        service.add_employer(world.pia.actor, "rannikon leipomo")
    assert len(_lines(world, as_)) == 1


def test_another_name_keeps_its_key_in_step(world, as_):
    _, employer = _log(world, as_, "Meritera")
    with as_(world.pia):
        assert service.rename_employer(world.pia.actor, employer, " Meriteräs   Oy ") is False
    with as_(world.pia):
        row = db.session.get(Employer, employer)
        assert (row.name, row.name_key) == ("Meriteräs Oy", "meriteräs")
    assert _log(world, as_, "MERITERÄS")[1] == employer


def test_the_name_of_another_one_makes_two_one(world, as_):
    first, kept = _log(world, as_, "Meriteräs")
    second, gone = _log(world, as_, "Meritera")
    undone, _ = _log(world, as_, "Meritera")
    with as_(world.pia):
        undo_action(world.pia.actor, undone)
        assert service.rename_employer(world.pia.actor, gone, "Meriteräs Oy") is True
    with as_(world.pia):
        rows = [db.session.get(Action, key).employer_id for key in (first, second, undone)]
        assert rows == [kept] * 3
        assert db.session.get(Employer, gone) is None
    assert _lines(world, as_) == [("Meriteräs Oy", 2, TODAY)]


def test_what_something_names_stays_and_what_nothing_names_can_go(world, as_):
    action, employer = _log(world, as_, "Meriteräs")
    with as_(world.pia), pytest.raises(RuleBroken):
        service.remove_employer(world.pia.actor, employer)
    with as_(world.pia):
        undo_action(world.pia.actor, action)
    with as_(world.pia):
        service.remove_employer(world.pia.actor, employer)
    with as_(world.pia):
        assert recent_employers(world.pia.person_id) == []
        assert db.session.get(Action, action).undone_at is not None


@pytest.mark.parametrize("who", ["otto", "bo", "stig"])
def test_nobody_changes_anothers_register(world, as_, who):
    _, employer = _log(world, as_, "Meriteräs")
    member = getattr(world, who)
    with as_(member), pytest.raises(NotVisible):
        service.rename_employer(member.actor, employer, "Toinen")
    with as_(member), pytest.raises(NotVisible):
        service.remove_employer(member.actor, employer)
