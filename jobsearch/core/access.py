"""Who may do what: roles, permissions and the one table that joins them; pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a person is in one organisation; one role acts at a time."""

    OPERATOR = "operator"
    MANAGER = "manager"
    COACH = "coach"
    PAYROLL_CLERK = "payroll_clerk"
    PARTICIPANT = "participant"
    MUNICIPAL_COACH = "municipal_coach"
    MUNICIPAL_ADMIN = "municipal_admin"


class Permission(StrEnum):
    """One right, `feature:thing:action`. A role has it or not; whose rows, the scope decides."""

    ACCOUNTS_FACTORS = "accounts:factors:write"
    ACCOUNTS_MEMBERS = "accounts:member:write"
    ACCOUNTS_OWN = "accounts:own:write"
    ACCOUNTS_PROVIDERS = "accounts:provider:write"
    ANALYSES_ASK = "analyses:client:write"
    ANALYSES_DECIDE = "analyses:analysis:decide"
    ANALYSES_INBOX = "analyses:inbox:read"
    ANALYSES_OVERVIEW = "analyses:analysis:overview"
    ANALYSES_WRITE = "analyses:analysis:write"
    ATTENDANCE_APPROVE = "attendance:day:approve"
    ATTENDANCE_READ = "attendance:day:read"
    ATTENDANCE_WRITE = "attendance:day:write"
    AUDIT_READ = "audit:trail:read"
    AUDIT_VALUES = "audit:value:read"
    BREAK_GLASS = "privacy:break_glass:ask"
    BREAK_GLASS_SEE = "privacy:break_glass:read"
    CALENDAR = "desk:calendar:follow"
    CONSENTS_OWN = "consents:own:decide"
    COACHING_DOCUMENTS = "coaching:document:write"
    COACHING_STEP = "coaching:step:finish"
    COACHING_WRITE = "coaching:talk:write"
    COHORTS_READ = "cohorts:cohort:read"
    COHORTS_WRITE = "cohorts:cohort:write"
    COSTS_GROUPS = "costs:group:read"
    COSTS_WRITE = "costs:cost:write"
    COMPANIES_READ = "tracker:company:read"
    CONVERSATIONS_WRITE = "conversations:message:write"
    CONTRACTS_SIGN = "contracts:contract:sign"
    CONTRACTS_WRITE = "contracts:contract:write"
    DESK_READ = "desk:today:read"
    DIGEST_READ = "desk:digest:read"
    FILES_IMPORT = "programmes:file:import"
    HIRING_READ = "hiring:checklist:read"
    HIRING_WRITE = "hiring:checklist:write"
    INTRODUCTIONS_ASK = "introductions:introduction:ask"
    INTRODUCTIONS_STATE = "introductions:permission:read"
    INTRODUCTIONS_WRITE = "introductions:introduction:write"
    JOBS_READ = "jobs:run:read"
    JOBS_RUN = "jobs:run:ask"
    MY_CONTRACT = "contracts:own:sign"
    MY_DAY = "desk:my_day:read"
    MY_PAY = "payroll:own:read"
    ORGANISATIONS_FOUND = "organisations:organisation:write"
    ORGANISATIONS_SETTINGS = "organisations:settings:write"
    NOTICES_STATE = "notices:state:read"
    NOTICES_TEXTS = "notices:text:write"
    NOTICES_UNREACHED = "notices:unreached:write"
    OUTCOMES_OWN = "outcomes:own:write"
    OUTCOMES_READ = "outcomes:outcome:read"
    OUTCOMES_WRITE = "outcomes:outcome:write"
    PAYROLL_APPROVE = "payroll:run:approve"
    PAYROLL_BONUS = "payroll:bonus:write"
    PAYROLL_READ = "payroll:run:read"
    PAYROLL_WRITE = "payroll:run:write"
    PEOPLE_OWN = "people:own:write"
    PEOPLE_READ = "people:person:read"
    PEOPLE_WRITE = "people:person:write"
    PRIVACY_DECIDE = "privacy:impact:write"
    PRIVACY_READ = "privacy:register:read"
    PRIVACY_REQUESTS = "privacy:request:write"
    PRIVACY_ERASE = "privacy:erasure:write"
    PROGRAMMES_OPEN = "programmes:file:open"
    PROGRAMMES_READ = "programmes:programme:read"
    PROGRAMMES_WRITE = "programmes:programme:write"
    RATES_READ = "rates:rate:read"
    RATES_WRITE = "rates:rate:write"
    RECRUITMENT_READ = "recruitment:candidate:read"
    RECRUITMENT_REFER = "recruitment:referral:write"
    RECRUITMENT_WRITE = "recruitment:candidate:write"
    REPORTS_COST = "reports:cost:read"
    REPORTS_FREEZE = "reports:frozen:write"
    REPORTS_OPEN = "reports:public:write"
    REPORTS_READ = "reports:results:read"
    STANDUP_READ = "standup:board:read"
    STANDUP_RUN = "standup:board:run"
    SURVEYS_END = "feedback:survey:end"
    TOWN_COACHES = "handover:town:write"
    TRACKER_LOG = "tracker:own:write"
    TRACKER_READ = "tracker:action:read"
    TRACKER_WRITE = "tracker:action:write"


P = Permission

_EVERYONE = frozenset({P.ACCOUNTS_OWN, P.DESK_READ})
_STAFF = _EVERYONE | {P.ACCOUNTS_FACTORS}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: _STAFF
    | {P.ACCOUNTS_MEMBERS, P.ORGANISATIONS_FOUND}
    | {P.JOBS_READ, P.JOBS_RUN, P.RATES_READ, P.NOTICES_STATE}
    # of the trail the entries about nobody, without values
    | {P.AUDIT_READ, P.BREAK_GLASS, P.BREAK_GLASS_SEE},
    Role.MANAGER: _STAFF
    | {P.ACCOUNTS_PROVIDERS, P.ACCOUNTS_MEMBERS, P.ORGANISATIONS_SETTINGS}
    | {
        P.PEOPLE_READ,
        P.PEOPLE_WRITE,
        P.PROGRAMMES_READ,
        P.PROGRAMMES_WRITE,
        P.FILES_IMPORT,
        P.PROGRAMMES_OPEN,
    }
    | {P.COHORTS_READ, P.COHORTS_WRITE, P.RECRUITMENT_READ, P.RECRUITMENT_WRITE}
    | {P.ATTENDANCE_READ, P.ATTENDANCE_APPROVE, P.TRACKER_READ, P.STANDUP_READ}
    | {P.COMPANIES_READ}
    | {P.PAYROLL_BONUS}
    | {P.PAYROLL_READ, P.PAYROLL_APPROVE, P.RATES_READ, P.RATES_WRITE, P.ANALYSES_OVERVIEW}
    | {P.OUTCOMES_READ, P.OUTCOMES_WRITE, P.REPORTS_READ, P.REPORTS_COST, P.SURVEYS_END}
    | {P.REPORTS_FREEZE, P.REPORTS_OPEN}
    | {P.COSTS_GROUPS, P.COSTS_WRITE}
    | {P.NOTICES_TEXTS, P.NOTICES_UNREACHED, P.DIGEST_READ}
    | {P.HIRING_READ, P.HIRING_WRITE, P.CONTRACTS_WRITE, P.CONTRACTS_SIGN}
    | {P.INTRODUCTIONS_STATE}
    | {P.PRIVACY_READ, P.PRIVACY_DECIDE, P.AUDIT_READ, P.AUDIT_VALUES, P.BREAK_GLASS_SEE}
    | {P.PRIVACY_REQUESTS, P.PRIVACY_ERASE},
    Role.COACH: _STAFF
    | {P.PEOPLE_READ, P.PROGRAMMES_READ, P.COHORTS_READ, P.RECRUITMENT_READ, P.RECRUITMENT_WRITE}
    | {P.ATTENDANCE_READ, P.ATTENDANCE_WRITE, P.TRACKER_READ, P.TRACKER_WRITE}
    | {P.COMPANIES_READ}
    | {P.NOTICES_UNREACHED}
    | {P.STANDUP_READ, P.STANDUP_RUN, P.ANALYSES_WRITE, P.OUTCOMES_READ, P.OUTCOMES_WRITE}
    | {P.CONVERSATIONS_WRITE, P.COACHING_WRITE, P.COACHING_STEP, P.COACHING_DOCUMENTS}
    | {P.DIGEST_READ}
    | {P.COSTS_GROUPS}
    | {P.REPORTS_READ, P.ANALYSES_OVERVIEW, P.CALENDAR, P.PROGRAMMES_OPEN, P.SURVEYS_END}
    | {P.HIRING_READ, P.HIRING_WRITE}
    | {P.INTRODUCTIONS_STATE, P.INTRODUCTIONS_ASK},
    Role.PAYROLL_CLERK: _STAFF
    | {P.PEOPLE_READ, P.ATTENDANCE_READ, P.PAYROLL_READ, P.PAYROLL_WRITE, P.RATES_READ}
    | {P.RATES_WRITE, P.PAYROLL_BONUS}
    | {P.COSTS_GROUPS}
    | {P.REPORTS_COST, P.HIRING_READ, P.HIRING_WRITE, P.CONTRACTS_WRITE},
    Role.PARTICIPANT: _EVERYONE
    | {P.CONVERSATIONS_WRITE}
    | {
        P.MY_DAY,
        P.PEOPLE_OWN,
        P.CALENDAR,
        P.STANDUP_READ,
        P.COACHING_STEP,
        P.COACHING_DOCUMENTS,
        P.PROGRAMMES_OPEN,
        P.TRACKER_LOG,
        P.COMPANIES_READ,
        P.ANALYSES_DECIDE,
        P.CONSENTS_OWN,
        P.MY_PAY,
        P.MY_CONTRACT,
        P.OUTCOMES_OWN,
    },
    Role.MUNICIPAL_COACH: _EVERYONE
    | {P.DIGEST_READ, P.ANALYSES_INBOX, P.ANALYSES_ASK, P.RECRUITMENT_REFER}
    | {P.INTRODUCTIONS_WRITE},
    # of participants nothing at all: how many clients a coach of her own town has, and no name
    Role.MUNICIPAL_ADMIN: _EVERYONE | {P.ACCOUNTS_MEMBERS, P.TOWN_COACHES},
}


WHILE_LOOKING: frozenset[Permission] = (
    _EVERYONE
    | {P.BREAK_GLASS, P.BREAK_GLASS_SEE}
    | {P.PEOPLE_READ, P.PROGRAMMES_READ, P.COHORTS_READ, P.RECRUITMENT_READ, P.ATTENDANCE_READ}
    | {P.TRACKER_READ, P.STANDUP_READ, P.COMPANIES_READ, P.PAYROLL_READ, P.RATES_READ}
    | {P.ANALYSES_OVERVIEW, P.OUTCOMES_READ, P.REPORTS_READ, P.REPORTS_COST, P.COSTS_GROUPS}
    | {P.HIRING_READ, P.INTRODUCTIONS_STATE}
)
"""What an operator may who has broken the glass of one provider: a manager's views, one by one.

A permission that is new is not among them until it is put there. She changes nothing: the gate
refuses whatever is no GET (`web/gate.py`).
"""


@dataclass(frozen=True, slots=True)
class BrokenGlass:
    """That the actor is an operator who looks at one provider's data for a reason and an hour."""

    id: str
    provider: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account in one role of one organisation, for one request or job.

    `organisation_ids` is the tenant scope: the acting organisation, or for a municipal coach the
    providers that hold a referral or a live consent naming her, for her administrator her town and
    the providers with clients of its coaches. `proven_at` is when she last proved
    that it is she; `is_setting_up` while staff have a password and no second factor yet.
    `glass`: she is an operator who acts as a manager who only looks.
    """

    account_id: str
    membership_id: str
    name: str
    role: Role
    organisation_id: str
    organisation_ids: frozenset[str] = field(default_factory=frozenset)
    person_id: str | None = None
    language: str = "fi"
    sign_in_id: str = ""
    zone: str = "Europe/Helsinki"
    proven_at: datetime | None = None
    is_setting_up: bool = False
    glass: BrokenGlass | None = None

    @property
    def role_in_trail(self) -> Role:
        """The role under which her acts and looks are written down: her own."""
        return self.role if self.glass is None else Role.OPERATOR

    @property
    def initials(self) -> str:
        """First letters of the first and the last name."""
        parts = self.name.split() or ["?"]
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


class LinkState(StrEnum):
    """What a personal link opens: something, or nothing for a reason."""

    LIVE = "live"
    SPENT = "spent"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Who comes with a personal link instead of an account: for one purpose, to one thing.

    The link's organisation is the tenant scope of the request.
    """

    link_id: str
    purpose: str
    subject_id: str
    organisation_id: str
    state: LinkState = LinkState.LIVE
    language: str | None = None


FRESH_FOR = timedelta(minutes=10)


def is_fresh(actor: Actor, now: datetime) -> bool:
    """Whether the actor's last proof is young enough for a sensitive act."""
    # a clock set back must not make a proof live longer
    return actor.proven_at is not None and timedelta(0) <= now - actor.proven_at <= FRESH_FOR


def may(actor: Actor | None, permission: Permission) -> bool:
    """Whether the actor's role grants the permission; nobody may nothing."""
    if actor is None:
        return False
    return permission in (GRANTS[actor.role] if actor.glass is None else WHILE_LOOKING)
