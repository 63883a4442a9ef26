"""What a digest says: counts and names of groups, no person's name; nothing new is no digest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.desk.staff.rules import Alert, Concern, GroupFigures
from jobsearch.desk.staff.words.rules import Reason

SENTENCES: dict[Concern, str] = {
    Concern.HOURS_MISSING: N_("Days that nobody has marked: %(count)s."),
    Concern.ABSENCE_UNSETTLED: N_("Absences whose kind is not settled: %(count)s."),
    Concern.PAY_TO_APPROVE: N_("Pay runs that wait for your approval: %(count)s."),
    Concern.HOURS_TO_APPROVE: N_("Days of work to approve: %(count)s."),
    Concern.FOLLOW_UP_DUE: N_("People to ask before their follow-up ends: %(count)s."),
    Concern.ANALYSES_UNWRITTEN: N_("Analyses to write before a group ends: %(count)s."),
    Concern.SEATS_FREE: N_("Free seats in groups that start soon: %(count)s."),
    Concern.CANDIDATES_WAIT: N_("Candidates whom nobody has called yet: %(count)s."),
    Concern.UNREACHED: N_("People whom messages do not reach: %(count)s."),
}
_OTHERS = N_("Other things to see to: %(count)s.")
_OF_ONE_PERSON = frozenset({Concern.HOURS_MISSING, Concern.ABSENCE_UNSETTLED})


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a digest, and the page where it is seen to."""

    sentence: Outcome
    endpoint: str


def of_alerts(alerts: Iterable[Alert]) -> list[Item]:
    """One line for each concern that there is, in the order of urgency."""
    counts: Counter[Concern] = Counter()
    for alert in alerts:
        counts[alert.concern] += 1 if alert.concern in _OF_ONE_PERSON else alert.count or 1
    return [
        Item(Outcome(SENTENCES.get(concern, _OTHERS), count=counts[concern]), "desk.today")
        for concern in Concern
        if counts[concern]
    ]


_OF_PEOPLE: dict[Reason, str] = {
    Reason.ASKED_FOR_HELP: N_("People who have asked for help: %(count)s."),
    Reason.SILENT: N_("People who have logged nothing for two working days: %(count)s."),
}


def of_people(counts: Counter[Reason]) -> list[Item]:
    """People with whom somebody should have a word: they ask for it, or have logged nothing."""
    return [
        Item(Outcome(said, count=counts[reason]), "desk.today")
        for reason, said in _OF_PEOPLE.items()
        if counts[reason]
    ]


def of_groups(groups: Sequence[GroupFigures], monday: date) -> list[Item]:
    """Groups that start or end in the week of a Monday."""
    sunday = monday + timedelta(days=6)
    items = []
    for group in groups:
        if monday <= group.first <= sunday:
            starts = Outcome(N_("%(group)s starts this week."), group=group.name)
            items.append(Item(starts, "cohorts.list_cohorts"))
        if monday <= group.last <= sunday:
            ends = Outcome(N_("%(group)s ends this week."), group=group.name)
            items.append(Item(ends, "cohorts.list_cohorts"))
    return items


def of_messages(unread: int) -> list[Item]:
    """Short messages that wait."""
    if not unread:
        return []
    waits = Outcome(N_("Messages that you have not read: %(count)s."), count=unread)
    return [Item(waits, "conversations.list_conversations")]


def of_inbox(new: int, ending: int) -> list[Item]:
    """What a municipal coach has in her inbox: as much as the consents let her know."""
    items = []
    if new:
        unopened = Outcome(N_("Analyses that you have not opened: %(count)s."), count=new)
        items.append(Item(unopened, "analyses.inbox"))
    if ending:
        said = N_("Analyses whose permission ends within two weeks: %(count)s.")
        soon = Outcome(said, count=ending)
        items.append(Item(soon, "analyses.inbox"))
    return items


def week_key(monday: date) -> str:
    """The week of a digest, so that it is sent once."""
    return f"{monday:%G-W%V}"
