"""The cast of the tests: two providers, a town, and people who may not see each other's."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from jobsearch.accounts.codes.queries import address_digest
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment, EnrolmentState
from jobsearch.consents.models import CoachLink, Consent, ConsentPurpose
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.core.text import Words
from jobsearch.core.tokens import digest
from jobsearch.organisations.models import Organisation, OrganisationKind
from jobsearch.people.models import Person
from jobsearch.programmes.models import (
    BlockKind,
    PayTerms,
    Programme,
    Template,
    TemplateBlock,
    TemplateDay,
)

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # Tuesday, 10.00 in Helsinki
TODAY = NOW.date()
FIRST_DAY = date(2026, 11, 16)
DAY_MINUTES = (180,) * 4 + (270,) * 8
BLOCKS = (
    (BlockKind.MORNING_MEETING, 30),
    (BlockKind.COACHING, 30),
    (BlockKind.ASSIGNMENT, 90),
    (BlockKind.DEBRIEF, 30),
)


@dataclass(frozen=True)
class Member:
    """One of the cast: who she is and the secret of her sign-in."""

    actor: Actor
    email: str
    secret: str

    @property
    def account_id(self) -> str:
        """Her account."""
        return self.actor.account_id

    @property
    def person_id(self) -> str:
        """Her person, for participants."""
        assert self.actor.person_id is not None
        return self.actor.person_id


@dataclass
class Side:
    """What one provider has."""

    organisation_id: str
    programme_id: str
    template_id: str
    cohort_ids: list[str] = field(default_factory=list)
    enrolment_ids: dict[str, str] = field(default_factory=dict)
    day_ids: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class World:
    """Everything that tests name."""

    a: Side
    b: Side
    municipality_id: str
    cast: dict[str, Member]
    consent_id: str = ""

    def __getattr__(self, name: str) -> Member:
        try:
            return self.__dict__["cast"][name]
        except KeyError:
            raise AttributeError(name) from None


def _organisation(kind: OrganisationKind, name: str) -> str:
    row = Organisation(kind=kind, name=name, business_id="1234567-1")
    db.session.add(row)
    db.session.flush()
    return row.id


def make_member(
    name: str, role: Role, organisation_id: str, person_id: str | None = None
) -> Member:
    """An account in one role of one organisation, signed in."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    account = Account(email=email, name=name, language="en")
    db.session.add(account)
    db.session.flush()
    membership = Membership(
        account_id=account.id, organisation_id=organisation_id, role=role, person_id=person_id
    )
    db.session.add(membership)
    db.session.flush()
    secret = f"secret-of-{email}"
    sign_in = SignIn(
        secret_digest=digest(secret),
        membership_id=membership.id,
        device="Test",
        started_at=NOW - timedelta(minutes=1),
        last_seen_at=NOW - timedelta(minutes=1),
        proven_at=NOW - timedelta(minutes=1),
        way=Way.CODE,
        address_digest=address_digest(Address(email=email)),
    )
    db.session.add(sign_in)
    db.session.flush()
    actor = Actor(
        account_id=account.id,
        membership_id=membership.id,
        name=name,
        role=role,
        organisation_id=organisation_id,
        organisation_ids=frozenset({organisation_id}),
        person_id=person_id,
        language="en",
        sign_in_id=sign_in.id,
    )
    return Member(actor, email, secret)


def make_person(organisation_id: str, given: str, family: str, phone: str) -> Person:
    """One person of a provider."""
    person = Person(
        organisation_id=organisation_id,
        given_name=given,
        family_name=family,
        phone=phone,
        email=f"{given.lower()}@example.org",
        municipality="Pori",
    )
    db.session.add(person)
    db.session.flush()
    return person


def make_programme(organisation_id: str, code: str) -> tuple[Programme, Template]:
    """A programme of twelve days with pay terms of 11.50 €, 20 € and 150 €."""
    own = {"organisation_id": organisation_id}
    template = Template(name=f"Template {code}", **own)
    for number, minutes in enumerate(DAY_MINUTES):
        day = TemplateDay(
            position=number + 1,
            week=number // 4 + 1,
            weekday=number % 4,
            paid_minutes=minutes,
            title=Words.of(
                {"fi": f"Päivä {number + 1}", "sv": f"Dag {number + 1}", "en": f"Day {number + 1}"}
            ),
            **own,
        )
        rest = minutes - sum(length for _kind, length in BLOCKS)
        day.blocks = [
            TemplateBlock(position=i, kind=kind, minutes=length, text=Words.of(f"{kind}"), **own)
            for i, (kind, length) in enumerate(BLOCKS, 1)
        ]
        day.blocks[2].minutes += rest
        template.days.append(day)
    db.session.add(template)
    db.session.flush()
    programme = Programme(code=code, name=f"Programme {code}", template_id=template.id, **own)
    programme.pay_terms = [
        PayTerms(
            valid_from=date(2021, 1, 1),
            hourly_wage=Money.of("11.50"),
            allowance=Money.of("20.00"),
            outcome_bonus=Money.of("150.00"),
            agreement="Collective agreement of the field",
            **own,
        )
    ]
    db.session.add(programme)
    db.session.flush()
    return programme, template


def make_cohort(programme: Programme, name: str, first: date, coach_id: str | None) -> Cohort:
    """A cohort of twelve days, Monday to Thursday, without holidays."""
    own = {"organisation_id": programme.organisation_id}
    days = [first + timedelta(days=7 * (n // 4) + n % 4) for n in range(12)]
    cohort = Cohort(
        programme_id=programme.id,
        name=name,
        place="Pori",
        starts_on=days[0],
        ends_on=days[-1],
        coach_id=coach_id,
        meeting_url="https://meet.example.org/group",
        **own,
    )
    for number, on in enumerate(days):
        day = CohortDay(
            position=number + 1,
            week=number // 4 + 1,
            on=on,
            planned_on=on,
            starts_minute=540,
            paid_minutes=DAY_MINUTES[number],
            title=Words.of(f"Day {number + 1}"),
            **own,
        )
        start = 540
        for position, (kind, length) in enumerate(BLOCKS, 1):
            day.blocks.append(
                CohortBlock(
                    position=position,
                    kind=kind,
                    starts_minute=start,
                    minutes=length,
                    text=Words.of(f"{kind}"),
                    **own,
                )
            )
            start += length
        cohort.days.append(day)
    db.session.add(cohort)
    db.session.flush()
    return cohort


def enrol(cohort: Cohort, person_id: str, worked_before: date) -> Enrolment:
    """A started person, present on every day before `worked_before`."""
    own = {"organisation_id": cohort.organisation_id}
    enrolment = Enrolment(
        cohort_id=cohort.id, person_id=person_id, state=EnrolmentState.STARTED, **own
    )
    db.session.add(enrolment)
    db.session.flush()
    for day in cohort.days:
        if day.on < worked_before:
            db.session.add(
                Attendance(
                    enrolment_id=enrolment.id,
                    cohort_day_id=day.id,
                    person_id=person_id,
                    mark=Mark.PRESENT,
                    planned_minutes=day.paid_minutes,
                    paid_minutes=day.paid_minutes,
                    marked_at=datetime.combine(day.on, time(7, 5), UTC),
                    **own,
                )
            )
    db.session.flush()
    return enrolment


def _keep(side: Side, cohort: Cohort, enrolment: Enrolment | None, who: str) -> None:
    if cohort.id not in side.cohort_ids:
        side.cohort_ids.append(cohort.id)
        side.day_ids[cohort.id] = [day.id for day in cohort.days]
    if enrolment is not None:
        side.enrolment_ids[who] = enrolment.id


def build_world() -> World:
    """Make the cast; the caller's unit of work keeps it."""
    org_a = _organisation(OrganisationKind.PROVIDER, "Provider A")
    org_b = _organisation(OrganisationKind.PROVIDER, "Provider B")
    town = _organisation(OrganisationKind.MUNICIPALITY, "Town of Pori")
    pia = make_person(org_a, "Pia", "Pihlaja", "+358400000201")
    otto = make_person(org_a, "Otto", "Oksanen", "+358400000202")
    bo = make_person(org_b, "Bo", "Berg", "+358400000203")
    cast = {
        "aino": make_member("Aino Aalto", Role.MANAGER, org_a),
        "stig": make_member("Stig Strand", Role.COACH, org_a),
        "paula": make_member("Paula Palo", Role.PAYROLL_CLERK, org_a),
        "pia": make_member("Pia Pihlaja", Role.PARTICIPANT, org_a, pia.id),
        "otto": make_member("Otto Oksanen", Role.PARTICIPANT, org_a, otto.id),
        "mia": make_member("Mia Mäki", Role.MUNICIPAL_COACH, town),
        "nils": make_member("Nils Nurmi", Role.MUNICIPAL_COACH, town),
        "sam": make_member("Sam Salo", Role.MANAGER, org_b),
        "cora": make_member("Cora Collin", Role.COACH, org_b),
        "petra": make_member("Petra Paju", Role.PAYROLL_CLERK, org_b),
        "bo": make_member("Bo Berg", Role.PARTICIPANT, org_b, bo.id),
        "hilla": make_member("Hilla Hakala", Role.MUNICIPAL_ADMIN, town),
        "olga": make_member("Olga Ovaska", Role.OPERATOR, org_a),
    }
    sides = []
    for org, code in ((org_a, "autumn-2026"), (org_b, "other-2026")):
        programme, template = make_programme(org, code)
        sides.append((Side(org, programme.id, template.id), programme))
    (a, programme_a), (b, programme_b) = sides
    stig = cast["stig"].account_id
    first = make_cohort(programme_a, "Group 7", FIRST_DAY, stig)
    second = make_cohort(programme_a, "Group 8", FIRST_DAY, stig)
    other = make_cohort(programme_b, "Group 1", FIRST_DAY, None)
    _keep(a, first, enrol(first, pia.id, TODAY), "pia")
    _keep(a, second, enrol(second, otto.id, TODAY), "otto")
    _keep(b, other, enrol(other, bo.id, TODAY), "bo")
    world = World(a, b, town, cast)
    world.consent_id = _link_mia(world, pia.id)
    return world


def _link_mia(world: World, person_id: str) -> str:
    """Mia is Pia's municipal coach and has her live consent to be introduced; Nils has nothing."""
    own = {"organisation_id": world.a.organisation_id, "person_id": person_id}
    mia = world.mia.account_id
    db.session.add(
        CoachLink(
            account_id=mia,
            municipality_id=world.municipality_id,
            valid_from=TODAY - timedelta(days=20),
            **own,
        )
    )
    consent = Consent(
        recipient_id=mia,
        recipient_name=world.mia.actor.name,
        recipient_organisation="Town of Pori",
        recipient_address=world.mia.email,
        purpose=ConsentPurpose.INTRODUCTION,
        wording_edition="2026-1",
        wording_language="en",
        wording="I agree.",
        given_at=NOW - timedelta(days=20),
        given_on=TODAY - timedelta(days=20),
        valid_to=TODAY + timedelta(days=90),
        sign_in_id=world.pia.actor.sign_in_id,
        given_by=Way.CODE,
        **own,
    )
    db.session.add(consent)
    db.session.flush()
    return consent.id
