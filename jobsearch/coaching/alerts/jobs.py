"""The scheduled work of alerts: raised and ended each morning, and coaches told of them."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence

from jobsearch.coaching.alerts.service import refresh
from jobsearch.coaching.alerts.telling import (
    list_asked,
    list_providers,
    tell_at_once,
    tell_in_the_morning,
)
from jobsearch.core.clock import today
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_

log = logging.getLogger("jobsearch.alerts")


def raise_alerts() -> str:
    """Look at everyone of the groups that work today, and tell their coaches what is new."""
    day = today()
    with unit_of_work(whole_installation("alerts"), read_only=True):
        providers = list_providers(day)
    counts = _for_each(
        providers,
        lambda key: Counter(raised=refresh(key, day), told=tell_in_the_morning(key, day)),
    )
    said = N_("Alerts raised: %(raised)s. Messages written: %(told)s.")
    return Outcome(said, raised=counts["raised"], told=counts["told"])


def tell_of_help() -> str:
    """Tell coaches at once of who asks for help."""
    with unit_of_work(whole_installation("calls for help"), read_only=True):
        providers = list_asked()
    counts = _for_each(providers, lambda key: Counter(told=tell_at_once(key)))
    return Outcome(N_("Coaches told of calls for help: %(count)s."), count=counts["told"])


def _for_each(providers: Sequence[str], work: Callable[[str], Counter[str]]) -> Counter[str]:
    """Do it for one provider after another. One's failure keeps nobody else from theirs; it fails
    the turn at the end.
    """
    done: Counter[str] = Counter()
    failures: list[Exception] = []
    for provider in providers:
        try:
            with unit_of_work(Scope(frozenset({provider}), "alerts")):
                done += work(provider)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the others get theirs
            log.error("no alerts of %s: %s", provider, type(failure).__name__)  # noqa: TRY400
            failures.append(failure)
    if failures:
        raise failures[0]
    return done
