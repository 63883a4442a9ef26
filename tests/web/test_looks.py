"""The inventory of looks: every page that shows somebody's things notes it, or says why not.

A page about one person notes exactly one look of its reader; a list or a file of many notes one for
everyone whom it holds. What is not noted stands in UNNOTED with its reason, and a page for
participants says so in words (templates/seen_by/list_looks.html).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from jobsearch.audit.models import AccessEntry
from jobsearch.core.access import may
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.looks import kind_of
from jobsearch.core.scope import whole_installation
from tests.addresses import filled
from tests.furnished import CANARY, Furnished, furnish
from tests.pages import client_of
from tests.world import World

READERS = ("aino", "stig", "paula", "mia", "hilla")
# gaps of addresses that name something of one person
HERS = {
    *("action_id", "alert_id", "analysis_id", "award_id", "booking_id", "call_id", "candidate_id"),
    *("card_id", "certificate_id", "client_id", "contract_id", "conversation_id", "correction_id"),
    *(
        "data_request_id",
        "decision_id",
        "document_id",
        "employment_id",
        "enrolment_id",
        "failure_id",
        "interview_id",
    ),
    *("data_request_id", "introduction_id"),
    *("lead_id", "notice_id", "payslip_id", "person_id", "question_id", "referral_id"),
    *("release_id", "request_id", "slot_id", "step_id", "version_id"),
}
_NAMES = "a list of names and of how far each has come"
_GROUP = "what the group itself sees on its board and its page, by name"
_COUNTS = "counts of people with small numbers hidden; a programme's name is on it"
_SETTING = "a text or a figure of the provider's own; nothing of a person is on it"
UNNOTED = {
    "analyses.list_analyses": _NAMES,
    "analyses.inbox": _NAMES,
    "analyses.news_for_coach": "says which section another has saved, and no word of it",
    "attendance.list_hours": _NAMES,
    "clients.list_clients": _NAMES,
    "cohorts.show_cohort": _NAMES,
    "conversations.list_conversations": _NAMES,
    "costs.download_ledger": _SETTING,
    "costs.show_ledger": _SETTING,
    "desk.today": "the morning's page: names and what waits; it may ask and write nothing more",
    "documents.show_group": _NAMES,
    "frozen.compare_report": _COUNTS,
    "frozen.download_pdf": _COUNTS,
    "frozen.download_text": _COUNTS,
    "hiring.show_group": _NAMES,
    "introductions.list_requests": _NAMES,
    "message_texts.edit_text": _SETTING,
    "message_texts.show_version": _SETTING,
    "outcomes.list_outcomes": _NAMES,
    "erasures.show_erasure": "how many rows of each kind go, and no word of them; only the manager",
    "payroll_bonus.new_bonus": "names to choose from",
    "payroll_register.edit_settings": _SETTING,
    "people.list_people": _NAMES,
    "rates_own.correct_rate": _SETTING,
    "rates_own.list_own_rates": _SETTING,
    "recruitment.list_candidates": _NAMES,
    "recruitment_following.list_introductions": _NAMES,
    "recruitment_selection.show_board": _NAMES,
    "reports.show_activity": _NAMES,
    "sparring.list_times": _NAMES,
    "standup.poll_board": _GROUP,
    "standup.show_cohort_board": _GROUP,
    "standup_words.list_debriefs": _GROUP,
    "tracker_funnel.show_group": _NAMES,
    "tracker_goals.show_group": _GROUP,
    "tracker_helping.show_cohort": _GROUP,
}
# what the furnished world cannot show to anybody of staff, and where it is tested instead
UNREACHED = {"hiring.download_record": "of signed contracts: tests/web/test_hiring_pages.py"}


@dataclass(frozen=True)
class Visit:
    """One page opened by one reader: what was answered, whether it told of Pia, what was noted."""

    rule: Rule
    name: str
    status: int
    tells: bool
    looks: tuple[tuple[str, str, bool], ...]

    def __str__(self) -> str:
        return f"{self.name} at {self.rule.rule} ({self.rule.endpoint}): {self.status} {self.looks}"


@pytest.fixture
def furnished(world: World, context: None) -> Furnished:
    return furnish(world)


def _visits(app: Flask, world: World, furnished: Furnished) -> Iterator[Visit]:
    last = 0
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        gate = None if rule.endpoint == "static" else app.view_functions[rule.endpoint].gate
        if gate is None or "GET" not in (rule.methods or ()):
            continue
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **filled(rule.arguments, furnished))
        for name in READERS:
            member = getattr(world, name)
            if not may(member.actor, gate):
                continue
            answer = client_of(app, member).get(address)
            if answer.status_code == 303:  # a part of a page is only for who asks for a part
                since = {"since": "2026-11-23T08:00:00+00:00"}
                part = {"headers": {"HX-Request": "true"}, "query_string": since}
                answer = client_of(app, member).get(address, **part)
            looks, last = _looks_after(last)
            body = answer.get_data().decode("utf-8", "ignore") if answer.status_code == 200 else ""
            yield Visit(rule, name, answer.status_code, _tells(body), looks)


def _tells(body: str) -> bool:
    shown = body.partition("</header>")[2] or body
    return any(word in shown for word in ("Pia", CANARY, "150591-902A"))


def _looks_after(last: int) -> tuple[tuple[tuple[str, str, bool], ...], int]:
    columns = (AccessEntry.id, AccessEntry.person_id, AccessEntry.what, AccessEntry.refused)
    with unit_of_work(whole_installation("test")):
        statement = select(*columns).where(AccessEntry.id > last).order_by(AccessEntry.id)
        rows = db.session.execute(statement).all()
    looks = tuple((row.person_id, row.what, row.refused) for row in rows)
    return looks, rows[-1].id if rows else last


@pytest.mark.timeout(300)
def test_whoever_reads_something_of_hers_is_written_down_or_it_stands_in_the_list(
    app: Flask, world: World, furnished: Furnished
) -> None:
    wrong, quiet, reached, hers = [], set(), set(), set()
    for visit in _visits(app, world, furnished):
        endpoint, pia = visit.rule.endpoint, world.pia.person_id
        is_hers = bool(visit.rule.arguments & HERS)
        noted = [look for look in visit.looks if look[0] == pia]
        if is_hers:
            hers.add(endpoint)
        if len(visit.looks) != len({look[0] for look in visit.looks}):
            wrong.append(f"{visit}: somebody is noted twice")
        if any(kind_of(what) is None for _person, what, _refused in visit.looks):
            wrong.append(f"{visit}: a kind that is not in the table")
        if any(refused is not (visit.status == 404) for _person, _what, refused in visit.looks):
            wrong.append(f"{visit}: refused is not what was answered")
        if visit.status != 200:
            continue
        reached.add(endpoint)
        if not noted and (visit.tells or is_hers):
            quiet.add(endpoint)
            if endpoint not in UNNOTED:
                wrong.append(f"{visit}: nobody learns of it")
        if is_hers and len(visit.looks) > 1:
            wrong.append(f"{visit}: a page about one person notes one look")
    assert not wrong, "\n".join(wrong)
    assert set(UNNOTED) == quiet, "the list is as long as it must be"
    assert hers - reached == set(UNREACHED)


def test_a_page_that_was_not_shown_is_kept_as_refused(
    app: Flask, world: World, furnished: Furnished
) -> None:
    address = f"/payslips/{furnished.keys['payslip_id']}"
    assert client_of(app, world.stig).get(address).status_code == 403
    assert client_of(app, world.sam).get(address).status_code == 404
    looks, _last = _looks_after(0)
    assert looks == ((world.pia.person_id, "payslip", True),) * 2
