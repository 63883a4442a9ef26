"""Who looks at the boards: the people of fifty groups and their coach, in twenty browsers each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import SEEN_STEP, Way
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Role
from jobsearch.core.db import db
from jobsearch.core.tokens import digest, new_key
from jobsearch.people.models import Person
from tests.world import NOW, World

BOARDS, VIEWERS = 50, 20
COACHES = 2  # browsers of the coach among the twenty: the wall and the laptop
FIRST = "Group 100"
_TOKEN = "a" * 40


@dataclass(frozen=True)
class Seats:
    """One board, its people, and the secrets of the sign-ins before it; the coach's come first."""

    cohort_id: str
    enrolment_ids: tuple[str, ...]
    secrets: tuple[str, ...]


def seat_viewers(world: World) -> list[Seats]:
    """Sign everybody in. The caller's unit of work keeps it."""
    groups = select(Cohort.id).where(Cohort.name >= FIRST, Cohort.name.startswith("Group 1"))
    seats, rows = [], _Rows()
    for cohort_id in db.session.scalars(groups.order_by(Cohort.name).limit(BOARDS)):
        people = list(
            db.session.execute(
                select(Enrolment.id, Enrolment.person_id, Person.given_name)
                .join(Person, Person.id == Enrolment.person_id)
                .where(Enrolment.cohort_id == cohort_id)
                .order_by(Enrolment.id)
            )
        )
        who = [world.stig.actor.membership_id] * COACHES
        members = [rows.member(world, row.person_id, row.given_name) for row in people]
        who += [members[at % len(members)] for at in range(VIEWERS - COACHES)]
        secrets = tuple(rows.sign_in(membership_id) for membership_id in who)
        seats.append(Seats(cohort_id, tuple(row.id for row in people), secrets))
    for model, some in rows.each():
        db.session.connection().execute(insert(model), some)
    return seats


class _Rows:
    def __init__(self) -> None:
        self.accounts: list[dict[str, Any]] = []
        self.memberships: list[dict[str, Any]] = []
        self.sign_ins: list[dict[str, Any]] = []

    def member(self, world: World, person_id: str, name: str) -> str:
        account_id, membership_id = new_key(), new_key()
        email = f"{account_id.lower()}@example.org"
        own = {"id": account_id, "email": email, "name": name, "language": "fi"}
        self.accounts.append(own)
        self.memberships.append(
            {
                "id": membership_id,
                "account_id": account_id,
                "organisation_id": world.a.organisation_id,
                "role": Role.PARTICIPANT,
                "person_id": person_id,
            }
        )
        return membership_id

    def sign_in(self, membership_id: str) -> str:
        """They came at different moments, so that they are not noted as seen all at once."""
        number = len(self.sign_ins)
        secret = f"secret-of-viewer-{number}"
        ago = SEEN_STEP * (number * 7 % 1000) / 1000
        self.sign_ins.append(
            {
                "id": new_key(),
                "secret_digest": digest(secret),
                "membership_id": membership_id,
                "device": "Test",
                "started_at": NOW - timedelta(hours=1),
                "last_seen_at": NOW - ago,
                "proven_at": NOW - timedelta(hours=1),
                "way": Way.CODE,
            }
        )
        return secret

    def each(self) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
        return iter(
            ((Account, self.accounts), (Membership, self.memberships), (SignIn, self.sign_ins))
        )


def browser_headers(app: Flask, secret: str) -> dict[str, str]:
    """What a signed-in browser sends through a proxy that speaks https."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    values = {"csrf_token": _TOKEN, "sign_in": secret, "_permanent": True}
    return {
        "Host": "localhost",
        "Cookie": f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(values)}",
        "Accept-Language": "fi",
        "HX-Request": "true",
        "Referer": "https://localhost/",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.7",
    }


def form_token(app: Flask) -> str:
    """What every form carries."""
    token: str = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(_TOKEN)
    return token
