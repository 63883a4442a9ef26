"""Commands of the audit trail."""

import sys

import click
from flask.cli import AppGroup

from jobsearch.audit.chain import broken_seals
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation

audit = AppGroup("audit", help="The audit trail.")


@audit.command("verify")
def verify() -> None:
    """Check the hash chain; exit 1 and name the seals that no longer hold."""
    with unit_of_work(whole_installation("verify the audit trail"), read_only=True):
        broken = broken_seals()
    if broken:
        click.echo(f"The trail was changed: seals {', '.join(map(str, broken))} do not hold.")
        sys.exit(1)
    click.echo("The trail is whole.")
