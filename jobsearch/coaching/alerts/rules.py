"""The rules of who is stuck, and what a coach says of an alert afterwards."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


class AlertRule(StrEnum):
    """Why a coach is told of somebody."""

    NO_ACTION = "no_action"
    UNDER_GOAL = "under_goal"
    NO_REPLY = "no_reply"
    CONFIDENCE_DOWN = "confidence_down"
    ASKED_FOR_HELP = "asked_for_help"


class Verdict(StrEnum):
    """What the coach says of an alert when she has had the word."""

    HELPFUL = "helpful"
    NEEDLESS = "needless"


VERDICT_NAMES: dict[Verdict, str] = {
    Verdict.HELPFUL: N_("It was good to ask"),
    Verdict.NEEDLESS: N_("There was no need"),
}
