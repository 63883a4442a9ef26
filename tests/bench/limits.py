"""The table: what each deed may cost beside the least work of the same kind."""

from dataclasses import dataclass

from tests.bench.crowd import PAY_GROUP

SLACK = 1.03  # the counts themselves move by a hundredth

# How often each deed is done while it is counted; what is done once is warmed up twice.
TIMES = {
    "board_core": 3,
    "poll_304": 5,
    "log_core": 3,
    "canvas payslip": 2,
    "board, unchanged": 3,
    "change of the board": 4,
    "change, then board": 4,
    "board poll": 5,
    "participant's day": 3,
    "log": 3,
    "payslip": 2,
    "roll-up": 1,
    "programme's results": 1,
    "programme's costs": 1,
    "cost of groups": 1,
    "pay run, computed": 1,
    "pay run, approved": 1,
}


@dataclass(frozen=True)
class Limit:
    """A deed may cost so many times the other one; `aim` is what we would like it to be."""

    says: str
    deeds: dict[str, float]
    against: dict[str, float]
    most: float
    aim: float | None = None

    def ratio(self, cost: dict[str, float]) -> float:
        """How many times the other one the deed costs."""

        def together(parts: dict[str, float]) -> float:
            return sum(cost[name] * share for name, share in parts.items())

        return together(self.deeds) / together(self.against)


# each look follows a change of its own, or it would find what the look before it has drawn
_BOARD = {"change, then board": 1, "change of the board": -1}
# a run asks as much of 1,000 people as of one: of so many its questions weigh little beside them
COMPUTED = 100
_COMPUTED = {"pay run, computed": 1 / COMPUTED}
_RUN = {**_COMPUTED, "pay run, approved": 1 / PAY_GROUP}

TABLE = (
    Limit("stand-up board, changed, whole page", _BOARD, {"board_core": 1}, 1.6, 0.5),
    Limit("stand-up board, unchanged poll", {"board poll": 1}, {"poll_304": 1}, 2.5),
    Limit("the poll as a part of the whole page", {"board poll": 1}, _BOARD, 1 / 6),
    Limit("participant's day", {"participant's day": 1}, {"board_core": 1}, 1.5),
    Limit("logging an action", {"log": 1}, {"log_core": 1}, 5.0, 3.0),
    # 200 groups, 100,000 actions; the bare page asks one plain roll-up and shows its rows
    Limit("results of a programme", {"programme's results": 1}, {"roll-up": 1}, 3.0),
    Limit("payslip on paper", {"payslip": 1}, {"canvas payslip": 1}, 1.3, 0.6),
    Limit("pay run with payslips, a person", _RUN, {"canvas payslip": 1}, 1.3, 0.6),
    # a canvas payslip takes 6 to 8 ms of CPU, a person in a run without paper may take 1 ms
    Limit(
        "pay run without payslips, a person",
        _COMPUTED,
        {"canvas payslip": 1},
        1 / 7,
    ),
)
