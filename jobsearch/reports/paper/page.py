"""A report on a page: what the partial needs to draw it, as functions of the templates."""

from flask.sansio.app import App

from jobsearch.reports.paper.drawings import shown, shown_bars, shown_intervals
from jobsearch.reports.paper.words import WORDS


def register_paper(app: App) -> None:
    """Give the templates the words, values, bars and intervals of a report."""
    app.jinja_env.globals.update(
        paper_words=WORDS.__getitem__,
        paper_value=shown,
        paper_bars=shown_bars,
        paper_intervals=shown_intervals,
    )
