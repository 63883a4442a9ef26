"""The sliders of the what-if page; a GET, so that every set of assumptions has a link."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from jobsearch.core.money import Money
from jobsearch.costs.what_if.rules import (
    NAMES,
    Assumed,
    Assumptions,
    basis_points_of,
    changed,
    share_of,
)
from jobsearch.web.fields import HundredthsField
from jobsearch.web.forms import AddressForm

_MOST_EUROS = 1_000_000_00
_SHARES = frozenset({Assumed.ON_COSTS, Assumed.PLACEMENT, Assumed.COMPARED, Assumed.DISPLACEMENT})


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a slider reaches and in which steps, in hundredths; values beyond widen it."""

    least: int
    most: int
    step: int


REACHES = {
    Assumed.GROUP_SIZE: Reach(1_00, 12_00, 1_00),
    Assumed.HOURLY: Reach(8_00, 25_00, 10),
    Assumed.BONUS: Reach(0, 2000_00, 10_00),
    Assumed.ON_COSTS: Reach(0, 50_00, 1_00),
    Assumed.OTHER: Reach(0, 30_000_00, 100_00),
    Assumed.PLACEMENT: Reach(0, 100_00, 1_00),
    Assumed.COMPARED: Reach(0, 100_00, 1_00),
    Assumed.COMPARED_COST: Reach(0, 5000_00, 10_00),
    Assumed.DISPLACEMENT: Reach(0, 100_00, 5_00),
    Assumed.BENEFIT: Reach(0, 2000_00, 10_00),
}


def _between(least: int, most: int) -> Callable[[object, Any], None]:
    def check(_form: object, field: Any) -> None:
        if field.data is not None and not least <= field.data <= most:
            message = _("Enter a number between %(least)s and %(most)s.")
            raise ValidationError(message % {"least": least // 100, "most": most // 100})

    return check


def _field(assumed: Assumed, most: int, least: int = 0) -> Any:
    return HundredthsField(_l(NAMES[assumed]), validators=[_between(least, most)])


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider as the page draws it; figures are written with a point, as HTML wants them."""

    assumed: Assumed
    field: Field
    value: str
    least: str
    most: str
    step: str

    @property
    def decimals(self) -> int:
        """How many decimals the figure is said with."""
        return 2 if "." in self.value or "." in self.step else 0


class WhatIfForm(AddressForm):
    """Every assumption; what is not asked keeps the programme's own figure."""

    group_size = _field(Assumed.GROUP_SIZE, 30_00, 1_00)
    hourly = _field(Assumed.HOURLY, 1000_00)
    bonus = _field(Assumed.BONUS, _MOST_EUROS)
    on_costs = _field(Assumed.ON_COSTS, 100_00)
    other = _field(Assumed.OTHER, _MOST_EUROS)
    placement = _field(Assumed.PLACEMENT, 100_00)
    compared = _field(Assumed.COMPARED, 100_00)
    compared_cost = _field(Assumed.COMPARED_COST, _MOST_EUROS)
    displacement = _field(Assumed.DISPLACEMENT, 100_00)
    benefit = _field(Assumed.BENEFIT, _MOST_EUROS)

    def asked(self, name: Assumed) -> int | None:
        """What is asked of an assumption, in hundredths; None when nothing or nothing readable."""
        field = self._fields[name.value]
        return None if field.errors else field.data

    def apply(self, start: Assumptions) -> Assumptions:
        """The assumptions with what is asked; an unchanged share keeps its exact value."""
        news: dict[Assumed, object] = {}
        for name in Assumed:
            asked = self.asked(name)
            if asked is None or asked == hundredths(start, name):
                continue
            news[name] = _value(name, asked)
        return changed(start, news)

    def sliders(self, assumed: Assumptions) -> list[Slider]:
        """The sliders at these assumptions; each reaches its value exactly."""
        return [self._slider(name, hundredths(assumed, name)) for name in Assumed]

    def _slider(self, name: Assumed, value: int) -> Slider:
        reach = REACHES[name]
        # the steps count from the least one: it is laid so that the value is one of them
        least = min(reach.least, value)
        least += (value - least) % reach.step
        most = max(reach.most, value)
        return Slider(
            name,
            self._fields[name.value],
            *(_plain(one) for one in (value, least, most, reach.step)),
        )


def hundredths(assumed: Assumptions, name: Assumed) -> int:
    """An assumption as its slider has it: people, euros or per cent, times a hundred."""
    value = getattr(assumed, name.value)
    if name is Assumed.GROUP_SIZE:
        return int(value) * 100
    if isinstance(value, Fraction):
        return basis_points_of(value)
    return value.cents if value is not None else 0


def _value(name: Assumed, asked: int) -> object:
    if name is Assumed.GROUP_SIZE:
        return max(1, asked // 100)
    if name in _SHARES:
        return share_of(asked)
    return None if name is Assumed.BENEFIT and not asked else Money(asked)


def _plain(figure: int) -> str:
    return Money(figure).plain().removesuffix(".00")
