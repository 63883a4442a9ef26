"""What the browser keeps: sent when it changes, worthless when it was tampered with or is old."""

from datetime import timedelta

from jobsearch.accounts.models import SignIn
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.world import NOW


def _cookie(client) -> str:
    return client.get_cookie("jobsearch").value


def test_the_cookie_is_sent_only_when_it_changes(sign_in, world) -> None:
    client = sign_in(world.stig)
    assert "Set-Cookie" not in client.get("/today").headers
    assert "Set-Cookie" not in client.get("/today").headers


def test_a_cookie_with_another_letter_opens_nothing(sign_in, world) -> None:
    client = sign_in(world.stig)
    assert client.get("/today").status_code == 200
    good = _cookie(client)
    client.set_cookie("jobsearch", good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1])
    assert client.get("/today").status_code == 303
    client.set_cookie("jobsearch", good)
    assert client.get("/today").status_code == 200


def test_a_known_cookie_is_too_old_after_thirty_days(sign_in, world, context, clock) -> None:
    client = sign_in(world.pia)
    assert client.get("/today").status_code == 200
    clock.shift(timedelta(days=30, minutes=1))
    with unit_of_work(whole_installation("test")):
        db.session.query(SignIn).update({"started_at": now(), "last_seen_at": now()})
    assert client.get("/today").status_code == 303
    assert now() > NOW


def test_a_message_for_the_next_page_is_shown_once(sign_in, world) -> None:
    client = sign_in(world.pia)
    with client.session_transaction() as kept:
        kept["_flashes"] = [("ok", "A sentence.")]
    assert "A sentence." in client.get("/account").text
    assert "A sentence." not in client.get("/account").text
