"""Commands of data protection: do the timetable now, or only say what is due."""

import click
from flask.cli import AppGroup

from jobsearch.privacy.retention.jobs import do_timetable, due_now

privacy = AppGroup("privacy", help="Data protection.")


@privacy.command("due")
@click.option("--dry-run", is_flag=True, help="Say how much is due, and change nothing.")
def due(dry_run: bool) -> None:
    """Erase what is over by the timetable."""
    if not dry_run:
        click.echo(do_timetable())
        return
    for organisation_id, found in due_now().items():
        told = [
            f"{stage.value} of {persons} persons, {found.rows[stage]} rows"
            for stage, persons in found.persons.items()
        ]
        click.echo(f"{organisation_id}: {'; '.join(told) or 'nothing is due'}")
