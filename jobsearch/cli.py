"""Gathers the commands of the features."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from jobsearch.accounts.queries import find_account
from jobsearch.accounts.service import invite_first_manager, new_link
from jobsearch.audit.cli import audit
from jobsearch.config import Config
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.demo.cli import demo
from jobsearch.organisations.service import found_provider
from jobsearch.payroll.pay.cli import payroll
from jobsearch.rates.cli import rates
from jobsearch.rates.service import load_shipped_rates
from jobsearch.reports.cli import reports

accounts = AppGroup("accounts", help="Accounts and sign-ins.")


@accounts.command("first-manager")
@click.argument("email")
@click.option("--name", default="", help="Her name; the address stands in until she gives one.")
@click.option("--provider", default="", help="The provider's name; a neutral one stands in.")
def first_manager(email: str, name: str, provider: str) -> None:
    """Found a provider and print a one-time link for its first manager.

    Called again it founds nothing: it prints a new link, or where she signs in by now.
    """
    config: Config = current_app.config["JOBSEARCH"]
    with unit_of_work(whole_installation("first manager")):
        account = find_account(email.strip().lower())
        if account is not None and account.password_hash:
            click.echo(f"{email} signs in at {config.base_url}/sign-in/staff")
            return
        secret = new_link(account) if account else _found(email, name, provider)
    click.echo(f"{config.base_url}/new-password/{secret}")


def _found(email: str, name: str, provider: str) -> str:
    load_shipped_rates()
    organisation = found_provider(provider or email.partition("@")[2])
    return invite_first_manager(email, organisation.id, name or email)


def register(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(accounts)
    app.cli.add_command(demo)
    app.cli.add_command(reports)
    app.cli.add_command(audit)
    app.cli.add_command(payroll)
    app.cli.add_command(rates)
