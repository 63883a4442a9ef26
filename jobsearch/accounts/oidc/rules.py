"""Rules of OpenID Connect: what a provider must offer, and what an ID token must say.

Sources: OpenID Connect Core 1.0 section 3.1.3.7, Discovery 1.0 section 3, RFC 7636, RFC 9207.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

REQUEST_LIFETIME = timedelta(minutes=10)
ALGORITHMS = ("RS256", "PS256", "ES256")
"""How an ID token may be signed. Never `none`, and never by the client secret."""
LEEWAY = timedelta(minutes=2)
"""How far the two clocks may be apart."""
OLDEST_TOKEN = timedelta(minutes=10)

_STRONG = frozenset({"mfa", "otp", "hwk", "swk", "sms", "fpt", "face", "sc", "pop", "fido"})
_DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")

NOT_TRUE = N_("The answer of your organisation's sign-in does not hold. Begin again.")
TOO_LATE = N_("This took too long, or it was done already. Begin again.")


class SecondFactor(StrEnum):
    """Whose word it is that a second factor was asked."""

    CLAIMED = "claimed"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a provider says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    algorithms: tuple[str, ...]
    posts_secret: bool
    names_itself: bool


@dataclass(frozen=True, slots=True)
class Errand:
    """What one browser takes to the provider and must bring back; all of it from one secret."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """The PKCE challenge, S256."""
        hashed = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Expected:
    """What the ID token must say for this errand."""

    issuer: str
    client_id: str
    nonce: str
    required_acr: str | None
    second_factor: SecondFactor


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider names; `email` is None unless the provider has verified it."""

    issuer: str
    subject: str
    email: str | None
    by_two_factors: bool


def errand_of(secret: str) -> Errand:
    """State, nonce and PKCE verifier of a browser's secret; one tells nothing of the others."""
    parts = (hashlib.sha256(f"{use}:{secret}".encode()).hexdigest() for use in ("s", "n", "v"))
    return Errand(*parts)


def domains_of(typed: str) -> str:
    """Domains of e-mail addresses, as they are kept: small letters, one space between.

    Raises RuleBroken on field `domains`.
    """
    domains = sorted({part.lstrip("@").lower() for part in re.split(r"[\s,;]+", typed) if part})
    wrong = [domain for domain in domains if not _DOMAIN.match(domain)]
    if wrong or not domains or len(domains) > 20:
        raise RuleBroken(
            N_("Enter the domains of your staff's e-mail addresses, for example firma.fi."),
            field="domains",
        )
    return " ".join(domains)


def domain_of(email: str) -> str:
    """The part of an e-mail address after the @."""
    return email.rpartition("@")[2].lower()


def discovery_of(document: Mapping[str, Any], issuer: str) -> Discovery:
    """Read a provider's description. Raises RuleBroken on field `issuer` for what is missing."""
    told = str(document.get("issuer", ""))
    if told != issuer:
        raise _unfit(N_("It calls itself %(told)s. Write the issuer exactly so."), told=told[:120])
    ends = {}
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        ends[name] = str(document.get(name, ""))
        if not ends[name].startswith(("https://", "http://")):
            raise _unfit(N_("It does not say its %(name)s."), name=name)
    address = str(document.get("userinfo_endpoint") or "")
    algorithms = tuple(
        one for one in ALGORITHMS if one in _listed(document, "id_token_signing_alg_values_")
    )
    if not algorithms:
        raise _unfit(N_("It signs in no way that we accept: %(ways)s."), ways=", ".join(ALGORITHMS))
    if "S256" not in _listed(document, "code_challenge_methods_", "S256"):
        raise _unfit(N_("It does not know PKCE (S256)."))
    methods = _listed(document, "token_endpoint_auth_methods_", "client_secret_basic")
    return Discovery(
        issuer=issuer,
        userinfo_endpoint=address,
        algorithms=algorithms,
        posts_secret="client_secret_basic" not in methods,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        **ends,
    )


def way_there(
    found: Discovery, errand: Errand, *, client_id: str, back: str, acr: str | None, email: str
) -> str:
    """The address by which the browser goes to the provider."""
    asked = {
        "response_type": "code",
        "scope": "openid email",
        "client_id": client_id,
        "redirect_uri": back,
        "state": errand.state,
        "nonce": errand.nonce,
        "code_challenge": errand.challenge,
        "code_challenge_method": "S256",
    }
    if acr:
        asked["acr_values"] = acr
    if email:
        asked["login_hint"] = email
    joint = "&" if "?" in found.authorization_endpoint else "?"
    return f"{found.authorization_endpoint}{joint}{urlencode(asked)}"


def check_return(found: Discovery, errand: Errand, state: str, issuer: str | None) -> None:
    """The browser came back from where it was sent (RFC 9207). Raises RuleBroken."""
    if state != errand.state:
        raise RuleBroken(NOT_TRUE)
    if (issuer is None and found.names_itself) or (issuer is not None and issuer != found.issuer):
        raise RuleBroken(NOT_TRUE)


def identity_in(claims: Mapping[str, Any], expected: Expected, now: datetime) -> Identity:
    """Whom a rightly signed ID token names.

    Raises RuleBroken when it is another's, for another, too old or too young, or weaker than asked.
    """
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    holds = (
        claims.get("iss") == expected.issuer
        and isinstance(audiences, list)
        and expected.client_id in audiences
        and (len(audiences) == 1 or claims.get("azp") == expected.client_id)
        and claims.get("azp", expected.client_id) == expected.client_id
        and claims.get("nonce") == expected.nonce
        and _in_time(claims, now)
    )
    subject = claims.get("sub")
    if not holds or not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise RuleBroken(NOT_TRUE)
    if expected.required_acr and claims.get("acr") != expected.required_acr:
        raise RuleBroken(
            N_("Your organisation wants a stronger sign-in than the one you used. Begin again.")
        )
    email = claims.get("email")
    verified = claims.get("email_verified") is True and isinstance(email, str)
    return Identity(
        issuer=expected.issuer,
        subject=subject,
        email=str(email).strip().lower() if verified else None,
        by_two_factors=_by_two_factors(claims, expected),
    )


def _by_two_factors(claims: Mapping[str, Any], expected: Expected) -> bool:
    """What the organisation declares, a required level that was met, or what the token lists."""
    if expected.second_factor is SecondFactor.ALWAYS or expected.required_acr:
        return True
    methods = claims.get("amr")
    said = {one for one in methods if isinstance(one, str)} if isinstance(methods, list) else set()
    return "mfa" in said or ("pwd" in said and bool(said & _STRONG))


def _in_time(claims: Mapping[str, Any], now: datetime) -> bool:
    instant, leeway = now.timestamp(), LEEWAY.total_seconds()
    until, since = _number(claims.get("exp")), _number(claims.get("iat"))
    begins = _number(claims.get("nbf", 0))
    if until is None or since is None or begins is None:
        return False
    oldest = instant - OLDEST_TOKEN.total_seconds() - leeway
    return instant < until + leeway and oldest <= since and max(since, begins) <= instant + leeway


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
        return None
    return float(value)


def _listed(document: Mapping[str, Any], start: str, default: str = "") -> Collection[str]:
    named = document.get(f"{start}supported")
    if named is None:
        return [default]
    return [str(one) for one in named] if isinstance(named, list) else []


def _unfit(message: str, **gaps: object) -> RuleBroken:
    return RuleBroken(message, field="issuer", **gaps)
