"""The templates that ship with the house: their content is data, read here."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jobsearch.core.text import Words
from jobsearch.programmes.rules import (
    Aim,
    BlockKind,
    BlockPlan,
    DayPlan,
    TemplateMode,
    TemplatePlan,
    check_template,
)

_FOLDER = Path(__file__).with_name("shipped")
_PILOT = _FOLDER / "pilot_template.json"
_ATTACHED = _FOLDER / "attached_template.json"


@lru_cache(maxsize=1)
def pilot_template() -> TemplatePlan:
    """Three weeks of four days, 12 + 18 + 18 hours: groundwork first, search intensifying."""
    kept = json.loads(_PILOT.read_text(encoding="utf-8"))
    plan = TemplatePlan(kept["name"], tuple(_day(day) for day in kept["days"]))
    check_template(plan.days)
    return plan


@lru_cache(maxsize=1)
def attached_template() -> TemplatePlan:
    """The pilot's three weeks inside a wage-subsidised job: some days differ, the hours do not."""
    kept = json.loads(_ATTACHED.read_text(encoding="utf-8"))
    other = {int(number): _day(day) for number, day in kept["days"].items()}
    days = tuple(other.get(n, day) for n, day in enumerate(pilot_template().days, 1))
    check_template(days)
    return TemplatePlan(kept["name"], days, TemplateMode.ATTACHED)


def _day(day: dict[str, Any]) -> DayPlan:
    return DayPlan(
        week=day["week"],
        weekday=day["weekday"],
        starts_minute=day["starts_minute"],
        paid_minutes=day["paid_minutes"],
        title=Words.of(day["title"]),
        blocks=tuple(
            BlockPlan(
                BlockKind(block["kind"]),
                block["minutes"],
                Words.of(block["text"]),
                Aim(block["aim"]) if "aim" in block else None,
            )
            for block in day["blocks"]
        ),
    )


SHIPPED: dict[str, TemplatePlan] = {"pilot": pilot_template(), "attached": attached_template()}
"""The templates that come with the service, by the word for them in addresses."""
