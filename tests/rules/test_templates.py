"""What a template lacks, and where a block falls inside a wage-subsidised job."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import Words
from jobsearch.programmes.pilot import attached_template, pilot_template
from jobsearch.programmes.rules import Aim, BlockKind, TemplateMode
from jobsearch.programmes.templates.rules import (
    BlockDraft,
    check_block,
    check_place,
    check_resource,
    lacks_of,
    placements,
)

DRAFT = BlockDraft(
    kind=BlockKind.COACHING,
    minutes=45,
    titles=Words({"fi": "Puhelu", "sv": "Samtal"}),
    texts=Words({"fi": "Harjoitellaan.\nKahdesti.", "en": "Only English"}),
    aim=Aim.SKILL,
    notes="",
)


@pytest.mark.parametrize("plan", [pilot_template(), attached_template()], ids=["own", "attached"])
def test_the_shipped_templates_lack_nothing_on_any_day(plan):
    for lack in lacks_of(plan.days):
        assert (lack.kinds, lack.aims, lack.over) == ([], [], 0)


def test_the_shipped_templates_speak_three_languages_on_every_day():
    for plan in (pilot_template(), attached_template()):
        for day in plan.days:
            texts = [day.title, *(block.text for block in day.blocks)]
            assert all(set(text) == {"fi", "sv", "en"} for text in texts)


def test_the_attached_template_is_the_hosts_employment():
    assert attached_template().mode is TemplateMode.ATTACHED
    assert pilot_template().mode is TemplateMode.EMPLOYED


def test_a_day_without_motivation_is_told():
    day = pilot_template().days[0]
    only_skill = tuple(replace(block, aim=Aim.SKILL) for block in day.blocks)
    [lack] = lacks_of([replace(day, blocks=only_skill)])
    assert lack.aims == [Aim.MOTIVATION]


def test_a_day_without_debrief_is_told_and_its_minutes_are_missing():
    day = pilot_template().days[0]
    [lack] = lacks_of([replace(day, blocks=day.blocks[:-1])])
    assert lack.kinds == [BlockKind.DEBRIEF]
    assert lack.over == -30


def test_a_title_and_its_text_stay_together_and_a_text_without_title_is_left_out():
    assert DRAFT.words() == {"fi": "Puhelu\nHarjoitellaan.\nKahdesti.", "sv": "Samtal"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"titles": Words()}, "title"),
        ({"minutes": 4}, "5 minutes"),
        ({"minutes": 601}, "10 hours"),
    ],
)
def test_a_block_that_cannot_be_is_refused_in_words(change, words):
    with pytest.raises(RuleBroken, match=words):
        check_block(replace(DRAFT, **change), 0)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "www.te.fi",
        "https://a:b@te.fi",
        "ftp://te.fi",
        "https://[te.fi",
        "",
    ],
)
def test_a_link_leads_to_a_page_of_the_web_only(url):
    with pytest.raises(RuleBroken):
        check_resource("Työmarkkinatori", url, 0)


def test_two_days_do_not_stand_in_one_place():
    check_place(1, 4, [(1, 0), (1, 1)])
    with pytest.raises(RuleBroken, match="already"):
        check_place(1, 1, [(1, 0), (1, 1)])


def test_a_job_of_six_months_has_the_block_in_its_middle_and_a_month_before_its_end():
    placed = placements(date(2026, 1, 7), date(2026, 7, 6))
    assert placed.at_midpoint == date(2026, 4, 6)
    assert placed.before_end == date(2026, 6, 1)


def test_a_short_job_has_no_room_for_two_blocks():
    with pytest.raises(RuleBroken, match="three months"):
        placements(date(2026, 1, 1), date(2026, 3, 30))


@given(st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(92, 500))
def test_the_places_are_mondays_inside_the_job_in_order(first, length):
    last = date.fromordinal(first.toordinal() + length)
    placed = placements(first, last)
    assert placed.at_midpoint.weekday() == placed.before_end.weekday() == 0
    assert first < placed.at_midpoint <= placed.before_end < last
