"""What if, on a phone and a laptop, with and without script: a slider moves the figures."""

import pytest
from playwright.sync_api import Page, expect

from tests.windows import LAPTOP, PHONE, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(180)]


def _fits(page: Page, script: bool) -> None:
    assert not too_wide(page), page.url
    if script:
        assert violations(page) == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
@pytest.mark.parametrize("script", [True, False])
def test_a_slider_moves_the_figures(window, world, size, script) -> None:
    address = f"/costs/{world.a.programme_id}/what-if?placement=50&other=1000&group_size=5"
    page = window(world.aino, size, script=script).open(address)
    _fits(page, script)
    figure = page.locator("#what-if-result .stat b").first
    before = figure.inner_text()
    slider = page.get_by_label("People in a group")
    slider.focus()
    slider.press("ArrowRight")
    if script:
        expect(page.locator("output[for=group_size]")).to_have_text("6")
    else:
        page.get_by_role("button", name="Calculate").click()
        expect(page.locator("output[for=group_size]")).to_have_text("6")
    expect(figure).not_to_have_text(before)
    assert "group_size=6" in page.url
    _fits(page, script)
