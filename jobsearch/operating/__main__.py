"""`python -m jobsearch.operating`: backups; they need its database and keys, and no web server."""

import sys
import time
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from jobsearch import app  # noqa: F401 - whoever imports the features knows every table
from jobsearch.config import Config, ConfigRefused
from jobsearch.core.crypto import KeysMissing, read_keyring, use_keyring
from jobsearch.operating import backups
from jobsearch.operating.erasures import Redone, again
from jobsearch.operating.indexes import reindexed
from jobsearch.operating.rules import Manifest, Refused

_FILE = click.Path(path_type=Path, dir_okay=False, resolve_path=True)
_KEY = "The age key that opens it; instance/backup-key."


@click.group()
def main() -> None:
    """Backups of the whole installation."""


@main.command("save")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, resolve_path=True))
@click.option("--keep", type=click.IntRange(min=1), help="How many of the folder's backups stay.")
def save(folder: Path, keep: int | None) -> None:
    """Write an encrypted backup of the database into FOLDER while the application runs."""
    config, began = Config.from_environment(), time.monotonic()
    is_new = not config.backup_to and not config.backup_key_path.exists()
    file, manifest = backups.save(config, folder)
    if is_new:
        click.echo(f"Made {config.backup_key_path}, which opens backups: keep a copy elsewhere.")
    click.echo(f"{file}: {_told(manifest)}, {time.monotonic() - began:.1f} s")
    click.echo(f"Keep a copy of {config.keys_path} apart from it: it is not in the backup.")
    for one in backups.keep_newest(folder, keep) if keep else ():
        click.echo(f"Removed {one}")


@main.command("restore")
@click.argument("file", type=_FILE)
@click.option("--key", type=_FILE, help=_KEY)
@click.option("--replace", is_flag=True, help="Keep the database that is there under another name.")
@click.option("--erasures", type=_FILE, help="The journal of erasures; instance/erasures.")
def restore(file: Path, key: Path | None, replace: bool, erasures: Path | None) -> None:
    """Put a backup back, compare it with what was saved, and erase again who was erased since."""
    config, began = Config.from_environment(), time.monotonic()
    use_keyring(read_keyring(config.keys_path))
    done = backups.restore(config, file, key or config.backup_key_path, replace=replace)
    if done.aside:
        click.echo(f"The database that was there is kept as {done.aside}")
    click.echo(f"Restored and compared: {_told(done.manifest)}, {time.monotonic() - began:.1f} s")
    click.echo(_told_of(again(config, done.manifest, erasures or config.erasures_path)))
    if made := reindexed(config.database_url):
        click.echo(f"{made} digests of another index key were made anew.")


@main.command("check")
@click.argument("file", type=_FILE)
@click.option("--key", type=_FILE, help=_KEY)
def check(file: Path, key: Path | None) -> None:
    """Open a backup of SQLite aside and compare it with its own account; nothing is changed."""
    config = Config.from_environment()
    manifest = backups.check(config, file, key or config.backup_key_path)
    click.echo(f"Whole: {_told(manifest)}")


def _told(manifest: Manifest) -> str:
    return (
        f"{manifest.rows} rows in {len(manifest.tables)} tables of {manifest.engine},"
        f" saved {manifest.made_at}"
    )


def _told_of(redone: Redone) -> str:
    if redone.is_missing:
        return (
            "WARNING: THE JOURNAL OF ERASURES IS MISSING. Whoever was erased after this backup is"
            " there again. Find the file instance/erasures and run: scripts/restore FILE --replace"
            " --erasures JOURNAL, before anybody signs in."
        )
    return f"Erased again: {redone.erased} of {redone.listed} persons in the journal of erasures."


def run() -> int:
    """Do what is asked; what cannot be is said in one sentence."""
    try:
        main(prog_name="jobsearch.operating")
    except (Refused, ConfigRefused, KeysMissing, OSError) as refused:
        sys.stderr.write(f"{refused}\n")
    except OperationalError as away:
        first, *_rest = str(away.orig).splitlines()
        sys.stderr.write(f"The database does not answer: {first}\n")
    return 1


if __name__ == "__main__":
    sys.exit(run())
