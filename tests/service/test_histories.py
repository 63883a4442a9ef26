"""Every figure can be asked who said it, when, and from what; and nobody else's is ever told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.audit.models import AuditEntry
from jobsearch.audit.queries import list_changes
from jobsearch.audit.service import note_erased
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.tracker import service
from jobsearch.tracker.corrections import service as corrections
from jobsearch.tracker.corrections.service import Facts, Reason
from jobsearch.tracker.history import queries
from jobsearch.tracker.history.rules import Event, Form
from jobsearch.tracker.rules import Activity
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")
CONTACT, APPLICATION = Activity.EMPLOYER_CONTACT, Activity.ADVERTISED_APPLICATION
MONDAY = TODAY - timedelta(days=1)
WHY = Reason("It was another kind.")


def _log(world, as_, **details):
    with as_(world.pia):
        return service.log_action(world.pia.actor, CONTACT, MONDAY, **details).id


def _told(world, as_, action, who="stig"):
    member = getattr(world, who)
    with as_(member):
        return queries.get_action_history(member.actor, action)


def _values(moment):
    return {
        field.name: (field.old and field.old.value, field.new and field.new.value)
        for field in moment.fields
    }


def test_a_history_says_who_what_and_when_oldest_first(world, as_):
    action = _log(world, as_, employer_name="Meriteräs", note="Soitan perään")
    with as_(world.stig):
        service.edit_action(
            world.stig.actor, action, activity=APPLICATION, on=MONDAY, role_title="Hitsaaja"
        )
    with as_(world.pia):
        service.undo_action(world.pia.actor, action)
    history = _told(world, as_, action)
    assert [one.event for one in history.moments] == [
        Event.LOGGED,
        Event.CHANGED,
        Event.REMOVED,
    ]
    first, second, _third = history.moments
    assert history.names[first.account_id] == "Pia Pihlaja"
    assert history.names[second.account_id] == "Stig Strand"
    assert (first.role, second.role) == ("participant", "coach")
    assert _values(first) == {
        "Day": (None, MONDAY),
        "Kind": (None, "Employer contact"),
        "Employer": (None, "Meriteräs"),
        "Note": (None, "Soitan perään"),
    }
    assert _values(second) == {
        "Kind": ("Employer contact", "Advertised job"),
        "Employer": ("Meriteräs", None),
        "Job or task": (None, "Hitsaaja"),
        "Note": ("Soitan perään", None),
    }
    assert history.current_id is None


def test_a_correction_is_one_line_with_its_reason_from_either_end(world, as_):
    old = _log(world, as_)
    with as_(world.stig):
        new = corrections.correct_action(
            world.stig.actor, old, None, Facts(APPLICATION, TODAY), WHY
        ).id
    for key in (old, new):
        history = _told(world, as_, key)
        assert [one.event for one in history.moments] == [Event.LOGGED, Event.CORRECTED]
        assert history.moments[1].reason == WHY.text
        assert _values(history.moments[1]) == {
            "Day": (MONDAY, TODAY),
            "Kind": ("Employer contact", "Advertised job"),
        }
        assert history.current_id == new


def test_a_chain_of_corrections_and_a_mistake_at_its_end_are_told_whole(world, as_):
    first = _log(world, as_)
    with as_(world.stig):
        second = corrections.correct_action(
            world.stig.actor, first, None, Facts(APPLICATION, MONDAY), WHY
        ).id
    with as_(world.stig):
        third = corrections.correct_action(
            world.stig.actor, second, None, Facts(CONTACT, TODAY), Reason("Once more.")
        ).id
    with as_(world.stig):
        corrections.call_it_a_mistake(world.stig.actor, third, None, Reason("Never done."))
    history = _told(world, as_, first, "pia")
    assert [(one.event, one.reason) for one in history.moments] == [
        (Event.LOGGED, ""),
        (Event.CORRECTED, WHY.text),
        (Event.CORRECTED, "Once more."),
        (Event.MISTAKE, "Never done."),
    ]


def test_what_a_coach_logged_added_or_took_from_a_file_says_so(world, as_):
    with as_(world.stig):
        proxy = service.log_for(world.stig.actor, world.pia.person_id, CONTACT, MONDAY).id
    with as_(world.stig):
        facts = Facts(CONTACT, MONDAY)
        late = corrections.add_action(world.stig.actor, world.pia.person_id, facts, WHY).id
    assert _told(world, as_, proxy).moments[0].event is Event.LOGGED_FOR
    added = _told(world, as_, late).moments[0]
    assert (added.event, added.reason) == (Event.ADDED, WHY.text)


def test_a_note_is_read_by_two_and_its_change_is_seen_by_staff(world, as_):
    action = _log(world, as_, note="Vain meille kahdelle")
    for who in ("stig", "pia"):
        assert "Vain meille kahdelle" in str(_told(world, as_, action, who).moments)
    told = _told(world, as_, action, "aino").moments
    assert "Vain meille" not in str(told)
    (note,) = [field for field in told[0].fields if field.name == "Note"]
    assert note.new.form is Form.HIDDEN


def test_goals_tell_what_they_were_and_why_they_were_corrected(world, as_):
    enrolment = world.a.enrolment_ids["pia"]
    day = world.a.day_ids[world.a.cohort_ids[0]][4]
    with as_(world.pia):
        service.set_goals(world.pia.actor, enrolment, MONDAY, {CONTACT: 2})
    with as_(world.stig):
        service.set_goals(world.stig.actor, enrolment, MONDAY, {CONTACT: 3})
    with as_(world.stig):
        corrections.correct_goals(
            world.stig.actor, enrolment, day, {CONTACT: 5, APPLICATION: 1}, WHY
        )
    with as_(world.pia):
        stories = queries.get_goal_stories(world.pia.actor, day).stories
    with as_(world.aino):
        same = queries.get_goal_stories(world.aino.actor, day, enrolment)
        assert same.stories == stories and same.person.id == world.pia.person_id
    assert [_values(one).get("Goal") for one in stories[CONTACT]] == [(None, 2), (2, 3), (3, 5)]
    assert stories[CONTACT][-1].reason == WHY.text
    new = stories[APPLICATION][0]
    assert (new.event, new.reason) == (Event.CORRECTED, WHY.text)


def test_erased_values_are_gone_and_the_line_stays(world, as_):
    action = _log(world, as_, employer_name="Meriteräs", note="Salaisuus")
    with as_(world.stig):
        note_erased("x", [], [world.pia.person_id])
    history = _told(world, as_, action)
    assert "Salaisuus" not in str(history.moments)
    assert history.moments[0].is_erased
    assert history.names[history.moments[0].account_id] == "Pia Pihlaja"


@pytest.mark.parametrize("who", ["sam", "cora", "otto", "bo", "mia", "nils"])
def test_nobody_reads_a_history_that_is_not_hers_to_see(world, as_, who):
    action = _log(world, as_)
    enrolment = world.a.enrolment_ids["pia"]
    with as_(world.pia):
        service.set_goals(world.pia.actor, enrolment, MONDAY, {CONTACT: 2})
    day = world.a.day_ids[world.a.cohort_ids[0]][4]
    member = getattr(world, who)
    with as_(member), pytest.raises(NotVisible):
        queries.get_action_history(member.actor, action)
    with as_(member), pytest.raises(NotVisible):
        queries.get_goal_stories(member.actor, day, enrolment)


def test_the_trail_of_another_provider_answers_with_nothing(world, as_):
    action = _log(world, as_, note="Salaisuus")
    with as_(world.sam):
        assert list_changes(world.b.organisation_id, "action", [action]) == []
    with as_(world.stig):
        assert len(list_changes(world.a.organisation_id, "action", [action])) == 1


def test_a_row_of_the_same_key_in_another_provider_is_no_part_of_the_story(world, as_):
    action = _log(world, as_)
    with as_(world.stig):
        entry = db.session.scalars(sa.select(AuditEntry).filter_by(row_id=action)).one()
        keys = {column.key for column in AuditEntry.__mapper__.columns} - {"id"}
        columns = {key: getattr(entry, key) for key in keys}
        columns |= {"organisation_id": world.b.organisation_id, "act": "update"}
        db.session.connection().execute(sa.insert(AuditEntry), [columns])
    assert len(_told(world, as_, action).moments) == 1


def test_a_long_history_takes_as_many_statements_as_a_short_one(world, as_, statements):
    action = _log(world, as_)

    def asked():
        with as_(world.stig):
            del statements[:]
            queries.get_action_history(world.stig.actor, action)
            return len([one for one in statements if one.startswith("SELECT")])

    once = asked()
    for turn in range(15):
        with as_(world.pia):
            service.edit_action(
                world.pia.actor, action, activity=CONTACT, on=MONDAY, note=f"x{turn}"
            )
    assert asked() == once <= 8
