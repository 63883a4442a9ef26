"""The menu of each role, as a table; an entry shows when its page is in the application."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Flask

from jobsearch.core.access import Role
from jobsearch.core.text import mark as _


@dataclass(frozen=True, slots=True)
class Page:
    """One line of a menu: the endpoint it opens, its icon and words, and what is inside it.

    `inside` names further endpoints, or whole blueprints (`cohorts.`), on which it counts as the
    current one.
    """

    endpoint: str
    icon: str
    label: str
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as the page draws it."""

    endpoint: str
    icon: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; the first group has none."""

    title: str
    entries: tuple[Entry, ...]


TODAY = Page("desk.today", "layout-dashboard", _("Today"), ("desk.",))
STANDUP = Page("standup.show_board", "coffee", _("Stand-up"), ("standup.",))
COHORTS = Page(
    "cohorts.list_cohorts", "users", _("Groups"), ("cohorts.", "cohort_changes.", "closures.")
)
PEOPLE = Page("people.list_people", "user", _("People"), ("people.", "introductions."))
_SEARCH = ("tracker.", "tracker_", "strategies.", "documents.", "takeaway.", "alerts.")
ACTIONS = Page("tracker.list_actions", "list-checks", _("Job search"), _SEARCH)
ANALYSES = Page("analyses.list_analyses", "file-text", _("Analyses"), ("analyses.",))
CANDIDATES = Page(
    "recruitment.list_candidates", "user-plus", _("Recruitment"), ("recruitment.", "recruitment_")
)
HIRING = Page("hiring.list_groups", "clipboard-list", _("Before the start"), ("hiring.",))
CONVERSATIONS = Page(
    "conversations.list_conversations", "message-square", _("Messages"), ("conversations.",)
)
SPARRING = Page("sparring.list_times", "messages-square", _("Sparring"), ("sparring.",))
HOURS = Page("attendance.list_hours", "clock", _("Hours"), ("attendance.",))
PROGRAMMES = Page(
    "programmes.list_programmes",
    "goal",
    _("Programmes"),
    ("programmes.", "templates.", "template_days.", "intake."),
)
PAY_RUNS = Page(
    "payroll_pay.list_runs",
    "wallet",
    _("Pay runs"),
    (
        "payroll_pay.",
        "payroll_bank.",
        "payroll_books.",
        "payroll_months.",
        "payroll_others.",
        "payroll_certificates.",
        "payroll_bonus.",
        "payroll_bonus_rules.",
        "payroll_bonus_runs.",
        "payroll_distraint.",
        "payroll_corrections.",
        "payroll_dates.",
    ),
)
REGISTER = Page(
    "payroll_register.list_deliveries", "send", _("Incomes Register"), ("payroll_register.",)
)
RATES = Page("rates.list_rates", "euro", _("Rates"), ("rates.", "rates_"))
REPORTS = Page(
    "reports.list_programmes",
    "chart-column",
    _("Reports"),
    (
        *("reports.", "report_papers.", "reports_path.", "frozen.", "open_results."),
        *("outcomes.list_outcomes", "outcomes.list_before_start"),
        *("feedback.", "pulses.", "surveys."),
    ),
)
FOLLOW_UP = Page("outcomes.list_due", "phone", _("Follow-up"), ("outcomes.",))
_COSTS = ("costs.", "costs_", "comparators.", "what_if.")
COSTS = Page("costs.list_programmes", "banknote", _("Costs"), _COSTS)
MEMBERS = Page("members.list_members", "key-round", _("Staff and roles"), ("members.", "handover."))
ORGANISATIONS = Page(
    "members.list_organisations", "building-2", _("Organisations"), ("organisations.",)
)
SETTINGS = Page(
    "organisations.settings",
    "settings",
    _("Settings"),
    (
        *("organisations.", "first_steps.", "message_texts.", "providers.", "keeping."),
        *("tracker_settings.edit_settings", "tracker_settings.save_settings"),
    ),
)
PRIVACY = Page(
    "processing.show_hub",
    "lock",
    _("Privacy"),
    (
        *("processing.", "impact.", "trail.", "breakglass."),
        *("data_requests.", "timetable.", "erasures."),
    ),
)
TRAIL = Page("trail.list_changes", "history", _("Changes"), ("trail.",))
BREAK_GLASS = Page("breakglass.ask", "triangle-alert", _("Break glass"), ("breakglass.",))
OUTBOX = Page("notices.outbox", "send", _("Outbox"))
INTRODUCTIONS = Page(
    "introductions.list_requests", "pencil", _("Introductions"), ("introductions.",)
)
UNREACHED = Page("unreached.list_unreached", "ban", _("Not reached"), ("unreached.",))
MESSAGES = Page("notices.show_state", "send", _("Outgoing messages"))
JOBS = Page("jobs.list_jobs", "history", _("Scheduled jobs"), ("jobs.",))

_OWN = (
    *("analyses.", "pulses.", "alerts.", "permissions."),
    *("introductions.", "seen_by.", "outcomes_own.", "my_data.", "data_requests."),
)

_DEMO_ONLY = frozenset({OUTBOX.endpoint})  # elsewhere messages go out and are read nowhere here
_ADMINISTRATION = _("Administration")
_OFFICE = _("Pay and results")

MENUS: dict[Role, tuple[tuple[str, tuple[Page, ...]], ...]] = {
    Role.COACH: (
        (
            "",
            (
                TODAY,
                STANDUP,
                COHORTS,
                CONVERSATIONS,
                SPARRING,
                CANDIDATES,
                HIRING,
                PEOPLE,
                ACTIONS,
                ANALYSES,
            ),
        ),
        (_OFFICE, (HOURS, FOLLOW_UP, REPORTS)),
        (_ADMINISTRATION, (PROGRAMMES, UNREACHED, OUTBOX)),
    ),
    Role.MANAGER: (
        ("", (TODAY, STANDUP, COHORTS, CANDIDATES, HIRING, PEOPLE, ACTIONS, ANALYSES)),
        (_OFFICE, (HOURS, PAY_RUNS, COSTS, FOLLOW_UP, REPORTS)),
        (_ADMINISTRATION, (PROGRAMMES, RATES, MEMBERS, SETTINGS, PRIVACY, UNREACHED, OUTBOX)),
    ),
    Role.PAYROLL_CLERK: (("", (TODAY, HIRING, PAY_RUNS, REGISTER, HOURS, PEOPLE, RATES, COSTS)),),
    Role.PARTICIPANT: (
        (
            "",
            (
                Page("desk.today", "sun", _("Today"), _OWN),
                Page("tracker.log_action", "list-checks", _("Job search"), _SEARCH),
                CONVERSATIONS,
                Page("desk.my_weeks", "calendar-days", _("Weeks"), ("cohorts.",)),
                Page("payroll_pay.my_payslips", "wallet", _("Pay"), ("payroll_", "hiring.")),
            ),
        ),
    ),
    Role.MUNICIPAL_COACH: (
        (
            "",
            (
                Page("analyses.inbox", "inbox", _("Inbox"), ("analyses.", "desk.")),
                Page("clients.list_clients", "users", _("Clients"), ("clients.", "recruitment_")),
                INTRODUCTIONS,
                Page("clients.show_help", "info", _("Help")),
            ),
        ),
    ),
    Role.MUNICIPAL_ADMIN: (
        (
            "",
            (
                Page("town.list_coaches", "users", _("Municipal coaches"), ("town.", "desk.")),
                MEMBERS,
            ),
        ),
    ),
    Role.OPERATOR: (
        ("", (TODAY, ORGANISATIONS, MEMBERS, JOBS, MESSAGES, RATES, TRAIL, BREAK_GLASS)),
    ),
}

ROLE_NAMES: dict[Role, str] = {
    Role.OPERATOR: _("Operator"),
    Role.MANAGER: _("Manager"),
    Role.COACH: _("Coach"),
    Role.PAYROLL_CLERK: _("Payroll clerk"),
    Role.PARTICIPANT: _("Job seeker"),
    Role.MUNICIPAL_COACH: _("Municipal coach"),
    Role.MUNICIPAL_ADMIN: _("Administrator of the municipality"),
}


def reachable(app: Flask) -> frozenset[str]:
    """The endpoints that a menu can open: a GET whose address needs nothing to be filled in."""
    config = app.config.get("JOBSEARCH")
    hidden = _DEMO_ONLY if config is not None and not config.reads_outbox else frozenset()
    return frozenset(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.arguments <= set(rule.defaults or ())
        and rule.endpoint not in hidden
    )


def menu(role: Role, here: str | None, there: Collection[str]) -> list[Group]:
    """The role's menu on the page `here`, with the pages that are `there`; one is current."""
    groups = [
        (title, [page for page in pages if page.endpoint in there]) for title, pages in MENUS[role]
    ]
    current = _current([page for _title, pages in groups for page in pages], here or "")
    return [
        Group(
            title,
            tuple(Entry(p.endpoint, p.icon, p.label, p.endpoint == current) for p in pages),
        )
        for title, pages in groups
        if pages
    ]


def _current(pages: list[Page], here: str) -> str | None:
    """The entry that is this page itself, else the one that the page is inside of."""
    for page in pages:
        if page.endpoint == here or here in page.inside:
            return page.endpoint
    for page in pages:
        if any(here.startswith(part) for part in page.inside if not part[-1].isalnum()):
            return page.endpoint
    return None
