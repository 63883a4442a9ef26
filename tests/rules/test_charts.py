"""What the charts draw: true lengths, words for the ear, nothing that a strict policy blocks."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from jobsearch.charts import bar, columns, dot, spark, stacked


def shapes(chart: str, tag: str) -> list[dict[str, str]]:
    return [found.attrib for found in ET.fromstring(chart).iter(tag)]


def widths(chart: str, cls: str) -> list[float]:
    return [float(one["width"].rstrip("%")) for one in shapes(chart, "rect") if one["class"] == cls]


EVERY_CHART = [
    bar(49, 64),
    bar(59, 100, low=55, mark=50, label="55 to 59 per cent"),
    dot(Decimal("4.42"), label="4.42 of 5"),
    stacked([("k1", 4), ("k2", 6)], 20, label="10 deeds"),
    columns([2, 3, None], [2, 3, 3], today=2, label="Deeds a day"),
    spark([1, 2, 3], label="Rising"),
]


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_every_chart_is_well_formed_and_passes_a_strict_policy(chart):
    ET.fromstring(chart)
    assert not re.search(r"style=|<style|<script|href=|\son\w+=", chart)


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_every_chart_says_its_words_or_is_silent(chart):
    root = ET.fromstring(chart)
    assert (root.get("role") == "img" and root.get("aria-label")) or root.get("aria-hidden")


def test_a_label_is_escaped():
    assert ET.fromstring(bar(1, 2, label='<b>"x" & y')).get("aria-label") == '<b>"x" & y'


def test_a_bar_is_as_long_as_its_share_of_the_scale():
    assert widths(bar(16, 64), "f") == [25.0]
    assert widths(bar(0, 64), "f") == [0.0]


def test_a_bar_never_leaves_its_scale():
    assert widths(bar(80, 64), "f") == [100.0]
    assert widths(bar(-3, 64), "f") == [0.0]
    assert widths(bar(3, 0), "f") == [0.0]


def test_a_range_is_drawn_solid_up_to_its_low_end_and_lighter_after_it():
    chart = bar(59, 100, low=55)
    assert widths(chart, "f") == [55.0]
    assert widths(chart, "f2") == [59.0]
    assert chart.index('class="f2"') < chart.index('class="f"')


def test_a_goal_is_a_line_across_the_bar():
    (goal,) = shapes(bar(10, 40, mark=20), "line")
    assert (goal["class"], goal["x1"], goal["x2"]) == ("goal", "50.00%", "50.00%")


def test_parts_of_a_stack_follow_each_other_and_nothing_is_not_drawn():
    found = shapes(stacked([("k1", 5), ("k2", 0), ("k3", 10)], 20), "rect")
    assert [(one["class"], one["x"]) for one in found] == [("f k1", "0.00%"), ("f k3", "25.00%")]


def test_a_score_lies_on_its_whole_scale():
    assert shapes(dot(1), "circle")[0]["cx"] == "0.00%"
    assert shapes(dot(3), "circle")[0]["cx"] == "50.00%"
    assert shapes(dot(5), "circle")[0]["cx"] == "100.00%"
    assert shapes(dot(Decimal("4.42")), "circle")[0]["cx"] == "85.50%"
    assert len(shapes(dot(3), "line")) == 1 + 5


def test_columns_stand_on_the_base_and_share_one_scale():
    found = shapes(columns([2, 4], height=106), "rect")
    assert [(one["y"], one["height"]) for one in found] == [("56.0", "50.0"), ("6.0", "100.0")]


def test_a_goal_above_every_column_sets_the_scale():
    (only,) = shapes(columns([5], [10], height=106), "rect")
    assert only["height"] == "50.0"


def test_a_day_still_ahead_and_a_day_with_nothing_have_no_column():
    assert len(shapes(columns([3, 0, None], [3, 3, None]), "rect")) == 1
    marks = [
        one for one in shapes(columns([3, 0, None], [3, 3, None]), "line") if one["class"] == "goal"
    ]
    assert len(marks) == 2


def test_today_is_the_yellow_one():
    assert [one["class"] for one in shapes(columns([1, 2, 3], today=2), "rect")] == [
        "f",
        "sun",
        "f",
    ]


def test_charts_of_nothing_do_not_fail():
    assert shapes(columns([]), "rect") == []
    assert shapes(columns([0, 0], [0, 0]), "rect") == []
    assert spark([]) == spark([4]) == ""


def test_a_small_line_ends_in_a_dot_at_its_last_value():
    chart = spark([0, 10], width=96, height=28)
    assert shapes(chart, "polyline")[0]["points"] == "4.0,24.0 92.0,4.0"
    assert (shapes(chart, "circle")[0]["cx"], shapes(chart, "circle")[0]["cy"]) == ("92.0", "4.0")
