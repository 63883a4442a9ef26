"""The day page of a coach and of a manager: the programme, who needs a word, what is missing."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from jobsearch.accounts.models import SignIn
from jobsearch.attendance.models import Attendance, Mark
from jobsearch.attendance.weeks.models import AbsenceNotice
from jobsearch.coaching.sparring.models import NextStep, Reader, SparringNote, SparringSlot
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment, EnrolmentState
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.desk.staff.queries import CARDS
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.rules import SessionForm
from jobsearch.recruitment.sessions.models import InfoSession
from jobsearch.recruitment.sessions.rules import Mode
from jobsearch.tracker.models import Goal
from jobsearch.tracker.rules import Activity
from tests.contracted import sign_seats
from tests.world import FIRST_DAY, NOW, TODAY, enrol, make_cohort, make_person

pytestmark = pytest.mark.usefixtures("context")
YESTERDAY = TODAY - timedelta(days=1)
MINUTES = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _signed(context, world, as_):
    """Everybody's contract is signed by both."""
    with as_(world.paula):
        sign_seats(world.a, world.paula, ["pia", "otto"])
    with as_(world.petra):
        sign_seats(world.b, world.petra, ["bo"])


def _work():
    return unit_of_work(whole_installation("test"))


def _today(sign_in, member):
    answer = sign_in(member).get("/today")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def _mark(world, who, on, mark):
    """What stands of one person's day, made or changed."""
    enrolment = db.session.get_one(Enrolment, world.a.enrolment_ids[who])
    day = db.session.scalars(
        select(CohortDay).where(CohortDay.cohort_id == enrolment.cohort_id, CohortDay.on == on)
    ).one()
    row = db.session.scalars(
        select(Attendance).where(
            Attendance.enrolment_id == enrolment.id, Attendance.cohort_day_id == day.id
        )
    ).first()
    if row is None:
        row = Attendance(
            enrolment_id=enrolment.id,
            cohort_day_id=day.id,
            person_id=enrolment.person_id,
            planned_minutes=day.paid_minutes,
            marked_at=NOW,
            organisation_id=world.a.organisation_id,
        )
        db.session.add(row)
    row.mark, row.paid_minutes = mark, day.paid_minutes if mark is Mark.PRESENT else 0
    return row


def _slot(world, starts_at, who=None, coach="stig"):
    slot = SparringSlot(
        organisation_id=world.a.organisation_id,
        coach_id=getattr(world, coach).account_id,
        starts_at=starts_at,
        minutes=30,
        enrolment_id=world.a.enrolment_ids[who] if who else None,
        booked_at=NOW - timedelta(days=2) if who else None,
    )
    db.session.add(slot)
    db.session.flush()
    return slot


def _all_is_well(world):
    """Both have logged, have goals, are present, and have had their talks."""
    for who in ("pia", "otto"):
        enrolment = db.session.get_one(Enrolment, world.a.enrolment_ids[who])
        _mark(world, who, TODAY, Mark.PRESENT)
        db.session.add(
            Goal(
                enrolment_id=enrolment.id,
                cohort_id=enrolment.cohort_id,
                person_id=enrolment.person_id,
                on=TODAY,
                activity=Activity.EMPLOYER_CONTACT,
                target=2,
                organisation_id=world.a.organisation_id,
            )
        )
        _slot(world, NOW + timedelta(days=1, minutes=30 * (who == "otto")), who)


def _log(sign_in, world):
    for who in (world.pia, world.otto):
        sign_in(who).send("/job-search/log/employer_contact")


def test_a_coach_reads_who_needs_a_word_in_sentences_with_the_rule_and_a_deed(sign_in, world):
    page = _today(sign_in, world.stig)
    assert (
        "Pia has not logged anything yet. There has been no talk this week, and none is booked."
        in page
    )
    assert "Why is Pia here?" in page
    assert "No action logged since the last two days at work." in page
    assert 'href="/sparring#offer">Offer a time<span class="sr">: Pia Pihlaja' in page
    sign_in(world.pia).send("/job-search/log/interview")
    again = _today(sign_in, world.stig)
    assert "Pia has not logged" not in again
    assert "Otto has not logged anything yet." in again


def test_the_latest_and_the_next_talk_are_told(sign_in, world):
    with _work():
        _slot(world, NOW - timedelta(days=6), "pia")
        _slot(world, NOW + timedelta(days=1), "otto")
    page = _today(sign_in, world.stig)
    assert "none is booked. The latest talk was on Wed 18 Nov." in page
    assert "Otto has not logged anything yet. The next talk is on Wed 25 Nov at 10:00." in page
    assert f'href="/sparring/people/{world.a.enrolment_ids["otto"]}">Prepare the talk' in page


def test_a_manager_reads_of_everyone_but_not_of_talks(sign_in, world):
    with _work():
        _slot(world, NOW + timedelta(hours=1), "pia")
        _slot(world, NOW - timedelta(days=1), "otto")
    page = _today(sign_in, world.aino)
    assert "Pia has not logged anything yet. </p>" in page
    assert f'href="/people/{world.pia.person_id}">Open the person' in page
    for words in ("talk was", "next talk", "Sparring talks", "No next step", "Offer"):
        assert words not in page


def test_days_away_are_no_silence_but_two_in_a_row_are_a_reason(sign_in, world):
    with _work():
        for row in db.session.scalars(
            select(Attendance).where(Attendance.person_id == world.pia.person_id)
        ):
            row.mark, row.paid_minutes = Mark.UNPAID_ABSENCE, 0
    page = _today(sign_in, world.stig)
    assert "Pia has not logged" not in page
    assert "Pia has been away two days in a row, Thu 19 Nov and Mon 23 Nov." in page
    assert f'href="/conversations/{world.a.enrolment_ids["pia"]}">Write a message' in page
    assert "unpaid" not in page.lower()


def test_away_today_is_told_unless_she_told_it_herself(sign_in, world):
    with _work():
        row = _mark(world, "pia", TODAY, Mark.UNSETTLED_ABSENCE)
        db.session.flush()
        day_id = row.cohort_day_id
    assert "Pia is away today and had not told of it." in _today(sign_in, world.stig)
    with _work():
        db.session.add(
            AbsenceNotice(
                enrolment_id=world.a.enrolment_ids["pia"],
                cohort_day_id=day_id,
                person_id=world.pia.person_id,
                told_at=NOW,
                organisation_id=world.a.organisation_id,
            )
        )
    assert "Pia is away today" not in _today(sign_in, world.stig)


def test_when_nobody_needs_a_word_the_page_says_so_kindly(sign_in, world):
    with _work():
        _all_is_well(world)
    _log(sign_in, world)
    page = _today(sign_in, world.stig)
    assert "Nobody needs a word in particular today." in page
    assert "Nothing is missing: hours, goals and next steps are as they should be." in page
    assert "Why is" not in page


def test_each_coach_sees_her_own_groups_and_no_others(sign_in, world):
    cora = world.cora
    with _work():
        second = world.a.cohort_ids[1]
        db.session.execute(
            update(Cohort).where(Cohort.id == second).values(coach_id=world.paula.account_id)
        )
        for who in ("pia", "otto"):
            _slot(world, NOW + timedelta(hours=1), who, "stig" if who == "pia" else "paula")
    page = _today(sign_in, world.stig)
    assert "Group 7" in page
    assert "Pia Pihlaja" in page
    assert "Group 8" not in page
    assert "Otto" not in page
    other = _today(sign_in, cora)
    assert "Bo has not logged anything yet." in other  # the group of provider B has no coach
    assert "Pia" not in other
    assert "Group 7" not in other
    both = _today(sign_in, world.aino)
    assert "Group 7" in both
    assert "Group 8" in both


def test_a_group_without_a_coach_is_seen_but_its_talks_are_nobodys(sign_in, world):
    with _work():
        db.session.execute(update(Cohort).values(coach_id=None))
        _slot(world, NOW - timedelta(days=1), "otto")
    page = _today(sign_in, world.stig)
    assert "Pia has not logged anything yet. </p>" in page
    assert "/sparring/people/" not in page
    assert "/conversations/" not in page


def test_the_programme_shows_meetings_with_who_is_present_and_opens_their_boards(sign_in, world):
    with _work():
        _mark(world, "pia", TODAY, Mark.PRESENT)
        _mark(world, "otto", TODAY, Mark.UNSETTLED_ABSENCE)
    page = _today(sign_in, world.stig)
    board = f'href="/cohorts/{world.a.cohort_ids[0]}/board"'
    assert f"9:00 <a {board}>Morning meeting, Group 7</a><small>Stig Strand · 1 / 1 present" in page
    assert "Morning meeting, Group 8</a><small>Stig Strand · 0 / 1 present" in page
    assert "9:30–11:30 Coaching, assignment<small>Group 7 and Group 8</small>" in page
    assert "Now: Coaching, assignment. Next at 11:30: Debrief, Group 7." in page
    assert page.count('aria-current="step"') == 1
    assert "Open the board of Group 7" in page


def test_talks_of_today_are_told_with_the_next_the_free_and_a_press_to_each(sign_in, world):
    with _work():
        _slot(world, NOW - 60 * MINUTES, "otto")
        _slot(world, NOW + 30 * MINUTES, "pia")
        for later in (60, 90):
            _slot(world, NOW + later * MINUTES)
        gone = _slot(world, NOW - 30 * MINUTES)
        gone.withdrawn_at = NOW
        missed = _slot(world, NOW - 90 * MINUTES, "pia")
        missed.missed_at = NOW
    page = _today(sign_in, world.stig)
    assert "Booked: 2, next 10:30 Pia Pihlaja · still free: 2" in page
    for who in ("pia", "otto"):
        assert f'<a href="/sparring/people/{world.a.enrolment_ids[who]}">' in page
    assert "Next at 10:30: talk with Pia Pihlaja." in page
    person = sign_in(world.stig).get(f"/sparring/people/{world.a.enrolment_ids['pia']}")
    assert person.status_code == 200


def test_info_sessions_of_today_are_shown_to_who_leads_them(sign_in, world):
    with _work():
        for host, starts in (("stig", NOW + timedelta(hours=5)), ("aino", NOW)):
            db.session.add(
                InfoSession(
                    programme_id=world.a.programme_id,
                    host_id=getattr(world, host).account_id,
                    session_form=SessionForm.GROUP,
                    mode=Mode.ON_SITE,
                    language="fi",
                    starts_at=starts,
                    minutes=60,
                    capacity=12,
                    place="Pori",
                    organisation_id=world.a.organisation_id,
                )
            )
    page = _today(sign_in, world.stig)
    assert page.count(">Info session<") == 1
    assert "Stig Strand · 0 / 12 places taken" in page
    assert _today(sign_in, world.aino).count(">Info session<") == 2
    assert ">Info session<" not in _today(sign_in, world.sam)


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (-2, "The day begins at 9:00: Morning meeting, Group 7."),
        (8, "Today's programme is over. The next day of work is Wed 25 Nov at 9:00"),
        (3 * 24, "No group works today. The next day of work is Mon 30 Nov at 9:00"),
        (30 * 24, "No group of yours has days of work ahead."),
    ],
)
def test_before_after_and_without_work_the_page_says_what_comes(sign_in, world, clock, hours, says):
    clock.shift(timedelta(hours=hours))
    with _work():
        db.session.execute(
            update(SignIn).values(started_at=now(), last_seen_at=now(), proven_at=now())
        )
    assert says in _today(sign_in, world.stig)


def test_on_the_first_day_of_a_group_nothing_has_stopped_yet(sign_in, world, as_):
    with _work():
        programme = db.session.get_one(Programme, world.a.programme_id)
        first = make_cohort(programme, "Group 9", TODAY, world.stig.account_id)
        person = make_person(world.a.organisation_id, "Eeva", "Eskola", "+358400000901")
        enrolment = enrol(first, person.id, TODAY)
        enrolment.state = EnrolmentState.PLACED
    page = _today(sign_in, world.stig)
    assert "Eeva begins today, and the contract is not signed by both." in page
    assert f'href="/hiring/people/{enrolment.id}">Open the checklist' in page
    assert "Eeva has" not in page
    assert "Day 1 of 12" in page
    assert "Morning meeting, Group 9</a><small>Stig Strand · Nobody is marked yet" in page


def test_a_contract_is_asked_for_on_the_working_day_before_the_first_day(sign_in, world):
    with _work():
        programme = db.session.get_one(Programme, world.a.programme_id)
        paula = world.paula.account_id
        coming = (
            ("Group 9", 1, "Eeva", None),
            ("Group 10", 2, "Tuuli", None),
            ("Group 11", 1, "Kaisa", paula),
        )
        for number, (name, on, given, coach) in enumerate(coming):
            person = make_person(world.a.organisation_id, given, "Eskola", f"+35840000090{number}")
            cohort = make_cohort(programme, name, TODAY + timedelta(days=on), coach)
            enrol(cohort, person.id, TODAY).state = EnrolmentState.PLACED
    page = _today(sign_in, world.stig)
    assert "Eeva begins on Wed 25 Nov, and the contract is not signed by both." in page
    assert "Tuuli" not in page
    assert "Kaisa" not in page  # another coach's


def test_who_joins_a_running_group_is_not_silent_but_without_a_contract(sign_in, world):
    with _work():
        cohort = db.session.get_one(Cohort, world.a.cohort_ids[0])
        person = make_person(world.a.organisation_id, "Eeva", "Eskola", "+358400000901")
        enrolment = Enrolment(
            organisation_id=world.a.organisation_id, cohort_id=cohort.id, person_id=person.id
        )
        db.session.add(enrolment)
    page = _today(sign_in, world.stig)
    assert "Eeva is in a group that has begun, and the contract is not signed by both." in page
    assert "Eeva has" not in page


def test_what_is_missing_today_opens_the_board(sign_in, world):
    with _work():
        _mark(world, "pia", TODAY, Mark.PRESENT)
    page = _today(sign_in, world.stig)
    first, second = world.a.cohort_ids
    button = '</small></div><a class="btn alt sm" href="/cohorts/'
    assert f"No goals for today: Pia</strong><br><small>Group 7{button}{first}/board" in page
    assert f"Not marked today: Otto</strong><br><small>Group 8{button}{second}/board" in page
    assert "No goals for today: Otto" in page


def test_a_talk_of_yesterday_waits_for_its_next_step(sign_in, world):
    with _work():
        slot = _slot(world, NOW - timedelta(days=1), "pia")
        _slot(world, NOW - timedelta(days=6), "otto")
        about = {
            "organisation_id": world.a.organisation_id,
            "enrolment_id": slot.enrolment_id,
            "person_id": world.pia.person_id,
        }
    page = _today(sign_in, world.stig)
    where = f'href="/sparring/people/{world.a.enrolment_ids["pia"]}">Agree on a step'
    assert "No note and no next step: talk with Pia Pihlaja, Mon 23 Nov" in page
    assert where in page
    assert "talk with Otto" not in page
    with _work():
        note = SparringNote(
            writer_id=world.stig.account_id,
            reader=Reader.STAFF,
            body="x",
            written_at=NOW,
            **about,
        )
        db.session.add(note)
    assert "No next step agreed: talk with Pia Pihlaja" in _today(sign_in, world.stig)
    with _work():
        db.session.add(NextStep(text="Call", agreed_at=NOW - timedelta(hours=23), **about))
    assert where not in _today(sign_in, world.stig)


def test_a_manager_finds_what_she_has_to_approve_among_what_is_missing(sign_in, world):
    page = _today(sign_in, world.aino)
    missing = page[page.index('id="missing"') : page.index('id="agenda"')]
    assert "Marked days to approve: 4" in missing


def test_the_page_asks_as_often_for_thirty_groups_as_for_one(sign_in, world, statements):
    counts = []
    for again in range(2):
        for who in (world.stig, world.aino):
            _today(sign_in, who)
            del statements[:]
            _today(sign_in, who)
            counts.append(len(statements))
        with _work():
            programme = db.session.get_one(Programme, world.a.programme_id)
            for number in range(30 if not again else 0):
                cohort = make_cohort(
                    programme, f"Group {number + 20}", FIRST_DAY, world.stig.account_id
                )
                person = make_person(
                    world.a.organisation_id, f"N{number}", "Eskola", f"+3584000{number:05d}"
                )
                enrolment = enrol(cohort, person.id, TODAY)
                at = NOW + number * 30 * MINUTES
                slot = _slot(world, at, None)
                slot.enrolment_id, slot.booked_at = enrolment.id, NOW
    assert counts[:2] == counts[2:]
    assert max(counts) <= 7  # who comes, and six


def test_groups_beyond_the_cards_are_in_the_programme_and_in_what_is_missing(sign_in, world):
    with _work():
        programme = db.session.get_one(Programme, world.a.programme_id)
        for number in range(13):  # they end before the others, so the others have no cards
            first = FIRST_DAY - timedelta(days=7)
            make_cohort(programme, f"Group {number + 20}", first, world.stig.account_id)
    page = _today(sign_in, world.stig)
    assert "Morning meeting, Group 7</a>" in page
    assert "Not marked today: Pia" in page
    assert page.count("Day 10 of 12") == CARDS


def test_a_long_list_says_how_much_of_it_is_shown(sign_in, world):
    with _work():
        programme = db.session.get_one(Programme, world.a.programme_id)
        for number in range(31):
            cohort = make_cohort(programme, f"Group {number + 20}", FIRST_DAY, None)
            person = make_person(
                world.a.organisation_id, f"N{number}", "Eskola", f"+3584000{number:05d}"
            )
            enrol(cohort, person.id, TODAY)
    page = _today(sign_in, world.stig)
    assert "Showing 12 of 33, by group and name" in page
    whole = sign_in(world.stig).get("/today?words=all").text
    assert "Showing 33 of 33, by group and name" in whole and "N30" in whole
