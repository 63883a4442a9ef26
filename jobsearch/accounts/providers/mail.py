"""What managers are told when the way in which their staff sign in changes."""

from jobsearch.accounts.providers.queries import list_manager_accounts
from jobsearch.core.access import Actor
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

PROVIDER_CHANGED = TextKind(
    "accounts.provider_changed",
    subject=N_("The way in which your staff sign in has changed"),
    body=N_(
        "%(person)s has changed the sign-in of your organisation's staff. Look at what is kept now:"
        "\n%(link)s\n\nWhoever looks after that sign-in can let somebody in under your staff's"
        " names. If you did not expect this, talk to her, and remove it."
    ),
    title=N_("Change of your organisation's own sign-in"),
    audience=Audience.STAFF,
)


def tell_managers(actor: Actor) -> None:
    """Write to every manager of the organisation, the actor too: four eyes on the door."""
    for account in list_manager_accounts(actor.organisation_id):
        name = account.name.partition(" ")[0]
        send(
            PROVIDER_CHANGED,
            Recipient(account.email, account.phone, account.language, account.id, name),
            {
                "person": actor.name.partition(" ")[0],
                "link": absolute("providers.list_providers"),
            },
            organisation_id=actor.organisation_id,
        )
