"""Charts drawn on the server: SVG with sizes in percent, no script, no style attribute."""

from flask import Flask

from jobsearch.charts.svg import bar, columns, dot, interval, spark, stacked


def register_charts(app: Flask) -> None:
    """Give the templates `bar`, `dot`, `interval_chart`, `stacked`, `columns_chart`, `spark`."""
    app.jinja_env.globals.update(
        bar=bar,
        dot=dot,
        interval_chart=interval,
        stacked=stacked,
        columns_chart=columns,
        spark=spark,
    )
