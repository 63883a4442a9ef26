"""What is said between us and a provider: its description, its keys, and the exchange of a code.

Nothing here touches the database: no transaction waits for another machine.
"""

import base64
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from jobsearch.accounts.oidc.rules import NOT_TRUE, Discovery, Errand, discovery_of
from jobsearch.core.errors import RuleBroken
from jobsearch.core.outside import OutsideRefused, ask
from jobsearch.core.text import mark as N_

_DESCRIPTION = "/.well-known/openid-configuration"
_KEPT_SECONDS = 3600.0
_AGAIN_SECONDS = 60.0
SILENT = N_("Your organisation's sign-in does not answer now. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class Client:
    """What we are to a provider."""

    issuer: str
    client_id: str
    client_secret: str | None
    allow_here: bool


@dataclass(slots=True)
class _Kept:
    """What one process remembers of a provider's keys."""

    keys: KeySet
    at: float = field(default_factory=time.monotonic)


_descriptions: dict[str, tuple[Discovery, float]] = {}
_keys: dict[str, _Kept] = {}


def describe(client: Client, *, anew: bool = False) -> Discovery:
    """What the provider says of itself, at most an hour old.

    Raises RuleBroken on field `issuer`: it does not answer, or not as it should.
    """
    known = _descriptions.get(client.issuer)
    if known is not None and not anew and time.monotonic() - known[1] < _KEPT_SECONDS:
        return known[0]
    try:
        answer = ask(client.issuer.rstrip("/") + _DESCRIPTION, allow_here=client.allow_here)
    except OutsideRefused as refused:
        raise RuleBroken(
            N_("It does not answer as it should: %(why)s."), field="issuer", why=str(refused)
        ) from refused
    if answer.status != 200:
        why = f"{answer.status}"
        raise RuleBroken(N_("It does not answer as it should: %(why)s."), field="issuer", why=why)
    found = discovery_of(answer.content, client.issuer)
    _descriptions[client.issuer] = (found, time.monotonic())
    return found


def count_keys(client: Client, found: Discovery) -> int:
    """How many keys the provider has published now. Raises RuleBroken on field `issuer`."""
    try:
        return len(_fetch_keys(client, found).keys)
    except (OutsideRefused, RuleBroken) as refused:
        raise RuleBroken(
            N_("Its keys cannot be read: %(why)s."), field="issuer", why=str(refused)
        ) from refused


def exchange(
    client: Client, found: Discovery, errand: Errand, code: str, back: str
) -> dict[str, Any]:
    """Give the code for an ID token and return what the token says; its signature is checked.

    Raises RuleBroken.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": errand.verifier,
        "client_id": client.client_id,
    }
    headers = {}
    if client.client_secret and found.posts_secret:
        form["client_secret"] = client.client_secret
    elif client.client_secret:
        pair = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    try:
        answer = ask(found.token_endpoint, form=form, headers=headers, allow_here=client.allow_here)
        token = answer.content.get("id_token")
        if answer.status != 200 or not isinstance(token, str) or len(token) > 20_000:
            raise RuleBroken(NOT_TRUE)
        claims = read_token(client, found, token)
        if "email" not in claims and found.userinfo_endpoint:
            claims |= _address_of(client, found, answer.content.get("access_token"), claims)
        return claims
    except OutsideRefused as refused:
        raise RuleBroken(SILENT) from refused


def read_token(client: Client, found: Discovery, token: str) -> dict[str, Any]:
    """What an ID token says, when one of the provider's own keys has signed it.

    Raises RuleBroken, and OutsideRefused when the keys cannot be read.
    """
    try:
        header = jws.extract_compact(token.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in found.algorithms:
            raise RuleBroken(NOT_TRUE)
        key = _key(client, found, str(algorithm), kid)
        return dict(jwt.decode(token, key, algorithms=[str(algorithm)]).claims)
    except (JoseError, ValueError) as error:
        raise RuleBroken(NOT_TRUE) from error


def _address_of(
    client: Client, found: Discovery, access_token: object, claims: dict[str, Any]
) -> dict[str, Any]:
    """The address of the same subject, from where providers tell it that keep it out of tokens."""
    if not isinstance(access_token, str) or not access_token.isascii() or " " in access_token:
        raise RuleBroken(NOT_TRUE)
    headers = {"Authorization": f"Bearer {access_token}"}
    answer = ask(found.userinfo_endpoint, headers=headers, allow_here=client.allow_here)
    if answer.status != 200 or answer.content.get("sub") != claims.get("sub"):
        raise RuleBroken(NOT_TRUE)
    return {
        name: answer.content[name] for name in ("email", "email_verified") if name in answer.content
    }


def forget() -> None:
    """Forget every description and key."""
    _descriptions.clear()
    _keys.clear()


def _key(client: Client, found: Discovery, algorithm: str, kid: object) -> RSAKey | ECKey:
    """The provider's key of this name; changed keys are fetched, once a minute at most."""
    kept = _keys.get(found.jwks_uri)
    age = _KEPT_SECONDS if kept is None else time.monotonic() - kept.at
    if kept is None or age >= _KEPT_SECONDS:
        kept = _keys[found.jwks_uri] = _Kept(_fetch_keys(client, found))
        age = 0.0
    key = _pick(kept.keys, algorithm, kid)
    if key is None and age >= _AGAIN_SECONDS:
        kept = _keys[found.jwks_uri] = _Kept(_fetch_keys(client, found))
        key = _pick(kept.keys, algorithm, kid)
    if key is None:
        raise RuleBroken(NOT_TRUE)
    return key


def _pick(keys: KeySet, algorithm: str, kid: object) -> RSAKey | ECKey | None:
    kind: type[RSAKey | ECKey] = ECKey if algorithm.startswith("ES") else RSAKey
    fit = [
        key
        for key in keys
        if isinstance(key, kind)
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    ]
    return fit[0] if len(fit) == 1 else None


def _fetch_keys(client: Client, found: Discovery) -> KeySet:
    answer = ask(found.jwks_uri, allow_here=client.allow_here)
    listed = answer.content.get("keys")
    if answer.status != 200 or not isinstance(listed, list):
        raise OutsideRefused("there are no keys")
    keys = [key for key in map(_readable, listed) if key is not None]
    if not keys:
        raise OutsideRefused("there are no keys")
    return KeySet([*keys])


def _readable(published: object) -> RSAKey | ECKey | None:
    """One published key, or None for a kind that signs no token of ours."""
    if not isinstance(published, dict):
        return None
    try:
        if published.get("kty") == "RSA":
            return RSAKey.import_key(published)
        return ECKey.import_key(published) if published.get("kty") == "EC" else None
    except (JoseError, ValueError, TypeError, KeyError):
        return None
