"""Commands of the audit trail."""

import sys

import click
from flask.cli import AppGroup

from jobsearch.audit.chain import check_chain
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation

audit = AppGroup("audit", help="The audit trail.")


@audit.command("verify")
@click.option("--all", "everything", is_flag=True, help="From the beginning.")
def verify(everything: bool) -> None:
    """Check the hash chain on from the last check; exit 1 and name the seals that do not hold."""
    with unit_of_work(whole_installation("verify the audit trail"), read_only=True):
        found = check_chain(everything=everything)
    if found.broken:
        seals = ", ".join(map(str, found.broken))
        click.echo(f"The trail was changed: seals {seals} do not hold.")
    if found.missing:
        click.echo("The trail was changed: the seal that was checked last is gone or another one.")
    if not found.is_whole:
        sys.exit(1)
    click.echo(f"The trail is whole. Seals checked: {found.seals}.")
