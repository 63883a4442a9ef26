"""Commands of the operator: the keys under which things are stored."""

from collections.abc import Callable

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Connection

from jobsearch.config import Config
from jobsearch.core.crypto import read_keyring
from jobsearch.core.db import READ_ONLY, db
from jobsearch.operating import indexes, rotation
from jobsearch.operating.rules import Refused

keys = AppGroup("keys", help="The keys under which codes, accounts and files are stored.")


@keys.command("state")
def state() -> None:
    """Say how many values are stored under each key."""
    with _reading() as connection:
        counts, old = rotation.count_by_key(connection), indexes.count_old(connection)
    ring = read_keyring(_config().keys_path)
    for number in sorted(ring.keys.keys() | counts.keys()):
        missing = "" if number in ring.keys else ", MISSING from the key file"
        in_use = ", in use" if number == ring.current else ""
        click.echo(f"key {number}: {counts.get(number, 0)} values{in_use}{missing}")
    if ring.next_index_key is not None:
        click.echo("index key: a new one is searched by as well; next is: flask keys use-index")
    if ring.old_index_key is not None or old:
        click.echo(f"index key: {old} digests are of an old one; next is: flask keys reindex")


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
        _or_say_why(lambda: rotation.drop(_config().keys_path, number, connection))
    click.echo(f"Key {number} is gone. Keep the old key file with the backups that need it.")


@keys.command("turn-index")
def turn_index() -> None:
    """Make a new key to search by; nothing is written with it yet."""
    path = _config().keys_path
    _or_say_why(lambda: indexes.turn_index(path))
    click.echo(f"A new index key is in {path}. Copy the file to where its copy is kept and to")
    click.echo("every machine, start web servers and schedulers anew, then: flask keys use-index")


@keys.command("use-index")
def use_index() -> None:
    """Write with the new key to search by; what stands under the old one is found as well."""
    path = _config().keys_path
    _or_say_why(lambda: indexes.use_index(path))
    click.echo(f"The new index key of {path} is in use. Copy the file again, to every machine too,")
    click.echo("start web servers and schedulers anew, then: flask keys reindex")


@keys.command("reindex")
def reindex() -> None:
    """Make what is searched by anew under the new key; may be stopped and begun again."""
    total, twins = 0, list[str]()
    for made in indexes.reindex(db.engine):
        total += made.anew
        twins += made.twins
        click.echo(f"\r{total} digests", nl=False)
    click.echo(f"\r{total} digests are made anew.")
    if twins:
        told = ", ".join(twins)
        raise click.ClickException(f"Two rows have the same code or address; correct one: {told}")


@keys.command("drop-index")
def drop_index() -> None:
    """Take the old key to search by away, when nothing stands under it any more."""
    with _reading() as connection:
        _or_say_why(lambda: indexes.drop_index(_config().keys_path, connection))
    click.echo("The old index key is gone.")


def _or_say_why(step: Callable[[], None]) -> None:
    try:
        step()
    except Refused as refused:
        raise click.ClickException(str(refused)) from None


def _reading() -> Connection:
    return db.engine.connect().execution_options(**{READ_ONLY: True})


def _config() -> Config:
    config: Config = current_app.config["JOBSEARCH"]
    return config
