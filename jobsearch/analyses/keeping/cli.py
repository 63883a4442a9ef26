"""Commands of analyses: erase what is over, say what would go, erase one participant's."""

import click
from flask.cli import AppGroup

from jobsearch.analyses.keeping.jobs import due_now, erase_old_analyses, erase_person
from jobsearch.core.errors import NotVisible

analyses = AppGroup("analyses", help="Client analyses.")


@analyses.command("erase-old")
@click.option("--dry-run", is_flag=True, help="Say how many would go, and change nothing.")
def erase_old(dry_run: bool) -> None:
    """Erase analyses, introductions and proofs of consent whose time is over."""
    if not dry_run:
        click.echo(erase_old_analyses())
        return
    for organisation_id, due in due_now().items():
        click.echo(
            f"{organisation_id}: {len(due.analyses)} analyses, {len(due.introductions)} "
            f"introductions, {len(due.proofs)} proofs of consent would go"
        )


@analyses.command("erase-person")
@click.argument("person_id")
@click.confirmation_option(prompt="This cannot be undone. Erase?")
def erase_one(person_id: str) -> None:
    """Erase every analysis of one participant now; the proof of consent stays."""
    try:
        gone = erase_person(person_id)
    except NotVisible:
        raise click.ClickException("There is nobody with this key.") from None
    click.echo(f"{gone.analyses} analyses and {gone.papers} issued papers erased")
