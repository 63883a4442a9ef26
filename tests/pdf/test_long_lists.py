"""A list of points on paper, however long: nothing of it is lost."""

import re
import time

import pytest

from jobsearch.analyses.document import SectionText
from jobsearch.analyses.pdf import analysis_pdf
from jobsearch.analyses.rules import MOST_LETTERS, as_points
from tests.papers import analysis, words


@pytest.mark.timeout(120)
def test_a_section_of_five_thousand_points_comes_out_whole_and_soon() -> None:
    text = "- x\n" * (MOST_LETTERS // 4)
    points = as_points(text)
    assert len(points) == 5000
    began = time.process_time()
    paper = analysis_pdf(analysis(sections=(SectionText("Osa", "", points),)))
    took = time.process_time() - began
    assert len(re.findall(r"• x\b", words(paper))) == 5000
    assert took < 2


@pytest.mark.timeout(120)
def test_every_point_of_a_long_list_is_read_back_in_its_order() -> None:
    points = tuple(f"p{number}" for number in range(1200))
    paper = analysis_pdf(analysis(sections=(SectionText("Osa", "", points),)))
    assert tuple(re.findall(r"• (p\d+)\b", words(paper))) == points
