"""The page of a group: what it shows, what can be done on it, and what it costs."""

import re
from datetime import timedelta

import pytest

from jobsearch.cohorts.service import leave
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import new_key
from jobsearch.people.models import BoardName
from jobsearch.tracker.helping.models import Buddy, HelpCall, Praise, Tip, TipClaim
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, set_goal
from tests.circled import join, seat_of
from tests.world import FIRST_DAY, NOW, TODAY

pytestmark = pytest.mark.usefixtures("context")
OWN = "/job-search/group"
TIP = {"company": "Rannikon Leipomo", "role_title": "leipuri", "known": "Viikonloppuihin."}


@pytest.fixture
def maija(world):
    return join(world, "Maija")


def _cohort(world):
    return f"/cohorts/{world.a.cohort_ids[0]}/helping"


def _rows(model):
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).all()


def _cells(page, name):
    """The texts of a person's line."""
    line = re.search(rf'<th scope="row">{name}.*?</tr>', page, re.DOTALL)
    assert line is not None, name
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line[0]))


# --- figures ----------------------------------------------------------------------------------


def test_everyones_goals_and_results_stand_by_name_and_not_by_figures(
    sign_in, world, as_, maija
) -> None:
    with as_(world.pia):
        set_goal(world.pia.actor, world.a.enrolment_ids["pia"], TODAY, Activity.EMPLOYER_CONTACT, 3)
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT)
    with as_(maija):
        for on in (TODAY, TODAY, TODAY - timedelta(days=1)):
            log_action(maija.actor, Activity.ADVERTISED_APPLICATION, on)
    page = sign_in(maija).get(OWN).text
    assert "1 / 3 1 so far" in _cells(page, "Pia")
    assert "2 3 so far" in _cells(page, "Maija")
    assert _cells(page, "Maija").endswith("2 ")  # on two days
    together = _cells(page, "The group together")
    assert "2 3 so far" in together and "1 / 3 1 so far" in together
    names = re.findall(r'<th scope="row">(\w+)', page)
    assert names == ["Maija", "Pia", "The"]


def test_a_page_of_actions_leads_to_the_next(sign_in, world, maija) -> None:
    _add_many(world, world.pia, 30)
    client = sign_in(maija)
    assert "Page 1 of 2" in client.get(OWN).text
    assert "Page 2 of 2" in client.get(f"{OWN}?page=2").text
    assert client.get(f"{OWN}?page=999").status_code == 200


def test_who_has_left_the_group_reads_it_no_more_and_has_no_line(
    sign_in, world, as_, maija
) -> None:
    with as_(world.pia):
        log_action(world.pia.actor, Activity.INTERVIEW)
    with as_(world.aino):
        leave(world.a.enrolment_ids["pia"], TODAY)
    page = sign_in(maija).get(OWN).text
    assert "<strong>Pia</strong>" in page  # what she did stays in the list, by the name she chose
    assert '<th scope="row">Pia' not in page
    assert "You are in no group now" in sign_in(world.pia).get(OWN).text
    assert sign_in(world.pia).send(f"{OWN}/tips", **TIP).status_code == 404


def test_a_group_of_nobody_says_so(sign_in, world, as_) -> None:
    with as_(world.aino):
        leave(world.a.enrolment_ids["otto"], TODAY)
    path = f"/cohorts/{world.a.cohort_ids[1]}/helping"
    assert sign_in(world.stig).get(path).status_code == 200


# --- deeds ------------------------------------------------------------------------------------


def test_a_call_for_help_from_asking_to_its_end(sign_in, world, maija) -> None:
    client = sign_in(world.pia)
    assert client.send(f"{OWN}/calls", words="").status_code == 422
    page = client.send(f"{OWN}/calls", words="I am sick").text
    assert "health" in page and "I am sick" in page
    assert "about a workplace" in page
    assert client.send(f"{OWN}/calls", words="How do I begin?").status_code == 303
    assert "I need help no more" in client.get(OWN).text
    (call,) = _rows(HelpCall)
    client.sign_in(maija)
    assert "I can help" in client.get(OWN).text
    assert client.send(f"{OWN}/calls/{call.id}/help").status_code == 303
    assert "You help." in client.get(OWN).text
    assert client.send(f"{OWN}/calls/{call.id}/step-back").status_code == 303
    coach = sign_in(world.stig)
    assert coach.send(f"{_cohort(world)}/calls/{call.id}/help").status_code == 303
    assert "Stig Strand helps." in sign_in(world.pia).get(OWN).text
    coach = sign_in(world.stig)
    assert coach.send(f"{_cohort(world)}/calls/{call.id}/step-back").status_code == 303
    assert coach.send(f"{_cohort(world)}/calls/{call.id}/end").status_code == 303
    assert "How do I begin?" not in coach.get(_cohort(world)).text


def test_a_person_ends_her_own_call(sign_in, world) -> None:
    client = sign_in(world.pia)
    client.send(f"{OWN}/calls", words="How do I begin?")
    (call,) = _rows(HelpCall)
    assert client.send(f"{OWN}/calls/{call.id}/end").status_code == 303
    assert "Nobody has asked for help now." in client.get(OWN).text


def test_a_second_helper_reads_that_somebody_helps_already(sign_in, world, maija) -> None:
    sign_in(world.pia).send(f"{OWN}/calls", words="How do I begin?")
    (call,) = _rows(HelpCall)
    sign_in(maija).send(f"{OWN}/calls/{call.id}/help")
    client = sign_in(world.stig)
    client.send(f"{_cohort(world)}/calls/{call.id}/help")
    assert "Somebody helps already" in client.get(_cohort(world)).text


def test_a_tip_from_sharing_to_thanks(sign_in, world, maija) -> None:
    client = sign_in(world.pia)
    assert client.send(f"{OWN}/tips", company="").status_code == 422
    assert client.send(f"{OWN}/tips", **TIP).status_code == 303
    (tip,) = _rows(Tip)
    client.sign_in(maija)
    assert "Pia shared this." in client.get(OWN).text
    assert client.send(f"{OWN}/tips/{tip.id}/claim").status_code == 303
    assert "You follow it." in client.get(OWN).text
    assert client.send(f"{OWN}/tips/{tip.id}/thank").status_code == 303
    page = sign_in(world.pia).get(OWN).text
    assert "Maija thanks you!" in page and "Maija follows it." in page
    client = sign_in(maija)
    assert client.send(f"{OWN}/tips/{tip.id}/release").status_code == 303
    assert "I take this" in client.get(OWN).text
    assert sign_in(world.pia).send(f"{OWN}/tips/{tip.id}/take-back").status_code == 303
    assert "No tips now." in client.get(OWN).text


def test_a_company_that_cools_off_is_asked_about_on_a_page_of_its_own(
    sign_in, world, as_, maija
) -> None:
    with as_(world.pia):
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT, employer_name=TIP["company"])
    sign_in(world.pia).send(f"{OWN}/tips", **TIP)
    (tip,) = _rows(Tip)
    client = sign_in(maija)
    answer = client.send(f"{OWN}/tips/{tip.id}/claim")
    assert answer.status_code == 422 and not _rows(TipClaim)
    said = answer.text.replace("\xa0", " ")
    assert "Pia turned to Rannikon Leipomo on 24 November 2026." in said
    assert "free again on 25 November 2026" in said
    assert 'name="knowingly"' in answer.text
    assert client.send(f"{OWN}/tips/{tip.id}/claim", knowingly="1").status_code == 303
    assert len(_rows(TipClaim)) == 1


def test_a_tip_that_is_taken_says_by_whom(sign_in, world, maija) -> None:
    sign_in(world.pia).send(f"{OWN}/tips", **TIP)
    (tip,) = _rows(Tip)
    sign_in(maija).send(f"{OWN}/tips/{tip.id}/claim")
    client = sign_in(world.pia)
    client.send(f"{OWN}/tips/{tip.id}/claim")
    assert "Maija follows this tip at Rannikon Leipomo already." in client.get(OWN).text


def test_a_coach_shares_a_tip_and_takes_one_away(sign_in, world) -> None:
    client = sign_in(world.stig)
    assert client.send(f"{_cohort(world)}/tips", company="").status_code == 422
    assert client.send(f"{_cohort(world)}/tips", **TIP).status_code == 303
    assert "Stig Strand shared this." in sign_in(world.pia).get(OWN).text
    (tip,) = _rows(Tip)
    client = sign_in(world.stig)
    assert client.send(f"{_cohort(world)}/tips/{tip.id}/take-back").status_code == 303
    assert "No tips now." in client.get(_cohort(world)).text


def test_a_kind_word_is_said_and_taken_back_and_no_page_counts_them(sign_in, world, maija) -> None:
    client = sign_in(maija)
    to = seat_of(world.pia)
    assert client.send(f"{OWN}/praise", kind="well_done").status_code == 422
    assert client.send(f"{OWN}/praise", to=seat_of(maija), kind="well_done").status_code == 422
    assert client.send(f"{OWN}/praise", to=to, kind="great").status_code == 422
    assert client.send(f"{OWN}/praise", to=to, kind="well_done").status_code == 303
    assert client.send(f"{OWN}/praise", to=to, kind="well_done").status_code == 422
    assert "Well done!</strong><br><small>Maija" in sign_in(world.pia).get(OWN).text
    (said,) = _rows(Praise)
    client = sign_in(maija)
    assert client.send(f"{OWN}/praise/take-back", praise_id=said.id).status_code == 303
    assert not _rows(Praise)
    assert client.send(f"{OWN}/praise/take-back", praise_id=said.id).status_code == 404
    coach = sign_in(world.stig)
    assert coach.send(f"{_cohort(world)}/praise", to=to, kind="thanks").status_code == 303
    (said,) = _rows(Praise)
    assert coach.send(f"{_cohort(world)}/praise/take-back", praise_id=said.id).status_code == 303


def test_a_coach_makes_changes_and_ends_pairs(sign_in, world, maija) -> None:
    client = sign_in(world.stig)
    assert client.send(f"{_cohort(world)}/pairs/make").status_code == 303
    assert "Your pair: Maija" in sign_in(world.pia).get(OWN).text
    client = sign_in(world.stig)
    alone = {f"pair_{seat_of(world.pia)}": "1"}
    refused = client.send(f"{_cohort(world)}/pairs", **alone, **{f"pair_{seat_of(maija)}": ""})
    assert refused.status_code == 422 and "Look at pair 1." in refused.text
    both = {**alone, f"pair_{seat_of(maija)}": "1"}
    assert client.send(f"{_cohort(world)}/pairs", **both).status_code == 303
    assert client.send(f"{_cohort(world)}/pairs/end").status_code == 303
    assert not _rows(Buddy)


def test_a_manager_reads_figures_and_does_nothing(sign_in, world) -> None:
    sign_in(world.pia).send(f"{OWN}/calls", words="How do I begin?")
    client = sign_in(world.aino)
    page = client.get(_cohort(world)).text
    assert "Pia Pihlaja" in page and "How do I begin?" not in page
    assert "Make pairs" not in page and '<form method="post" action="/cohorts' not in page
    for deed in ("tips", "praise", "pairs", "pairs/make", "pairs/end"):
        assert client.send(f"{_cohort(world)}/{deed}").status_code == 403


# --- what it costs ----------------------------------------------------------------------------


def _add_many(world, member, count, note=None):
    seat = seat_of(member)
    with unit_of_work(whole_installation("test")):
        employer = Employer(
            organisation_id=world.a.organisation_id, person_id=member.person_id, name=new_key()
        )
        db.session.add(employer)
        db.session.flush()
        db.session.bulk_insert_mappings(
            Action.__mapper__,
            [
                {
                    "id": new_key(),
                    "organisation_id": world.a.organisation_id,
                    "person_id": member.person_id,
                    "enrolment_id": seat,
                    "cohort_id": world.a.cohort_ids[0],
                    "on": FIRST_DAY + timedelta(days=number % 8),
                    "activity": tuple(Activity)[number % 4],
                    "employer_id": employer.id,
                    "logged_at": NOW,
                    "note": note,
                    "version": 1,
                }
                for number in range(count)
            ],
        )


def _crowd(world):
    """Mates, each with a call, a tip that is followed, and a kind word for Pia."""
    for number in range(5):
        member = join(world, f"Mate{number}")
        seat = seat_of(member)
        with unit_of_work(whole_installation("test")):
            own = {"organisation_id": world.a.organisation_id, "cohort_id": world.a.cohort_ids[0]}
            who = {"person_id": member.person_id, **own}
            tip = Tip(
                shared_by_id=member.account_id,
                company=f"C{number}",
                company_key=f"c{number}",
                shared_at=NOW,
                **who,
            )
            db.session.add_all(
                [
                    tip,
                    HelpCall(enrolment_id=seat, words="Help", asked_at=NOW, **who),
                    Buddy(enrolment_id=seat, pair=1, **own),
                    Praise(
                        enrolment_id=world.a.enrolment_ids["pia"],
                        person_id=world.pia.person_id,
                        from_id=member.account_id,
                        on=TODAY,
                        words="thanks",
                        **own,
                    ),
                ]
            )
            db.session.flush()
            claim = TipClaim(
                organisation_id=own["organisation_id"],
                tip_id=tip.id,
                person_id=world.pia.person_id,
                claimed_at=NOW,
            )
            db.session.add(claim)


@pytest.mark.parametrize("who", ["pia", "stig"])
def test_a_page_asks_as_often_with_1_action_with_30_and_with_20000(
    sign_in, world, statements, who
) -> None:
    path = OWN if who == "pia" else _cohort(world)
    client = sign_in(getattr(world, who))

    def asked():
        del statements[:]
        page = client.get(path)
        assert page.status_code == 200
        return len([one for one in statements if one.startswith("SELECT")]), page.text

    _add_many(world, world.pia, 1)
    once, _page = asked()
    _add_many(world, world.pia, 29)
    _crowd(world)
    assert asked()[0] == once
    _add_many(world, world.pia, 19_970)
    with_many, page = asked()
    assert with_many == once <= 8
    assert "5000 so far" in page and "Page 1 of 800" in page


def test_a_name_that_is_long_and_hostile_is_only_a_name(sign_in, world) -> None:
    join(world, "<script>", "x" * 79, BoardName.FULL)
    page = sign_in(world.pia).get(OWN).text
    assert "<script>x" not in page and "&lt;script&gt;" in page
