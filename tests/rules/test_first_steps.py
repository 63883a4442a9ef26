"""The first steps of a new provider."""

from dataclasses import replace

import pytest

from jobsearch.desk.first_steps.rules import Facts, StepState, is_begun, steps_of

NOTHING = Facts(("business_id",), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
EVERYTHING = Facts((), 1, 0, 1, 0, 0, 1, 1, 6, 6, 6, 6)
NAMES = (
    "details",
    "coach",
    "clerk",
    "municipal",
    "programme",
    "group",
    "people",
    "places",
    "contracts",
    "morning",
)


def _states(facts):
    return dict(zip(NAMES, [step.state for step in steps_of(facts)], strict=True))


def test_an_empty_provider_begins_with_saying_who_it_is():
    states = _states(NOTHING)
    assert states.pop("details") is StepState.NOW
    assert set(states.values()) == {StepState.LATER}


def test_everything_done_is_done_although_no_town_has_a_coach():
    assert is_begun(steps_of(EVERYTHING))
    assert _states(EVERYTHING)["municipal"] is StepState.LATER


@pytest.mark.parametrize(
    ("changed", "now"),
    [
        ({}, "details"),
        ({"details_missing": ()}, "coach"),
        ({"details_missing": (), "coaches_invited": 1}, "clerk"),
        ({"details_missing": (), "coaches": 1, "clerks_invited": 1}, "programme"),
        ({"details_missing": (), "coaches": 1, "clerks": 1, "programmes": 1}, "group"),
    ],
)
def test_the_next_step_is_the_first_that_nobody_else_has_to_answer(changed, now):
    states = _states(replace(NOTHING, **changed))
    assert states[now] is StepState.NOW
    assert list(states.values()).count(StepState.NOW) == 1


def test_an_invitation_waits_and_an_answered_one_is_done():
    assert _states(replace(NOTHING, coaches_invited=1))["coach"] is StepState.WAITING
    assert _states(replace(NOTHING, coaches=1, coaches_invited=1))["coach"] is StepState.DONE
    assert not is_begun(steps_of(replace(EVERYTHING, clerks=0, clerks_invited=1)))
