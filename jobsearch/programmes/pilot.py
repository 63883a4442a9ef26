"""The pilot's template, which ships with the house: its content is data, read here."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jobsearch.core.text import Words
from jobsearch.programmes.rules import BlockKind, BlockPlan, DayPlan, TemplatePlan, check_template

_PILOT = Path(__file__).with_name("shipped") / "pilot_template.json"


@lru_cache(maxsize=1)
def pilot_template() -> TemplatePlan:
    """Three weeks of four days, 12 + 18 + 18 hours: groundwork first, search intensifying."""
    kept = json.loads(_PILOT.read_text(encoding="utf-8"))
    plan = TemplatePlan(kept["name"], tuple(_day(day) for day in kept["days"]))
    check_template(plan.days)
    return plan


def _day(day: dict[str, Any]) -> DayPlan:
    return DayPlan(
        week=day["week"],
        weekday=day["weekday"],
        starts_minute=day["starts_minute"],
        paid_minutes=day["paid_minutes"],
        title=Words.of(day["title"]),
        blocks=tuple(
            BlockPlan(BlockKind(block["kind"]), block["minutes"], Words.of(block["text"]))
            for block in day["blocks"]
        ),
    )
