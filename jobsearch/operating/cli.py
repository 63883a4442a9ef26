"""Commands of the operator: the keys under which things are stored."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Connection

from jobsearch.config import Config
from jobsearch.core.crypto import read_keyring
from jobsearch.core.db import READ_ONLY, db
from jobsearch.operating import rotation
from jobsearch.operating.rules import Refused

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


def _reading() -> Connection:
    return db.engine.connect().execution_options(**{READ_ONLY: True})


def _config() -> Config:
    config: Config = current_app.config["JOBSEARCH"]
    return config
