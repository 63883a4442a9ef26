"""Use cases of a manager: enter the organisation's provider, look whether it fits, require it."""

from dataclasses import dataclass

from jobsearch.accounts.oidc import dialogue
from jobsearch.accounts.oidc.dialogue import Client
from jobsearch.accounts.oidc.models import IdentityProvider
from jobsearch.accounts.oidc.queries import get_provider, is_tied
from jobsearch.accounts.oidc.rules import Discovery, SecondFactor, domains_of
from jobsearch.accounts.oidc.service import client_of
from jobsearch.accounts.providers import mail, queries
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db, let_go
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.outside import may_be_asked
from jobsearch.core.text import mark as N_


@dataclass(frozen=True, slots=True)
class Details:
    """What a manager enters; an empty secret leaves the one that is kept."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    domains: str
    required_acr: str
    second_factor: SecondFactor


@dataclass(frozen=True, slots=True)
class Looked:
    """What a provider answered when it was looked at."""

    found: Discovery
    keys: int


def add_provider(actor: Actor, details: Details, *, allow_here: bool) -> IdentityProvider:
    """Enter a provider of the actor's organisation. Raises RuleBroken on its field."""
    provider = IdentityProvider(organisation_id=actor.organisation_id, made_at=now())
    _write(provider, details, allow_here=allow_here)
    db.session.add(provider)
    db.session.flush()
    mail.tell_managers(actor)
    return provider


def edit_provider(
    actor: Actor, provider_id: str, version: int, details: Details, *, allow_here: bool
) -> IdentityProvider:
    """Correct a provider; another issuer knows nobody yet.

    Raises NotVisible, Conflict and RuleBroken.
    """
    provider = _get(actor, provider_id, version)
    if details.issuer.strip() != provider.issuer:
        if not details.client_secret:
            provider.client_secret = None  # a secret is never sent to another machine than its own
        for tie in queries.list_ties(provider.id):
            db.session.delete(tie)
    _write(provider, details, allow_here=allow_here)
    db.session.flush()
    mail.tell_managers(actor)
    return provider


def look_at(actor: Actor, provider_id: str, *, allow_here: bool) -> Looked:
    """Read what the provider says of itself, and its keys. Raises NotVisible and RuleBroken."""
    provider = get_provider(provider_id, actor.organisation_id)
    client = client_of(provider, allow_here=allow_here)
    let_go()
    return _look(client)


def require_provider(
    actor: Actor, provider_id: str, version: int, break_glass_id: str
) -> IdentityProvider:
    """From now on staff come in by the provider alone, but for one manager.

    Raises NotVisible, Conflict, and RuleBroken on `break_glass_id` for somebody who is no manager
    here or, on top, before the provider has let the actor herself in once.
    """
    provider = _get(actor, provider_id, version)
    managers = dict(queries.list_managers(actor.organisation_id))
    if break_glass_id not in managers:
        raise RuleBroken(N_("Choose a manager."), field="break_glass_id")
    if not is_tied(provider.id, provider.issuer, actor.account_id, ""):
        raise RuleBroken(
            N_("Sign in once by it yourself first, so that nobody is shut out by a mistake.")
        )
    if provider.required_at is None:
        provider.required_at = now()
    provider.break_glass_id = break_glass_id
    db.session.flush()
    mail.tell_managers(actor)
    return provider


def stop_requiring(actor: Actor, provider_id: str, version: int) -> IdentityProvider:
    """Passwords open the door again. Raises NotVisible and Conflict."""
    provider = _get(actor, provider_id, version)
    provider.required_at = provider.break_glass_id = None
    db.session.flush()
    mail.tell_managers(actor)
    return provider


def end_provider(actor: Actor, provider_id: str, version: int) -> None:
    """Nobody comes in by it any more; passwords are asked again. Raises NotVisible, Conflict."""
    provider = _get(actor, provider_id, version)
    provider.required_at = provider.break_glass_id = None
    provider.client_secret = None
    provider.ended_at = now()
    db.session.flush()
    mail.tell_managers(actor)


def loosen(actor: Actor, tie_id: str) -> str:
    """Let a provider forget one account, so that it may be tied anew; returns the provider's id.

    Raises NotVisible.
    """
    tie = queries.get_tie(tie_id, actor.organisation_id)
    db.session.delete(tie)
    db.session.flush()
    return tie.provider_id


def _get(actor: Actor, provider_id: str, version: int) -> IdentityProvider:
    provider = get_provider(provider_id, actor.organisation_id)
    if provider.version != version:
        raise Conflict
    return provider


def _write(provider: IdentityProvider, details: Details, *, allow_here: bool) -> None:
    issuer = details.issuer.strip()
    if not may_be_asked(issuer, allow_here=allow_here) or "?" in issuer:
        raise RuleBroken(
            N_("Enter an address that begins with https:// and has no ? in it."), field="issuer"
        )
    twin = [
        one
        for one in queries.list_providers(provider.organisation_id)
        if one.issuer == issuer and one.id != provider.id
    ]
    if twin:
        raise RuleBroken(N_("This provider is here already."), field="issuer")
    provider.domains = domains_of(details.domains)
    provider.name, provider.issuer = details.name.strip(), issuer
    provider.client_id = details.client_id.strip()
    if details.client_secret:
        provider.client_secret = details.client_secret
    provider.required_acr = details.required_acr.strip() or None
    provider.second_factor = details.second_factor


def _look(client: Client) -> Looked:
    found = dialogue.describe(client, anew=True)
    return Looked(found, dialogue.count_keys(client, found))
