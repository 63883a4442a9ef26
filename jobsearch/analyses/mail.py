"""Messages about an analysis: something waits behind a link. None says whose it is or what."""

from collections.abc import Mapping
from datetime import datetime

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.sheet import Recipient, Seen
from jobsearch.core.clock import local
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices import rules as notices
from jobsearch.notices.rules import Audience, TextKind
from jobsearch.notices.service import send
from jobsearch.people.models import Person
from jobsearch.web.addresses import absolute

SHOWN = TextKind(
    "analyses.shown",
    subject=N_("There is something for you to read"),
    body=N_("Your coach has something ready for you to read. Sign in and look: %(link)s"),
    sms=N_("Your coach has something ready for you to read. Sign in and look: %(link)s"),
    title=N_("An analysis is ready to be read"),
)
ARRIVED = TextKind(
    "analyses.arrived",
    subject=N_("There is something new in your inbox"),
    body=N_(
        "Someone has given you permission to read something. Open the link and ask for a code: it"
        " comes to this address, and with it what was sent opens, to you only: %(link)s\n\n"
        "The link works until %(until)s. After that you find what was sent by signing in, as long"
        " as the permission lasts."
    ),
    title=N_("An analysis has come to your inbox"),
    audience=Audience.MUNICIPAL_COACH,
)
GIVEN = TextKind(
    "analyses.given",
    subject=N_("You gave a permission"),
    body=N_(
        "You gave a permission today. You see who has used it, and you can take it back at"
        " any time: %(link)s"
    ),
    sms=N_("You gave a permission. You can take it back at any time: %(link)s"),
    title=N_("Receipt for a permission"),
)
WITHDRAWN = TextKind(
    "analyses.withdrawn",
    subject=N_("You took a permission back"),
    body=N_("You took a permission back. It opens nothing any more. %(news)s See here: %(link)s"),
    sms=N_("You took a permission back. It opens nothing any more. %(news)s See here: %(link)s"),
    title=N_("Receipt for a permission taken back"),
)
TEXTS = (SHOWN, ARRIVED, GIVEN, WITHDRAWN)


def tell_participant(kind: TextKind, analysis: Analysis, person: Person) -> None:
    """Tell the participant that her own page has something for her."""
    to = notices.Recipient(
        person.email, person.phone, person.language, person.id, person.given_name
    )
    link = absolute("analyses.my_analysis")
    send(kind, to, {"link": link}, organisation_id=analysis.organisation_id)


def confirm(
    kind: TextKind, analysis: Analysis, account: Account, gaps: Mapping[str, object]
) -> None:
    """A receipt to the account in whose sign-in the participant decided, for what she did there."""
    name = account.name.partition(" ")[0]
    to = notices.Recipient(account.email, account.phone, account.language, analysis.person_id, name)
    link = absolute("analyses.my_analysis")
    send(kind, to, {"link": link, **gaps}, organisation_id=analysis.organisation_id)


def confirm_withdrawal(analysis: Analysis, account: Account, seen: Seen) -> None:
    """A receipt that says too what had been seen by then; it names nobody."""
    news = Outcome(N_("Nobody had opened what was sent."))
    if seen.last_at is not None:
        said = N_("What was sent had been opened %(count)s times, the last time on %(day)s.")
        if seen.count == 1:
            said = N_("What was sent had been opened once, on %(day)s.")
        news = Outcome(said, count=seen.count, day=f"{local(seen.last_at):%-d.%-m.%Y}")
    confirm(WITHDRAWN, analysis, account, {"news": news})


def tell_recipient(release: Release, recipient: Recipient, secret: str, until: datetime) -> None:
    """Tell the municipal coach that something came: a link that opens only with a code to her."""
    name = recipient.name.partition(" ")[0]
    to = notices.Recipient(recipient.email, None, recipient.language, recipient.account_id, name)
    link = absolute("receiving.open_way_in", link_secret=secret)
    gaps = {"link": link, "until": local(until).date()}
    send(ARRIVED, to, gaps, organisation_id=release.organisation_id, expires_at=until)
