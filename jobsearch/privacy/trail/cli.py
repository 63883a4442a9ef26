"""A command of the trail: which persons an account saw (GDPR art. 33)."""

from datetime import datetime, timedelta

import click

from jobsearch.accounts.queries import find_account
from jobsearch.core.clock import HOME
from jobsearch.core.db import unit_of_work
from jobsearch.core.periods import instant_of
from jobsearch.core.scope import whole_installation
from jobsearch.privacy.trail.queries import list_seen_anywhere

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("seen")
@click.argument("account")
@click.option("--from", "first", type=_DAY, required=True, help="The first day, 2026-11-01.")
@click.option("--to", "last", type=_DAY, required=True, help="The last day.")
def seen(account: str, first: datetime, last: datetime) -> None:
    """Print whom an account (its e-mail address or its key) saw, a line for each person.

    Key, name, key of the provider, looks, of them refused, first and last, apart by tabs.
    """
    since = instant_of(first.date(), 0, HOME)
    until = instant_of(last.date() + timedelta(days=1), 0, HOME)
    with unit_of_work(whole_installation("whom an account saw"), read_only=True):
        known = find_account(account.strip().lower())
        rows = list_seen_anywhere(known.id if known else account, since, until)
    for one, name, provider in rows:
        when = (one.first.isoformat(timespec="minutes"), one.last.isoformat(timespec="minutes"))
        counts = (str(one.looks), str(one.refused))
        click.echo("\t".join((one.person_id, name, provider, *counts, *when)))
    click.echo(f"Persons: {len(rows)}", err=True)
