"""Times, talks, notes and steps, as coach and participant see them."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from jobsearch.coaching.sparring.models import NextStep, Reader, SparringNote, SparringSlot
from jobsearch.coaching.sparring.service import agree_step, book, offer_times, write_note
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.notices.models import Message
from tests.world import NOW, make_person

pytestmark = pytest.mark.usefixtures("context")
OFFER = {"on": "25.11.2026", "first": "13.00", "until": "14.30", "minutes": "30"}


def _rows(model, **which):
    with unit_of_work(whole_installation("test")):
        return db.session.query(model).filter_by(**which).order_by(model.id).all()


@pytest.fixture
def times(sign_in, world):
    """Three free times of Stig's, by time."""
    assert sign_in(world.stig).send("/sparring", **OFFER).status_code == 303
    return sorted(_rows(SparringSlot), key=lambda slot: slot.starts_at)


def test_a_coach_offers_times_and_nothing_twice(sign_in, world, times) -> None:
    assert [slot.starts_at.hour for slot in times] == [11, 11, 12]  # 13.00 on the wall is 11 in UTC
    answer = sign_in(world.stig).send("/sparring", **OFFER)
    assert (answer.status_code, "offered these times already" in answer.text) == (422, True)
    more = sign_in(world.stig).send("/sparring", **{**OFFER, "until": "15.00"})
    assert more.status_code == 303
    assert len(_rows(SparringSlot)) == 4


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": ""}, "Enter the day"),
        ({"on": "23.11.2026"}, "in the past"),
        ({"first": "25.00"}, "Enter a time"),
        ({"minutes": "5"}, "from 10 to 120"),
        ({"minutes": "x"}, "whole number"),
    ],
)
def test_a_bad_offer_keeps_what_was_typed(sign_in, world, wrong, words) -> None:
    answer = sign_in(world.stig).send("/sparring", **{**OFFER, "until": "14.31", **wrong})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert 'value="14.31"' in answer.text
    assert _rows(SparringSlot) == []


def test_a_participant_books_changes_and_cancels(sign_in, world, times) -> None:
    client = sign_in(world.pia)
    assert "Stig Strand" in client.get("/my-talks").text
    assert client.send(f"/my-talks/{times[0].id}/book").status_code == 303
    assert client.send(f"/my-talks/{times[0].id}/book").status_code == 303
    assert "Pia Pihlaja" in sign_in(world.stig).get("/sparring").text
    client = sign_in(world.pia)
    assert "instead of" in client.get(f"/my-talks?changing={times[0].id}").text
    moved = client.send(f"/my-talks/{times[1].id}/book", instead_of=times[0].id)
    assert moved.status_code == 303
    held = {slot.id: slot.enrolment_id for slot in _rows(SparringSlot)}
    assert held[times[0].id] is None
    assert held[times[1].id] == world.a.enrolment_ids["pia"]
    assert client.send(f"/my-talks/{times[1].id}/cancel").status_code == 303
    assert client.send(f"/my-talks/{times[1].id}/cancel").status_code == 404


def test_she_finds_her_own_time_behind_however_many_free_ones(sign_in, world, as_) -> None:
    with as_(world.stig):
        for day in (25, 26, 27):
            offer_times(world.stig.actor, date(2026, 11, day), 9 * 60, 16 * 60, 15)
        offer_times(world.stig.actor, date(2026, 12, 1), 9 * 60, 10 * 60, 60)
    last = max(_rows(SparringSlot), key=lambda slot: slot.starts_at)
    client = sign_in(world.pia)
    assert client.send(f"/my-talks/{last.id}/book").status_code == 303
    assert f"/my-talks/{last.id}/cancel" in client.get("/my-talks").text


def test_otto_of_another_coachs_group_books_none_of_them(sign_in, world, times) -> None:
    with unit_of_work(whole_installation("test")):
        cohort = db.session.get(Enrolment, world.a.enrolment_ids["otto"]).cohort_id
        db.session.execute(update(Cohort).where(Cohort.id == cohort).values(coach_id=None))
    client = sign_in(world.otto)
    assert "Book" not in client.get("/my-talks").text.split("Free times")[1]
    assert client.send(f"/my-talks/{times[0].id}/book").status_code == 404


def test_otto_neither_takes_nor_cancels_what_pia_has_booked(sign_in, world, times) -> None:
    sign_in(world.pia).send(f"/my-talks/{times[0].id}/book")
    client = sign_in(world.otto)
    assert client.send(f"/my-talks/{times[0].id}/book").status_code in (404, 422)
    assert client.send(f"/my-talks/{times[0].id}/cancel").status_code == 404
    assert _rows(SparringSlot, id=times[0].id)[0].enrolment_id == world.a.enrolment_ids["pia"]


def test_of_six_who_want_one_time_one_gets_it(app, world, as_, times) -> None:
    members = []
    with as_(world.aino):
        for number in range(5):
            person = make_person(
                world.a.organisation_id, f"P{number}", "Q", f"+35840000050{number}"
            )
            row = Enrolment(
                organisation_id=world.a.organisation_id,
                cohort_id=world.a.cohort_ids[0],
                person_id=person.id,
                state=EnrolmentState.PLACED,
            )
            db.session.add(row)
            members.append(person.id)
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    gate, said = threading.Barrier(6), []

    def want(person_id):
        actor = world.pia.actor.__class__(
            **{
                **{name: getattr(world.pia.actor, name) for name in world.pia.actor.__slots__},
                "person_id": person_id,
            }
        )
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work(scope, actor):
                    book(actor, times[0].id)
                said.append("won")
            except (RuleBroken, Conflict):
                said.append("lost")

    people = [*members, world.pia.person_id]
    threads = [threading.Thread(target=want, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["lost"] * 5 + ["won"]


def test_who_had_a_time_that_is_taken_back_is_told_once(sign_in, world, times) -> None:
    sign_in(world.pia).send(f"/my-talks/{times[0].id}/book")
    client = sign_in(world.stig)
    assert client.send(f"/sparring/times/{times[0].id}/withdraw").status_code == 303
    assert client.send(f"/sparring/times/{times[0].id}/withdraw").status_code == 404
    (message,) = _rows(Message, kind="coaching.sparring_withdrawn")
    assert message.subject_id == world.pia.person_id
    assert "Stig" in message.body
    assert sign_in(world.pia).send(f"/my-talks/{times[0].id}/book").status_code == 422
    client = sign_in(world.stig)
    client.send(f"/sparring/times/{times[1].id}/withdraw")
    assert len(_rows(Message, kind="coaching.sparring_withdrawn")) == 1


def test_a_private_note_never_reaches_the_participant_and_a_shared_one_does(sign_in, world) -> None:
    url = f"/sparring/people/{world.a.enrolment_ids['pia']}"
    client = sign_in(world.stig)
    client.send(f"{url}/notes", reader="staff", body="Private words")
    client.send(f"{url}/notes", reader="shared", body="Shared words")
    page = client.get(url).text
    assert "note-staff" in page
    assert "note-shared" in page
    assert "Only coaches see this" in page
    answer = client.send(f"{url}/notes", body="No choice")
    assert (answer.status_code, "Choose who reads" in answer.text) == (422, True)
    assert "No choice" in answer.text
    mine = sign_in(world.pia)
    everything = mine.get("/my-talks").text + mine.get("/today").text
    assert "Shared words" in everything
    assert "Private words" not in everything
    for note in _rows(SparringNote):
        assert note.body in ("Private words", "Shared words")


def test_an_agreed_step_stands_on_her_day_until_it_is_done(sign_in, world) -> None:
    url = f"/sparring/people/{world.a.enrolment_ids['pia']}"
    client = sign_in(world.stig)
    assert client.send(f"{url}/steps", text="Call the shop", due_on="26.11.").status_code == 303
    bad = client.send(f"{url}/steps", text="Too late", due_on="1.11.2026")
    assert (bad.status_code, "in the past" in bad.text) == (422, True)
    (step,) = _rows(NextStep)
    mine = sign_in(world.pia)
    assert "Call the shop" in mine.get("/today").text
    assert sign_in(world.otto).send(f"/steps/{step.id}/done").status_code == 404
    mine = sign_in(world.pia)
    assert mine.send(f"/steps/{step.id}/done").status_code == 303
    assert "Call the shop" not in mine.get("/today").text
    assert "Done" in mine.get("/my-talks").text
    mine.send(f"/steps/{step.id}/not-done")
    assert "Call the shop" in mine.get("/today").text
    client = sign_in(world.stig)
    client.send(f"/steps/{step.id}/drop")
    assert "Call the shop" not in sign_in(world.pia).get("/today").text


def test_who_has_had_little_time_is_seen_first(sign_in, world, as_) -> None:
    page = sign_in(world.stig).get("/sparring").text
    assert "Little time this week" in page
    with as_(world.stig):
        for days in (0, 1):
            db.session.add(
                SparringSlot(
                    coach_id=world.stig.account_id,
                    starts_at=NOW - timedelta(days=1, hours=-days),
                    minutes=30,
                    enrolment_id=world.a.enrolment_ids["pia"],
                    booked_at=NOW,
                )
            )
    page = sign_in(world.stig).get("/sparring").text
    assert "Enough" in page
    slot = _rows(SparringSlot)[0]
    client = sign_in(world.stig)
    client.send(f"/sparring/times/{slot.id}/missed")
    assert "Did not take place" in client.get("/sparring").text
    client.send(f"/sparring/times/{slot.id}/held")
    assert "Did not take place" not in client.get("/sparring").text


def test_only_the_groups_own_coach_opens_a_persons_talks(sign_in, world) -> None:
    url = f"/sparring/people/{world.a.enrolment_ids['pia']}"
    assert sign_in(world.stig).get(url).status_code == 200
    for who, status in (("aino", 403), ("paula", 403), ("pia", 403), ("cora", 404)):
        assert sign_in(getattr(world, who)).get(url).status_code == status


def test_a_coach_of_the_same_provider_opens_no_talks_of_anothers_group(sign_in, world, as_) -> None:
    enrolment_id = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        step = agree_step(world.stig.actor, enrolment_id, "Call Huolto", None)
    with unit_of_work(whole_installation("test")):
        db.session.execute(update(Cohort).values(coach_id=world.aino.account_id))
    client, url = sign_in(world.stig), f"/sparring/people/{enrolment_id}"
    assert client.get(url).status_code == 404
    note = {"reader": Reader.STAFF.value, "body": "x"}
    assert client.send(f"{url}/notes", **note).status_code == 404
    assert client.send(f"{url}/steps", text="x").status_code == 404
    assert client.send(f"/steps/{step.id}/drop").status_code == 404
    assert len(_rows(SparringNote)) == 0
    assert _rows(NextStep)[0].dropped_at is None


def test_pages_of_talks_ask_as_often_for_thirty_as_for_one(sign_in, world, as_, statements) -> None:
    counts = []
    for round_ in range(2):
        for client, path in ((sign_in(world.stig), "/sparring"), (sign_in(world.pia), "/my-talks")):
            del statements[:]
            client.get(path)
            counts.append(len(statements))
        with as_(world.stig):
            for number in range(30):
                db.session.add(
                    SparringSlot(
                        coach_id=world.stig.account_id,
                        starts_at=NOW + timedelta(days=1 + round_, minutes=15 * number),
                        minutes=15,
                    )
                )
            write_note(world.stig.actor, world.a.enrolment_ids["pia"], Reader.SHARED, "x")
            agree_step(world.stig.actor, world.a.enrolment_ids["pia"], "x", None)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8


def _neighbour(world, as_) -> None:
    """One more person of Pia's group, who has had no talk."""
    with as_(world.aino):
        person = make_person(world.a.organisation_id, "Mira", "F", "+358400007700")
        seat = Enrolment(cohort_id=world.a.cohort_ids[0], person_id=person.id)
        seat.state = EnrolmentState.STARTED
        db.session.add(seat)


def test_who_has_had_her_share_leaves_the_times_that_others_need(
    sign_in, world, times, as_
) -> None:
    _neighbour(world, as_)
    client = sign_in(world.pia)
    for slot in times[:2]:  # two a week are hers, whatever others have
        assert client.send(f"/my-talks/{slot.id}/book").status_code == 303
    refused = client.send(f"/my-talks/{times[2].id}/book")
    assert refused.status_code == 422 and "kept for those of your group" in refused.text
    assert {slot.id for slot in _rows(SparringSlot) if slot.enrolment_id} == {
        slot.id for slot in times[:2]
    }
    # changing one for another takes nothing from anybody
    moved = client.send(f"/my-talks/{times[2].id}/book", instead_of=times[0].id)
    assert moved.status_code == 303


def test_more_than_her_share_is_hers_when_enough_is_left_for_all(sign_in, world, as_) -> None:
    _neighbour(world, as_)
    with as_(world.stig):
        offer_times(world.stig.actor, date(2026, 11, 26), 9 * 60, 13 * 60, 30)
        slots = db.session.query(SparringSlot).order_by(SparringSlot.starts_at).all()
        keys = [slot.id for slot in slots]
    client = sign_in(world.pia)
    answers = [client.send(f"/my-talks/{key}/book").status_code for key in keys]
    # of eight, two are kept for Mira and two for Otto, of the coach's other group of this week
    assert answers == [303] * 4 + [422] * 4


def test_a_time_given_in_another_week_frees_nothing_in_this_one(sign_in, world, times, as_) -> None:
    _neighbour(world, as_)
    with as_(world.stig):
        offer_times(world.stig.actor, date(2026, 12, 1), 9 * 60, 9 * 60 + 30, 30)
        (later,) = (
            slot.id for slot in db.session.query(SparringSlot) if slot.starts_at.month == 12
        )
    client = sign_in(world.pia)
    for key in (times[0].id, times[1].id, later):
        assert client.send(f"/my-talks/{key}/book").status_code == 303
    moved = client.send(f"/my-talks/{times[2].id}/book", instead_of=later)
    assert moved.status_code == 422
    assert next(s for s in _rows(SparringSlot) if s.id == later).enrolment_id is not None


def test_two_who_have_had_their_share_do_not_take_what_is_kept_at_once(app, world, as_) -> None:
    # of six times Pia and Otto have two each; Mira has had one and lacks one, and two are free
    with as_(world.stig):
        offer_times(world.stig.actor, date(2026, 11, 26), 9 * 60, 12 * 60 + 30, 30)
        found = db.session.query(SparringSlot).order_by(SparringSlot.starts_at).all()
        keys = [slot.id for slot in found]
    _neighbour(world, as_)
    with as_(world.aino):
        (mira,) = db.session.query(Enrolment.id).join(Enrolment.person).filter_by(given_name="Mira")
        seats = [world.a.enrolment_ids["pia"], world.a.enrolment_ids["otto"]]
        for key, seat in zip(keys, (*seats, *seats, mira[0]), strict=False):
            slot = db.session.get(SparringSlot, key)
            slot.enrolment_id, slot.booked_at = seat, NOW
    gate, said = threading.Barrier(2), []

    def want(member, key):
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work(Scope(member.actor.organisation_ids, "test"), member.actor):
                    book(member.actor, key)
                said.append("won")
            except (RuleBroken, Conflict):
                said.append("lost")

    for round_of in range(6):
        said.clear()
        wants = ((world.pia, keys[5]), (world.otto, keys[6]))
        threads = [threading.Thread(target=want, args=one) for one in wants]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said) == ["lost", "won"], round_of
        with as_(world.stig):
            for key in keys[5:7]:
                slot = db.session.get(SparringSlot, key)
                slot.enrolment_id = slot.booked_at = None
