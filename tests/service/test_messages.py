"""Messages are written once, in the recipient's language, by the way that reaches her."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import Scope
from jobsearch.core.text import Word
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.queries import address_index
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.delivery.service import Tried, forget_subject, settle, try_again
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.models import DeclinedKind, MessageChoice
from jobsearch.notices.preferences.rules import Choices, Quiet
from jobsearch.notices.preferences.service import forget_choices, save_choices
from jobsearch.notices.rules import Channel, TextKind, Written
from jobsearch.notices.service import send
from jobsearch.notices.texts.models import OwnWording
from jobsearch.notices.texts.service import save_wording, use_default
from jobsearch.people.rules import Details
from jobsearch.people.service import edit_person
from tests.outbox import KINDS, LINK, NEWS, TIP, messages, pia, system

pytestmark = pytest.mark.usefixtures("context")
OWN = Written("Uutisia, {name}", "Hei {name}, lue: {link}", "Lue: {link}")


def _send(world, kind=NEWS, to=None, gaps=None, **values):
    with system():
        organisation = world.a.organisation_id
        return send(kind, to or pia(world), gaps or LINK, organisation_id=organisation, **values)


# --- writing ----------------------------------------------------------------------------------


def test_a_message_is_written_with_the_change_or_not_at_all(world):
    def fail() -> None:
        with system():
            send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert messages() == []


def test_a_key_of_its_own_lets_a_message_be_written_one_time_only(world):
    first = _send(world, once="reminder:x:2d")
    assert first
    assert _send(world, once="reminder:x:2d") is None
    assert _send(world, once="reminder:x:0d")
    assert len(messages()) == 2


def test_of_eight_at_once_one_writes_the_message_and_nobody_fails(app, world):
    made, failed = [], []

    def write() -> None:
        with app.app_context():
            try:
                made.append(_send(world, once="reminder:x:2d"))
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
                failed.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len([key for key in made if key]) == 1
    assert len(messages()) == 1


def test_days_times_and_marked_words_are_said_in_the_recipients_language(world):
    kind = TextKind("test.when", subject="A", body="%(day)s %(group)s", sms="%(day)s")
    gaps = {"day": date(2026, 11, 24), "group": Word("Coach")}
    for language in ("fi", "sv", "en"):
        _send(world, kind, pia(world, language=language), gaps)
    said = [
        message.body.split("\n")[0]
        for message in sorted(messages(), key=lambda m: m.language or "")
    ]
    assert said == [
        "Tuesday 24 November 2026 Coach",
        "tiistai 24.11.2026 Valmentaja",
        "tisdag 24.11.2026 Coach",
    ]


def test_a_gap_without_a_value_is_told_to_the_programmer(world):
    with pytest.raises(KeyError, match="link"):
        _send(world, gaps={"day": "x"})


def test_a_language_that_the_house_does_not_speak_becomes_finnish(world):
    _send(world, to=pia(world, language="xx"))
    assert messages()[0].language == "fi"


def test_whoever_has_neither_address_nor_number_is_written_down_as_not_reached(world):
    _send(world, to=pia(world, email=None, phone=None))
    (message,) = messages()
    assert (message.state, message.trouble) == (MessageState.FAILED, Trouble.NO_ADDRESS)


def test_addresses_and_words_are_unreadable_in_the_database(world):
    _send(world)
    with system() as session:
        row = session.connection().execute(sa.text("SELECT address, body FROM message")).one()
    assert b"pia@" not in bytes(row[0])
    assert b"Hello" not in bytes(row[1])


# --- choices ----------------------------------------------------------------------------------


def test_a_need_cannot_be_declined_and_a_choice_is_hers_everywhere(world):
    with system(), pytest.raises(RuleBroken):
        save_choices(world.pia.person_id, Choices(declined=frozenset({NEWS.key})), KINDS)
    with system():
        save_choices(world.pia.person_id, Choices(channel=Channel.SMS), KINDS)
    with system():
        send(NEWS, pia(world), LINK, organisation_id=world.b.organisation_id)
    assert messages()[0].channel is Channel.SMS


def test_choices_and_messages_are_erased_with_the_person(world):
    _send(world, TIP)
    with system():
        chosen = Choices(quiet=Quiet(0, 0), declined=frozenset({TIP.key}))
        save_choices(world.pia.person_id, chosen, KINDS)
    with system():
        forget_choices(world.pia.person_id)
        forget_subject(world.pia.person_id)
    with system():
        for table in (Message, MessageChoice, DeclinedKind, FailedAddress):
            assert db.session.query(table).count() == 0


# --- own wordings -----------------------------------------------------------------------------


def _save(as_, world, words=OWN, seen="", language="fi"):
    with as_(world.aino):
        save_wording(world.aino.actor, NEWS, language, words, seen)
        found = db.session.query(OwnWording).filter_by(ended_at=None).all()
        return found[0].id if found else ""


def test_the_organisations_own_words_are_used_in_its_own_messages_alone(as_, world):
    _save(as_, world)
    _send(world, to=pia(world, language="fi"))
    _send(world, to=pia(world, language="en"))
    with system():
        finnish = pia(world, language="fi")
        send(NEWS, finnish, LINK, organisation_id=world.b.organisation_id)
    bodies = {(m.organisation_id, m.language): m.body.split("\n\n")[0] for m in messages()}
    own = "Hei Pia, lue: https://jobs.example.org/x"
    assert bodies[world.a.organisation_id, "fi"] == own
    assert bodies[world.a.organisation_id, "en"] != own
    assert bodies[world.b.organisation_id, "fi"] != own


def test_every_version_stays_and_one_is_in_use(as_, world):
    first = _save(as_, world)
    second = _save(as_, world, Written("B", "{link}", "{link}"), first)
    assert first != second
    with as_(world.aino):
        use_default(world.aino.actor, NEWS, "fi", second)
    with as_(world.aino):
        rows = db.session.query(OwnWording).all()
        assert len(rows) == 2
        assert all(row.ended_at for row in rows)
        assert {row.written_by for row in rows} == {"Aino Aalto"}


def test_the_same_words_again_and_the_default_words_make_no_version(as_, world):
    first = _save(as_, world)
    assert _save(as_, world, OWN, first) == first
    house = Written("News for {name}", "Hello {name}.\n\nLook here: {link}", "Look here: {link}")
    assert _save(as_, world, house, first) == ""


def test_who_edits_an_old_version_is_told_and_changes_nothing(as_, world):
    _save(as_, world)
    with pytest.raises(Conflict):
        _save(as_, world, Written("B", "{link}", "{link}"), "")


def test_two_who_save_at_once_make_one_version(app, as_, world):
    results = []

    def save(number: int) -> None:
        scope = Scope(world.aino.actor.organisation_ids, "test")
        with app.app_context():
            try:
                with unit_of_work(scope, world.aino.actor):
                    words = Written(f"B{number}", "{link}", "{link}")
                    save_wording(world.aino.actor, NEWS, "fi", words, "")
                results.append("kept")
            except Conflict:
                results.append("told")

    threads = [threading.Thread(target=save, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["kept", "told", "told", "told"]


# --- addresses that fail ----------------------------------------------------------------------


def _refused(world):
    key = _send(world)
    with system():
        settle(key, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
        return db.session.query(FailedAddress).one().id


def test_the_next_message_takes_the_other_way_while_an_address_fails(world):
    _refused(world)
    key = _send(world)
    (second,) = (message for message in messages() if message.id == key)
    assert second.channel is Channel.SMS


def _details(**changes):
    return Details(given_name="Pia", family_name="Pihlaja", phone="+358400000201", **changes)


def test_a_corrected_address_is_forgiven_and_gets_what_the_old_one_refused(as_, world):
    _refused(world)
    with as_(world.aino):
        edit_person(world.pia.person_id, None, _details(email="right@example.org"))
    (message,) = messages()
    assert (message.state, message.address) == (MessageState.WAITING, "right@example.org")
    assert message.address_index == address_index("right@example.org")
    with system():
        assert db.session.query(FailedAddress).count() == 0


def test_a_change_of_something_else_forgives_nothing(as_, world):
    _refused(world)
    with as_(world.aino):
        edit_person(world.pia.person_id, None, _details(email="pia@example.org"))
    with system():
        assert db.session.query(FailedAddress).count() == 1


def test_trying_again_sends_what_is_still_in_time(as_, world, clock):
    failure = _refused(world)
    with as_(world.stig):
        try_again(failure)
    (message,) = messages()
    assert (message.state, message.tries, message.settled_at) == (MessageState.WAITING, 0, None)


def test_trying_again_sends_nothing_that_is_too_late(as_, world, clock):
    key = _send(world, expires_at=now() + timedelta(minutes=15))
    with system():
        settle(key, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
    clock.shift(3600)
    with as_(world.stig):
        try_again(db.session.query(FailedAddress).one().id)
    assert messages()[0].state is MessageState.REFUSED


def test_another_provider_knows_nothing_of_it(as_, world):
    failure = _refused(world)
    with pytest.raises(NotVisible), as_(world.sam):
        try_again(failure)


def test_a_try_that_outlived_its_lease_unsettles_nothing(world):
    key = _send(world)
    with system():
        settle(key, Tried(MessageState.SENT))
        settle(key, Tried(MessageState.WAITING, Trouble.TRY_LATER))
        settle(key, Tried(MessageState.REFUSED, Trouble.ADDRESS_REFUSED))
    assert messages()[0].state is MessageState.SENT
