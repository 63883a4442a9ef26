"""An operator sees nobody's data; behind broken glass she looks, for an hour, and it is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobsearch.audit.models import AccessEntry
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.people.models import Person
from jobsearch.privacy.breakglass.models import BreakGlass, GlassPage
from tests.addresses import pages_of
from tests.factors import give_app, give_password, grow_stale
from tests.furnished import CANARY, furnish
from tests.glazed import REASON, glass_of
from tests.world import NOW

EVERYTHING = whole_installation("test")
CANARIES = (CANARY, "Pihlaja", "150591-902A", "FI2112345600000785", "+358400000201")


@pytest.fixture
def glass(context, world):
    """Olga looks at provider A from now on."""
    with unit_of_work(EVERYTHING):
        return glass_of(world).id


@pytest.fixture
def form(world):
    return {"provider": world.a.organisation_id, "kind": "incident", "reason": REASON}


def _all(*what):
    with unit_of_work(EVERYTHING, read_only=True):
        return db.session.execute(select(*what)).all()


def _person(world) -> str:
    return f"/people/{world.pia.person_id}"


def _tells(answer) -> bool:
    body = answer.get_data(as_text=True)
    return any(word in body for word in CANARIES)


def test_no_page_that_an_operator_can_open_tells_of_anybody(app, sign_in, world, context):
    furnished = furnish(world)
    telling = [
        address
        for address in pages_of(app, world.olga.actor, furnished)
        if _tells(sign_in(world.olga).get(address))
    ]
    assert telling == []


def test_with_a_reason_she_sees_what_a_manager_sees(sign_in, world, context, form):
    client = sign_in(world.olga)
    assert client.get(_person(world)).status_code == 403
    answer = client.send("/break-glass", **form)
    assert answer.status_code == 303
    page = client.get(_person(world))
    assert page.status_code == 200
    assert "Pihlaja" in page.text
    assert "60 minuuttia" in page.text or "60 minutes" in page.text
    assert _all(BreakGlass.ends_at) == [(NOW + timedelta(minutes=60),)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "Too short."},
        {"reason": "x" * 40},
        {"reason": "Long " * 200},
        {"kind": ""},
        {"kind": "curiosity"},
        {"provider": ""},
        {"provider": "a" * 20},
    ],
)
def test_without_a_good_reason_nothing_is_opened(sign_in, world, context, form, wrong):
    client = sign_in(world.olga)
    answer = client.send("/break-glass", **form | wrong)
    assert answer.status_code == 422
    assert _all(BreakGlass.id) == []
    assert client.get(_person(world)).status_code == 403


def test_a_municipality_is_no_provider(sign_in, world, context, form):
    answer = sign_in(world.olga).send("/break-glass", **form | {"provider": world.municipality_id})
    assert answer.status_code == 422


def test_it_asks_for_the_second_factor_again(sign_in, world, context, form):
    give_password(world.olga)
    give_app(world.olga)
    grow_stale(world.olga)
    assert sign_in(world.olga).send("/break-glass", **form).status_code == 401
    assert _all(BreakGlass.id) == []


@pytest.mark.parametrize("name", ["aino", "stig", "paula", "pia", "mia", "hilla"])
def test_nobody_but_an_operator_breaks_the_glass(sign_in, world, context, form, name):
    assert sign_in(getattr(world, name)).send("/break-glass", **form).status_code == 403


def test_it_ends_at_its_minute(sign_in, world, glass, clock):
    client = sign_in(world.olga)
    for minutes in (20, 40):  # a sign-in that rests for half an hour is over
        clock.move_to(NOW + timedelta(minutes=minutes))
        assert client.get(_person(world)).status_code == 200
    clock.move_to(NOW + timedelta(minutes=60) - timedelta(seconds=1))
    assert client.get(_person(world)).status_code == 200
    clock.move_to(NOW + timedelta(minutes=60))
    answer = client.get(_person(world))
    assert answer.status_code == 403
    assert not _tells(answer)


def test_a_new_one_needs_a_new_reason_and_the_old_one_is_never_made_longer(
    sign_in, world, glass, clock, form
):
    client = sign_in(world.olga)
    assert client.send("/break-glass", **form).status_code == 403  # she only looks
    [(ends_at,)] = _all(BreakGlass.ends_at)
    assert ends_at == NOW + timedelta(minutes=60)
    clock.move_to(NOW + timedelta(minutes=29))
    client.get(_person(world))
    clock.move_to(NOW + timedelta(minutes=58))
    client.get(_person(world))
    clock.move_to(NOW + timedelta(minutes=61))
    grow_fresh = _all(BreakGlass.ended_at)
    assert grow_fresh == [(None,)]
    with unit_of_work(EVERYTHING):
        from jobsearch.accounts.models import SignIn

        db.session.get(SignIn, world.olga.actor.sign_in_id).proven_at = now()
    assert client.send("/break-glass", **form).status_code == 303
    assert sorted(ended is None for (ended,) in _all(BreakGlass.ended_at)) == [False, True]


def test_she_looks_at_one_provider_at_a_time(sign_in, world, context, form):
    with unit_of_work(EVERYTHING):  # in another sign-in of hers
        glass_of(world).sign_in_id = "a" * 20
    client = sign_in(world.olga)
    assert client.get(_person(world)).status_code == 403
    answer = client.send("/break-glass", **form | {"provider": world.b.organisation_id})
    assert answer.status_code == 422
    assert len(_all(BreakGlass.id)) == 1


def test_another_providers_rows_stay_closed(sign_in, world, glass):
    client = sign_in(world.olga)
    answer = client.get(f"/people/{world.bo.person_id}")
    assert answer.status_code == 404
    assert "Berg" not in answer.text


def test_nothing_can_be_changed(app, sign_in, world, glass):
    client, changed = sign_in(world.olga), []
    furnished = None
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        view = app.view_functions[rule.endpoint]
        if getattr(view, "while_looking", False) or hasattr(view, "link_purpose"):
            continue
        if furnished is None:
            from tests.addresses import WORDS

            furnished = WORDS
        with app.test_request_context():
            gaps = {name: furnished.get(name, "a" * 20) for name in rule.arguments}
            gaps |= {name: 1 for name, kind in rule._converters.items() if "Integer" in str(kind)}
            address = app.url_for(rule.endpoint, **gaps)
        answer = client.send(address)
        if answer.status_code not in (403, 404):
            changed.append(f"{rule.rule}: {answer.status_code}")
    assert changed == []
    assert client.send("/language", language="sv").status_code == 403
    with unit_of_work(EVERYTHING, read_only=True):
        assert db.session.get(Person, world.pia.person_id).given_name == "Pia"


def test_what_may_be_sent_while_looking_is_these_alone(app, sign_in, world, glass):
    may_send = {n for n, v in app.view_functions.items() if getattr(v, "while_looking", False)}
    assert may_send == {"accounts.sign_out", "breakglass.end", "people.find_people"}
    client = sign_in(world.olga)
    answer = client.send("/people", q="pihlaja")
    assert answer.status_code == 303
    shown = client.get(answer.location).text
    assert "Pihlaja" in shown and "Oksanen" not in shown


def test_she_may_end_it_and_sign_out(sign_in, world, glass):
    client = sign_in(world.olga)
    assert client.send(f"/break-glass/{glass}/end").status_code == 303
    assert client.get(_person(world)).status_code == 403
    assert client.get(f"/break-glass/{glass}").status_code == 200
    with unit_of_work(EVERYTHING):
        db.session.get(BreakGlass, glass)
    assert client.send("/sign-out").status_code == 303


def test_a_manager_ends_it_and_the_next_request_is_refused(sign_in, world, glass):
    looking = sign_in(world.olga)
    assert looking.get(_person(world)).status_code == 200
    assert sign_in(world.aino).send(f"/break-glass/{glass}/end").status_code == 303
    answer = looking.get(_person(world))
    assert answer.status_code == 403
    assert not _tells(answer)
    [(ended_by,)] = _all(BreakGlass.ended_by_id)
    assert ended_by == world.aino.account_id


@pytest.mark.parametrize("name", ["sam", "stig", "pia"])
def test_nobody_else_ends_it_or_reads_of_it(sign_in, world, glass, name):
    client = sign_in(getattr(world, name))
    assert client.send(f"/break-glass/{glass}/end").status_code in (403, 404)
    assert client.get(f"/break-glass/{glass}").status_code in (403, 404)
    assert _all(BreakGlass.ended_at) == [(None,)]


def test_it_opens_nothing_in_another_sign_in_of_hers(sign_in, world, context):
    with unit_of_work(EVERYTHING):
        glass_of(world).sign_in_id = "b" * 20
    assert sign_in(world.olga).get(_person(world)).status_code == 403


def test_a_row_of_somebody_who_is_no_operator_opens_nothing(sign_in, world, context):
    with unit_of_work(EVERYTHING):
        glass_of(world, operator=world.cora)
    assert sign_in(world.cora).get(_person(world)).status_code == 404


def test_every_manager_is_told_once_and_at_once(sign_in, world, context, form):
    sign_in(world.olga).send("/break-glass", **form)
    told = _all(Message.subject_id, Message.body, Message.send_after)
    assert [one.subject_id for one in told] == [world.aino.account_id]
    assert "Olga Ovaska" in told[0].body
    assert REASON not in told[0].body
    assert told[0].send_after is None


def test_a_double_click_breaks_it_once(sign_in, world, context, form):
    client = sign_in(world.olga)
    sent = {**dict(client.token()), **form}
    answers = [client.post("/break-glass", data=sent).status_code for _ in range(2)]
    assert answers[0] == 303
    assert answers[1] in (303, 403)
    assert len(_all(BreakGlass.id)) == 1
    assert len(_all(Message.id)) == 1


def test_every_request_is_written_down_and_every_look_says_so(sign_in, world, glass):
    client = sign_in(world.olga)
    client.get(_person(world))
    client.get("/people")
    client.get(f"/people/{world.bo.person_id}")
    client.send(f"{_person(world)}/edit", given_name="X")
    opened = _all(GlassPage.method, GlassPage.path, GlassPage.status)
    assert [tuple(one) for one in opened] == [
        ("GET", _person(world), 200),
        ("GET", "/people", 200),
        ("GET", f"/people/{world.bo.person_id}", 404),
        ("POST", f"{_person(world)}/edit", 403),
    ]
    looks = _all(AccessEntry.person_id, AccessEntry.role, AccessEntry.what, AccessEntry.refused)
    assert all(one.what.endswith(":break-glass") for one in looks)
    assert all(one.role == "operator" for one in looks)
    assert (world.pia.person_id, False) in [(one.person_id, one.refused) for one in looks]
    assert (world.bo.person_id, True) in [(one.person_id, one.refused) for one in looks]


def test_the_manager_reads_who_looked_why_and_at_what(sign_in, world, glass):
    sign_in(world.olga).get(_person(world))
    client = sign_in(world.aino)
    page = client.get(f"/break-glass/{glass}").text
    assert REASON in page
    assert _person(world) in page
    for address in ("/audit", "/privacy"):
        shown = client.get(address).text
        assert "Olga Ovaska" in shown, address
        assert REASON in shown, address
    assert "Olga" in sign_in(world.pia).get("/seen-by").text


def test_the_banner_says_how_long_it_goes_on(sign_in, world, glass, clock):
    clock.move_to(NOW + timedelta(minutes=20, seconds=30))
    page = sign_in(world.olga).get("/people").text
    assert 'class="glass"' in page
    assert "40" in page.partition('class="glass"')[2].partition("</div>")[0]
    assert 'class="glass"' not in sign_in(world.aino).get("/people").text


def test_behind_broken_glass_the_pages_open_and_the_menu_leads_nowhere_else(
    app, sign_in, world, context
):
    furnished = furnish(world)
    with unit_of_work(EVERYTHING):
        glass_of(world)
    client = sign_in(world.olga)
    from lxml import html

    for address in html.document_fromstring(client.get("/people").text).xpath(
        "//nav[@id='nav']//li/a/@href"
    ):
        assert client.get(address).status_code in (200, 303), address
    assert client.get(f"/payslips/{furnished.keys['payslip_id']}").status_code == 200
    assert client.get("/audit/looks").status_code == 403
    assert client.get("/settings").status_code == 403
