"""Keeps what is said of an action: where, how, whom it reached, what was answered."""

from datetime import date
from typing import Any

from jobsearch.core.clock import now
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.details import queries
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity, Details, LoggedBefore, check_reply


def check_twin(
    employer_id: str | None,
    activity: Activity,
    role: str | None,
    on: date,
    but: str | None = None,
) -> None:
    """Ask about the same employer and job within 30 days; without both there is nothing to ask.

    Raises LoggedBefore.
    """
    if not employer_id or not role:
        return
    twin = queries.find_twin(employer_id, activity, role, on, but)
    if twin is not None:
        raise LoggedBefore(twin.employer, twin.role_title, twin.on)


def columns_of(
    person_id: str,
    activity: Activity,
    on: date,
    today: date,
    employer_id: str | None,
    details: Details,
    action: Action | None = None,
) -> dict[str, Any]:
    """The columns of an action that say these details; `action` is the one that is changed.

    Whom it reached is kept of an employer contact alone. Raises LoggedBefore where `again` is
    False, RuleBroken for the day of a reply, NotVisible for a lead that is not this person's.
    """
    role = details.get("role_title") or None
    if not details.get("again", True) and _is_news(action, activity, employer_id, role):
        check_twin(employer_id, activity, role, on, action.id if action else None)
    reply = details.get("reply")
    columns: dict[str, Any] = {
        "employer_id": employer_id,
        "role_title": role,
        "note": details.get("note") or None,
        "channel": details.get("channel"),
        "reached": details.get("reached") if activity is Activity.EMPLOYER_CONTACT else None,
        "reply": reply,
        "replied_on": check_reply(reply, details.get("replied_on"), on, today),
        "private_at": _private_at(action, bool(details.get("private"))),
    }
    lead_id = details.get("lead_id")
    if lead_id and not (action and action.lead_id == lead_id):
        if queries.find_own_lead(person_id, lead_id) is None:
            raise NotVisible
        columns["lead_id"] = lead_id
    return columns


def _is_news(
    action: Action | None, activity: Activity, employer_id: str | None, role: str | None
) -> bool:
    """Whether it is another thing now than the one that was logged and perhaps asked about."""
    if action is None:
        return True
    return (action.activity, action.employer_id, action.role_title) != (activity, employer_id, role)


def _private_at(action: Action | None, private: bool) -> Any:
    if not private:
        return None
    return (action.private_at if action else None) or now()
