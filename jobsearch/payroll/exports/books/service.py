"""Use case of the books: say on which account each post is booked."""

from collections.abc import Mapping

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.exports.books.models import LedgerAccount
from jobsearch.payroll.exports.books.queries import list_kept_accounts
from jobsearch.payroll.exports.books.rules import Post


def keep_accounts(actor: Actor, numbers: Mapping[Post, str]) -> None:
    """Keep the employer's accounts. RuleBroken on the post whose number is missing."""
    kept = list_kept_accounts()
    for post, number in numbers.items():
        if not number:
            raise RuleBroken(N_("Enter the number of the account."), field=post.value)
        if post in kept:
            kept[post].number = number
        else:
            db.session.add(
                LedgerAccount(organisation_id=actor.organisation_id, post=post, number=number)
            )
    db.session.flush()
