"""Commands of the operator: backups and keys."""

import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Connection

from jobsearch.config import Config
from jobsearch.core.crypto import read_keyring
from jobsearch.core.db import READ_ONLY, db
from jobsearch.operating import backups, rotation
from jobsearch.operating.rules import Manifest, Refused

backup = AppGroup("backup", help="Backups of the whole installation.")
_FILE = click.Path(path_type=Path, dir_okay=False)


@backup.command("save")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--keep", type=click.IntRange(min=1), help="How many of the folder's backups stay.")
def save(folder: Path, keep: int | None) -> None:
    """Write an encrypted backup of the database into FOLDER while the application runs."""
    config, began = _config(), time.monotonic()
    is_new = not config.backup_to and not config.backup_key_path.exists()
    try:
        file, manifest = backups.save(config, folder)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if is_new:
        click.echo(f"Made {config.backup_key_path}, which opens backups: keep a copy elsewhere.")
    click.echo(f"{file}: {_told(manifest)}, {time.monotonic() - began:.1f} s")
    click.echo(f"Keep a copy of {config.keys_path} apart from it: it is not in the backup.")
    for one in backups.keep_newest(folder, keep) if keep else ():
        click.echo(f"Removed {one}")


@backup.command("restore")
@click.argument("file", type=_FILE)
@click.option("--key", type=_FILE, help="The age key that opens it; instance/backup-key.")
@click.option("--replace", is_flag=True, help="Keep the database that is there under another name.")
def restore(file: Path, key: Path | None, replace: bool) -> None:
    """Put a backup back, and compare every table with what was saved."""
    config, began = _config(), time.monotonic()
    try:
        done = backups.restore(config, file, key or config.backup_key_path, replace=replace)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if done.aside:
        click.echo(f"The database that was there is kept as {done.aside}")
    click.echo(f"Restored and compared: {_told(done.manifest)}, {time.monotonic() - began:.1f} s")


@backup.command("check")
@click.argument("file", type=_FILE)
@click.option("--key", type=_FILE, help="The age key that opens it; instance/backup-key.")
def check(file: Path, key: Path | None) -> None:
    """Open a backup of SQLite aside and compare it with its own account; nothing is changed."""
    config = _config()
    try:
        manifest = backups.check(config, file, key or config.backup_key_path)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Whole: {_told(manifest)}")


def _reading() -> Connection:
    return db.engine.connect().execution_options(**{READ_ONLY: True})


def _told(manifest: Manifest) -> str:
    return (
        f"{manifest.rows} rows in {len(manifest.tables)} tables of {manifest.engine},"
        f" saved {manifest.made_at}"
    )


def _config() -> Config:
    config: Config = current_app.config["JOBSEARCH"]
    return config


keys = AppGroup("keys", help="The keys under which codes, accounts and files are stored.")


@keys.command("state")
def state() -> None:
    """Say how many values are stored under each key."""
    with _reading() as connection:
        counts = rotation.count_by_key(connection)
    ring = read_keyring(_config().keys_path)
    for number in sorted(ring.keys.keys() | counts.keys()):
        missing = "" if number in ring.keys else ", MISSING from the key file"
        in_use = ", in use" if number == ring.current else ""
        click.echo(f"key {number}: {counts.get(number, 0)} values{in_use}{missing}")


@keys.command("turn")
def turn() -> None:
    """Make a new key and store under it from now on; older values stay readable."""
    path = _config().keys_path
    try:
        number = rotation.turn(path)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Key {number} is in {path}. Copy the file to where its copy is kept, start the")
    click.echo("web server and the scheduler anew, then run: flask keys reseal")


@keys.command("reseal")
def reseal() -> None:
    """Store everything under the newest key; may be stopped and begun again at any time."""
    ring, total = read_keyring(_config().keys_path), 0
    for done in rotation.reseal(db.engine, ring):
        total += done
        click.echo(f"\r{total} values", nl=False)
    click.echo(f"\r{total} values are stored anew under key {ring.current}.")


@keys.command("drop")
@click.argument("number", type=int)
def drop(number: int) -> None:
    """Take an old key away; backups that need it then need the old key file as well."""
    with _reading() as connection:
        try:
            rotation.drop(_config().keys_path, number, connection)
        except Refused as refused:
            raise click.ClickException(str(refused)) from None
    click.echo(f"Key {number} is gone. Keep the old key file with the backups that need it.")
