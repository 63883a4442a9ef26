"""Use cases of copies: one's own, and the one that a manager makes on a request."""

from collections.abc import Callable
from typing import IO

from jobsearch.accounts.queries import get_own_account
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db, let_go
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.organisations.queries import get_organisation
from jobsearch.people.queries import get_person
from jobsearch.privacy.copies import mail, queries
from jobsearch.privacy.copies.gathering import Gathered, gather
from jobsearch.privacy.copies.models import DataCopy
from jobsearch.privacy.copies.queries import Whose
from jobsearch.privacy.copies.rules import DAY, check_not_too_often
from jobsearch.privacy.requests.queries import get_request
from jobsearch.privacy.requests.rules import OPEN, RequestKind

Write = Callable[[IO[bytes], Gathered], None]
"""Writes the archive of what was gathered into a file."""


def make_own(actor: Actor, out: IO[bytes], write: Write) -> DataCopy:
    """Make the actor's own copy into a file. Raises RuleBroken when that was done too often."""
    whose = queries.whose_own(actor)
    return _make(actor, whose, actor.language, out, write)


def make_for(actor: Actor, data_request_id: str, out: IO[bytes], write: Write) -> DataCopy:
    """A manager makes the copy of a person who has asked for it otherwise than here.

    Raises NotVisible, RuleBroken when no open request asks for a copy, or it was made too often.
    """
    request = get_request(data_request_id)
    if request.kind is not RequestKind.COPY or request.state not in OPEN:
        raise RuleBroken(N_("Nobody waits for a copy by this request."))
    language, whose = request.person.language, queries.whose_person(actor, request.person_id)
    return _make(actor, whose, language, out, write, data_request_id)


def _make(
    actor: Actor,
    whose: Whose,
    language: str,
    out: IO[bytes],
    write: Write,
    request_id: str | None = None,
) -> DataCopy:
    at = now()
    check_not_too_often(queries.count_copies(whose, at - DAY))
    account = get_own_account(actor.account_id)
    person = get_person(whose.person_id) if whose.person_id else None
    gathered = gather(
        whose,
        name=person.full_name if person else account.name,
        provider=get_organisation(actor.organisation_id).name,
        language=language,
        zone=actor.zone,
        made_at=at,
    )
    let_go()  # nobody waits for our locks while the paper is drawn
    write(out, gathered)
    copy = DataCopy(
        organisation_id=actor.organisation_id,
        person_id=whose.person_id,
        account_id=actor.account_id,
        request_id=request_id,
        made_at=at,
        size_bytes=out.tell(),
    )
    db.session.add(copy)
    db.session.flush()
    if person is not None:
        mail.tell_person(person)
    else:
        mail.tell_holder(account, actor.organisation_id)
    return copy
