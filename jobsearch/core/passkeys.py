"""Passkeys (WebAuthn): what a device is asked, and whether its answer is true; knows no account."""

import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

_MILLISECONDS = 120_000
_LONGEST = 20_000  # an answer has some hundred characters


class AnswerRefused(Exception):
    """The device's answer is not true: another question, site or key, or no answer at all."""


@dataclass(frozen=True, slots=True)
class Site:
    """Which site passkeys are for: the configured address, never what a browser says."""

    rp_id: str
    origin: str
    name: str

    @classmethod
    def of(cls, base_url: str, name: str) -> "Site | None":
        """The site of an address; None where browsers allow no passkeys: an address of digits."""
        parts = urlsplit(base_url)
        host = parts.hostname or ""
        try:
            ip_address(host)
        except ValueError:
            safe = parts.scheme == "https" or host == "localhost"
            return cls(host, f"{parts.scheme}://{parts.netloc}", name) if host and safe else None
        return None


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What is kept of a fresh passkey."""

    credential: str
    public_key: str
    sign_count: int


def options_to_register(
    site: Site, challenge: bytes, holder: str, label: str, known: list[str]
) -> str:
    """What the browser needs to make a passkey that says by itself whose it is; as JSON."""
    import webauthn  # heavy: 0.2 s, only where passkeys are used
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=site.rp_id,
        rp_name=site.name,
        user_id=holder.encode(),
        user_name=label,
        challenge=challenge,
        timeout=_MILLISECONDS,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one))
            for one in known
        ],
    )
    return str(webauthn.options_to_json(options))


def options_to_prove(site: Site, challenge: bytes) -> str:
    """What the browser needs to ask for any passkey of this site; as JSON."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge,
        timeout=_MILLISECONDS,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return str(webauthn.options_to_json(options))


def check_registration(site: Site, challenge: bytes, answer: str) -> NewPasskey:
    """The passkey that a device has made. Raises AnswerRefused."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, LookupError, TypeError, EOFError) as error:
        raise AnswerRefused(type(error).__name__) from error
    return NewPasskey(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def named_in(answer: str) -> tuple[str, str]:
    """Which passkey an answer says it is of, and whose. Raises AnswerRefused.

    Nothing of it is proven yet.
    """
    import webauthn

    try:
        said = _read(answer)
        handle = said["response"].get("userHandle") or ""
        return str(said["id"]), webauthn.base64url_to_bytes(str(handle)).decode()
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise AnswerRefused(type(error).__name__) from error


def check_proof(site: Site, challenge: bytes, answer: str, public_key: str, sign_count: int) -> int:
    """The new count of a passkey whose holder has proven herself. Raises AnswerRefused.

    A count that does not grow is a copied key, and is refused too.
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        proven = webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=webauthn.base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, LookupError, TypeError, EOFError) as error:
        raise AnswerRefused(type(error).__name__) from error
    return int(proven.new_sign_count)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > _LONGEST:
        raise ValueError("too long for an answer")
    said = json.loads(answer)
    if not isinstance(said, dict):
        raise TypeError("an answer is an object")
    return said
