"""Messages about alerts: counts and names of groups, no person's name; whoever does not want them
turns them off.
"""

from collections import Counter
from collections.abc import Iterable

from jobsearch.coaching.alerts.rules import AlertRule
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, TextKind
from jobsearch.web.addresses import absolute

MORNING = TextKind(
    "coaching.alerts",
    subject=N_("Who may need your help today"),
    body=N_("Good morning %(name)s,\n\nnew in your groups:\n\n%(news)s\n\n%(link)s"),
    title=N_("Who may need help, in the morning"),
    audience=Audience.STAFF,
    optional=True,
)
AT_ONCE = TextKind(
    "coaching.asked_for_help",
    subject=N_("Somebody turns to you"),
    body=N_("Hello %(name)s,\n\n%(news)s\n\n%(link)s"),
    title=N_("Somebody of a group asks for help"),
    audience=Audience.STAFF,
    optional=True,
)
_SENTENCES: dict[AlertRule, str] = {
    AlertRule.ASKED_FOR_HELP: N_("%(group)s: people who have asked for help: %(count)s."),
    AlertRule.NO_ACTION: N_(
        "%(group)s: people who have logged nothing for two days at work: %(count)s."
    ),
    AlertRule.UNDER_GOAL: N_("%(group)s: people who are far under their goals: %(count)s."),
    AlertRule.NO_REPLY: N_(
        "%(group)s: people who have done much and had no reply from employers: %(count)s."
    ),
    AlertRule.CONFIDENCE_DOWN: N_(
        "%(group)s: people who let you know that it has become harder: %(count)s."
    ),
}


def news_of(alerts: Iterable[tuple[str, AlertRule]]) -> list[Outcome]:
    """A line for each group and rule, by group and in the order of the rules."""
    counts = Counter(alerts)
    order = {rule: place for place, rule in enumerate(AlertRule)}
    keys = sorted(counts, key=lambda key: (key[0], order[key[1]]))
    return [
        Outcome(_SENTENCES[rule], group=group, count=counts[group, rule]) for group, rule in keys
    ]


def page_of_alerts() -> str:
    """Where a coach sees to them."""
    return absolute("alerts.list_alerts")
