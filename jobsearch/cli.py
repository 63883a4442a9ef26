"""Gathers the commands of the features."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from jobsearch.accounts.factors.queries import find_demo_code
from jobsearch.accounts.members.service import give_first_operator
from jobsearch.accounts.queries import find_account
from jobsearch.accounts.service import invite_first_manager, new_link
from jobsearch.analyses.keeping.cli import analyses
from jobsearch.audit.cli import audit
from jobsearch.config import Config, Mode
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.demo.cli import demo
from jobsearch.operating.cli import keys
from jobsearch.organisations.queries import find_provider, is_demo
from jobsearch.organisations.service import found_provider
from jobsearch.payroll.pay.cli import payroll
from jobsearch.privacy.retention.cli import privacy
from jobsearch.privacy.trail.cli import seen
from jobsearch.rates.cli import rates
from jobsearch.rates.service import load_shipped_rates
from jobsearch.recruitment.forgetting.cli import recruitment
from jobsearch.reports.cli import reports

accounts = AppGroup("accounts", help="Accounts and sign-ins.")


@accounts.command("first-manager")
@click.argument("email")
@click.option("--name", default="", help="Her name; the address stands in until she gives one.")
@click.option("--provider", default="", help="The provider's name; a neutral one stands in.")
def first_manager(email: str, name: str, provider: str) -> None:
    """Found a provider and print a one-time link for its first manager.

    Called again it founds nothing: it prints a new link, or where she signs in by now. For a
    provider that is there already, by its name, it adds a manager: the way out when its last one
    is gone. Where the installation has no operator she is the operator too, in a role of its own.
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
    called = provider or email.partition("@")[2]
    organisation = find_provider(called) or found_provider(called)
    secret = invite_first_manager(email, organisation.id, name or email)
    account = find_account(email.strip().lower())
    if account is not None:
        give_first_operator(account.id, organisation.id)
    return secret


@accounts.command("demo-code")
@click.argument("email")
def demo_code(email: str) -> None:
    """Print a code that the app of a made-up person would show now; only in the demo."""
    config: Config = current_app.config["JOBSEARCH"]
    if config.mode is not Mode.DEMO:
        raise click.ClickException("Only the demo tells codes: set JOBSEARCH_MODE=demo.")
    with unit_of_work(whole_installation("code of the demo"), read_only=True):
        account = find_account(email.strip().lower())
        code = find_demo_code(account.id) if account and is_demo() else None
    if code is None:
        raise click.ClickException("There is no such app, or its codes of now are used: wait.")
    click.echo(code)


def register(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(accounts)
    app.cli.add_command(demo)
    app.cli.add_command(reports)
    app.cli.add_command(analyses)
    audit.add_command(seen)
    app.cli.add_command(privacy)
    app.cli.add_command(audit)
    app.cli.add_command(payroll)
    app.cli.add_command(keys)
    app.cli.add_command(rates)
    app.cli.add_command(recruitment)
