"""Commands of the results: the figures of a programme for other programs."""

import json
from collections.abc import Iterator
from datetime import date, datetime

import click
from flask.cli import AppGroup

from jobsearch.core.db import unit_of_work
from jobsearch.core.errors import NotVisible
from jobsearch.core.scope import whole_installation
from jobsearch.reports import queries

reports = AppGroup("reports", help="Results of programmes.")


@reports.command("results")
@click.option("--programme", "code", required=True, help="The programme's code.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day; today when left out.")
@click.option("--json", "as_json", is_flag=True, help="Every figure, key by key.")
def print_results(code: str, as_of: datetime | None, as_json: bool) -> None:
    """Print every figure of a programme on a day, each with its denominator."""
    asked: date | None = as_of.date() if as_of else None
    with unit_of_work(whole_installation("results command"), read_only=True):
        try:
            programme = queries.get_programme_by_code(code)
        except NotVisible:
            raise click.ClickException(f"There is no programme with the code {code}.") from None
        results = queries.results(programme, queries.day_of_results(programme, asked))
    if as_json:
        click.echo(json.dumps(results.to_json_dict(), ensure_ascii=False, indent=1))
        return
    for path, said in _flat("", results.to_json_dict()):
        click.echo(f"{path}: {said}")


def _flat(path: str, value: object) -> Iterator[tuple[str, object]]:
    """The figures one by one: people.started and 20, outcomes.found_work and 11/20 = 0.550."""
    if isinstance(value, dict) and "numerator" in value:
        yield path, f"{value['numerator']}/{value['denominator']} = {value['value']}"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}".lstrip("."), inner)
    else:
        yield path, value
