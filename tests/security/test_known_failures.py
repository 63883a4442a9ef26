"""Failures that happened to systems like this one and that no other test of ours looks for."""

import re

import pytest
from itsdangerous import URLSafeTimedSerializer

from jobsearch.accounts.models import Account, Membership
from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.people.models import Person
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_for
from tests.addresses import pages_of
from tests.furnished import furnish
from tests.pages import client_of
from tests.security.forms import forms_of
from tests.security.hostile import ADDED
from tests.security.judging import rows_of_two_organisations

pytestmark = pytest.mark.usefixtures("context")
EVERYTHING = whole_installation("test")
KEY = re.compile(r"[a-z2-7]{20}")


def _foreign(world):
    """Keys of provider B, each of a thing that a form may offer to choose."""
    b = world.b
    people = [world.cast[name].account_id for name in ("sam", "cora", "petra", "bo")]
    ids = [b.organisation_id, b.programme_id, b.template_id, *b.cohort_ids]
    return [*ids, *b.enrolment_ids.values(), *people, world.bo.person_id]


@pytest.mark.timeout(200)
@pytest.mark.parametrize("name", ["aino", "stig", "paula", "pia"])
def test_a_choice_of_another_organisation_is_refused_in_every_form(app, world, name) -> None:
    """Every field that offers keys is sent each key of provider B; nothing joins the two."""
    member, furnished = world.cast[name], furnish(world)
    forms = {}
    for address in pages_of(app, member.actor, furnished):
        answer = client_of(app, member).get(address)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for form in forms_of(address, answer.get_data(as_text=True)):
                forms.setdefault(form.shape, form)
    tried = 0
    for form in forms.values():
        offered = [one for one in form.fields if any(map(KEY.fullmatch, one.options))]
        if form.method != "post" or not offered:
            continue
        usual = {one.name: one.options[-1] if one.options else one.value for one in form.fields}
        for field in offered:
            for foreign in _foreign(world):
                sent = usual | {field.name: foreign}
                answer = client_of(app, member).send(form.action, **sent)
                assert answer.status_code in (303, 400, 403, 404, 409, 422), (form, field)
                tried += 1
    assert rows_of_two_organisations() == []
    assert tried >= (1 if name in ("pia", "paula") else 30)


def test_a_row_that_joins_two_organisations_is_noticed(world) -> None:
    assert rows_of_two_organisations() == []
    with unit_of_work(EVERYTHING):
        group = db.session.get_one(Cohort, world.a.cohort_ids[0])
        group.coach_id, group.programme_id = world.cora.account_id, world.b.programme_id
    assert sorted(rows_of_two_organisations()) == [
        f"cohort.{key} leads to another organisation" for key in ("coach_id", "programme_id")
    ]


def test_of_several_ids_each_one_is_looked_at(app, world, as_) -> None:
    with as_(world.stig):
        own = log_for(world.stig.actor, world.pia.person_id, Activity.INTERVIEW).id
        other = log_for(world.stig.actor, world.otto.person_id, Activity.INTERVIEW).id
    answer = client_of(app, world.pia).send("/job-search/confirm", action_id=[own, other])
    assert answer.status_code in (303, 404)
    with unit_of_work(EVERYTHING, read_only=True):
        rows = {row.id: row for row in db.session.query(Action)}
        assert rows[other].confirmed_at is None


@pytest.mark.parametrize(
    ("name", "address", "typed"),
    [
        ("pia", "/my-contact", {"email": "pia@example.org", "phone": "", "language": "sv"}),
        ("pia", "/my-visibility", {"board_name": "totals"}),
        ("pia", "/job-search/log/employer_contact", {}),
        ("stig", "/language", {"language": "sv"}),
    ],
)
def test_what_no_form_asks_for_changes_nothing(app, world, name, address, typed) -> None:
    def told():
        with unit_of_work(EVERYTHING, read_only=True):
            members = {(m.id, m.role, m.organisation_id) for m in db.session.query(Membership)}
            people = {(p.id, p.organisation_id, p.given_name) for p in db.session.query(Person)}
            hours = {(a.id, a.paid_minutes) for a in db.session.query(Attendance)}
            accounts = {(a.id, a.name, a.closed_at) for a in db.session.query(Account)}
        return members, people, hours, accounts

    before = told()
    added = ADDED | {
        "version": "",
        "organisation_id": world.b.organisation_id,
        "given_name": "Root",
    }
    answer = client_of(app, world.cast[name]).send(address, **{**added, **typed})
    assert answer.status_code in (303, 422)
    assert told() == before


def test_one_address_shows_each_reader_her_own_page(app, world) -> None:
    pia, otto = client_of(app, world.pia), client_of(app, world.otto)
    for address in ("/account", "/my-contact"):
        first, between, last = (client.get(address).text for client in (pia, otto, pia))
        assert "pia@example.org" in first and "pia@example.org" in last
        assert "pia@example.org" not in between and "otto@example.org" in between
        assert "otto@example.org" not in last


@pytest.mark.parametrize("kind", ["none", "empty", "anothers", "unsigned", "of another key"])
def test_a_token_that_is_missing_or_somebody_elses_changes_nothing(app, world, kind) -> None:
    pia = client_of(app, world.pia)
    signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    other = URLSafeTimedSerializer("another key", salt="wtf-csrf-token")
    token = {
        "none": None,
        "empty": "",
        "anothers": signer.dumps("b" * 40),
        "unsigned": "a" * 40,
        "of another key": other.dumps("a" * 40),
    }[kind]
    sent = {} if token is None else {"csrf_token": token}
    assert pia.post("/job-search/log/employer_contact", data=sent).status_code == 400
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.query(Action).count() == 0


def test_a_sign_in_cannot_be_planted_by_another_site(app, world) -> None:
    client = client_of(app, None)
    for address in ("/sign-in", "/sign-in/staff"):
        answer = client.post(address, data={"address": "x@example.org", "password": "x"})
        assert answer.status_code == 400


def test_a_file_asked_for_twice_is_not_remembered_for_another(app, world) -> None:
    furnish(world)
    mine = client_of(app, world.pia).get("/job-search/actions.csv")
    others = client_of(app, world.otto).get("/job-search/actions.csv")
    assert b"Canary" in mine.data and b"Canary" not in others.data
    assert mine.headers["Cache-Control"] == others.headers["Cache-Control"] == "no-store"
