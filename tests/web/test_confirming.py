"""Before something sensitive the person proves again that it is she; what she sent is kept."""

import re

import pytest
from lxml import html
from sqlalchemy import select

from jobsearch.accounts.factors.service import make_recovery_codes
from jobsearch.accounts.models import SignIn
from jobsearch.accounts.recovery.service import start_again
from jobsearch.core.access import GRANTS, Permission, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.payroll.pay.models import PayRun
from tests.factors import PASSWORD, code_at, give_app, give_password, grow_stale
from tests.furnished import furnish

EVERYTHING = whole_installation("test")


@pytest.fixture
def aino(context, world):
    give_password(world.aino)
    give_app(world.aino)
    grow_stale(world.aino)
    return world.aino


@pytest.fixture
def person(world):
    return f"/people/{world.pia.person_id}/edit"


def _fields(page: str, action: str) -> list[tuple[str, str]]:
    """What the browser would send of the first form to this address."""
    form = html.document_fromstring(page).xpath(f"//form[@action='{action}']")[0]
    return [(one.get("name"), one.get("value") or "") for one in form.xpath(".//input[@name]")]


def _person_form(client, person) -> dict[str, str]:
    tree = html.document_fromstring(client.get(person).text)
    controls = tree.xpath(f"//form[@action='{person}']//*[@name]")
    form = {}
    for one in controls:
        if one.tag == "select":
            form[one.get("name")] = one.xpath("string(.//option[@selected]/@value)")
        elif one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None:
            form[one.get("name")] = one.get("value") or ""
    return form


def test_a_fresh_proof_is_not_asked_for_again(sign_in, world, context):
    give_app(world.aino)
    assert sign_in(world.aino).get("/account/email").status_code == 200


def test_a_page_asks_first_and_then_opens(sign_in, aino):
    client = sign_in(aino)
    answer = client.get("/account/email")
    assert answer.location == "/account/confirm?next=/account/email"
    assert client.get(answer.location).status_code == 200
    done = client.send(
        "/account/confirm", **{"fresh-code": code_at(), "fresh-to": "/account/email"}
    )
    assert (done.status_code, done.location) == (303, "/account/email")
    assert client.get("/account/email").status_code == 200


def test_what_was_being_sent_is_kept_and_done_after_the_proof_and_not_before(
    sign_in, world, aino, person
):
    client = sign_in(aino)
    form = _person_form(client, person)
    form |= {"phone": "+358400000299", "bank_account": "FI2112345600000785"}
    form.pop("csrf_token")
    asked = client.send(person, **form)
    assert asked.status_code == 401
    assert client.get(person).text.count("358400000299") == 0
    kept = dict(_fields(asked.text, "/account/confirm"))
    assert kept["fresh-to"] == person and kept["bank_account"] == "FI2112345600000785"
    wrong = client.post("/account/confirm", data=kept | {"fresh-code": "000000"})
    assert wrong.status_code == 422
    kept = dict(_fields(wrong.text, "/account/confirm")) | {"fresh-code": code_at()}
    sent_on = client.post("/account/confirm", data=kept)
    assert (sent_on.status_code, sent_on.location) == (307, person)
    assert client.post(sent_on.location, data=kept).status_code == 303
    assert "358400000299" in client.get(person).text.replace(" ", "")


def _sent_code() -> str:
    with unit_of_work(EVERYTHING, read_only=True):
        kept = select(Message).where(Message.kind == "accounts.proof_code")
        return re.search(r"\b\d{6}\b", db.session.scalars(kept).one().body)[0]


def test_who_has_a_second_factor_proves_herself_by_nothing_weaker(sign_in, aino):
    client = sign_in(aino)
    client.send("/account/confirm/code")
    for weaker in ({"fresh-password": PASSWORD}, {"fresh-message_code": _sent_code()}):
        refused = client.send("/account/confirm", **weaker)
        assert refused.status_code == 422
        assert "Choose how you confirm that it is you." in refused.text
    assert client.get("/account/email").status_code == 303


def test_who_has_a_password_does_not_choose_a_message_instead(sign_in, world, context):
    give_password(world.stig)
    grow_stale(world.stig)
    client = sign_in(world.stig)
    client.send("/account/confirm/code")
    assert (
        client.send("/account/confirm", **{"fresh-message_code": _sent_code()}).status_code == 422
    )
    assert client.send("/account/confirm", **{"fresh-password": PASSWORD}).status_code == 303


def test_a_form_without_the_sensitive_field_goes_through(sign_in, world, aino, person):
    client = sign_in(aino)
    form = _person_form(client, person)
    form.pop("csrf_token")
    assert client.send(person, **form).status_code == 303


def test_a_pay_run_is_approved_with_a_fresh_proof_alone(sign_in, world, aino):
    run = furnish(world).keys["run_id"]
    client = sign_in(aino)
    assert client.send(f"/pay-runs/{run}/approve", version="1").status_code == 401
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.get(PayRun, run).version


def test_the_acts_that_are_asked_for_again_are_these(app):
    asking = {name for name, view in app.view_functions.items() if getattr(view, "fresh", False)}
    assert asking >= {
        "hiring.enter_account",
        "own.add_app",
        "own.add_passkey",
        "own.end_app",
        "own.end_passkey",
        "own.renew_recovery_codes",
        "payroll_pay.approve_run",
        "people.save_person",
        "recovery.ask_for_email",
    }


NAMES_MANY = {
    "payroll_bank.download_file",
    "payroll_bonus.bonuses_file",
    "payroll_books.download_items",
    "payroll_others.download_file",
    "payroll_register.download_delivery",
    "tracker_funnel.group_sheet",
    "tracker_lists.actions_file",
    "trail.take_file",
}
OF_NOBODY_OR_OF_ONE = {
    "analyses.preview",
    "cohorts.print_timetable",
    "costs.download_ledger",
    "documents.download_version",
    "frozen.check_report",
    "frozen.download_pdf",
    "frozen.download_text",
    "frozen.download_workbook",
    "hiring.download_contract",
    "hiring.download_record",
    "impact.download_pdf",
    "outcomes.download_told",
    "payroll_bonus.download_proof",
    "payroll_books.download_journal",
    "payroll_certificates.download_certificate",
    "payroll_pay.download_payslip",
    "processing.download_csv",
    "processing.download_pdf",
    "report_papers.download_cohort_pdf",
    "report_papers.download_cohort_workbook",
    "report_papers.download_pdf",
    "report_papers.download_workbook",
    "reports.download_results",
    "templates.open_file",
    "tracker_companies.companies_file",
    "tracker_duty.show_sheet",
    "tracker_funnel.person_sheet",
    "tracker_funnel.programme_sheet",
    "tracker_leads.sheet_of",
    "tracker_lists.goals_file",
}
"""Figures without names, what the house says of itself, or one person whose page was opened."""


def test_a_list_of_many_that_leaves_the_house_is_asked_for_and_every_file_is_decided(app):
    """Files that staff take: whoever adds one says on which side it stands."""
    staff = (Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK)
    taken = set()
    for name, view in app.view_functions.items():
        is_taken = getattr(view, "is_heavy", False) and view.gate is not None
        gives = any(
            r.endpoint == name and ("GET" in r.methods or "list_name" in r.rule)
            for r in app.url_map.iter_rules()
        )
        if is_taken and gives and any(view.gate in GRANTS[role] for role in staff):
            taken.add(name)
    assert taken == NAMES_MANY | OF_NOBODY_OR_OF_ONE
    asking = {name for name in taken if app.view_functions[name].fresh}
    assert asking == NAMES_MANY


def test_whoever_takes_a_list_confirms_and_is_back_on_its_page_with_the_same_filters(
    sign_in, world, aino
):
    client = sign_in(aino)
    page, file = "/actions?kind=interview&days=all", "/actions.csv?kind=interview&days=all"
    asked = client.get(file, headers={"Referer": f"http://localhost{page}"})
    assert asked.status_code == 303
    question = client.get(asked.location)
    assert "Then take the file from its page." in question.text
    form = dict(_fields(question.text, "/account/confirm")) | {"fresh-code": code_at()}
    assert form["fresh-to"] == page
    assert client.post("/account/confirm", data=form).location == page
    taken = client.get(file, headers={"Referer": f"http://localhost{page}"})
    assert (taken.status_code, taken.mimetype) == (200, "text/csv")


@pytest.mark.parametrize(
    "came_from",
    [None, "https://evil.example/", "http://localhost/account/confirm?next=/actions.csv"],
)
def test_a_list_that_was_asked_for_from_elsewhere_comes_by_itself_after_the_proof(
    sign_in, world, aino, came_from
):
    client = sign_in(aino)
    asked = client.get("/actions.csv", headers={"Referer": came_from} if came_from else {})
    assert asked.location == "/account/confirm?next=/actions.csv"
    sent = {"fresh-code": code_at(), "fresh-to": "/actions.csv"}
    done = client.send("/account/confirm", **sent)
    assert client.get(done.location).mimetype == "text/csv"


def test_the_figures_of_a_group_are_taken_at_once_and_its_people_by_name_are_not(
    sign_in, world, aino
):
    client, of_group = sign_in(aino), f"/cohorts/{world.a.cohort_ids[0]}/search.csv"
    assert client.get(of_group).status_code == 200
    assert client.get(f"{of_group}?table=made").status_code == 200
    assert client.get(f"{of_group}?table=people").status_code == 303


def test_the_record_is_taken_as_a_file_after_the_proof_and_not_before(sign_in, world, aino):
    client = sign_in(aino)
    asked = client.send("/audit/changes.csv")
    assert asked.status_code == 401
    kept = dict(_fields(asked.text, "/account/confirm")) | {"fresh-code": code_at()}
    sent_on = client.post("/account/confirm", data=kept)
    assert (sent_on.status_code, sent_on.location) == (307, "/audit/changes.csv")
    assert client.post(sent_on.location, data=kept).mimetype == "text/csv"


def test_every_way_to_change_a_role_is_asked_for_again(app):
    """Whoever changes roles has proven herself lately: invitations, changes, ends."""
    changing = {
        name: view
        for name, view in app.view_functions.items()
        if getattr(view, "gate", None) is Permission.ACCOUNTS_MEMBERS
        and re.search(r"change_role|end_membership|\.invite$", name)
    }
    assert len(changing) >= 3
    assert [name for name, view in changing.items() if not view.fresh] == []


def test_a_proof_gives_the_sign_in_a_new_secret(sign_in, world, aino):
    client = sign_in(aino)
    client.send("/account/confirm", **{"fresh-code": code_at(), "fresh-to": ""})
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != aino.secret
    assert client.get("/today").status_code == 200
    assert sign_in(aino).get("/today").status_code == 303  # the old cookie
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.get(SignIn, aino.actor.sign_in_id).proven_at == now()


def test_a_code_that_was_used_confirms_nothing_again(sign_in, aino):
    client, code = sign_in(aino), code_at()
    assert client.send("/account/confirm", **{"fresh-code": code}).status_code == 303
    assert client.send("/account/confirm", **{"fresh-code": code}).status_code == 422


def test_a_recovery_code_confirms_too(sign_in, aino):
    with unit_of_work(EVERYTHING):
        codes = make_recovery_codes(aino.account_id)
    client = sign_in(aino)
    assert client.send("/account/confirm", **{"fresh-code": codes[3]}).status_code == 303


def test_with_a_second_factor_the_password_alone_confirms_nothing(sign_in, aino):
    page = sign_in(aino).get("/account/confirm").text
    assert "fresh-password" not in page


def test_wrong_codes_are_counted_and_slowed_down(sign_in, aino):
    client = sign_in(aino)
    texts = [client.send("/account/confirm", **{"fresh-code": "000000"}).text for _ in range(8)]
    assert "Too many wrong tries" in texts[-1]


def test_without_anything_typed_nothing_is_confirmed(sign_in, aino):
    client = sign_in(aino)
    assert client.send("/account/confirm").status_code == 422
    assert client.get("/account/email").status_code == 303


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil", "x"])
def test_confirming_never_leads_off_the_site(sign_in, aino, target):
    client = sign_in(aino)
    done = client.send("/account/confirm", **{"fresh-code": code_at(), "fresh-to": target})
    assert done.location == "/today"


def test_a_form_is_sent_on_only_to_what_asked_for_the_proof(sign_in, aino):
    client = sign_in(aino)
    sent = {"fresh-code": code_at(), "fresh-to": "/sign-out", "more": "x"}
    assert client.send("/account/confirm", **sent).status_code == 303


def test_a_participant_confirms_by_a_code_to_her_own_address(sign_in, world, context, clock):
    client = sign_in(world.pia)
    grow_stale(world.pia)
    page = client.get("/account/confirm?next=/account").text
    assert "fresh-message_code" not in page and "fresh-password" not in page
    assert client.send("/account/confirm/code", **{"fresh-to": "/account"}).status_code == 303
    with unit_of_work(EVERYTHING, read_only=True):
        letter = db.session.scalars(select(Message).order_by(Message.created_at.desc())).first()
    code = re.search(r"\b\d{6}\b", letter.body)[0]
    assert client.send("/account/confirm", **{"fresh-message_code": "000000"}).status_code == 422
    sent = {"fresh-message_code": code, "fresh-to": "/account"}
    assert client.send("/account/confirm", **sent).location == "/account"
    assert client.send("/account/confirm", **sent).status_code == 422


def test_somebody_elses_code_confirms_nothing(sign_in, world, context):
    grow_stale(world.pia)
    one, other = sign_in(world.pia), sign_in(world.otto)
    one.send("/account/confirm/code")
    with unit_of_work(EVERYTHING, read_only=True):
        letter = db.session.scalars(select(Message)).one()
    code = re.search(r"\b\d{6}\b", letter.body)[0]
    with one.session_transaction() as cookie:
        asked = cookie["confirm_asked"]
    with other.session_transaction() as cookie:
        cookie["confirm_asked"] = asked
    assert other.send("/account/confirm", **{"fresh-message_code": code}).status_code == 422


# what was lost, and what is changed


def _link(kind: str) -> str:
    with unit_of_work(EVERYTHING, read_only=True):
        found = [m for m in db.session.scalars(select(Message)) if m.kind == kind]
    return re.search(r"http://localhost(/\S+)", found[-1].body)[1]


def _count(kind: str) -> int:
    with unit_of_work(EVERYTHING, read_only=True):
        return len([m for m in db.session.scalars(select(Message)) if m.kind == kind])


NEW = "lokit lentävät sataman yli"


def test_a_forgotten_password_is_made_anew_by_a_link_that_a_scanner_does_not_spend(
    sign_in, world, aino
):
    sign_in(None).send("/forgotten-password", email="AINO@example.org ")
    link, client = _link("accounts.new_password"), sign_in(None)
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert client.send(link, password="lyhyt").status_code == 422
    assert client.send(link, password=NEW).location == "/sign-in/staff"
    assert client.get(link).status_code == 404
    assert client.with_token().send(link, password=NEW + " x").status_code == 422
    assert sign_in(aino).get("/today").status_code == 303  # every sign-in has ended
    again = sign_in(None)
    answer = again.send("/sign-in/staff", email="aino@example.org", password=NEW)
    assert answer.location == "/sign-in/second-step"  # the app is still asked for
    old = sign_in(None).send("/sign-in/staff", email="aino@example.org", password=PASSWORD)
    assert old.status_code == 422
    assert _count("accounts.password_changed") == 1


def test_a_link_grows_old(sign_in, aino, clock):
    sign_in(None).send("/forgotten-password", email="aino@example.org")
    link = _link("accounts.new_password")
    clock.shift(3601)
    assert sign_in(None).get(link).status_code == 404
    assert sign_in(None).send(link, password=NEW).status_code == 422


def test_a_link_opens_nothing_while_the_clock_is_set_back(sign_in, aino, clock):
    sign_in(None).send("/forgotten-password", email="aino@example.org")
    link = _link("accounts.new_password")
    clock.shift(50 * 60)
    assert sign_in(None).get(link).status_code == 200
    clock.shift(-3600)
    assert sign_in(None).get(link).status_code == 404
    assert sign_in(None).send(link, password=NEW).status_code == 422


def test_a_mailbox_is_not_filled_with_links(sign_in, aino):
    for _ in range(8):
        sign_in(None).send("/forgotten-password", email="aino@example.org")
    assert _count("accounts.new_password") == 3


@pytest.mark.parametrize(
    ("asked", "typed", "kind"),
    [
        ("/forgotten-password", "email", "accounts.new_password"),
        ("/sign-in", "address", "accounts.sign_in_code"),
    ],
)
def test_a_link_has_the_configured_address_whatever_the_browser_says(
    sign_in, aino, world, asked, typed, kind
):
    client = sign_in(None)
    email = (aino if typed == "email" else world.pia).email
    client.set_cookie("jobsearch", client.get_cookie("jobsearch").value, domain="evil.example")
    named = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    sent = {**dict(client.token()), typed: email}
    answer = client.post(asked, data=sent, headers=named)
    assert answer.request.host == "evil.example"
    assert answer.status_code == 303 and answer.location.startswith("/")
    with unit_of_work(EVERYTHING, read_only=True):
        (message,) = [m for m in db.session.scalars(select(Message)) if m.kind == kind]
    assert "http://localhost/" in message.body and "evil" not in message.body


def test_the_password_is_changed_with_the_old_one_and_ends_every_other_sign_in(
    sign_in, world, aino
):
    client, other = sign_in(aino), sign_in(None)
    other.send("/sign-in/staff", email="aino@example.org", password=PASSWORD)
    other.send("/sign-in/second-step", code=code_at())
    assert other.get("/today").status_code == 200
    wrong = client.send("/account/password", old="x" * 16, password=NEW)
    short = client.send("/account/password", old=PASSWORD, password="Aino Aalto 1985")
    assert wrong.status_code == short.status_code == 422
    assert client.get("/today").status_code == 200
    assert client.send("/account/password", old=PASSWORD, password=NEW).location == "/account"
    assert client.get("/today").status_code == 200
    assert other.get("/today").status_code == 303
    assert sign_in(aino).get("/today").status_code == 303  # the secret of before
    assert _count("accounts.password_changed") == 1


def test_the_provider_and_its_programmes_are_no_password(sign_in, aino):
    client = sign_in(aino)
    for word in ("Provider A 2026 Pori", "Programme autumn-2026"):
        answer = client.send("/account/password", old=PASSWORD, password=word)
        assert answer.status_code == 422, word
        assert "names that others here know" in answer.text, word


def test_a_new_address_holds_only_after_its_link_was_used(sign_in, world, context):
    give_password(world.aino)
    give_app(world.aino)
    client = sign_in(world.aino)
    assert client.send("/account/email", email="Uusi@Example.org").status_code == 303
    link = _link("accounts.new_email")
    old = sign_in(None).send("/sign-in/staff", email="uusi@example.org", password=PASSWORD)
    assert old.status_code == 422
    assert client.get(link).status_code == 200
    assert sign_in(None).send(link).location == "/sign-in/staff"
    assert sign_in(world.aino).get("/today").status_code == 303
    answer = sign_in(None).send("/sign-in/staff", email="uusi@example.org", password=PASSWORD)
    assert answer.location == "/sign-in/second-step"
    with unit_of_work(EVERYTHING, read_only=True):
        told = [
            m.address
            for m in db.session.scalars(select(Message))
            if m.kind == "accounts.email_changed"
        ]
    assert sorted(told) == ["aino@example.org", "uusi@example.org"]
    assert sign_in(None).send(link).status_code == 422


def test_an_address_that_another_has_is_asked_for_alike_and_never_taken(sign_in, world, context):
    give_app(world.aino)
    client = sign_in(world.aino)
    assert client.send("/account/email", email="stig@example.org").status_code == 303
    assert sign_in(None).send(_link("accounts.new_email")).status_code == 422


def test_whoever_lost_everything_starts_again_by_herself(sign_in, world, aino):
    with unit_of_work(EVERYTHING, world.sam.actor):
        assert start_again(aino.account_id) is None  # nobody else learns the link
    assert sign_in(aino).get("/today").status_code == 303
    old = sign_in(None).send("/sign-in/staff", email="aino@example.org", password=PASSWORD)
    assert old.status_code == 422
    link, client = _link("accounts.start_again"), sign_in(None)
    assert client.send(link, password=NEW).status_code == 303
    client.with_token().send("/sign-in/staff", email="aino@example.org", password=NEW)
    assert client.get("/today").location == "/account/set-up"


def test_a_first_link_of_before_opens_nothing_after_starting_again(sign_in, world, aino):
    sign_in(None).send("/forgotten-password", email="aino@example.org")
    link = _link("accounts.new_password")
    with unit_of_work(EVERYTHING):
        start_again(aino.account_id)
    assert sign_in(None).get(link).status_code == 404


def test_a_link_of_one_purpose_is_none_of_another(sign_in, world, context):
    give_password(world.aino)
    give_app(world.aino)
    sign_in(world.aino).send("/account/email", email="uusi@example.org")
    secret = _link("accounts.new_email").rsplit("/", 1)[1]
    assert sign_in(None).send(f"/new-password/{secret}", password=NEW).status_code == 422
