"""One of everything that a provider can have, all of it Pia's: for tests that walk every page."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta

from jobsearch.accounts.oidc.models import IdentityProvider, IdentityTie
from jobsearch.accounts.oidc.rules import SecondFactor
from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.analyses.models import Analysis, AnalysisSection, AnalysisState, Release
from jobsearch.analyses.receiving.rules import PURPOSE as RECEIVED
from jobsearch.analyses.rules import SectionKey
from jobsearch.attendance.weeks.service import tell_in_advance
from jobsearch.coaching.sparring.models import Reader, SparringSlot
from jobsearch.coaching.sparring.service import agree_step, write_note
from jobsearch.cohorts.closures.models import Closure
from jobsearch.consents.models import Consent, ConsentPurpose
from jobsearch.conversations.service import write_message
from jobsearch.core import files
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.tokens import digest
from jobsearch.desk.feed.rules import PURPOSE as CALENDAR
from jobsearch.desk.feed.service import make_address
from jobsearch.intake.models import Upload
from jobsearch.intake.rules import FileKind
from jobsearch.links.service import issue_link
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import Trouble
from jobsearch.notices.rules import Channel
from jobsearch.notices.service import CHOICE_PURPOSE
from jobsearch.notices.texts.models import OwnWording
from jobsearch.payroll.contracts.details.queries import list_tax_cards
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.exports.bank.service import keep_payer_account, make_bank_file
from jobsearch.payroll.exports.register.rules import Sender
from jobsearch.payroll.exports.register.service import keep_settings, make_wage_reports
from jobsearch.payroll.pay.corrections.queries import list_corrections
from jobsearch.payroll.pay.corrections.rules import RightFigures
from jobsearch.payroll.pay.corrections.service import correct_payslip
from jobsearch.payroll.pay.dates.service import choose_pay_date
from jobsearch.payroll.pay.distraint.queries import list_distraints
from jobsearch.payroll.pay.distraint.rules import DistraintTerms
from jobsearch.payroll.pay.distraint.service import enter_distraint
from jobsearch.payroll.pay.models import Payslip
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from jobsearch.programmes.models import TemplateResource
from jobsearch.programmes.templates.queries import get_whole_template
from jobsearch.rates.own.rules import Figure
from jobsearch.rates.own.service import propose_rate
from jobsearch.rates.rules import Confidence, RateKey
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action, log_for, set_goal
from tests.asked import furnish_questions
from tests.bonused import furnish_bonuses
from tests.certified import furnish_certificates
from tests.circled import furnish_helping
from tests.contracted import furnish_contract
from tests.costed import furnish_costs
from tests.documented import furnish_documents
from tests.followed import furnish_outcomes
from tests.frozen import furnish_frozen
from tests.glazed import furnish_trail
from tests.interviewed import furnish_company, furnish_interviews
from tests.introduced import introduce_pia
from tests.invited import invite_somebody
from tests.leading import furnish_leads
from tests.paid import PAYS_ON, prepare
from tests.permitted import furnish_permissions
from tests.pulsed import pulsed
from tests.requested import furnish_requests
from tests.scheduled import furnish_jobs
from tests.selecting import book_and_select_pia
from tests.stuck import furnish_alerts, furnish_duty
from tests.surveyed import furnish_surveys
from tests.world import NOW, TODAY, World

CANARY = "Canary-7319"
PDF = b"%PDF-1.4 " + CANARY.encode()

CONTENT = {
    "language": "en",
    "number": "AN-2026-TEST1",
    "dated": TODAY.isoformat(),
    "provider_name": "Provider A",
    "programme_name": "Programme",
    "cohort_name": "Group 7",
    "participant_name": "Pia Pihlaja",
    "period": ["2026-11-16", "2026-12-03"],
    "minutes": 990,
    "days": 5,
    "authors": ["Stig Strand"],
    "sections": [{"title": "Strengths", "text": CANARY, "points": [], "activities": []}],
    "left_out": 0,
    "consent_text": "I agree.",
}


@dataclass(frozen=True)
class Furnished:
    """The keys of Pia's things, by the name that addresses give them, and links by purpose."""

    keys: dict[str, str]
    links: dict[str, str] = field(default_factory=dict)


def furnish(world: World) -> Furnished:
    """Log, pay, write and release for Pia; needs an application context."""
    keys = {
        "cohort_id": world.a.cohort_ids[0],
        "day_id": world.a.day_ids[world.a.cohort_ids[0]][5],
        "enrolment_id": world.a.enrolment_ids["pia"],
        "own_enrolment_id": world.a.enrolment_ids["pia"],
        "programme_id": world.a.programme_id,
        "template_id": world.a.template_id,
        **_planned(world.a.template_id),
        "person_id": world.pia.person_id,
        "sign_in_id": world.pia.actor.sign_in_id,
        "passkey_id": _passkey_of(world.stig.account_id),
        **_provided(world),
        **furnish_jobs(),
    }
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    links = {}
    with unit_of_work(scope, world.aino.actor):
        invite_somebody(world, keys, links)
    with unit_of_work(scope, world.pia.actor):
        action = log_action(
            world.pia.actor, Activity.EMPLOYER_CONTACT, employer_name=CANARY, note=CANARY
        )
        keys["action_id"] = action.id
        keys["employer_id"] = action.employer_id
        links[CALENDAR] = make_address(world.pia.actor)
        links[CHOICE_PURPOSE] = issue_link(CHOICE_PURPOSE, world.pia.person_id, expires_at=None)
        next_day = world.a.day_ids[keys["cohort_id"]][6]
        keys["notice_id"] = tell_in_advance(world.pia.actor, next_day, 15).id
        keys["conversation_id"] = keys["enrolment_id"]
        written = write_message(world.pia.actor, keys["conversation_id"], CANARY)
        keys["short_message_id"] = written.id
        set_goal(world.pia.actor, keys["enrolment_id"], TODAY, Activity.EMPLOYER_CONTACT, 2)
        keys |= pulsed(world) | furnish_documents(world, CANARY)
        keys |= furnish_requests(world, CANARY)
        keys |= furnish_helping(world, CANARY)
        keys |= furnish_leads(world, CANARY) | furnish_interviews(world, CANARY)
    with unit_of_work(scope, world.paula.actor):
        keys |= _paid(world) | furnish_contract(world, CANARY) | furnish_bonuses(world)
        keys |= furnish_certificates(world)
    with unit_of_work(scope, world.stig.actor):
        log_for(world.stig.actor, world.pia.person_id, Activity.INTERVIEW, role_title=CANARY)
        keys |= (
            _talked(world, keys["enrolment_id"])
            | _written(world)
            | _uploaded(world)
            | furnish_alerts(world)
            | furnish_duty(world)
            | introduce_pia(world, CANARY, links)
            | _messaged(world)
            | furnish_company()
        )
        links[RECEIVED] = issue_link(RECEIVED, keys["release_id"], expires_at=None)
        keys |= furnish_questions(world, CANARY)
        keys |= furnish_permissions(world, CANARY, keys)
        keys |= furnish_outcomes(world, links)
    with unit_of_work(scope, world.aino.actor):
        keys |= furnish_surveys(world, links)
        keys |= book_and_select_pia(world, keys["candidate_id"], CANARY, links)
    with unit_of_work(scope, world.aino.actor):
        keys |= furnish_costs(world, CANARY) | furnish_frozen(world, CANARY)
    with unit_of_work(whole_installation("test")):
        keys |= furnish_trail(world)
    return Furnished(keys, links)


def _planned(template_id: str) -> dict[str, str]:
    """A day of the template, a block of it, and a link beside that."""
    with unit_of_work(whole_installation("test")):
        day = get_whole_template(template_id).days[0]
        resource = TemplateResource(
            organisation_id=day.organisation_id, position=1, title="Link", url="https://x.example"
        )
        day.blocks[0].resources.append(resource)
        db.session.flush()
        closure = Closure(organisation_id=day.organisation_id, on=TODAY, name="Break")
        db.session.add(closure)
        db.session.flush()
        return {
            "closure_id": closure.id,
            "template_day_id": day.id,
            "block_id": day.blocks[0].id,
            "resource_id": resource.id,
        }


def _provided(world: World) -> dict[str, str]:
    """A sign-in of the provider's own, and a coach whom it knows."""
    with unit_of_work(whole_installation("test")):
        provider = IdentityProvider(
            organisation_id=world.a.organisation_id,
            name="Work account",
            issuer="https://id.example.org",
            client_id="jobsearch",
            domains="example.org",
            second_factor=SecondFactor.CLAIMED,
            made_at=NOW,
        )
        db.session.add(provider)
        db.session.flush()
        tie = IdentityTie(
            provider_id=provider.id,
            account_id=world.stig.account_id,
            issuer=provider.issuer,
            subject="stig",
            tied_at=NOW,
        )
        db.session.add(tie)
        db.session.flush()
        return {"provider_id": provider.id, "tie_id": tie.id}


def _messaged(world: World) -> dict[str, str]:
    """A wording of the provider's own, and an address of Pia's that messages do not reach."""
    wording = OwnWording(
        kind="analyses.shown", language="sv", subject=CANARY, body=CANARY, written_at=NOW
    )
    failure = FailedAddress(
        subject_id=world.pia.person_id,
        channel=Channel.EMAIL,
        address=f"{CANARY}@example.org",
        address_index="x",
        trouble=Trouble.ADDRESS_REFUSED,
        kind="analyses.shown",
        failed_at=NOW,
    )
    db.session.add_all([wording, failure])
    db.session.flush()
    return {"wording_id": wording.id, "failure_id": failure.id}


def _passkey_of(account_id: str) -> str:
    with unit_of_work(whole_installation("test")):
        passkey = Passkey(
            account_id=account_id,
            name="Laptop",
            credential_digest=digest(account_id),
            credential="eA",
            public_key="eA",
            sign_count=0,
            made_at=NOW,
        )
        db.session.add(passkey)
        db.session.flush()
        return passkey.id


def _paid(world: World) -> dict[str, str]:
    prepare(world.a, "pia")
    db.session.flush()
    run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
    run = compute_pay_run(run.id, run.version)
    contract = list_distraints(run.id).lines[0].employment_id
    ban = DistraintTerms(Money.of("50.00"), CANARY, "FI2112345600000785", "1232")
    enter_distraint(world.paula.actor, run.id, contract, ban, 0)
    run = choose_pay_date(world.paula.actor, run.id, PAYS_ON + timedelta(days=7), run.version)
    run = choose_pay_date(world.paula.actor, run.id, PAYS_ON, run.version)
    run = review_pay_run(run.id, run.version, world.paula.actor)
    run = approve_pay_run(run.id, run.version, world.aino.actor)
    slip = db.session.query(Payslip).filter_by(pay_run_id=run.id).one()
    assert slip.gross > Money(0)
    figure = Figure(RateKey.UI_EMPLOYEE, 91, Span(date(2027, 1, 1)), CANARY, Confidence.H)
    own_rate = propose_rate(world.paula.actor, figure)
    keep_payer_account(world.paula.actor, "FI2112345600000785", "", "", Edition.V09, 0)
    make_bank_file(world.paula.actor, run.id)
    delivery_id = _reported(world, run.id)
    return {"run_id": run.id, "payslip_id": slip.id, "own_rate_id": own_rate.id} | {
        "delivery_id": delivery_id,
        "employment_id": contract,
        "card_id": list_tax_cards(world.pia.person_id)[0].id,
        "correction_id": _corrected(world, slip.id),
    }


def _corrected(world: World, payslip_id: str) -> str:
    """A correction of the payslip that is computed and not approved yet."""
    day = PAYS_ON + timedelta(days=14)
    right = RightFigures(minutes=50 * 60)
    run = correct_payslip(world.paula.actor, payslip_id, day, CANARY, right)
    compute_pay_run(run.id, run.version)
    return list_corrections(run.id)[0].id


def _reported(world: World, run_id: str) -> str:
    """The run's file for the Incomes Register."""
    sender = Sender("", CANARY, "+358401234567", "", 54, "54-1234567A", "41100")
    keep_settings(world.paula.actor, sender, 0)
    (delivery,) = make_wage_reports(world.paula.actor, run_id)
    return delivery.id


def _talked(world: World, enrolment_id: str) -> dict[str, str]:
    """A booked time with Stig, a note and a step about Pia."""
    write_note(world.stig.actor, enrolment_id, Reader.STAFF, CANARY)
    step = agree_step(world.stig.actor, enrolment_id, CANARY, None)
    slot = SparringSlot(
        coach_id=world.stig.account_id,
        starts_at=NOW + timedelta(days=1),
        minutes=30,
        enrolment_id=enrolment_id,
        booked_at=NOW,
    )
    db.session.add(slot)
    db.session.flush()
    return {"step_id": step.id, "slot_id": slot.id}


def _written(world: World) -> dict[str, str]:
    person = world.pia.person_id
    analysis = Analysis(
        enrolment_id=world.a.enrolment_ids["pia"],
        person_id=person,
        number="AN-2026-TEST1",
        written_by_id=world.stig.account_id,
        started_at=NOW,
        changed_at=NOW,
        shown_at=NOW,
        state=AnalysisState.SHOWN,
        edition=1,
    )
    analysis.sections = [
        AnalysisSection(person_id=person, position=n, key=key, text=f"{CANARY} {key}")
        for n, key in enumerate(SectionKey, 1)
    ]
    db.session.add(analysis)
    db.session.flush()
    consent = Consent(
        person_id=person,
        recipient_id=world.mia.account_id,
        recipient_name=world.mia.actor.name,
        recipient_organisation="Town of Pori",
        recipient_address=world.mia.email,
        given_by="code",
        purpose=ConsentPurpose.ANALYSIS,
        subject_id=analysis.id,
        subject_version=1,
        wording_edition="2026-1",
        wording_language="en",
        wording="I agree.",
        given_at=NOW,
        given_on=TODAY,
        valid_to=TODAY + timedelta(days=90),
        sign_in_id=world.pia.actor.sign_in_id,
    )
    db.session.add(consent)
    db.session.flush()
    paper = files.put(PDF, "application/pdf")
    release = Release(
        analysis_id=analysis.id,
        person_id=person,
        consent_id=consent.id,
        recipient_id=world.mia.account_id,
        file_id=paper.id,
        sha256=paper.sha256,
        edition=1,
        content=json.dumps(CONTENT),
        released_at=NOW,
    )
    db.session.add(release)
    db.session.flush()
    return {"analysis_id": analysis.id, "release_id": release.id}


def _uploaded(world: World) -> dict[str, str]:
    upload = Upload(
        programme_id=world.a.programme_id,
        kind=FileKind.COSTS,
        name="costs.csv",
        content=b"Kustannuslaji;Euroa yhteens\xc3\xa4;Peruste\nPalkat;100,00;x\n",
        uploaded_at=NOW,
    )
    db.session.add(upload)
    db.session.flush()
    return {"upload_id": upload.id}
