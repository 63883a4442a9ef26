"""What a provider's managers are told when an operator looks at their data."""

from jobsearch.accounts.providers.queries import list_manager_accounts
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Audience, Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.privacy.breakglass.models import BreakGlass
from jobsearch.web.addresses import absolute

LOOKED_AT = TextKind(
    "privacy.break_glass",
    subject=N_("An operator is looking at your organisation's data"),
    body=N_(
        "%(person)s, who looks after this service, has opened the data of %(organisation)s to look"
        " at it. She can change nothing, and it ends by itself: %(until)s. Why, what she opens, and"
        " the button that ends it at once:\n%(link)s"
    ),
    title=N_("An operator looks at your data"),
    audience=Audience.STAFF,
    always=True,
)


def tell_managers(glass: BreakGlass, operator: str, provider: str) -> None:
    """Write to every manager of the provider, once each."""
    for account in list_manager_accounts(glass.organisation_id):
        name = account.name.partition(" ")[0]
        send(
            LOOKED_AT,
            Recipient(account.email, account.phone, account.language, account.id, name),
            {
                "person": operator,
                "organisation": provider,
                "until": glass.ends_at,
                "link": absolute("breakglass.show_glass", glass_id=glass.id),
            },
            organisation_id=glass.organisation_id,
            once=f"break-glass:{glass.id}:{account.id}",
        )
