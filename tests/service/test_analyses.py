"""Writing, showing, deciding and sending a client analysis, on a real database."""

import hashlib
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from jobsearch.analyses import overview, queries, service
from jobsearch.analyses.inbox.queries import find_newer, show_inbox
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.paper import OFFICE
from jobsearch.analyses.releases import queries as inbox
from jobsearch.analyses.releases import service as releases
from jobsearch.analyses.releases.rules import Closed, ReleaseClosed
from jobsearch.analyses.rules import AnalysisState, SectionKey
from jobsearch.analyses.sheet import Draft
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.consents.models import Consent
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.consents.service import link_coach
from jobsearch.core import files
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity
from tests import looked
from tests.world import NOW, TODAY, make_member, make_person
from tests.written import (
    CANARIES,
    CANARY,
    agree,
    at_a,
    begin,
    consent_like,
    draft,
    released,
    seen_by,
    show,
    write,
)

pytestmark = pytest.mark.usefixtures("context")


def _state(as_, world, key):
    with as_(world.stig):
        analysis = queries.get_analysis(world.stig.actor, key)
        return queries.show(world.stig.actor, analysis).state, analysis.edition


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


# --- writing ----------------------------------------------------------------------------------


def test_an_analysis_begins_with_the_figures_in_words(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        sections = queries.get_analysis(world.stig.actor, key).sections
        assert [s.key for s in sections] == list(SectionKey)
        done = next(s for s in sections if s.key is SectionKey.DONE)
        assert "5" in done.text and "12" in done.text


def test_beginning_twice_finds_the_one_that_was_begun(as_, world):
    assert begin(as_, world) == begin(as_, world)


def test_figures_are_those_of_the_person_and_never_of_another(as_, world):
    with as_(world.stig):
        for who, count in (("pia", 2), ("otto", 5)):
            member, cohort = getattr(world, who), world.a.cohort_ids[0 if who == "pia" else 1]
            for _ in range(count):
                db.session.add(
                    Action(
                        person_id=member.person_id,
                        enrolment_id=world.a.enrolment_ids[who],
                        cohort_id=cohort,
                        on=TODAY,
                        activity=Activity.EMPLOYER_CONTACT,
                        logged_at=NOW,
                    )
                )
    with as_(world.stig):
        _language, records = service.records_to_start(
            world.stig.actor, world.a.enrolment_ids["pia"]
        )
        figures = records.figures
        assert figures.own(Activity.EMPLOYER_CONTACT) == 2
        assert figures.group == {}, "one person's average would tell of that person"


@pytest.mark.parametrize(("others", "told"), [(4, False), (5, True)])
def test_the_groups_average_is_told_when_five_others_are_in_it(as_, world, others, told):
    """Whoever reads the analysis knows one of the six and can take her away."""
    with as_(world.stig):
        cohort = db.session.get_one(Cohort, world.a.cohort_ids[0])
        there = len(list(db.session.scalars(enrolments_of(cohort.id))))
        for n in range(others + 1 - there):
            person = make_person(world.a.organisation_id, f"Lisa {n}", "Lind", f"+35840777{n:04d}")
            placed = {"cohort_id": cohort.id, "person_id": person.id}
            db.session.add(Enrolment(**placed, state=EnrolmentState.STARTED))
        db.session.add(
            Action(
                person_id=world.pia.person_id,
                enrolment_id=world.a.enrolment_ids["pia"],
                cohort_id=cohort.id,
                on=TODAY,
                activity=Activity.INTERVIEW,
                logged_at=NOW,
            )
        )
    with as_(world.stig):
        _language, records = service.records_to_start(
            world.stig.actor, world.a.enrolment_ids["pia"]
        )
        assert records.figures.group_size == others + 1
        assert bool(records.figures.group) is told


def enrolments_of(cohort_id):
    return select(Enrolment).where(
        Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.STARTED
    )


def test_an_undone_action_counts_nothing(as_, world):
    with as_(world.stig):
        db.session.add(
            Action(
                person_id=world.pia.person_id,
                enrolment_id=world.a.enrolment_ids["pia"],
                cohort_id=world.a.cohort_ids[0],
                on=TODAY,
                activity=Activity.INTERVIEW,
                logged_at=NOW,
                undone_at=NOW,
            )
        )
    with as_(world.stig):
        _language, records = service.records_to_start(
            world.stig.actor, world.a.enrolment_ids["pia"]
        )
        figures = records.figures
        assert figures.counts == {}


def test_two_who_write_the_same_section_lose_nothing(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        by_stig = draft(world.stig, key, SectionKey.WORKED, "Stig's text")
        by_pia = draft(world.stig, key, SectionKey.WORKED, "Pia's text")
    with as_(world.stig):
        assert service.write_sections(world.stig.actor, key, [by_stig]).kept == 1
    with as_(world.pia):
        saved = service.write_sections(world.pia.actor, key, [by_pia])
        (clash,) = saved.clashes
        assert (clash.mine, clash.theirs) == ("Pia's text", "Stig's text")
        assert clash.their_name == world.stig.actor.name
    with as_(world.pia):
        chosen = Draft(clash.key, clash.mine, clash.version, "")
        assert service.write_sections(world.pia.actor, key, [chosen]).kept == 1


def test_a_section_that_nobody_touched_does_not_undo_what_another_wrote(as_, world):
    key = begin(as_, world)
    with as_(world.stig):
        opened = draft(world.stig, key, SectionKey.WORKED, CANARIES[SectionKey.WORKED])
    write(as_, world.pia, key, {SectionKey.WORKED: "Pia's text"})
    with as_(world.stig):
        saved = service.write_sections(world.stig.actor, key, [opened])
        assert (saved.kept, saved.clashes) == (0, ())
        sections = queries.get_analysis(world.stig.actor, key).sections
        assert "Pia's text" in [s.text for s in sections]


def test_one_section_that_is_refused_keeps_nothing_of_the_others(as_, world):
    key = begin(as_, world)
    with pytest.raises(RuleBroken), as_(world.stig):
        drafts = [
            draft(world.stig, key, SectionKey.WORKED, "fine"),
            draft(world.stig, key, SectionKey.NEEDED, "131052-308T"),
        ]
        service.write_sections(world.stig.actor, key, drafts)
    with as_(world.stig):
        texts = [s.text for s in queries.get_analysis(world.stig.actor, key).sections]
        assert "fine" not in texts


def test_a_coach_does_not_write_her_own_words(as_, world):
    key = begin(as_, world)
    with pytest.raises(RuleBroken):
        write(as_, world.stig, key, {SectionKey.OWN_WORDS: "put into her mouth"})


@pytest.mark.parametrize("who", ["otto", "sam", "bo", "nils", "mia", "olga"])
def test_strangers_do_not_find_it(as_, world, who):
    key = begin(as_, world)
    member = getattr(world, who)
    with pytest.raises(NotVisible), as_(member):
        queries.get_analysis(member.actor, key)
    with pytest.raises(NotVisible), as_(member):
        service.write_sections(member.actor, key, [])


# --- showing and deciding ---------------------------------------------------------------------


def test_showing_makes_an_edition_and_tells_her_without_saying_what(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    assert _state(as_, world, key) == (AnalysisState.SHOWN, 1)
    with as_(world.stig):
        (message,) = db.session.scalars(select(Message)).all()
        assert message.address == "pia@example.org"
        assert CANARY not in message.body and "Pihlaja" not in message.body


def test_the_figures_stand_still_once_it_is_shown(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    with as_(world.stig):
        db.session.add(
            Action(
                person_id=world.pia.person_id,
                enrolment_id=world.a.enrolment_ids["pia"],
                cohort_id=world.a.cohort_ids[0],
                on=TODAY,
                activity=Activity.INTERVIEW,
                logged_at=NOW,
            )
        )
    with as_(world.stig):
        analysis = queries.get_analysis(world.stig.actor, key)
        assert queries.figures_now(analysis).own(Activity.INTERVIEW) == 0


def test_nothing_is_agreed_to_before_it_is_shown(as_, world):
    begin(as_, world)
    with pytest.raises(RuleBroken), as_(world.pia):
        releases.consent_to_release(world.pia.actor, None, "0" * 64, OFFICE)


def test_what_she_saw_is_what_is_issued_byte_for_byte(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia)
    release_id = agree(as_, world.pia, seen=seen)
    mia = at_a(world, world.mia)
    with as_(mia):
        opened = inbox.get_release(mia.actor, release_id)
        file = files.get(opened.file_id)
        assert file.content == seen
        assert file.sha256 == hashlib.sha256(seen).hexdigest()
        text = _text(file.content)
        for canary in ("situation", "strengths", "worked", "needed", "first", "second"):
            assert f"{CANARY}-{canary}" in text
        assert "Mia Mäki" in text and "Town of Pori" in text and "24.2.2027" in text


def test_the_page_says_what_the_paper_says(as_, world):
    _key, release_id = released(as_, world)
    mia = at_a(world, world.mia)
    with as_(mia):
        opened = inbox.get_release(mia.actor, release_id)
        page = {p for s in opened.issued.sections for p in (s.text, *s.points) if p}
        text = _text(files.get(opened.file_id).content)
        assert {w for p in page for w in p.split() if CANARY in w} <= set(text.split())
        assert all(s.title in text for s in opened.issued.sections)


def test_a_consent_names_edition_recipient_purpose_and_words(as_, world):
    key, _release = released(as_, world)
    with as_(world.pia):
        release = queries.find_live_release(key, TODAY)
        given = release.consent
        assert (given.purpose, given.subject_id) == (ConsentPurpose.ANALYSIS, key)
        assert given.subject_version == release.edition == 1
        assert given.recipient_id == release.recipient_id == world.mia.account_id
        assert "Mia Mäki" in given.wording and given.wording_language == "en"
        assert given.sign_in_id == world.pia.actor.sign_in_id


def test_a_text_that_changed_since_she_looked_is_not_sent(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia)
    write(as_, world.stig, key, {SectionKey.WORKED: "slipped in afterwards"})
    show(as_, world, key)
    with pytest.raises(RuleBroken):
        agree(as_, world.pia, seen=seen)
    with as_(world.pia):
        assert _count(Release) == 0
        assert _count(Consent) == 1  # the introduction of the cast


def test_a_longer_time_than_she_looked_at_is_not_sent(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia, 3)
    with pytest.raises(RuleBroken):
        agree(as_, world.pia, months=12, seen=seen)


def test_an_edit_after_consent_needs_a_new_showing_and_a_new_consent(as_, world):
    key, release_id = released(as_, world)
    write(as_, world.stig, key, {SectionKey.WORKED: "a better text"})
    assert _state(as_, world, key) == (AnalysisState.DRAFT, 1)
    with pytest.raises(RuleBroken), as_(world.pia):
        releases.consent_to_release(world.pia.actor, None, "0" * 64, OFFICE)
    mia = at_a(world, world.mia)
    with as_(mia):
        assert inbox.get_release(mia.actor, release_id).edition == 1
    show(as_, world, key)
    again = agree(as_, world.pia)
    with as_(mia):
        assert [line.release_id for line in show_inbox(mia.actor).lines] == [again]
        assert inbox.get_release(mia.actor, again).edition == 2
    with pytest.raises(ReleaseClosed), as_(mia):
        inbox.get_release(mia.actor, release_id)


def test_her_own_words_after_consent_need_a_new_consent_and_no_showing(as_, world):
    key, _release = released(as_, world)
    write(as_, world.pia, key, {SectionKey.OWN_WORDS: "I want to say this."})
    assert _state(as_, world, key) == (AnalysisState.SHOWN, 2)
    agree(as_, world.pia)
    assert _state(as_, world, key) == (AnalysisState.RELEASED, 2)


def test_agreeing_twice_gives_one_consent_and_one_release(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia)
    agree(as_, world.pia, seen=seen)
    with pytest.raises(RuleBroken):
        agree(as_, world.pia, seen=seen)
    with as_(world.pia):
        assert _count(Release) == 1
        assert _count(Consent) == 2  # this one and the introduction


def test_a_section_left_out_is_not_on_the_paper_and_is_counted(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    with as_(world.pia):
        service.leave_out_section(world.pia.actor, SectionKey.NEEDED)
    text = _text(seen_by(as_, world.pia))
    assert f"{CANARY}-needed" not in text and f"{CANARY}-worked" in text
    with as_(world.pia):
        service.take_back_section(world.pia.actor, SectionKey.NEEDED)
    assert f"{CANARY}-needed" in _text(seen_by(as_, world.pia))


def test_the_paper_names_everybody_whose_words_stand_in_it(as_, world):
    key = begin(as_, world)
    with unit_of_work(whole_installation("test")):
        siru = make_member("Siru Sand", Role.COACH, world.a.organisation_id)

    def authors() -> tuple[str, ...]:
        with as_(world.pia):
            own = queries.get_own_analysis(world.pia.actor)
            return queries.sheet_of(world.pia.actor, own).authors

    assert authors() == ("Pia Pihlaja", "Stig Strand")
    write(as_, siru, key, {SectionKey.NEEDED: "a driving licence"})
    assert authors() == ("Pia Pihlaja", "Stig Strand", "Siru Sand")
    write(as_, siru, key, {SectionKey.NEEDED: ""})
    assert authors() == ("Pia Pihlaja", "Stig Strand"), "who took words out is no author"


def test_what_was_sent_is_not_left_out_afterwards(as_, world):
    released(as_, world)
    with pytest.raises(RuleBroken), as_(world.pia):
        service.leave_out_section(world.pia.actor, SectionKey.NEEDED)


@pytest.mark.parametrize("who", ["stig", "aino", "otto", "mia"])
def test_nobody_decides_for_her(as_, world, who):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia)
    with pytest.raises((NotVisible, RuleBroken)):
        agree(as_, getattr(world, who), seen=seen)
    with as_(world.pia):
        assert _count(Release) == 0


def test_a_coach_who_pretends_to_be_her_person_is_still_refused(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia)
    posing = replace(world.stig, actor=replace(world.stig.actor, person_id=world.pia.person_id))
    with pytest.raises(RuleBroken):
        agree(as_, posing, seen=seen)


def test_declining_leaves_no_trace_for_the_recipient(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    with as_(world.stig):
        before = _count(Message)
    with as_(world.pia):
        releases.decline(world.pia.actor)
    assert _state(as_, world, key)[0] is AnalysisState.DECLINED
    mia = at_a(world, world.mia)
    with as_(mia):
        assert show_inbox(mia.actor).lines == []
        assert show_inbox(mia.actor).ended == 0
        assert _count(Message) == before


def test_she_may_change_her_mind_after_declining(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    with as_(world.pia):
        releases.decline(world.pia.actor)
    agree(as_, world.pia)
    assert _state(as_, world, key)[0] is AnalysisState.RELEASED


def test_notices_hold_a_link_and_nothing_personal(as_, world):
    released(as_, world)
    with as_(world.pia):
        by_kind = {m.kind: m for m in db.session.scalars(select(Message))}
        arrived, given = by_kind["analyses.arrived"], by_kind["analyses.given"]
        assert arrived.address == "mia@example.org" and "http://localhost/received/" in arrived.body
        assert given.address == "pia@example.org" and "/my-analysis" in given.body
        for message in by_kind.values():
            words = message.subject + message.body
            assert not any(w in words for w in ("Pia", "Pihlaja", "Mia", CANARY))


# --- sending and taking back ------------------------------------------------------------------


def _refusal(as_, world, key):
    with pytest.raises(RuleBroken) as refused, as_(world.stig):
        releases.send(world.stig.actor, key)
    return str(refused.value)


def test_sending_without_consent_is_refused_with_the_reason(as_, world):
    key = begin(as_, world)
    assert "has not given" in _refusal(as_, world, key)
    show(as_, world, key)
    assert "has not given" in _refusal(as_, world, key)
    agree(as_, world.pia)
    assert "It was sent" in _refusal(as_, world, key)
    write(as_, world.stig, key, {SectionKey.WORKED: "changed"})
    show(as_, world, key)
    assert "has changed" in _refusal(as_, world, key)


def test_a_consent_for_one_recipient_opens_to_no_other(as_, world):
    key, release_id = released(as_, world)
    with as_(world.stig):
        link_coach(world.stig.actor, world.pia.person_id, "nils@example.org")
    assert "another municipal coach" in _refusal(as_, world, key)
    nils = at_a(world, world.nils)
    with as_(nils):
        assert show_inbox(nils.actor).lines == []
    with pytest.raises(NotVisible) as unseen, as_(nils):
        inbox.get_release(nils.actor, release_id)
    assert not isinstance(unseen.value, ReleaseClosed)


@pytest.mark.parametrize("differs", ["", "purpose", "person", "analysis", "edition", "recipient"])
def test_a_release_opens_only_by_a_consent_that_agrees_with_it_in_everything(as_, world, differs):
    _key, release_id = released(as_, world)
    others = {
        "": {},
        "purpose": {"purpose": ConsentPurpose.INTRODUCTION},
        "person": {"person_id": world.otto.person_id},
        "analysis": {"subject_id": begin(as_, world, "otto")},
        "edition": {"subject_version": 2},
        "recipient": {"recipient_id": world.nils.account_id},
    }
    with as_(world.stig):
        release = db.session.get_one(Release, release_id)
        release.consent_id = consent_like(release.consent_id, **others[differs])
    mia = at_a(world, world.mia)
    with as_(mia):
        listed = [line.release_id for line in show_inbox(mia.actor).lines]
        assert listed == ([] if differs else [release_id])
        if differs:
            with pytest.raises(ReleaseClosed) as closed:
                inbox.get_release(mia.actor, release_id)
            assert closed.value.why is Closed.ENDED
        else:
            assert inbox.get_release(mia.actor, release_id).release_id == release_id


def _openings(as_, world, release_id: str) -> tuple[int, int, bool]:
    """How many openings are counted and listed for her, and whether it is new to Mia."""
    with as_(world.pia):
        counted = queries.count_openings(world.pia.person_id, [release_id]).count
        listed = len(queries.list_openings(world.pia.person_id, release_id))
    mia = at_a(world, world.mia)
    with as_(mia):
        return counted, listed, show_inbox(mia.actor).lines[0].is_new


def test_a_refused_look_is_no_opening_and_anothers_is_not_mias(as_, world):
    _key, release_id = released(as_, world)
    what = queries.LOOKED + release_id
    looked.write(looked.look(world, world.mia, what, refused=True))
    assert _openings(as_, world, release_id) == (0, 0, True)
    looked.write(looked.look(world, world.nils, what))
    assert _openings(as_, world, release_id) == (1, 1, True)
    looked.write(looked.look(world, world.mia, what))
    assert _openings(as_, world, release_id) == (2, 2, False)


def test_nobody_learns_of_a_newer_one_by_what_had_come_to_another(as_, world):
    _key, first = released(as_, world)
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    with as_(world.stig):
        link_coach(world.stig.actor, world.pia.person_id, world.nils.email)
    second = agree(as_, world.pia)
    nils = at_a(world, world.nils)
    with as_(nils):
        assert [line.release_id for line in show_inbox(nils.actor).lines] == [second]
        assert find_newer(nils.actor, first) is None


def test_what_came_to_her_as_a_coach_opens_in_no_other_role_of_hers(as_, world):
    _key, release_id = released(as_, world)
    mia = at_a(world, world.mia)
    for role in set(Role) - {Role.MUNICIPAL_COACH}:
        with pytest.raises(NotVisible) as refused, as_(mia):
            inbox.get_release(replace(mia.actor, role=role), release_id)
        assert not isinstance(refused.value, ReleaseClosed)
    with as_(mia):
        leads = replace(mia.actor, role=Role.MUNICIPAL_ADMIN)
        assert show_inbox(leads).lines == [] and show_inbox(mia.actor).lines != []


def test_a_code_in_the_sign_in_of_another_membership_shows_nothing(as_, world):
    _key, release_id = released(as_, world)
    mia = at_a(world, world.mia)
    elsewhere = replace(mia.actor, membership_id=world.nils.actor.membership_id)
    with pytest.raises(ReleaseClosed) as closed, as_(mia):
        inbox.get_release(elsewhere, release_id)
    assert closed.value.why is Closed.NO_CODE


def test_without_a_municipal_coach_nothing_is_sent(as_, world):
    key = begin(as_, world, "otto")
    show(as_, world, key)
    assert "No municipal coach is named" in _refusal(as_, world, key)
    with pytest.raises(RuleBroken):
        agree(as_, world.otto)


def test_a_consent_to_be_introduced_opens_no_analysis(as_, world):
    key = begin(as_, world)
    show(as_, world, key)
    mia = at_a(world, world.mia)
    with as_(mia):
        assert show_inbox(mia.actor).lines == []


def test_taking_back_closes_list_and_paper_at_once(as_, world):
    key, release_id = released(as_, world)
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    mia = at_a(world, world.mia)
    with as_(mia):
        assert show_inbox(mia.actor).lines == []
        assert show_inbox(mia.actor).ended == 1
    with pytest.raises(ReleaseClosed), as_(mia):
        inbox.get_release(mia.actor, release_id)
    assert _state(as_, world, key)[0] is AnalysisState.ENDED
    with pytest.raises(RuleBroken), as_(world.pia):
        releases.withdraw(world.pia.actor)


def test_a_consent_that_ran_out_closes_it_and_can_be_given_anew(as_, world, clock):
    key, release_id = released(as_, world)
    mia = at_a(world, world.mia)
    clock.move_to("2027-02-24T21:30:00Z")  # 23.30 in Helsinki on the last day
    with as_(mia):
        assert inbox.get_release(mia.actor, release_id).days_left == 0
    clock.move_to("2027-02-24T22:30:00Z")  # half past midnight: the day after
    with as_(mia):
        assert show_inbox(mia.actor).lines == []
    with pytest.raises(ReleaseClosed), as_(mia):
        inbox.get_release(mia.actor, release_id)
    assert _state(as_, world, key)[0] is AnalysisState.ENDED
    again = agree(as_, world.pia)
    with as_(mia):
        assert [line.release_id for line in show_inbox(mia.actor).lines] == [again]


def test_a_permission_for_an_earlier_text_can_be_taken_back_while_it_is_rewritten(as_, world):
    key, release_id = released(as_, world)
    write(as_, world.stig, key, {SectionKey.WORKED: "a better text"})
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    mia = at_a(world, world.mia)
    with pytest.raises(ReleaseClosed), as_(mia):
        inbox.get_release(mia.actor, release_id)
    assert _state(as_, world, key)[0] is AnalysisState.DRAFT


def test_a_release_that_fails_halfway_leaves_nothing(as_, world, monkeypatch):
    key = begin(as_, world)
    show(as_, world, key)
    seen = seen_by(as_, world.pia)
    monkeypatch.setattr("jobsearch.analyses.releases.service.tell_recipient", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), as_(world.pia):
        sha = hashlib.sha256(seen).hexdigest()
        releases.consent_to_release(world.pia.actor, None, sha, OFFICE)
    with as_(world.pia):
        assert (_count(Release), _count(files.StoredFile), _count(Consent)) == (0, 0, 1)
    assert _state(as_, world, key)[0] is AnalysisState.SHOWN


def test_the_overview_tells_who_and_when_and_no_text(as_, world):
    released(as_, world)
    with as_(world.aino):
        lines = overview.list_lines(world.aino.actor, 1)
        assert {line.given_name for line in lines} == {"Pia", "Otto"}
        assert CANARY not in repr(lines)
        (pia,) = (line for line in lines if line.given_name == "Pia")
        assert pia.recipient == world.mia.actor.name and pia.writer == world.stig.actor.name


def test_the_overview_of_another_provider_holds_none_of_ours(as_, world):
    released(as_, world)
    with as_(world.sam):
        assert {line.given_name for line in overview.list_lines(world.sam.actor, 1)} == {"Bo"}
        assert _count(Analysis) == 0
