"""Commands of dated figures."""

import click
from flask.cli import AppGroup

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.rates.service import load_shipped_rates

rates = AppGroup("rates", help="Dated figures of the law and of insurers.")


@rates.command("load")
def load() -> None:
    """Add the shipped figures that are not there yet."""
    with unit_of_work(whole_installation("shipped rates")):
        added = load_shipped_rates()
    click.echo(f"{added} rates added")
