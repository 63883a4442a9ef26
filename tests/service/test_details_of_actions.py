"""Details of actions: replies, private ones, twins, own leads, and what a coach logged."""

from datetime import timedelta

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.tracker import queries, service
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadSource
from jobsearch.tracker.models import Action
from jobsearch.tracker.own.queries import list_to_confirm, my_actions
from jobsearch.tracker.rules import Activity, Channel, LoggedBefore, Reached, Reply
from tests.world import NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
CONTACT, APPLICATION, INTERVIEW = (
    Activity.EMPLOYER_CONTACT,
    Activity.ADVERTISED_APPLICATION,
    Activity.INTERVIEW,
)
JOB = {"employer_name": "Meriteräs", "role_title": "Hitsaaja"}


def _log(world, as_, activity=CONTACT, on=None, **details):
    with as_(world.pia):
        return service.log_action(world.pia.actor, activity, on, **details).id


def _action(world, as_, action_id):
    with as_(world.pia):
        return db.session.get(Action, action_id)


def _lead(world, as_, who="pia"):
    member = getattr(world, who)
    with as_(member):
        employer_id = service.employer_of(member.person_id, None, "Meriteräs")
        lead = Lead(
            person_id=member.person_id,
            enrolment_id=world.a.enrolment_ids[who],
            cohort_id=queries.get_place_of_day(member.person_id, TODAY).cohort_id,
            employer_id=employer_id,
            role_title="Hitsaaja",
            source=next(iter(LeadSource)),
            stage_on=TODAY,
            added_at=NOW,
        )
        db.session.add(lead)
        db.session.flush()
        return lead.id


def test_all_that_is_said_of_an_action_is_kept(world, as_):
    lead = _lead(world, as_)
    action = _action(
        world,
        as_,
        _log(
            world,
            as_,
            channel=Channel.PHONE,
            reached=Reached.NO,
            reply=Reply.LATER,
            replied_on=TODAY,
            private=True,
            lead_id=lead,
            **JOB,
        ),
    )
    assert (action.channel, action.reached, action.reply) == (
        Channel.PHONE,
        Reached.NO,
        Reply.LATER,
    )
    assert (action.replied_on, action.private_at, action.lead_id) == (TODAY, NOW, lead)


def test_whom_it_reached_is_kept_of_an_employer_contact_alone(world, as_):
    action = _log(world, as_, APPLICATION, reached=Reached.YES)
    assert _action(world, as_, action).reached is None


def test_an_edit_without_the_tick_shares_again_and_one_with_it_keeps_its_time(world, as_, clock):
    action = _log(world, as_, private=True, **JOB)
    clock.shift(timedelta(minutes=5))
    for private, kept in ((True, NOW), (False, None)):
        with as_(world.pia):
            service.edit_action(
                world.pia.actor, action, activity=CONTACT, on=TODAY, private=private, **JOB
            )
        assert _action(world, as_, action).private_at == kept


def test_nobodys_lead_but_ones_own_is_named(world, as_):
    lead = _lead(world, as_, "otto")
    with as_(world.pia), pytest.raises(NotVisible):
        service.log_action(world.pia.actor, CONTACT, lead_id=lead)


def test_an_edit_leaves_the_lead_and_may_name_one(world, as_):
    lead = _lead(world, as_)
    action = _log(world, as_)
    for details in ({"lead_id": lead}, {}):
        with as_(world.pia):
            service.edit_action(world.pia.actor, action, activity=CONTACT, on=TODAY, **details)
        assert _action(world, as_, action).lead_id == lead


@pytest.mark.parametrize("name", ["Meriteräs", "MERITERÄS Oy", " oy  meriteräs "])
def test_the_same_employer_and_job_within_30_days_is_asked_about(world, as_, name):
    _log(world, as_, APPLICATION, TODAY - timedelta(days=5), **JOB)
    again = {"employer_name": name, "role_title": "hitsaaja", "again": False}
    with as_(world.pia), pytest.raises(LoggedBefore) as asked:
        service.log_action(world.pia.actor, CONTACT, **again)
    assert asked.value.gaps["day"] == TODAY - timedelta(days=5)
    _log(world, as_, CONTACT, **(again | {"again": True}))


def test_what_was_taken_back_or_has_no_job_or_another_one_is_not_asked_about(world, as_):
    action = _log(world, as_, **JOB)
    _log(world, as_, **(JOB | {"role_title": None, "again": False}))
    _log(world, as_, **(JOB | {"role_title": "Myyjä", "again": False}))
    _log(world, as_, INTERVIEW, **(JOB | {"again": False}))
    with as_(world.pia):
        service.undo_action(world.pia.actor, action)
    _log(world, as_, **(JOB | {"again": False}))


def test_anothers_entry_is_no_twin(world, as_):
    with as_(world.otto):
        service.log_action(world.otto.actor, CONTACT, **JOB)
    _log(world, as_, **(JOB | {"again": False}))


def test_after_more_than_30_days_nothing_is_asked(world, as_):
    action = _log(world, as_, **JOB)
    with as_(world.stig):
        db.session.get(Action, action).on = TODAY - timedelta(days=31)
    _log(world, as_, **(JOB | {"again": False}))


def test_an_entry_is_no_twin_of_itself_and_is_asked_about_when_it_becomes_one(world, as_):
    first = _log(world, as_, **JOB)
    second = _log(world, as_, **(JOB | {"role_title": "Myyjä"}))

    def edit(action, role):
        with as_(world.pia):
            service.edit_action(
                world.pia.actor,
                action,
                activity=CONTACT,
                on=TODAY,
                employer_name="Meriteräs",
                role_title=role,
                again=False,
            )

    edit(first, "hitsaaja ")  # another spelling of its own
    with pytest.raises(LoggedBefore):
        edit(second, "Hitsaaja")


def test_naming_the_employer_by_one_tap_asks_only_when_the_job_makes_it_the_same(world, as_):
    _log(world, as_, **JOB)
    with_job, without = _log(world, as_, role_title="Hitsaaja"), _log(world, as_)
    with as_(world.pia):
        employer = queries.recent_employers(world.pia.person_id)[0].id
        service.name_employer(world.pia.actor, without, employer)
    with as_(world.pia), pytest.raises(LoggedBefore):
        service.name_employer(world.pia.actor, with_job, employer)


def test_one_company_in_two_spellings_is_one_employer_of_the_register(world, as_):
    for name in ("Rannikon Leipomo Oy", "rannikon  leipomo", "Oy Rannikon Leipomo"):
        _log(world, as_, employer_name=name)
    with as_(world.pia):
        names = [one.name for one in queries.list_employers(world.pia.person_id)]
    assert names == ["Rannikon Leipomo Oy"]


def test_what_a_coach_logged_waits_for_the_persons_yes(world, as_):
    with as_(world.stig):
        logged = service.log_for(world.stig.actor, world.pia.person_id, CONTACT, **JOB).id
    with as_(world.pia):
        assert [line.id for line in list_to_confirm(world.pia.person_id)] == [logged]
        assert service.confirm_actions(world.pia.actor, [logged]) == 1
    with as_(world.pia):
        assert service.confirm_actions(world.pia.actor, [logged]) == 0
        assert list_to_confirm(world.pia.person_id) == []
        assert my_actions(world.pia.person_id).lines[0].confirmed_at == NOW


@pytest.mark.parametrize("who", ["otto", "bo", "stig"])
def test_nobody_confirms_for_another(world, as_, who):
    with as_(world.stig):
        logged = service.log_for(world.stig.actor, world.pia.person_id, CONTACT).id
    member = getattr(world, who)
    with as_(member), pytest.raises(NotVisible):
        service.confirm_actions(member.actor, [logged])


def test_correcting_a_coachs_entry_confirms_it_and_the_coachs_own_correction_does_not(world, as_):
    with as_(world.stig):
        logged = service.log_for(world.stig.actor, world.pia.person_id, CONTACT).id
    for member, confirmed in ((world.stig, None), (world.pia, NOW)):
        with as_(member):
            service.edit_action(member.actor, logged, activity=APPLICATION, on=TODAY)
        assert _action(world, as_, logged).confirmed_at == confirmed


def test_an_own_entry_waits_for_nobodys_yes(world, as_):
    action = _log(world, as_)
    with as_(world.pia):
        assert list_to_confirm(world.pia.person_id) == []
        assert service.confirm_actions(world.pia.actor, [action]) == 0
    assert _action(world, as_, action).confirmed_at is None


def test_a_reply_before_the_action_is_refused(world, as_):
    with as_(world.pia), pytest.raises(RuleBroken) as refused:
        service.log_action(
            world.pia.actor, CONTACT, reply=Reply.NO, replied_on=TODAY - timedelta(days=1)
        )
    assert refused.value.field == "replied_on"


def test_the_own_list_is_paged(world, as_):
    for _ in range(11):
        _log(world, as_)
    with as_(world.pia):
        first, second = (my_actions(world.pia.person_id, page) for page in (1, 2))
    assert (len(first.lines), len(second.lines), first.count, first.pages) == (6, 5, 11, 2)
