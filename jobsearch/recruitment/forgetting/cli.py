"""Commands of recruitment: forget who is due, or only say how many that are."""

import click
from flask.cli import AppGroup

from jobsearch.recruitment.forgetting.jobs import due_now, forget

recruitment = AppGroup("recruitment", help="Candidates.")


@recruitment.command("forget")
@click.option("--dry-run", is_flag=True, help="Say how many are due, and change nothing.")
def forget_candidates(dry_run: bool) -> None:
    """Erase candidates who were not selected, after the provider's months."""
    if not dry_run:
        click.echo(forget())
        return
    for organisation_id, count in due_now().items():
        click.echo(f"{organisation_id}: {count} to be forgotten")
