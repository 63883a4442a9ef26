"""Pia as a candidate with all that can belong to one: an introduction, a call, a move, a sheet."""

from datetime import timedelta

from jobsearch.core.db import db
from jobsearch.links.service import issue_link
from jobsearch.recruitment.candidates.queries import show_candidate
from jobsearch.recruitment.contacts.rules import ContactResult
from jobsearch.recruitment.contacts.service import log_call
from jobsearch.recruitment.following.rules import PURPOSE as FOLLOWING
from jobsearch.recruitment.forgetting.models import ForgettingRun
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.recruitment.referrals.rules import PURPOSE as REFERRING
from jobsearch.recruitment.referrals.rules import KnownBy
from jobsearch.recruitment.rules import CallWhy, Channel, Stage
from jobsearch.recruitment.service import move_candidate
from jobsearch.recruitment.sheets.wizard.service import upload_sheet
from tests.world import NOW, TODAY, World

SHEET = "Nimi;Puhelin;Kunta\nMatti Meikäläinen;040 0000999;Pori\n".encode("cp1252")


def introduce_pia(world: World, words: str, links: dict[str, str]) -> dict[str, str]:
    """Keys by the names of addresses, and links by purpose put in; in a unit of work of Stig's."""
    candidate = Candidate(
        programme_id=world.a.programme_id,
        person_id=world.pia.person_id,
        channel=Channel.PERSONAL_LINK,
        stage=Stage.CONTACTED,
        introduction=words,
        referred_on=TODAY,
        contacted_on=TODAY,
        referred_by_name="Mia",
        call_on=TODAY,
        call_why=CallWhy.CALL_BACK,
        call_when="after three",
    )
    referrer = Referrer(
        name="Mia Mäki",
        email="mia@example.org",
        account_id=world.mia.account_id,
        language="en",
        made_at=NOW,
    )
    db.session.add_all([candidate, referrer, ForgettingRun(ran_at=NOW, candidates=2, persons=1)])
    db.session.flush()
    referral = Referral(
        candidate_id=candidate.id,
        person_id=world.pia.person_id,
        referrer_id=referrer.id,
        channel=Channel.PERSONAL_LINK,
        given_name="Pia",
        family_name="Pihlaja",
        phone="+358400000201",
        language="en",
        introduction=words,
        known_by=KnownBy.PHONE,
        statement_edition="2026-1",
        statement_language="en",
        statement="The candidate agrees.",
        referred_at=NOW,
    )
    db.session.add(referral)
    db.session.flush()
    attempt = log_call(world.stig.actor, candidate.id, ContactResult.NO_ANSWER)
    move_candidate(candidate.id, Stage.INVITED)
    sheet = upload_sheet(world.stig.actor, world.a.programme_id, SHEET, "candidates.csv")
    until = NOW + timedelta(days=30)
    links[REFERRING] = issue_link(REFERRING, referrer.id, expires_at=until, language="en")
    links[FOLLOWING] = issue_link(FOLLOWING, referral.id, expires_at=until, language="en")
    return {
        "candidate_id": candidate.id,
        "referrer_id": referrer.id,
        "referral_id": referral.id,
        "attempt_id": attempt.id,
        "move_id": show_candidate(candidate.id).moves[0].id,
        "sheet_id": sheet.id,
    }
