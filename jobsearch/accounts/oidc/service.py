"""Use cases of signing in by the organisation's own provider."""

from jobsearch.accounts.factors.queries import factors_of
from jobsearch.accounts.models import Account
from jobsearch.accounts.oidc import dialogue, queries
from jobsearch.accounts.oidc.dialogue import Client
from jobsearch.accounts.oidc.models import IdentityProvider, IdentityTie, ProviderRequest
from jobsearch.accounts.oidc.rules import (
    REQUEST_LIFETIME,
    TOO_LATE,
    Discovery,
    Expected,
    Identity,
    check_return,
    domain_of,
    errand_of,
    identity_in,
    way_there,
)
from jobsearch.accounts.queries import find_account
from jobsearch.accounts.rules import Stage, Way
from jobsearch.accounts.service import start_sign_in
from jobsearch.accounts.staff.service import FirstStep, after_first_step
from jobsearch.core.clock import now
from jobsearch.core.db import db, let_go
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_secret

NO_PROVIDER = N_(
    "Your organisation has no sign-in of its own here. Sign in with your password instead."
)
_NOBODY = N_(
    "Your organisation's sign-in knows you, but nobody here has your work address."
    " Ask your manager for an invitation."
)
_UNVERIFIED = N_(
    "Your organisation's sign-in did not say a work address of yours that it has checked."
    " Ask your manager."
)
_NO_FACTOR = N_(
    "You work for several organisations and have no second factor yet. Sign in with your password"
    " once and set one up."
)
_ANOTHER = N_(
    "Your organisation's sign-in knew somebody else by this account before."
    " Ask your manager to loosen it."
)


def client_of(provider: IdentityProvider, *, allow_here: bool) -> Client:
    """What we are to a provider."""
    return Client(provider.issuer, provider.client_id, provider.client_secret, allow_here)


def set_out(provider_id: str) -> str:
    """Begin an errand to a provider; returns the secret that only this browser keeps.

    Raises NotVisible.
    """
    provider = queries.find_provider(provider_id)
    if provider is None:
        raise NotVisible
    secret, at = new_secret(), now()
    db.session.add(
        ProviderRequest(
            provider_id=provider.id,
            request_digest=digest(secret),
            asked_at=at,
            expires_at=at + REQUEST_LIFETIME,
        )
    )
    return secret


def way_to_provider(secret: str, back: str, email: str, *, allow_here: bool) -> str:
    """The address to which this browser goes now. Raises RuleBroken."""
    request = _open_request(secret)
    client = client_of(request.provider, allow_here=allow_here)
    acr = request.provider.required_acr
    let_go()
    return way_there(
        _describe(client),
        errand_of(secret),
        client_id=client.client_id,
        back=back,
        acr=acr,
        email=email,
    )


def come_back(
    secret: str,
    back: str,
    device: str,
    *,
    state: str,
    code: str,
    issuer: str | None,
    allow_here: bool,
) -> FirstStep:
    """Let somebody in whom her organisation's provider names; an errand is done once.

    Without a second factor at the provider our own is asked next. Nobody gets a right by it that
    a manager has not given her before. Raises RuleBroken; the errand is over then too, if the view
    keeps its refusal.
    """
    request = _open_request(secret)
    provider, provider_id, request_id = request.provider, request.provider_id, request.id
    client = client_of(provider, allow_here=allow_here)
    errand = errand_of(secret)
    expected = Expected(
        client.issuer, client.client_id, errand.nonce, provider.required_acr, provider.second_factor
    )
    let_go()  # nobody waits for our database while we wait for another machine
    try:
        found = _describe(client)
        check_return(found, errand, state, issuer)
        claims = dialogue.exchange(client, found, errand, code, back)
        identity = identity_in(claims, expected, now())
    except RuleBroken:
        queries.spend_request(request_id, now())
        raise
    if not queries.spend_request(request_id, now()):
        raise RuleBroken(TOO_LATE)
    return _let_in(provider_id, identity, device)


def _let_in(provider_id: str, identity: Identity, device: str) -> FirstStep:
    provider = queries.find_provider(provider_id)
    if provider is None:
        raise RuleBroken(TOO_LATE)
    account = queries.find_tied_account(provider.id, identity.issuer, identity.subject)
    tied = account is not None
    if account is None:
        account = _known_by_email(provider, identity)
    membership = queries.find_staff_in(account.id, provider.organisation_id)
    if membership is None:
        raise RuleBroken(_NOBODY)
    if not tied:
        _tie(provider, identity, account)
    if identity.by_two_factors:
        secret = start_sign_in(membership, device, Way.PROVIDER, Stage.WHOLE)
        return FirstStep(secret, is_half=False)
    if not factors_of(account.id).any and queries.is_elsewhere_too(
        account.id, membership.organisation_id
    ):
        # one organisation's word alone must not set up what opens the others too
        raise RuleBroken(_NO_FACTOR)
    return after_first_step(membership, device, Way.PROVIDER)


def _known_by_email(provider: IdentityProvider, identity: Identity) -> Account:
    """The first time, by an address that the provider has checked and may speak for."""
    email = identity.email
    if email is None or domain_of(email) not in provider.domain_list:
        raise RuleBroken(_UNVERIFIED)
    account = find_account(email)
    if account is None:
        raise RuleBroken(_NOBODY)
    return account


def _tie(provider: IdentityProvider, identity: Identity, account: Account) -> None:
    if queries.is_tied(provider.id, identity.issuer, account.id, identity.subject):
        raise RuleBroken(_ANOTHER)
    db.session.add(
        IdentityTie(
            provider_id=provider.id,
            account_id=account.id,
            issuer=identity.issuer,
            subject=identity.subject,
            tied_at=now(),
        )
    )
    db.session.flush()


def _describe(client: Client) -> Discovery:
    try:
        return dialogue.describe(client)
    except RuleBroken as broken:
        raise RuleBroken(dialogue.SILENT) from broken


def _open_request(secret: str) -> ProviderRequest:
    request = queries.find_request(secret)
    at = now()
    if (
        request is None
        or request.spent_at is not None
        or not request.asked_at <= at <= request.expires_at
        or request.provider.ended_at is not None
    ):
        raise RuleBroken(TOO_LATE)
    return request
