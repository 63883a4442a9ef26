"""What the web server writes down of an address."""

import pytest

from jobsearch.core.tokens import new_key, new_secret
from jobsearch.web.access_log import masked


@pytest.mark.parametrize("size", [16, 32])
@pytest.mark.parametrize(
    "around", ["/sign-in/link/{}", "/l/{}/book", "/first-password/{}?x=1", "/calendar/{}.ics"]
)
def test_a_secret_in_a_path_is_not_written_down(around, size) -> None:
    for _ in range(20):
        secret = new_secret(size)
        assert secret not in masked(around.format(secret))


def test_keys_and_pages_stay_readable() -> None:
    key = new_key()
    assert masked(f"/people/{key}/edit") == f"/people/{key}/edit"
    assert masked("/settings/sign-in/organisation") == "/settings/sign-in/organisation"


def test_no_query_is_written_down() -> None:
    assert masked("/sign-in/organisation/back?code=abc&state=def") == (
        "/sign-in/organisation/back?-"
    )
