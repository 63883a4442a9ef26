"""Commands of the demo: load it, and say who signs in."""

import click
from flask import current_app
from flask.cli import AppGroup

from jobsearch.config import Config, Mode
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.tokens import new_key
from jobsearch.demo.accounts import EVERYONE, PASSPHRASE
from jobsearch.demo.service import is_empty, is_loaded, load_demo
from jobsearch.web.navigation import ROLE_NAMES

demo = AppGroup("demo", help="The pilot of 2021 and made-up groups beside it.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing where the database is in use.")
def load(if_empty: bool) -> None:
    """Load the demo into an empty database."""
    config: Config = current_app.config["JOBSEARCH"]
    if config.mode is Mode.PRODUCTION:
        raise click.ClickException("The demo is for trying out: set JOBSEARCH_MODE=demo.")
    with unit_of_work(whole_installation("is it empty"), read_only=True):
        empty = is_empty()
    if not empty and if_empty:
        return
    if not empty:
        raise click.ClickException("The database is in use; the demo is loaded into an empty one.")
    provider_id, municipality_id = new_key(), new_key()
    scope = Scope(frozenset({provider_id}), "demo")
    # letters of the demo carry links, and links are made inside a request
    with current_app.test_request_context(base_url=config.base_url), unit_of_work(scope):
        load_demo(provider_id, municipality_id)


@demo.command("sign-ins")
def sign_ins() -> None:
    """Print one sign-in per role, where the demo is loaded."""
    config: Config = current_app.config["JOBSEARCH"]
    with unit_of_work(whole_installation("sign-ins"), read_only=True):
        loaded = is_loaded()
    if not loaded:
        return
    click.echo(f"Staff sign in at {config.base_url}/sign-in/staff with this password:")
    click.echo(f"  {PASSPHRASE}\n")
    for line in (one for one in EVERYONE if one.by_password):
        click.echo(
            f"  {ROLE_NAMES[line.role]:<16} {line.email:<28} {line.name:<16} {line.app_secret}"
        )
    click.echo(
        "\nThen their app's code is asked for: the page says it, in the demo only. The letters at"
        "\nthe end are the app's secret; or ask: flask --app wsgi accounts demo-code EMAIL"
    )
    click.echo(
        f"\nOthers sign in at {config.base_url}/sign-in; the code is on {config.base_url}/outbox:"
    )
    for line in (one for one in EVERYONE if not one.by_password):
        phone = f", {line.phone}" if line.phone else ""
        click.echo(f"  {ROLE_NAMES[line.role]:<16} {line.email:<28} {line.name}{phone}")
