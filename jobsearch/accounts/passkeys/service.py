"""Use cases of passkeys: make one, prove with it, name it, end it."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from jobsearch.accounts.passkeys import queries
from jobsearch.accounts.passkeys.models import Passkey, SpentChallenge
from jobsearch.accounts.passkeys.rules import (
    CHALLENGE_LIFETIME,
    NOT_MADE,
    WRONG_PASSKEY,
    check_may_add,
)
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.passkeys import (
    AnswerRefused,
    Site,
    check_proof,
    check_registration,
    named_in,
    options_to_register,
)
from jobsearch.core.tokens import digest


def new_challenge() -> str:
    """A fresh question for a device; the browser keeps it signed, and it is answered once."""
    return secrets.token_hex(32)


def begin_passkey(account_id: str, label: str, site: Site, challenge: str) -> str:
    """What the browser needs to make a passkey of the account; as JSON. Raises RuleBroken."""
    known = queries.list_credentials(account_id)
    check_may_add(len(known))
    return options_to_register(site, bytes.fromhex(challenge), account_id, label, known)


def keep_passkey(account_id: str, name: str, answer: str, site: Site, challenge: str) -> None:
    """Keep the public half of the passkey that a device has made. Raises RuleBroken."""
    check_may_add(len(queries.list_credentials(account_id)))
    try:
        made = check_registration(site, _spend(challenge), answer)
    except AnswerRefused as refused:
        raise RuleBroken(NOT_MADE) from refused
    passkey = Passkey(
        account_id=account_id,
        name=name,
        credential_digest=digest(made.credential),
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        made_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(passkey)
    except IntegrityError as twice:
        raise RuleBroken(NOT_MADE) from twice


def prove_by_passkey(answer: str, site: Site, challenge: str) -> str:
    """Whose passkey has proven its holder; returns the account. Raises RuleBroken.

    Question and answer are good for one time.
    """
    try:
        credential, holder = named_in(answer)
        passkey = _of(credential, holder)
        count = check_proof(site, _spend(challenge), answer, passkey.public_key, passkey.sign_count)
    except AnswerRefused as refused:
        raise RuleBroken(WRONG_PASSKEY) from refused
    db.session.execute(
        update(Passkey).where(Passkey.id == passkey.id).values(sign_count=count, last_used_at=now())
    )
    return passkey.account_id


def rename_passkey(account_id: str, passkey_id: str, name: str) -> None:
    """Call one's passkey by another name. Raises NotVisible."""
    queries.get_own_passkey(account_id, passkey_id).name = name


def end_passkey(account_id: str, passkey_id: str) -> None:
    """A passkey opens nothing any more. Raises NotVisible."""
    queries.get_own_passkey(account_id, passkey_id).ended_at = now()


def end_all_passkeys(account_id: str) -> None:
    """No passkey of the account opens anything any more."""
    for line in queries.list_passkeys(account_id):
        end_passkey(account_id, line.id)
    db.session.flush()


def forget_challenges() -> int:
    """Forget questions that are too old to be answered anyway; returns how many."""
    old = now() - CHALLENGE_LIFETIME - timedelta(days=1)
    done = db.session.execute(delete(SpentChallenge).where(SpentChallenge.spent_at < old))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _of(credential: str, holder: str) -> Passkey:
    passkey = queries.find_passkey(credential)
    if passkey is None or passkey.account_id != holder:
        raise AnswerRefused("nobody's passkey")
    return passkey


def _spend(challenge: str) -> bytes:
    """The question, spent. Raises AnswerRefused when it was answered before, or is none."""
    if not challenge:
        raise AnswerRefused("no question")
    try:
        with db.session.begin_nested():
            db.session.add(SpentChallenge(digest=digest(challenge), spent_at=now()))
    except IntegrityError as again:
        raise AnswerRefused("answered before") from again
    return bytes.fromhex(challenge)
