"""Which menu each role has, and which line of it is the current one."""

from types import SimpleNamespace

import pytest
from flask import Flask

from jobsearch.core.access import Role
from jobsearch.web.navigation import MENUS, ROLE_NAMES, Page, menu, reachable

EVERY_PAGE = {
    page.endpoint for groups in MENUS.values() for _title, pages in groups for page in pages
}


def endpoints(role: Role, here: str | None = None, there: set[str] | None = None) -> list[str]:
    there = EVERY_PAGE if there is None else there
    return [entry.endpoint for group in menu(role, here, there) for entry in group.entries]


def current(role: Role, here: str | None) -> list[str]:
    groups = menu(role, here, EVERY_PAGE)
    return [entry.endpoint for group in groups for entry in group.entries if entry.current]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_menu_and_a_name(role):
    assert endpoints(role)
    assert ROLE_NAMES[role]


@pytest.mark.parametrize("role", list(Role))
def test_no_page_stands_twice_in_a_menu(role):
    found = endpoints(role)
    assert len(found) == len(set(found))


def test_a_coach_sees_no_pay_and_no_accounts():
    assert not [one for one in endpoints(Role.COACH) if one.startswith(("payroll_", "accounts."))]


def test_a_payroll_clerk_sees_no_analyses_and_no_job_search():
    found = endpoints(Role.PAYROLL_CLERK)
    assert not [one for one in found if one.startswith(("analyses.", "tracker.", "standup."))]


def test_the_operator_sees_nothing_about_participants():
    assert set(endpoints(Role.OPERATOR)) == {
        "desk.today", "members.list_organisations", "members.list_members",
        "jobs.list_jobs", "rates.list_rates", "notices.show_state",
        "trail.list_changes", "breakglass.ask",
    }  # fmt: skip


def test_a_municipal_coach_sees_only_her_inbox_her_clients_and_help():
    assert endpoints(Role.MUNICIPAL_COACH) == [
        "analyses.inbox",
        "clients.list_clients",
        "introductions.list_requests",
        "clients.show_help",
    ]


def test_a_participant_has_five_tabs_at_most_and_only_pages_of_her_own():
    found = endpoints(Role.PARTICIPANT)
    assert len(found) <= 5
    assert "payroll_pay.my_payslips" in found
    others = {one for one in found if ".list_" in one}
    assert others == {"conversations.list_conversations"}  # of her own coach


def test_a_page_that_is_not_there_has_no_entry_and_an_empty_group_no_heading():
    groups = menu(Role.COACH, None, {"desk.today", "cohorts.list_cohorts"})
    assert [group.title for group in groups] == [""]
    assert [entry.endpoint for entry in groups[0].entries] == ["desk.today", "cohorts.list_cohorts"]


@pytest.mark.parametrize(
    ("role", "here", "expected"),
    [
        (Role.MANAGER, "cohorts.list_cohorts", ["cohorts.list_cohorts"]),
        (Role.MANAGER, "cohorts.show_timetable", ["cohorts.list_cohorts"]),
        (Role.MANAGER, "payroll_pay.show_run", ["payroll_pay.list_runs"]),
        (Role.MANAGER, "payroll_bonus.show_award", ["payroll_pay.list_runs"]),
        (Role.MANAGER, "outcomes.list_outcomes", ["reports.list_programmes"]),
        (Role.PARTICIPANT, "tracker.show_action", ["tracker.log_action"]),
        (Role.PARTICIPANT, "desk.today", ["desk.today"]),
        (Role.PARTICIPANT, "desk.my_weeks", ["desk.my_weeks"]),
        (Role.MUNICIPAL_COACH, "desk.today", ["analyses.inbox"]),
        (Role.OPERATOR, "accounts.my_account", []),
        (Role.OPERATOR, "handover.show_member", ["members.list_members"]),
        (Role.COACH, None, []),
    ],
)
def test_the_entry_that_the_page_is_inside_of_is_the_current_one(role, here, expected):
    assert current(role, here) == expected


def test_a_whole_blueprint_ends_in_a_mark_so_that_no_other_begins_with_it():
    for groups in MENUS.values():
        for _title, pages in groups:
            for page in pages:
                assert isinstance(page, Page)
                assert all("." in part or part.endswith("_") for part in page.inside)


def test_a_menu_opens_only_addresses_that_need_nothing_filled_in():
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/groups", "cohorts.list_cohorts", lambda: "")
    app.add_url_rule("/groups/<cohort_id>", "cohorts.show", lambda cohort_id: cohort_id)
    app.add_url_rule("/board/<day>", "standup.show_board", lambda day: day)
    app.add_url_rule("/board", "standup.show_board", defaults={"day": "today"})
    app.add_url_rule("/out", "accounts.sign_out", lambda: "", methods=["POST"])
    assert reachable(app) == {"cohorts.list_cohorts", "standup.show_board"}


def test_the_outbox_is_no_page_of_a_real_installation():
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/outbox", "notices.outbox", lambda: "")
    for read_here, there in ((True, {"notices.outbox"}), (False, set())):
        app.config["JOBSEARCH"] = SimpleNamespace(reads_outbox=read_here)
        assert reachable(app) == there
