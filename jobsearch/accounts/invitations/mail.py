"""The message that invites somebody to take a role."""

from jobsearch.accounts.invitations.models import Invitation
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

INVITATION = TextKind(
    "accounts.invitation",
    subject=N_("You are invited to %(organisation)s"),
    body=N_(
        "%(organisation)s invites you to work in %(service)s. Open this link and press the button"
        " on its page:\n%(link)s\n\nThe link works once, until %(until)s. If you did not expect it,"
        " you need not do anything."
    ),
    title=N_("Invitation to staff"),
    audience=Audience.STAFF,
    always=True,
)


def send_invitation(invitation: Invitation, secret: str) -> None:
    """Write the message to whoever is invited, in the language that was chosen for her."""
    organisation = invitation.organisation
    send(
        INVITATION,
        Recipient(invitation.email, None, invitation.language, None, invitation.name.split(" ")[0]),
        {
            "organisation": organisation.name,
            "service": organisation.service_name,
            "link": absolute("invitations.open_invitation", link_secret=secret),
            "until": invitation.expires_at,
        },
        organisation_id=invitation.inviting_id,
        expires_at=invitation.expires_at,
    )
