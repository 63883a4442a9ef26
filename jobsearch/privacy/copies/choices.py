"""Words for choices that their own features have no list of words for, as her paper says them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from jobsearch.accounts.members.rules import InvitationState
from jobsearch.accounts.rules import Stage as SignInStage
from jobsearch.accounts.rules import Way as SignInWay
from jobsearch.analyses.rules import AnalysisState
from jobsearch.coaching.alerts.rules import AlertRule
from jobsearch.consents.introductions.rules import IntroductionState
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.conversations.rules import Side as MessageSide
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Channel as MessageChannel
from jobsearch.payroll.contracts.editions.rules import Method, Side
from jobsearch.payroll.contracts.rules import TaxCardKind
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.people.rules import BoardName
from jobsearch.recruitment.contacts.rules import ContactChannel, ContactResult
from jobsearch.recruitment.following.rules import AgreedHow
from jobsearch.recruitment.rules import Channel, ExitReason, MoveKind, SessionForm, Stage
from jobsearch.recruitment.selection.rules import (
    Answer,
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Reason,
)
from jobsearch.recruitment.sessions.rules import BookedBy, BookingState
from jobsearch.tracker.rules import ActionSource, GoalOrigin

_SAID: tuple[tuple[type[StrEnum], tuple[str, ...]], ...] = (
    (AnalysisState, (N_("Draft"), N_("Shown to you"), N_("Declined"), N_("Sent"), N_("Ended"))),
    (IntroductionState, (N_("Asked"), N_("Written"), N_("Declined"), N_("Ended"))),
    (ConsentPurpose, (N_("To fetch an introduction"), N_("To send an analysis"))),
    (SignInStage, (N_("Complete"), N_("Being set up"))),
    (
        SignInWay,
        (
            *(N_("With a code"), N_("With a link"), N_("With a password")),
            *(N_("With password and app"), N_("With a recovery code"), N_("With a passkey")),
            N_("Through the organisation"),
        ),
    ),
    (InvitationState, (N_("Open"), N_("Too old"), N_("Accepted"), N_("Taken back"))),
    (
        AlertRule,
        (
            *(N_("You asked for help"), N_("No action for a while"), N_("Under the goal")),
            *(N_("A message without a reply"), N_("Less sure than before")),
        ),
    ),
    (MessageSide, (N_("Job seeker"), N_("Coach"))),
    (MessageChannel, (N_("E-mail"), N_("Text message"))),
    (Side, (N_("Employer"), N_("You"))),
    (Method, (N_("With a code"), N_("Signed in"))),
    (TaxCardKind, (N_("For wages"), N_("For a benefit"))),
    (RunKind, (N_("Wages"), N_("Bonus"), N_("Correction"))),
    (BoardName, (N_("By first name"), N_("By full name"), N_("Only in the totals"))),
    (ContactChannel, (N_("Phone"), N_("Text message"), N_("E-mail"), N_("Meeting"))),
    (
        ContactResult,
        (N_("Reached"), N_("No answer"), N_("Left a message"), N_("Wrong number")),
    ),
    (AgreedHow, (N_("With a link"), N_("Spoken"))),
    (
        Channel,
        (
            *(N_("By a personal link"), N_("By somebody who was signed in")),
            *(N_("From a file"), N_("By your own application")),
        ),
    ),
    (
        Stage,
        (
            *(N_("Introduced"), N_("Reached"), N_("Invited"), N_("Attended")),
            *(N_("Selected"), N_("Signed"), N_("Started")),
        ),
    ),
    (SessionForm, (N_("In a group"), N_("One to one"))),
    (
        ExitReason,
        (
            *(N_("Not reached"), N_("Did not come"), N_("Found work"), N_("Studies")),
            *(N_("Declined"), N_("Did not meet the conditions"), N_("Another reason")),
        ),
    ),
    (MoveKind, (N_("A step on"), N_("An end"), N_("A return"), N_("Undone"))),
    (Answer, (N_("Yes"), N_("No"), N_("Not known"))),
    (Decision, (N_("Selected"), N_("On the waiting list"), N_("Not selected"))),
    (
        DecisionState,
        (N_("Proposed"), N_("Holds"), N_("Sent back"), N_("Replaced"), N_("Ended")),
    ),
    (
        OfferState,
        (N_("Open"), N_("Accepted"), N_("Declined"), N_("Lapsed"), N_("Taken back")),
    ),
    (PlaceState, (N_("Waits"), N_("Offered"), N_("Has a place"), N_("Left"))),
    (
        Reason,
        (
            *(N_("Fits the group"), N_("Accepted the offer"), N_("The group is full")),
            *(N_("Did not meet the conditions"), N_("Cannot take part")),
            N_("Another service fits better"),
        ),
    ),
    (BookedBy, (N_("You"), N_("The staff"))),
    (
        BookingState,
        (
            *(N_("Booked"), N_("Cancelled"), N_("Called off"), N_("Came")),
            N_("Did not come"),
        ),
    ),
    (ActionSource, (N_("Logged by myself"), N_("Logged for me by my coach"), N_("From a file"))),
    (GoalOrigin, (N_("From the programme"), N_("Set by hand"), N_("From a file"))),
)

CHOICES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    kind: dict(zip(kind, words, strict=True)) for kind, words in _SAID
}
"""By kind of choice: the word of each, in the order in which the feature lists them."""
