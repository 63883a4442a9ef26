"""What staff read of an analysis that is not open: the same, whatever the job seeker decided."""

import re

import pytest

from jobsearch.analyses import service
from jobsearch.analyses.releases import service as releases
from jobsearch.core.errors import RuleBroken
from tests.written import agree, begin, show

pytestmark = pytest.mark.usefixtures("context")


def _bare(page: str) -> str:
    """A page without what differs at every look at it."""
    page = re.sub(r'(name="(?:csrf_token|_once)"[^>]*?value=")[^"]*', r"\1", page)
    page = re.sub(r'(name="page_[a-z_]+"[^>]*?value=")[^"]*', r"\1", page)
    page = re.sub(r'(<meta name="csrf-token" content=")[^"]*', r"\1", page)
    return re.sub(r'(nonce=")[^"]*', r"\1", page)


def _looks(sign_in, world, key: str) -> list[str]:
    stig, aino = sign_in(world.stig), sign_in(world.aino)
    pages = [stig.get("/analyses"), stig.get(f"/analyses/{key}"), aino.get("/analyses")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    pages.append(stig.send(f"/analyses/{key}/show"))
    pages.append(stig.send(f"/analyses/{key}/send"))
    return [_bare(page.text) for page in pages]


def test_declined_looks_to_staff_as_not_yet_decided(sign_in, world, as_) -> None:
    key = begin(as_, world)
    show(as_, world, key)
    before = _looks(sign_in, world, key)
    with as_(world.pia):
        releases.decline(world.pia.actor)
    after = _looks(sign_in, world, key)
    assert "Waits for Pia" in after[0] and "Waits for Pia" in after[1]
    for was, now in zip(before, after, strict=True):
        assert now == was


def test_a_permission_taken_back_looks_to_staff_as_none(sign_in, world, as_) -> None:
    key = begin(as_, world)
    show(as_, world, key)
    before = _looks(sign_in, world, key)
    agree(as_, world.pia)
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    assert _looks(sign_in, world, key) == before


def test_showing_again_is_refused_in_the_same_words(world, as_) -> None:
    key = begin(as_, world)
    show(as_, world, key)
    first = _refused(as_, world, key)
    with as_(world.pia):
        releases.decline(world.pia.actor)
    assert _refused(as_, world, key) == first


def _refused(as_, world, key: str) -> str:
    with pytest.raises(RuleBroken) as refused, as_(world.stig):
        service.show_to_participant(world.stig.actor, key)
    return str(refused.value)
